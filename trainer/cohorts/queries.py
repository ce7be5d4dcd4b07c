"""Reading cohorts. Each function is a fixed number of statements, whatever the size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Role
from trainer.accounts.models import Membership, Organisation, Person
from trainer.cohorts.models import Assignment, Cohort, CohortTrainer, Enrolment


@dataclass(frozen=True, slots=True)
class CohortOf:
    """A cohort and its organisation."""

    id: int
    slug: str
    name: str
    organisation_id: int
    organisation_slug: str
    organisation_name: str
    survey_wave: str | None = None  # which survey is open now
    exercise_wave: str | None = None  # which note of the exercise may be written now


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort in a list."""

    cohort: CohortOf
    learner_count: int
    module_count: int
    trainers: tuple[str, ...]
    next_due: tuple[date, str] | None  # (due_on, module_id)


@dataclass(frozen=True, slots=True)
class AssignmentOf:
    """A module set for a cohort."""

    id: int
    module_id: str
    opens_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One enrolment of a cohort."""

    enrolment_id: int
    name: str
    email: str | None
    state: str
    since: datetime
    staff_id: str | None = None


_COHORT = (
    Cohort.id,
    Cohort.slug,
    Cohort.name,
    Cohort.organisation_id,
    Organisation.slug.label("organisation_slug"),
    Organisation.name.label("organisation_name"),
    Cohort.survey_wave,
    Cohort.exercise_wave,
)

# Who can really open a cohort's report: a named trainer who has left, or whose account is closed, cannot.
TRAINING = (
    select(CohortTrainer.cohort_id, Cohort.organisation_id, Person.id, Person.name, Person.name_key)
    .join(Cohort, Cohort.id == CohortTrainer.cohort_id)
    .join(Person, Person.id == CohortTrainer.person_id)
    .join(
        Membership,
        (Membership.person_id == Person.id) & (Membership.organisation_id == Cohort.organisation_id),
    )
    .where(Person.is_active, Membership.role.in_((Role.TRAINER, Role.MANAGER)))
    .subquery()
)


def find_cohort(session: Session, organisation_slug: str, cohort_slug: str) -> CohortOf | None:
    """A cohort by its address. Callers decide by ``access`` who may know of it."""
    row = session.execute(
        select(*_COHORT)
        .join(Organisation, Organisation.id == Cohort.organisation_id)
        .where(Organisation.slug == organisation_slug, Cohort.slug == cohort_slug)
    ).one_or_none()
    return CohortOf(*row) if row else None


def cohort_by_id(session: Session, cohort_id: int) -> CohortOf:
    """A cohort that is known to be there."""
    statement = select(*_COHORT).join(Organisation, Organisation.id == Cohort.organisation_id)
    return CohortOf(*session.execute(statement.where(Cohort.id == cohort_id)).one())


def all_cohorts(session: Session) -> tuple[CohortOf, ...]:
    """Every cohort of every organisation, for the operator. One statement."""
    statement = select(*_COHORT).join(Organisation, Organisation.id == Cohort.organisation_id)
    return tuple(CohortOf(*row) for row in session.execute(statement.order_by(Organisation.slug, Cohort.slug)))


def cohorts_of(session: Session, organisation_id: int, *, trainer_id: int | None, on: date) -> tuple[CohortLine, ...]:
    """The organisation's cohorts by name; only those of one trainer if ``trainer_id`` is given. Four statements."""
    statement = select(*_COHORT).join(Organisation, Organisation.id == Cohort.organisation_id)
    statement = statement.where(Cohort.organisation_id == organisation_id).order_by(Cohort.name, Cohort.id)
    if trainer_id is not None:
        statement = statement.join(CohortTrainer, CohortTrainer.cohort_id == Cohort.id).where(
            CohortTrainer.person_id == trainer_id
        )
    cohorts = [CohortOf(*row) for row in session.execute(statement)]
    learners = _active_counts(session, organisation_id)
    trainers = trainer_names(session, organisation_id)
    modules: dict[int, list[tuple[date | None, str]]] = {}
    for cohort_id, module_id, due_on in session.execute(
        select(Assignment.cohort_id, Assignment.module_id, Assignment.due_on).where(
            Assignment.organisation_id == organisation_id
        )
    ):
        modules.setdefault(cohort_id, []).append((due_on, module_id))
    return tuple(
        CohortLine(
            cohort,
            learners.get(cohort.id, 0),
            len(modules.get(cohort.id, [])),
            trainers.get(cohort.id, ()),
            min(((due, module) for due, module in modules.get(cohort.id, []) if due and due >= on), default=None),
        )
        for cohort in cohorts
    )


def _active_counts(session: Session, organisation_id: int) -> dict[int, int]:
    rows = session.execute(
        select(Enrolment.cohort_id, func.count())
        .where(Enrolment.organisation_id == organisation_id, Enrolment.state == "active")
        .group_by(Enrolment.cohort_id)
    )
    return {row[0]: row[1] for row in rows}


def trainer_names(session: Session, organisation_id: int) -> dict[int, tuple[str, ...]]:
    """The trainers' names of every cohort of an organisation, by cohort id."""
    rows = session.execute(
        select(TRAINING.c.cohort_id, TRAINING.c.name)
        .where(TRAINING.c.organisation_id == organisation_id)
        .order_by(TRAINING.c.name_key, TRAINING.c.id)
    )
    names: dict[int, tuple[str, ...]] = {}
    for cohort_id, name in rows:
        names[cohort_id] = (*names.get(cohort_id, ()), name)
    return names


def assignments_of(session: Session, cohort_id: int) -> tuple[AssignmentOf, ...]:
    """What is set for a cohort, by due date; what has none comes last."""
    rows = session.execute(
        select(Assignment.id, Assignment.module_id, Assignment.opens_on, Assignment.due_on)
        .where(Assignment.cohort_id == cohort_id)
        .order_by(Assignment.due_on.is_(None), Assignment.due_on, Assignment.id)
    )
    return tuple(AssignmentOf(*row) for row in rows)


def roster_of(session: Session, cohort_id: int) -> tuple[RosterLine, ...]:
    """Everybody who is or was in a cohort, by name."""
    # Somebody who waits stands where the name that was written for them stands.
    order = func.coalesce(func.lower(Enrolment.invited_as), Person.name_key)
    return tuple(RosterLine(*row) for row in session.execute(roster_statement(cohort_id).order_by(order, Person.id)))


def roster_statement(cohort_id: int) -> Select[*tuple[Any, ...]]:
    """Everybody who is or was in a cohort, in no order: the values of a ``RosterLine``."""
    return (
        select(
            Enrolment.id,
            func.coalesce(Enrolment.invited_as, Person.name),
            # How somebody with an account elsewhere writes their address is theirs to tell.
            case((Enrolment.invited_as.is_not(None), Person.email_key), else_=Person.email).label("email"),
            Enrolment.state,
            Enrolment.state_since,
            Membership.staff_id,
        )
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & (Membership.organisation_id == Enrolment.organisation_id),
        )
        .where(Enrolment.cohort_id == cohort_id)
    )


def cohorts_trained_by(session: Session, organisation_id: int, person_id: int) -> frozenset[int]:
    """The ids of the organisation's cohorts that a person is a trainer of. One statement."""
    return frozenset(
        session.scalars(
            select(CohortTrainer.cohort_id)
            .join(Cohort, Cohort.id == CohortTrainer.cohort_id)
            .where(Cohort.organisation_id == organisation_id, CohortTrainer.person_id == person_id)
        )
    )
