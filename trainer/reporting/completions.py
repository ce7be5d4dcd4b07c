"""Completions of a cohort with names, for a system that acts for one of its trainers; each reading is written down.

Who has left the cohort is not in it, nor a module that is not set for the cohort.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.audit import EventKind, record_event, was_recorded
from trainer.accounts.models import Membership, Person
from trainer.clock import local_date, start_of_local_day
from trainer.cohorts.models import Assignment, Enrolment
from trainer.cohorts.queries import CohortOf
from trainer.learning.models import Completion
from trainer.reporting.access_log import note_list_taken


@dataclass(frozen=True, slots=True)
class CompletionLine:
    """One learner has completed one module, on the revision that is named."""

    completion_id: int
    enrolment_id: int
    name: str
    staff_id: str | None
    module_id: str
    revision: str
    completed_at: datetime


def completions_after(
    session: Session, cohort_id: int, *, after_id: int, limit: int
) -> tuple[tuple[CompletionLine, ...], bool]:
    """The next completions in the order they were recorded, and whether there are more. One statement."""
    is_set = (Assignment.cohort_id == Enrolment.cohort_id) & (Assignment.module_id == Completion.module_id)
    is_member = (Membership.person_id == Person.id) & (Membership.organisation_id == Enrolment.organisation_id)
    rows = session.execute(
        select(
            Completion.id,
            Enrolment.id,
            Person.name,
            Membership.staff_id,
            Completion.module_id,
            Completion.revision,
            Completion.completed_at,
        )
        .join(Enrolment, Enrolment.person_id == Completion.person_id)
        .join(Assignment, is_set)
        .join(Person, Person.id == Completion.person_id)
        .outerjoin(Membership, is_member)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state == "active", Completion.id > after_id)
        .order_by(Completion.id)
        .limit(limit + 1)
    ).all()
    return tuple(CompletionLine(*row) for row in rows[:limit]), len(rows) > limit


def reading_is_noted(session: Session, *, actor: Actor, cohort: CohortOf, at: datetime) -> bool:
    """True if it is written down already that the actor, with the same token, read the completions today."""
    today = start_of_local_day(local_date(at))
    return was_recorded(session, **_about(actor, cohort), since=today)


def note_reading(session: Session, *, actor: Actor, cohort: CohortOf, at: datetime) -> None:
    """Write down, for its learners and in the log, that the list was taken; once a day.

    Another system may ask every few minutes.
    """
    if not reading_is_noted(session, actor=actor, cohort=cohort, at=at):
        note_list_taken(session, actor=actor, cohort_id=cohort.id, at=at)
        record_event(session, **_about(actor, cohort), at=at)


def _about(actor: Actor, cohort: CohortOf) -> dict[str, Any]:
    return {
        "actor": actor,
        "organisation_id": cohort.organisation_id,
        "kind": EventKind.COMPLETIONS_READ,
        "subject_id": cohort.id,
        "detail": {"cohort": cohort.id},
    }
