"""What every kind's parser is given, and what the kinds share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from trainer.courseware import rules
from trainer.courseware.catalogue import Option, Question, QuestionFrame
from trainer.courseware.diagnostics import Report, Rule

MARKS = frozenset({"x", ""})
VERDICTS = frozenset({"best", "workable", "risky"})
ID_CHARACTERS = 10


@dataclass(frozen=True, slots=True)
class WrittenOption:
    """An option as the author wrote it, rendered. ``mark`` is what stood between the brackets, in small letters."""

    mark: str
    id: str
    text: str
    html: str
    explanation_html: str
    line: int


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question as the author wrote it: the frame that all kinds have, and the options."""

    frame: QuestionFrame
    options: tuple[WrittenOption, ...]
    path: str
    line: int

    def refuse(self, report: Report, rule: Rule, message: str, line: int | None = None) -> None:
        """Report a problem of this question, at its heading unless a line is given."""
        report.add(rule, self.path, line or self.line, f"question “{self.frame.id}” {message}")


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


def choice_options(written: WrittenQuestion) -> tuple[Option, ...]:
    """The options of single choice and multiple response."""
    return tuple(
        Option(option.id, option.text, option.html, option.explanation_html, option.mark == "x")
        for option in written.options
    )
