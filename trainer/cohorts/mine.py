"""What a learner is set and where they learn, asked for one person at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.models import Organisation
from trainer.cohorts.models import Assignment, Cohort, Enrolment
from trainer.cohorts.queries import TRAINING


@dataclass(frozen=True, slots=True)
class MyAssignment:
    """A module set for a learner, through any cohort they are active in; the earliest date counts."""

    module_id: str
    opens_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class MyCohort:
    """A cohort a learner is active in, and who may read their progress there."""

    cohort: str
    organisation: str
    trainers: tuple[str, ...]
    slug: str = ""
    organisation_slug: str = ""
    survey_wave: str | None = None
    exercise_wave: str | None = None


_MY_ASSIGNMENTS = (
    select(Assignment.module_id, func.min(Assignment.opens_on), func.min(Assignment.due_on))
    .join(Enrolment, Enrolment.cohort_id == Assignment.cohort_id)
    .where(Enrolment.person_id == bindparam("person_id"), Enrolment.state == "active")
    .group_by(Assignment.module_id)
)


def my_assignments(session: Session, person_id: int) -> dict[str, MyAssignment]:
    """What is set for a learner, by module id. One statement."""
    rows = session.execute(_MY_ASSIGNMENTS, {"person_id": person_id})
    return {row[0]: MyAssignment(*row) for row in rows}


def my_cohorts(session: Session, actor: Actor) -> tuple[MyCohort, ...]:
    """The cohorts a learner is active in, with the names of their trainers."""
    rows = session.execute(
        select(
            Cohort.id,
            Cohort.name,
            Organisation.name,
            Cohort.slug,
            Organisation.slug,
            Cohort.survey_wave,
            Cohort.exercise_wave,
            TRAINING.c.name,
        )
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .join(Organisation, Organisation.id == Cohort.organisation_id)
        .outerjoin(TRAINING, TRAINING.c.cohort_id == Cohort.id)
        .where(Enrolment.person_id == actor.person_id, Enrolment.state == "active")
        .order_by(Cohort.name, Cohort.id, TRAINING.c.name_key, TRAINING.c.id)
    )
    found: dict[int, MyCohort] = {}
    for cohort_id, cohort, organisation, *address, trainer in rows:
        before = found.get(cohort_id)
        trainers = (*(before.trainers if before else ()), *([trainer] if trainer else ()))
        found[cohort_id] = MyCohort(cohort, organisation, trainers, *address)
    return tuple(found.values())
