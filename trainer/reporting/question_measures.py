"""The single figures of a question, from the first attempts that asked it. Pure.

Counts are released batch by batch. What is made of scores instead (mean, discrimination, efficiency) is rounded to 10,
so that one person more or less hardly ever moves it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import ceil, floor

from trainer.courseware.kinds.registry import UNMARKED_KINDS
from trainer.courseware.quiz import (
    Dilemma,
    DilemmaOption,
    Judgement,
    JudgementOption,
    MultipleResponse,
    Option,
    Question,
    SingleChoice,
)
from trainer.learning.kinds.frame import POINTS_PER_QUESTION, Answer
from trainer.reporting.parts import add_batches, release_parts, release_share
from trainer.reporting.statistics import option_counts, question_statistics, wilson_interval
from trainer.reporting.suppression.figures import HIDDEN, ROUNDING, Released

COARSE = 10  # per cent


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answered, and whether they said that they were sure."""

    answer: Answer
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """One first attempt: nobody's name, only what was asked and answered."""

    batch: int
    seed: int
    answers: Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Asked:
    """A sitting with the points of every question it asked; None for kinds that are never marked."""

    sitting: Sitting
    points: Mapping[str, int | None]

    def given(self, question: Question) -> Given | None:
        """What was answered to a question."""
        return self.sitting.answers.get(question.id)


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """An option and how many chose it. ``verdict`` is right, not_right, best, workable or risky; none in a dilemma."""

    text: str
    verdict: str | None
    chosen: Released


def share_of(asked: Sequence[Asked], holds: Callable[[Asked], bool], *, threshold: int) -> Released:
    """For how many something holds."""
    released = [(release_share(len(batch), sum(map(holds, batch)), threshold=threshold),) for batch in _batches(asked)]
    return add_batches(released)[0] if released else HIDDEN


def is_sure_and_mistaken(one: Asked, question: Question) -> bool:
    """Sure, and less than half of the points."""
    given, points = one.given(question), one.points[question.id]
    return given is not None and given.is_sure and points is not None and 2 * points < POINTS_PER_QUESTION


def right_and_options(
    question: Question, asked: Sequence[Asked], *, threshold: int
) -> tuple[Released, tuple[OptionFigures, ...]]:
    """How many earned all points, and how many chose each option, of those who answered.

    Where the options of a batch are hidden, so are its right answers: the two together could tell again.
    """
    options: Sequence[Option | JudgementOption | DilemmaOption] = ()
    if isinstance(question, SingleChoice | MultipleResponse | Judgement | Dilemma):
        options = question.options
    batches = [_of_batch(question, options, batch, threshold) for batch in _batches(asked)]
    right, *chosen = add_batches(batches) or (HIDDEN,) * (1 + len(options))
    return right, tuple(
        OptionFigures(option.text, _verdict(option), figure) for option, figure in zip(options, chosen, strict=True)
    )


def _of_batch(
    question: Question,
    options: Sequence[Option | JudgementOption | DilemmaOption],
    batch: Sequence[Asked],
    threshold: int,
) -> tuple[Released, ...]:
    full = sum(one.points[question.id] == POINTS_PER_QUESTION for one in batch)
    right = release_share(len(batch), full, threshold=threshold)
    chosen = [given.answer for one in batch if (given := one.given(question))]
    counts = option_counts(chosen, [option.id for option in options]) if options else ()
    if isinstance(question, MultipleResponse):
        return right, *(release_share(len(chosen), count, threshold=threshold) for count in counts)
    parts = release_parts(len(chosen), counts, threshold=threshold) if options else ()
    return (HIDDEN if HIDDEN in parts or question.kind in UNMARKED_KINDS else right, *parts)


def facility_of(right: Released, *, batches: int) -> tuple[int, tuple[int, int]] | None:
    """The share of right answers and its 95 % interval (Wilson), rounded outwards; None where no number is shown.

    The count was rounded once a batch, so the interval is that of all counts it may stand for.
    """
    count, learners = right.completed.number, right.learners.number
    if count is None or not learners:
        return None
    slack = batches * (ROUNDING // 2)
    lowest, highest = (wilson_interval(min(learners, max(0, count + by)), learners) for by in (-slack, slack))
    if lowest is None or highest is None:
        return None
    return round(100 * count / learners), (floor(100 * lowest[0]), ceil(100 * highest[1]))


def batch_count(asked: Sequence[Asked]) -> int:
    """How many batches there are."""
    return len({one.sitting.batch for one in asked})


def mean_score(question: Question, asked: Sequence[Asked]) -> int:
    """The mean of the points earned, in per cent."""
    return _coarse(Fraction(sum(one.points[question.id] or 0 for one in asked), len(asked)))


def telling(question: Question, asked: Sequence[Asked]) -> tuple[int | None, int | None]:
    """The discrimination index and discriminative efficiency against the rest of each attempt, in per cent.

    Where every attempt asks all questions these are Moodle's; where questions are drawn, the rest is what was drawn.
    """
    table = [(one.points[question.id], _rest(one, question)) for one in asked]
    largest = max((rest for _, rest in table), default=0)
    found = question_statistics(table, (POINTS_PER_QUESTION, largest))[0]
    index, efficiency = found.discrimination_index, found.discriminative_efficiency
    return _coarse(index) if index is not None else None, _coarse(efficiency) if efficiency is not None else None


def _rest(one: Asked, question: Question) -> int:
    return sum(points or 0 for question_id, points in one.points.items() if question_id != question.id)


def _coarse(value: Fraction | float) -> int:
    return COARSE * floor(value / COARSE + Fraction(1, 2))


def _batches(asked: Sequence[Asked]) -> list[list[Asked]]:
    ordered = sorted(asked, key=lambda one: one.sitting.batch)
    return [list(part) for _, part in groupby(ordered, key=lambda one: one.sitting.batch)]


def _verdict(option: Option | JudgementOption | DilemmaOption) -> str | None:
    if isinstance(option, DilemmaOption):
        return None
    if isinstance(option, JudgementOption):
        return option.verdict
    return "right" if option.is_correct else "not_right"
