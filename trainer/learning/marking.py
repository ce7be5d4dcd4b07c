"""From answers to a score. Pure, in integers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer.courseware.kinds.registry import UNMARKED_KINDS
from trainer.courseware.quiz import Question
from trainer.learning.kinds.frame import POINTS_PER_QUESTION, Answer, Mark
from trainer.learning.kinds.registry import KINDS


@dataclass(frozen=True, slots=True)
class Score:
    """Points of possible, both integers; passing needs the pass mark and every safety question."""

    points: int
    possible: int
    missed_safety: tuple[str, ...]
    pass_mark: int

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: 79.9 never reads as 80."""
        return percent_of(self.points, self.possible)

    @property
    def is_passed(self) -> bool:
        """True when the pass mark is reached and no safety question was missed."""
        return self.points * 100 >= self.possible * self.pass_mark and not self.missed_safety


def percent_of(points: int, possible: int) -> int:
    """Whole per cent, rounded down; 0 of 0 is 0."""
    return points * 100 // possible if possible else 0


def mark_question(question: Question, answer: Answer | None) -> Mark | None:
    """The mark of one question; no answer earns nothing. None for a kind that is never marked."""
    if question.kind in UNMARKED_KINDS:
        return None
    return Mark(0) if answer is None else KINDS[question.kind].mark(question, answer)


def score_attempt(questions: Sequence[Question], answers: Mapping[str, Answer], *, pass_mark: int) -> Score:
    """The score of an attempt over the questions it asked; those that are never marked neither give nor take."""
    found = {question.id: mark_question(question, answers.get(question.id)) for question in questions}
    marks = {question_id: mark for question_id, mark in found.items() if mark is not None}
    return Score(
        points=sum(mark.points for mark in marks.values()),
        possible=POINTS_PER_QUESTION * len(marks),
        missed_safety=tuple(q.id for q in questions if q.is_safety and q.id in marks and not marks[q.id].is_full),
        pass_mark=pass_mark,
    )
