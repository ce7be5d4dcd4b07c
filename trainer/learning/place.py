"""Where to go on: decided by what is done, so it is the same on every device. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from trainer.courseware.catalogue import Module, Section

MINUTES_PER_QUESTION_NUMERATOR = 3  # 45 seconds a question, as the checker counts: ¾ of a minute
MINUTES_PER_QUESTION_DENOMINATOR = 4


@dataclass(frozen=True, slots=True)
class Place:
    """The next step of a module; ``section`` is set for a section, nothing is left when it is over."""

    kind: Literal["section", "quiz", "attempt", "over"]
    section: Section | None = None


def next_place(module: Module, *, read_ids: Collection[str], is_attempt_open: bool, has_passed: bool) -> Place:
    """An open attempt comes first, then the first unread section, then the quiz while it is not passed."""
    if is_attempt_open:
        return Place("attempt")
    for section in module.sections:
        if section.id not in read_ids:
            return Place("section", section)
    if module.quiz is not None and not has_passed:
        return Place("quiz")
    return Place("over")


def quiz_minutes(module: Module) -> int:
    """The computed minutes of one attempt, at least 1; 0 without a quiz."""
    if module.quiz is None:
        return 0
    count = max(module.quiz.draw, sum(question.is_safety for question in module.quiz.questions))
    return max(1, round(count * MINUTES_PER_QUESTION_NUMERATOR / MINUTES_PER_QUESTION_DENOMINATOR))


def minutes_left(module: Module, *, read_ids: Collection[str], has_passed: bool) -> int:
    """Reading time of what is unread, plus the quiz while it is not passed."""
    unread = sum(section.minutes for section in module.sections if section.id not in read_ids)
    return unread + (0 if has_passed else quiz_minutes(module))
