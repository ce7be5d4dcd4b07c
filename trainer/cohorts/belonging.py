"""Who belongs to a cohort, asked one person at a time."""

from __future__ import annotations

from sqlalchemy import ColumnElement, case, exists, select
from sqlalchemy.orm import Session

from trainer.accounts.models import Membership, Person
from trainer.cohorts.models import CohortTrainer, Enrolment


def is_trainer_of(session: Session, cohort_id: int, person_id: int) -> bool:
    """True if the person is named as a trainer of the cohort."""
    return session.get(CohortTrainer, (cohort_id, person_id)) is not None


def is_active_learner(session: Session, cohort_id: int, person_id: int) -> bool:
    """True if the person learns in the cohort now."""
    mine = (Enrolment.cohort_id == cohort_id, Enrolment.person_id == person_id, Enrolment.state == "active")
    return session.scalar(select(Enrolment.id).where(*mine)) is not None


def state_after_restoring() -> ColumnElement[str]:
    """Whoever was invited and never accepted is invited again; everybody else is back at once."""
    return case((Enrolment.invited_as.is_not(None), "invited"), else_="active")


def find_member(session: Session, organisation_id: int, key: str) -> int | None:
    """The id of a member of the organisation by canonical address; outsiders are not looked up.

    Whoever was asked and has not answered is none yet, whether or not they have an account elsewhere.
    """
    waits = exists().where(
        Enrolment.organisation_id == organisation_id,
        Enrolment.person_id == Person.id,
        Enrolment.invited_as.is_not(None),
    )
    return session.scalar(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation_id, Person.email_key == key, Person.is_active, ~waits)
    )
