"""Changing cohorts: create, enrol, withdraw, assign. Every door goes through the gate first."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, Role
from trainer.accounts.audit import EventKind, record_event
from trainer.accounts.locks import lock_people
from trainer.accounts.models import Membership
from trainer.accounts.passwords import email_key
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.belonging import find_member
from trainer.cohorts.counting import settle_modules, settle_people
from trainer.cohorts.models import Assignment, Cohort, CohortTrainer, Enrolment
from trainer.cohorts.planning import check_dates
from trainer.cohorts.queries import CohortOf
from trainer.errors import Conflict, Invalid, NotFound
from trainer.wording import said


def create_cohort(session: Session, *, organisation_id: int, slug: str, name: str, at: datetime) -> int:
    """Add a cohort; returns its id. Raises Conflict if the organisation has one of that slug."""
    taken = select(Cohort.id).where(Cohort.organisation_id == organisation_id, Cohort.slug == slug)
    if session.scalar(taken) is not None:
        raise Conflict(
            said("There is already a cohort called “%(slug)s”.", slug=slug), said("Choose another short name.")
        )
    cohort = Cohort(organisation_id=organisation_id, slug=slug, name=name, created_at=at)
    session.add(cohort)
    session.flush()
    return cohort.id


def name_trainer(session: Session, *, cohort_id: int, organisation_id: int, person_id: int) -> None:
    """Make a trainer or manager of the organisation a trainer of the cohort; again is no change."""
    role = session.scalar(
        select(Membership.role).where(Membership.organisation_id == organisation_id, Membership.person_id == person_id)
    )
    if role not in (Role.TRAINER, Role.MANAGER):
        raise Invalid(
            said("Only a trainer of the organisation can run a cohort."),
            said("Give the person the trainer role first."),
        )
    if session.get(CohortTrainer, (cohort_id, person_id)) is None:
        session.add(CohortTrainer(cohort_id=cohort_id, person_id=person_id))
        session.flush()


def enrol_member(
    session: Session, *, actor: Actor, organisation: str, cohort: str, email: str, at: datetime
) -> CohortOf:
    """Enrol an existing member by address; enrolling again, or after withdrawing, is no error.

    Raises Invalid if the address belongs to nobody in this organisation. The answer is the same for
    people who have an account elsewhere: their account is not this organisation's to know.
    """
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    person_id = find_member(session, target.organisation_id, email_key(email))
    if person_id is None:
        raise Invalid(
            said(
                "Nobody in %(organisation)s has the address %(email)s.",
                organisation=target.organisation_name,
                email=email.strip(),
            ),
            said("Check the spelling. People without an account here need an invitation from a manager first."),
        )
    enrol_person(session, cohort_id=target.id, organisation_id=target.organisation_id, person_id=person_id, at=at)
    _record(session, actor, target, EventKind.ENROLLED, person_id, at)
    return target


def _record(session: Session, actor: Actor, cohort: CohortOf, kind: EventKind, person_id: int, at: datetime) -> None:
    about = {"kind": kind, "subject_id": person_id, "detail": {"cohort": cohort.id}}
    record_event(session, actor=actor, organisation_id=cohort.organisation_id, **about, at=at)  # type: ignore[arg-type]


def enrol_person(session: Session, *, cohort_id: int, organisation_id: int, person_id: int, at: datetime) -> None:
    """Make an enrolment active, whatever it was; no change if it is."""
    enrolment = session.scalar(
        select(Enrolment).where(Enrolment.cohort_id == cohort_id, Enrolment.person_id == person_id)
    )
    if enrolment is None:
        session.add(
            Enrolment(
                organisation_id=organisation_id,
                cohort_id=cohort_id,
                person_id=person_id,
                state="active",
                state_since=at,
            )
        )
    elif enrolment.state == "withdrawn":
        enrolment.state, enrolment.state_since = _restored(enrolment), at
    session.flush()
    settle_people(session, cohort_id, [person_id])


def withdraw_enrolment(
    session: Session, *, actor: Actor, organisation: str, cohort: str, enrolment_id: int, at: datetime
) -> CohortOf:
    """Withdraw a learner: what they learned stays theirs, and the cohort's trainers no longer see it."""
    return _set_state(session, actor, organisation, cohort, enrolment_id, "withdrawn", at)


def restore_enrolment(
    session: Session, *, actor: Actor, organisation: str, cohort: str, enrolment_id: int, at: datetime
) -> CohortOf:
    """Bring a withdrawn learner back."""
    return _set_state(session, actor, organisation, cohort, enrolment_id, "active", at)


def _set_state(
    session: Session, actor: Actor, organisation: str, cohort: str, enrolment_id: int, state: str, at: datetime
) -> CohortOf:
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    enrolment = session.scalar(select(Enrolment).where(Enrolment.id == enrolment_id, Enrolment.cohort_id == target.id))
    if enrolment is None:
        raise NotFound(said("There is no such learner in this cohort."))
    if state == "active":
        state = _restored(enrolment)
    if enrolment.state != state:
        lock_people(session, [enrolment.person_id])
        enrolment.state, enrolment.state_since = state, at
        session.flush()
        settle_people(session, target.id, [enrolment.person_id])
        kind = EventKind.WITHDRAWN if state == "withdrawn" else EventKind.RESTORED
        _record(session, actor, target, kind, enrolment.person_id, at)
    return target


def _restored(enrolment: Enrolment) -> str:
    """Whoever was invited and has not accepted is invited again."""
    return "active" if enrolment.invited_as is None else "invited"


def assign_module(
    session: Session,
    *,
    actor: Actor,
    organisation: str,
    cohort: str,
    module_id: str,
    opens_on: date,
    due_on: date | None,
) -> CohortOf:
    """Set a module for a cohort, or change its dates.

    Raises Invalid if it is due before it opens, or in another century.
    """
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    check_dates(opens_on, due_on)
    set_assignment(
        session,
        cohort_id=target.id,
        organisation_id=target.organisation_id,
        module_id=module_id,
        opens_on=opens_on,
        due_on=due_on,
    )
    return target


def set_assignment(
    session: Session, *, cohort_id: int, organisation_id: int, module_id: str, opens_on: date, due_on: date | None
) -> None:
    """Write an assignment; one per cohort and module."""
    assignment = session.scalar(
        select(Assignment).where(Assignment.cohort_id == cohort_id, Assignment.module_id == module_id)
    )
    if assignment is None:
        assignment = Assignment(organisation_id=organisation_id, cohort_id=cohort_id, module_id=module_id)
        session.add(assignment)
    assignment.opens_on, assignment.due_on = opens_on, due_on
    session.flush()
    settle_modules(session, cohort_id)


def open_survey(session: Session, *, actor: Actor, organisation: str, cohort: str, wave: str | None) -> CohortOf:
    """Open the voluntary survey before or after the course, or close it with None. Answers stay as they are."""
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    if wave not in (None, "before", "after"):
        raise Invalid(said("There is no such survey."), said("Choose before the course, after the course, or closed."))
    session.execute(update(Cohort).where(Cohort.id == target.id).values(survey_wave=wave))
    return target


def remove_assignment(
    session: Session, *, actor: Actor, organisation: str, cohort: str, assignment_id: int
) -> CohortOf:
    """Take a module off a cohort's list; nothing that anybody learned is touched."""
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    session.execute(delete(Assignment).where(Assignment.id == assignment_id, Assignment.cohort_id == target.id))
    settle_modules(session, target.id)
    return target
