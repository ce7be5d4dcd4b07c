"""How good the lens is: a corpus of invented lines with the findings they should have, one half never looked at.

A corpus file holds one JSON object a line: ``{"id": …, "text": …, "expect": [[start, end, entry], …]}``. A finding is
right when it has the expected entry and overlaps the expected stretch. Which half a line belongs to follows from its
text alone, so that nobody can choose.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from trainer.errors import Invalid, NotFound
from trainer.language.findings import Finding
from trainer.language.lexicon import SEVERITIES, Severity
from trainer.language.matcher import Lens

Half = Literal["tuned", "held back"]
HALVES: tuple[Half, ...] = ("tuned", "held back")
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Case:
    """A line of the corpus and what should be found in it: (start, end, entry)."""

    id: str
    text: str
    expect: tuple[tuple[int, int, str], ...]

    @property
    def half(self) -> Half:
        """The half this line belongs to, told by its text."""
        return "held back" if hashlib.sha256(self.text.encode("utf-8")).digest()[0] & 1 else "tuned"


@dataclass(frozen=True, slots=True)
class Miss:
    """A line on which lens and label part: what was found too much and what was not found."""

    case: Case
    extra: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts for one or more severities. ``precision`` and ``recall`` are None when there is nothing to divide by."""

    right: int
    extra: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Of what was found, the part that should have been."""
        return self.right / (self.right + self.extra) if self.right + self.extra else None

    @property
    def recall(self) -> float | None:
        """Of what should have been found, the part that was."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.extra + other.extra, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One half measured."""

    half: Half
    line_count: int
    tallies: dict[Severity, Tally]
    misses: tuple[Miss, ...]

    @property
    def nudges(self) -> Tally:
        """*Avoid* and *reconsider* together: the two that raise a nudge."""
        return self.tallies["avoid"] + self.tallies["reconsider"]


def read_corpus(folder: Path) -> list[Case]:
    """Every line of every ``.jsonl`` file. Raises NotFound and Invalid."""
    paths = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    if not paths:
        raise NotFound(f"There is no corpus in {folder}.", "Name the folder that holds the .jsonl files.")
    cases: list[Case] = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                cases.append(_case(path, number, line))
    if len(cases) > MOST_LINES:
        raise Invalid(f"The corpus has {len(cases)} lines.", f"At most {MOST_LINES} are read.")
    return cases


def _case(path: Path, number: int, line: str) -> Case:
    try:
        found = json.loads(line)
        expect = tuple((int(start), int(end), str(entry)) for start, end, entry in found["expect"])
        return Case(str(found["id"]), str(found["text"]), expect)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Invalid(f"{path}, line {number} is no line of a corpus.", "It needs id, text and expect.") from None


def evaluate(lens: Lens, cases: Sequence[Case], half: Half) -> Evaluation:
    """Measure one half. Raises Invalid when a label names an entry that the lexicon does not have."""
    chosen = [case for case in cases if case.half == half]
    tallies: dict[Severity, Tally] = {severity: Tally(0, 0, 0) for severity in SEVERITIES}
    misses: list[Miss] = []
    for case in chosen:
        expected = [(start, end, entry, _severity(lens, case, entry)) for start, end, entry in case.expect]
        extra: list[str] = []
        for finding in lens.look(case.text).findings:
            hit = next((one for one in expected if one[2] == finding.entry and _overlap(one, finding)), None)
            if hit:
                expected.remove(hit)
            else:
                extra.append(f"{finding.entry}: {finding.text}")
            tallies[finding.severity] += Tally(bool(hit), not hit, 0)
        for _, _, _, severity in expected:
            tallies[severity] += Tally(0, 0, 1)
        if extra or expected:
            missed = tuple(f"{entry}: {case.text[start:end]}" for start, end, entry, _ in expected)
            misses.append(Miss(case, tuple(extra), missed))
    return Evaluation(half, len(chosen), tallies, tuple(misses))


def _overlap(expected: tuple[int, int, str, Severity], finding: Finding) -> bool:
    return expected[0] < finding.end and finding.start < expected[1]


def _severity(lens: Lens, case: Case, entry_id: str) -> Severity:
    entry = lens.lexicon.entry(entry_id)
    if entry is None:
        raise Invalid(f"The line {case.id} names the entry “{entry_id}”.", "Use an id of the lexicon.")
    return entry.severity


def report_lines(evaluations: Iterable[Evaluation]) -> list[str]:
    """A table for people: each half, each severity, precision and recall with the counts they rest on."""
    lines = [f"{'half':10} {'severity':19} {'precision':>9} {'recall':>7} {'right':>6} {'extra':>6} {'missed':>7}"]
    for one in evaluations:
        rows = [*one.tallies.items(), ("avoid + reconsider", one.nudges)]
        for name, tally in rows:
            precision, recall = _shown(tally.precision), _shown(tally.recall)
            counts = f"{tally.right:6} {tally.extra:6} {tally.missed:7}"
            lines.append(f"{one.half:10} {name:19} {precision:>9} {recall:>7} {counts}")
        lines.append(f"{one.half:10} {one.line_count} lines")
    return lines


def _shown(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
