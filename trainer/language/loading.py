"""Opening a lexicon: read, checked whole and made ready, or refused with the line and remedy of every mistake."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from trainer.language.lexicon import Lexicon, read_lexicon
from trainer.language.lexiconfile import LexiconText, Place
from trainer.language.matcher import KNOWN, Lens
from trainer.language.patterns import BadPattern, Notation, Phrase, fault_of
from trainer.language.problems import LexiconProblem, LexiconProblems


def load_lexicon(path: Path) -> Lexicon:
    """A lexicon that was checked whole. Raises LexiconProblems."""
    return load_lens(path).lexicon


def load_lens(path: Path) -> Lens:
    """The same, made ready to look at texts. Raises LexiconProblems."""
    with _no_collection():
        return _checked_lens(path)


def lens_of(path: Path) -> Lens:
    """The same, loaded once for as long as the file stays as it is. Raises LexiconProblems."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return load_lens(path)  # which says what is wrong
    return _loaded(path, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=4)
def _loaded(path: Path, changed_at: int, size: int, number: int) -> Lens:
    return load_lens(path)


@contextmanager
def _no_collection() -> Iterator[None]:
    """A lexicon is thousands of small things that stay: looking for rubbish among them costs a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _checked_lens(path: Path) -> Lens:
    lexicon, text = read_lexicon(path)
    problems = list(_faulty_patterns(lexicon, text))
    if problems:
        raise LexiconProblems(str(path), problems)
    try:
        lens = Lens(lexicon, Notation(lexicon.sets))
    except BadPattern:
        raise LexiconProblems(str(path), list(_unusable_patterns(lexicon, text))) from None
    problems = [*_repeated(lens, text), *_flagged_advice(lens, text)]
    if problems:
        raise LexiconProblems(str(path), problems)
    return lens


def check_whole(path: Path) -> None:
    """Work out every pattern at once, as authors and tests do; looking works out only what it needs. Raises
    LexiconProblems."""
    lexicon, text = read_lexicon(path)
    problems = list(_unusable_patterns(lexicon, text))
    if problems:
        raise LexiconProblems(str(path), problems)


def _patterns(lexicon: Lexicon) -> Iterator[tuple[Place, str]]:
    listed: list[tuple[Place, tuple[str, ...]]] = [(("known", kind), getattr(lexicon.known, kind)) for kind in KNOWN]
    for at, entry in enumerate(lexicon.entries):
        listed += [(("entries", at, "patterns"), entry.patterns), (("entries", at, "guards"), entry.guards)]
    for place, patterns in listed:
        for index, pattern in enumerate(patterns):
            yield (*place, index), pattern


def _faulty_patterns(lexicon: Lexicon, text: LexiconText) -> Iterator[LexiconProblem]:
    """From the look of their brackets; a pattern is worked out only when a text needs it."""
    for place, pattern in _patterns(lexicon):
        fault = fault_of(pattern, lexicon.sets)
        if fault:
            yield _faulty(text.line_of(place), pattern, fault)


def _unusable_patterns(lexicon: Lexicon, text: LexiconText) -> Iterator[LexiconProblem]:
    """What only working out tells: patterns that say nothing, too much or in too many ways."""
    notation = Notation(lexicon.sets)
    for place, pattern in _patterns(lexicon):
        try:
            notation.compile(pattern)
        except BadPattern as error:
            yield _faulty(text.line_of(place), pattern, str(error))


def _faulty(line: int, pattern: str, fault: str) -> LexiconProblem:
    return LexiconProblem(
        line, f"the pattern “{pattern[:80]}” cannot be used: {fault}", "Compare it with its neighbours."
    )


def _repeated(lens: Lens, text: LexiconText) -> Iterator[LexiconProblem]:
    """Two entries that say the same words: nobody could tell which of them is meant."""
    told: set[tuple[int, int]] = set()
    for word, waiting in lens.index.waiting.items():
        if len({owner for _, _, owner in waiting}) < 2:
            continue
        for one, other in combinations(lens.index.phrases_at(word), 2):
            first, second = one[3], other[3]
            if first == second or (first, second) in told or not _is_same(one[0], other[0]):
                continue
            told.add((first, second))
            entries = lens.lexicon.entries
            said = " ".join(min(a & b) for a, b in zip(one[0].steps, other[0].steps, strict=True))
            yield LexiconProblem(
                text.line_of(("entries", max(first, second), "patterns")),
                f"“{said}” stands under “{entries[first].term}” and under “{entries[second].term}”",
                "Keep it under one of the two.",
            )


def _is_same(one: Phrase, other: Phrase) -> bool:
    if len(one.steps) != len(other.steps):
        return False
    return not any(a.isdisjoint(b) for a, b in zip(one.steps, other.steps, strict=True))


def _flagged_advice(lens: Lens, text: LexiconText) -> Iterator[LexiconProblem]:
    """No advice may itself be worth avoiding or reconsidering."""
    advice: list[tuple[Place, str]] = []
    for at, entry in enumerate(lens.lexicon.entries):
        advice += [(("entries", at, "alternatives"), one) for one in entry.alternatives]
        if entry.example:
            advice.append((("entries", at, "example"), entry.example))
    whole = "\n\n".join(one for _, one in advice)
    for finding in lens.look(whole).findings:
        if finding.severity != "discuss":
            place, one = advice[(finding.line - 1) // 2]
            yield LexiconProblem(
                text.line_of(place),
                f"the advice “{one}” says “{finding.text}”, which the entry “{finding.term}” would point at",
                "Describe what happened, say who says so, or ask.",
            )
