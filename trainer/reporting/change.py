"""How a cohort changed: matched pairs of the questions asked before a module and in its quiz, and of the survey.

It cannot show cause, and says so. Quiz pairs come from the counted first attempts alone. The survey is told only while
none is open, and of everybody who answered it, also whoever has left the cohort: only they can take their answers
back, so nobody can be subtracted by withdrawing them. Six statements, whatever the size.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import CohortOf, assignments_of
from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.revision import load_module
from trainer.learning.before import before_questions
from trainer.learning.marking import mark_question
from trainer.learning.models import Attempt, BeforeAnswer, ModuleRevision, Response
from trainer.reporting.models import CountedAttempt
from trainer.reporting.paired import FIVE_STEPS, PER_CENT, Change, Interval, change_of
from trainer.reporting.parts import people_needed
from trainer.surveys.instrument import Part, part_means
from trainer.surveys.models import SurveyAnswer

PARTS: tuple[Part, ...] = ("language", "boundaries", "team")
PointsByModule = dict[str, dict[tuple[int, str], int]]  # by person and question
Points = Mapping[tuple[int, str], int]
Averages = Mapping[int, Fraction]  # by person


@dataclass(frozen=True, slots=True)
class ChangeOfModule:
    """A module's own questions, in per cent of their points; ``change`` is None below the threshold."""

    module_id: str
    question_count: int
    change: Change | None


@dataclass(frozen=True, slots=True)
class ChangeOfPart:
    """A part of the survey, from 1 to 5."""

    part: Part
    change: Change | None


@dataclass(frozen=True, slots=True)
class CohortChange:
    """The report. ``survey`` is empty while a survey is open."""

    modules: tuple[ChangeOfModule, ...]
    survey: tuple[ChangeOfPart, ...]
    needed: int
    as_of: datetime


def build(
    session: Session, cohort: CohortOf, *, catalogue: Catalogue, interval: Interval, threshold: int, at: datetime
) -> CohortChange:
    """The report. Modules without questions before them are left out."""
    ids = [one.module_id for one in assignments_of(session, cohort.id)]
    asked: dict[str, list[str]] = {
        module_id: [question.id for question in before_questions(catalogue.by_id[module_id])]
        for module_id in ids
        if module_id in catalogue.by_id and before_questions(catalogue.by_id[module_id])
    }
    before = _before(session, cohort.id, asked)
    after, batches = _after(session, cohort.id, asked, catalogue)
    told: dict[str, Any] = {"interval": interval, "threshold": threshold}
    modules = []
    for module_id, question_ids in asked.items():
        first, second = _means(before.get(module_id, {}), after.get(module_id, {}))
        second = _of_full_batches(first, second, batches.get(module_id, {}), threshold)
        modules.append(ChangeOfModule(module_id, len(question_ids), change_of(first, second, scale=PER_CENT, **told)))
    waves = _waves(session, cohort.id) if cohort.survey_wave is None else None
    survey = (
        ()
        if waves is None
        else tuple(
            ChangeOfPart(part, change_of(waves["before", part], waves["after", part], scale=FIVE_STEPS, **told))
            for part in PARTS
        )
    )
    return CohortChange(tuple(modules), survey, people_needed(threshold), at)


def _before(session: Session, cohort_id: int, asked: Mapping[str, Sequence[str]]) -> PointsByModule:
    """Points before, by module; of everybody who is or was in the cohort."""
    rows = session.execute(
        select(BeforeAnswer.module_id, BeforeAnswer.person_id, BeforeAnswer.question_id, BeforeAnswer.points)
        .join(Enrolment, Enrolment.person_id == BeforeAnswer.person_id)
        .where(
            Enrolment.cohort_id == cohort_id,
            Enrolment.state.in_(("active", "withdrawn")),
            BeforeAnswer.module_id.in_(list(asked)),
        )
    )
    found: defaultdict[str, dict[tuple[int, str], int]] = defaultdict(dict)
    for module_id, person_id, question_id, points in rows:
        found[module_id][person_id, question_id] = points
    return found


def _after(
    session: Session, cohort_id: int, asked: Mapping[str, Sequence[str]], catalogue: Catalogue
) -> tuple[PointsByModule, dict[str, dict[int, int]]]:
    """Points of the same questions in counted first attempts, and everybody's batch, by module.

    Unanswered earns nothing.
    """
    attempts = session.execute(
        select(Attempt.id, Attempt.module_id, Attempt.person_id, Attempt.revision, CountedAttempt.batch)
        .join(CountedAttempt, CountedAttempt.attempt_id == Attempt.id)
        .where(CountedAttempt.cohort_id == cohort_id, CountedAttempt.module_id.in_(list(asked)))
    ).all()
    answers = session.execute(
        select(Response.attempt_id, Response.question_id, Response.answer)
        .join(CountedAttempt, CountedAttempt.attempt_id == Response.attempt_id)
        .where(
            CountedAttempt.cohort_id == cohort_id,
            CountedAttempt.module_id.in_(list(asked)),
            Response.question_id.in_([one for ids in asked.values() for one in ids]),
        )
        .order_by(Response.attempt_id, Response.sequence)
    )
    given = {(row.attempt_id, row.question_id): tuple(json.loads(row.answer)) for row in answers}
    modules = _modules(session, {row.revision for row in attempts}, catalogue)
    found: defaultdict[str, dict[tuple[int, str], int]] = defaultdict(dict)
    batches: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for attempt_id, module_id, person_id, revision, batch in attempts:
        batches[module_id][person_id] = batch
        quiz = modules[revision].quiz
        for question in quiz.questions if quiz else ():
            if question.id in asked[module_id]:
                mark = mark_question(question, given.get((attempt_id, question.id)))
                found[module_id][person_id, question.id] = mark.points if mark else 0
    return found, batches


def _of_full_batches(
    before: Averages, after: Averages, batches: Mapping[int, int], threshold: int
) -> dict[int, Fraction]:
    """Who stands in a batch with enough pairs of its own: no batch adds one or two people to the figure."""
    pairs = Counter(batches[person_id] for person_id in before.keys() & after.keys())
    return {key: mean for key, mean in after.items() if pairs[batches[key]] >= people_needed(threshold)}


def _modules(session: Session, revisions: Iterable[str], catalogue: Catalogue) -> dict[str, Module]:
    """The modules of these revisions, in one statement at most."""
    current = {module.revision: module for module in catalogue.modules}
    older = [revision for revision in revisions if revision not in current]
    if older:
        rows = session.execute(
            select(ModuleRevision.revision, ModuleRevision.compiled).where(ModuleRevision.revision.in_(older))
        )
        current |= {revision: load_module(compiled) for revision, compiled in rows}
    return current


def _means(before: Points, after: Points) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
    """Per person, over the questions they answered beforehand; whoever answered none of them then counts by all."""
    first: defaultdict[int, list[int]] = defaultdict(list)
    second: defaultdict[int, list[int]] = defaultdict(list)
    for (person_id, question_id), points in before.items():
        first[person_id].append(points)
        if (person_id, question_id) in after:
            second[person_id].append(after[person_id, question_id])
    for (person_id, _question_id), points in after.items():
        if person_id not in first:
            second[person_id].append(points)
    return _averages(first), _averages(second)


def _averages(points: Mapping[int, Sequence[int]]) -> dict[int, Fraction]:
    return {person_id: Fraction(sum(found), len(found)) for person_id, found in points.items()}


def _waves(session: Session, cohort_id: int) -> dict[tuple[str, Part], dict[int, Fraction]]:
    """The mean of each part, by wave, part and person; a part with a statement left out has none."""
    found: dict[tuple[str, Part], dict[int, Fraction]] = {
        (wave, part): {} for wave in ("before", "after") for part in PARTS
    }
    for person_id, wave, written in session.execute(
        select(SurveyAnswer.person_id, SurveyAnswer.wave, SurveyAnswer.answers).where(
            SurveyAnswer.cohort_id == cohort_id
        )
    ):
        answers = {int(number): value for number, value in json.loads(written).items()}
        for part, mean in part_means(answers).items():
            found[wave, part][person_id] = mean
    return found
