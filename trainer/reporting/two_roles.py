"""Questions that peer support workers and clinicians of a cohort answer differently: an agenda for a joint session.

Never a ranking: no totals, no scores, no rights and wrongs, only which options were chosen, by whom more often. Roles
are crossed with nothing else. Batches are those of the cohort's own counts, and a batch is used only if both groups in
it are as large as a batch must be. What the two figures and the cohort's own would together tell about the people of
neither group decides too: if it is anything, the option is not shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.accounts.actor import PracticeRole
from trainer.courseware.catalogue import Catalogue
from trainer.courseware.quiz import (
    Dilemma,
    DilemmaOption,
    Judgement,
    JudgementOption,
    Option,
    Question,
    Quiz,
    SingleChoice,
)
from trainer.learning.drawing import draw_questions
from trainer.learning.models import Attempt
from trainer.learning.revisions import pinned_module
from trainer.reporting.counted import Tally, counted_sittings, tallies_of
from trainer.reporting.models import CountedAttempt
from trainer.reporting.parts import add_batches, is_open, people_needed, release_parts
from trainer.reporting.question_measures import Sitting
from trainer.reporting.statistics import option_counts
from trainer.reporting.suppression.figures import HIDDEN, Released

WORTH_HEARING = 0.25  # of each group: by so much more of one than of the other
GROUPS = (PracticeRole.CLINICIAN, PracticeRole.PSW)  # in the order of the alphabet


@dataclass(frozen=True, slots=True)
class OptionByRole:
    """An option; ``more_often`` is the group that chose it clearly more often, if one did."""

    text: str
    clinicians: Released
    psws: Released
    more_often: PracticeRole | None


@dataclass(frozen=True, slots=True)
class AnsweredDifferently:
    """A question for the agenda."""

    position: int  # in the author's order, from 1
    question: Question
    options: tuple[OptionByRole, ...]


@dataclass(frozen=True, slots=True)
class TwoRoles:
    """The report. Not ``is_shown``: one of the groups is too small for any figure, and nobody is told which."""

    module_id: str
    tally: Tally | None
    questions: tuple[AnsweredDifferently, ...]  # in the author's order
    is_shown: bool
    needed: int  # people of each group
    as_of: datetime


def build(
    session: Session, cohort_id: int, *, catalogue: Catalogue, module_id: str, threshold: int, at: datetime
) -> TwoRoles:
    """The revision that was taken last. Six statements at most, whatever the size."""
    needed = people_needed(threshold)
    tally = next(iter(tallies_of(session, cohort_id, [module_id])), None)
    quiz = pinned_module(session, catalogue, module_id, tally.revision).quiz if tally and tally.counted else None
    if tally is None or quiz is None:
        return TwoRoles(module_id, tally, (), False, needed, at)
    sittings = counted_sittings(session, cohort_id, module_id, tally.revision)
    roles = _roles(session, cohort_id, module_id)
    batches = [
        batch
        for batch in _batches((sitting, roles.get(person_id)) for person_id, sitting in sittings.items())
        if all(sum(role == group for _, role in batch) >= needed for group in GROUPS)
    ]
    found = [_compare(place, one, batches, quiz, threshold) for place, one in enumerate(quiz.questions, start=1)]
    return TwoRoles(module_id, tally, tuple(one for one in found if one), bool(batches), needed, at)


Batch = Sequence[tuple[Sitting, str | None]]
Chosen = Mapping[str | None, Sequence[int]]


def _roles(session: Session, cohort_id: int, module_id: str) -> dict[int, str | None]:
    """As it was when the batch was closed; none in a batch of which somebody has changed theirs since."""
    rows = session.execute(
        select(Attempt.person_id, CountedAttempt.practice_role)
        .join(CountedAttempt, CountedAttempt.attempt_id == Attempt.id)
        .where(CountedAttempt.cohort_id == cohort_id, CountedAttempt.module_id == module_id)
    )
    return {row.person_id: row.practice_role for row in rows}


def _batches(sittings: Iterable[tuple[Sitting, str | None]]) -> list[Batch]:
    found: defaultdict[int, list[tuple[Sitting, str | None]]] = defaultdict(list)
    for sitting, role in sittings:
        found[sitting.batch].append((sitting, role))
    return [found[number] for number in sorted(found)]


def _compare(
    place: int, question: Question, batches: Sequence[Batch], quiz: Quiz, threshold: int
) -> AnsweredDifferently | None:
    if not batches or not isinstance(question, SingleChoice | Judgement | Dilemma):
        return None
    shown = [_released(question, batch, quiz, threshold) for batch in batches]
    clinicians, psws = (add_batches([groups[place] for groups in shown]) for place in (0, 1))
    written: Sequence[Option | JudgementOption | DilemmaOption] = question.options
    options = tuple(
        OptionByRole(option.text, first, second, _more_often(first, second))
        for option, first, second in zip(written, clinicians, psws, strict=True)
    )
    return AnsweredDifferently(place, question, options) if any(one.more_often for one in options) else None


def _released(
    question: SingleChoice | Judgement | Dilemma, batch: Batch, quiz: Quiz, threshold: int
) -> tuple[tuple[Released, ...], tuple[Released, ...]]:
    """The options as clinicians and as peer support workers of one batch chose them; all of them or none."""
    ids = [option.id for option in question.options]
    answers: defaultdict[str | None, list[tuple[str, ...]]] = defaultdict(list)
    for sitting, role in batch:
        given = sitting.answers.get(question.id)
        if given and question in draw_questions(quiz, sitting.seed):
            answers[role if role in GROUPS else None].append(given.answer)
    counts: Chosen = {role: option_counts(answers[role], ids) for role in (*GROUPS, None)}
    first, second = (release_parts(len(answers[role]), counts[role], threshold=threshold) for role in GROUPS)
    sizes = tuple(len(answers[role]) for role in (*GROUPS, None))
    everybody = [sum(same) for same in zip(*counts.values(), strict=True)]
    nothing = (HIDDEN,) * len(ids)
    if HIDDEN in (*first, *second):
        return nothing, nothing
    is_safe = all(
        is_open(sizes, one.completed, other.completed, total, threshold=threshold)
        for one, other, total in zip(first, second, everybody, strict=True)
    )
    return (first, second) if is_safe else (nothing, nothing)


def _more_often(clinicians: Released, psws: Released) -> PracticeRole | None:
    """The group whose smallest share is larger than the other's largest, by a quarter of a group at least."""
    if HIDDEN in (clinicians, psws):
        return None
    low, high = zip(*(_ends(one) for one in (clinicians, psws)), strict=True)
    if low[0] - high[1] >= WORTH_HEARING:
        return PracticeRole.CLINICIAN
    return PracticeRole.PSW if low[1] - high[0] >= WORTH_HEARING else None


def _ends(one: Released) -> tuple[float, float]:
    return one.completed.low / one.learners.low, one.completed.high / one.learners.low
