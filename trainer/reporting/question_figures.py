"""What the questions of a quiz were like for a group: released figures, worth talking about first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from trainer.courseware.kinds.registry import UNMARKED_KINDS
from trainer.courseware.quiz import Question, Quiz
from trainer.learning.drawing import draw_questions
from trainer.learning.marking import mark_question
from trainer.reporting.parts import HIGH_KINDS, LOW_KINDS
from trainer.reporting.question_measures import (
    Asked,
    OptionFigures,
    Sitting,
    batch_count,
    facility_of,
    is_sure_and_mistaken,
    mean_score,
    right_and_options,
    share_of,
    telling,
)
from trainer.reporting.suppression.figures import HIDDEN, Released

WORTH_A_LOOK = 80  # per cent: the pass mark of nearly every quiz
PARTIAL_KINDS = frozenset({"multiple", "judgement", "order", "match"})


class Talk(IntEnum):
    """Why a question is worth talking about, and so its place in the report."""

    SAFETY = 1  # a safety question that not nearly everybody answered right
    SURE = 2  # some were sure, and mistaken
    LOW = 3  # fewer right answers than most pass marks ask for
    FINE = 4
    UNMARKED = 5  # nothing to be right about
    HIDDEN = 6  # too few answers, or figures that would tell about a few


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question. Shares in whole per cent; None where there is none or where it may not be shown."""

    position: int  # in the author's order, from 1
    question: Question
    talk: Talk
    right: Released  # who earned all points; HIDDEN for kinds that are never marked
    facility: int | None  # the share of right answers
    interval: tuple[int, int] | None  # 95 %, Wilson, of all counts that the rounded one may stand for
    mean_score: int | None  # where part of the points can be earned
    discrimination: int | None
    efficiency: int | None
    sure_mistaken: Released | None  # None where nobody was asked how sure they are
    options: tuple[OptionFigures, ...]


def analyse(quiz: Quiz, sittings: Sequence[Sitting], *, threshold: int) -> tuple[QuestionFigures, ...]:
    """All questions of the quiz, worth talking about first. A safety question comes before all others.

    Then those where people were sure and mistaken, then those with few right answers, the fewest first.
    """
    asked = [_asked(quiz, one) for one in sittings]
    found = [
        _question(place, question, [one for one in asked if question.id in one.points], quiz, threshold)
        for place, question in enumerate(quiz.questions, start=1)
    ]
    return tuple(sorted(found, key=lambda one: (one.talk, _least_share(one.right), one.position)))


def _asked(quiz: Quiz, sitting: Sitting) -> Asked:
    points: dict[str, int | None] = {}
    for question in draw_questions(quiz, sitting.seed):
        given = sitting.answers.get(question.id)
        mark = mark_question(question, given.answer if given else None)
        points[question.id] = mark.points if mark else None
    return Asked(sitting, points)


def _question(place: int, question: Question, asked: Sequence[Asked], quiz: Quiz, threshold: int) -> QuestionFigures:
    is_marked = question.kind not in UNMARKED_KINDS
    right, options = right_and_options(question, asked, threshold=threshold)
    sure = None
    if is_marked and quiz.asks_confidence:
        sure = share_of(asked, lambda one: is_sure_and_mistaken(one, question), threshold=threshold)
    shares = facility_of(right, batches=batch_count(asked))
    discrimination, efficiency = telling(question, asked) if shares else (None, None)
    return QuestionFigures(
        position=place,
        question=question,
        talk=_talk(question, right, sure, shares[0] if shares else None, options),
        right=right,
        facility=shares[0] if shares else None,
        interval=shares[1] if shares else None,
        mean_score=mean_score(question, asked) if shares and question.kind in PARTIAL_KINDS else None,
        discrimination=discrimination,
        efficiency=efficiency,
        sure_mistaken=sure,
        options=options,
    )


def _talk(
    question: Question,
    right: Released,
    sure: Released | None,
    facility: int | None,
    options: Sequence[OptionFigures],
) -> Talk:
    if question.kind in UNMARKED_KINDS:
        return Talk.UNMARKED if any(option.chosen != HIDDEN for option in options) else Talk.HIDDEN
    if right == HIDDEN:
        return Talk.HIDDEN
    kind = right.completed.kind
    if question.is_safety and kind not in HIGH_KINDS:
        return Talk.SAFETY
    if sure is not None and sure != HIDDEN and sure.completed.kind not in LOW_KINDS:
        return Talk.SURE
    is_low = kind in LOW_KINDS or (facility is not None and facility < WORTH_A_LOOK)
    return Talk.LOW if is_low else Talk.FINE


def _least_share(right: Released) -> float:
    """The smallest share that a figure leaves open."""
    return right.completed.low / right.learners.low if right.learners.low else 0.0
