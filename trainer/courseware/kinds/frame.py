"""What every kind's parser is given, and what the kinds share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Protocol

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report, Rule
from trainer.courseware.quiz import Option, Question, QuestionFrame

MARKS = frozenset({"x", ""})
VERDICTS = frozenset({"best", "workable", "risky"})
ID_CHARACTERS = 10
FRAME_FIELDS = tuple(field.name for field in fields(QuestionFrame))


@dataclass(frozen=True, slots=True)
class Words:
    """Rendered words with the id that stands for them, and the line they stand on."""

    id: str
    text: str
    html: str
    line: int


@dataclass(frozen=True, slots=True)
class WrittenOption:
    """An entry as the author wrote it, rendered. ``mark`` is what stood between the brackets, in small letters."""

    mark: str
    id: str
    text: str
    html: str
    explanation_html: str
    panel: str | None
    line: int


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question as the author wrote it: the frame that all kinds have, and what stands below.

    ``table`` holds the rows of a match with their head first; ``line_html`` is the quoted line of a rewrite,
    ``models_html`` its entries as a list.
    """

    frame: QuestionFrame
    options: tuple[WrittenOption, ...]
    path: str
    line: int
    table: tuple[tuple[Words, ...], ...] = ()
    explanation_html: str = ""
    line_text: str = ""
    line_html: str = ""
    models_html: str = ""

    def refuse(self, report: Report, rule: Rule, message: str, line: int | None = None) -> None:
        """Report a problem of this question, at its heading unless a line is given."""
        report.add(rule, self.path, line or self.line, f"question “{self.frame.id}” {message}")

    def framed(self) -> dict[str, Any]:
        """The fields that every kind has, by name."""
        return {name: getattr(self.frame, name) for name in FRAME_FIELDS}


class KindParser(Protocol):
    """What every kind module offers."""

    def parse(self, written: WrittenQuestion, report: Report) -> Question | None:
        """The question, or None with diagnostics."""


def option_id(text: str) -> str:
    """The id of an option without one: the same text, in any case and spacing, is the same option."""
    folded = " ".join(text.casefold().split())
    return hashlib.sha256(folded.encode()).hexdigest()[:ID_CHARACTERS]


def check_marks(written: WrittenQuestion, allowed: Iterable[str], report: Report) -> bool:
    """Report every option whose mark another kind uses; True when there is none."""
    strange = [option for option in written.options if option.mark not in allowed]
    for option in strange:
        written.refuse(report, rules.MIXED_MARKS, f"marks an option with [{option.mark}]", option.line)
    return not strange


def check_explanations(written: WrittenQuestion, report: Report) -> None:
    """Every option of a marked question says what it might do."""
    for option in written.options:
        if not option.explanation_html:
            written.refuse(report, rules.NO_EXPLANATION, f"has no explanation for “{option.text}”", option.line)


def check_whole_explanation(written: WrittenQuestion, report: Report) -> None:
    """Kinds without options are explained as a whole, or entry by entry."""
    is_explained = written.explanation_html or (
        written.options and all(option.explanation_html for option in written.options)
    )
    if not is_explained:
        written.refuse(report, rules.NO_EXPLANATION, "has no explanation after its last line")


def check_count(written: WrittenQuestion, report: Report, *, least: int = 2, most: int = 12) -> bool:
    """True when the question has a number of entries that can be answered."""
    if len(written.options) < least:
        words = "two options" if least == 2 else f"{least} entries"
        written.refuse(report, rules.NO_OPTIONS, f"has fewer than {words}")
    elif len(written.options) > most:
        written.refuse(report, rules.TOO_MANY_QUESTIONS, f"has {len(written.options)} options")
    return least <= len(written.options) <= most


def choice_options(written: WrittenQuestion) -> tuple[Option, ...]:
    """The options of single choice and multiple response."""
    return tuple(
        Option(option.id, option.text, option.html, option.explanation_html, option.mark == "x")
        for option in written.options
    )
