"""What follows when a list of people was applied or taken away: invitations, and a line in the log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.audit import EventKind, record_event, was_recorded
from trainer.accounts.invitations import invite_people
from trainer.clock import local_date, start_of_local_day
from trainer.cohorts.queries import CohortOf
from trainer.cohorts.roster.applying import Applied


def invite_listed(session: Session, *, actor: Actor, cohort: CohortOf, done: Applied, at: datetime) -> int:
    """Invite whoever the list has brought, in its own transaction; how many letters wait to be sent after the commit.

    One line in the log for the whole list, with counts. Call it right after ``apply_roster``.
    """
    where = cohort.organisation_id
    told = {"cohort": cohort.id, **{fate.value: count for fate, count in done.plan.counts.items() if count}}
    about = {"kind": EventKind.ROSTER_APPLIED, "subject_id": cohort.id, "detail": told}
    record_event(session, actor=actor, organisation_id=where, **about, at=at)  # type: ignore[arg-type]
    if not done.invited_ids:
        return 0
    return invite_people(session, actor=actor, organisation_id=where, person_ids=done.invited_ids, at=at).letter_count


def note_export(session: Session, *, actor: Actor, cohort: CohortOf, at: datetime) -> None:
    """Write down that somebody took the cohort's people away as a file."""
    where, kind = cohort.organisation_id, EventKind.ROSTER_EXPORTED
    about = {"subject_id": cohort.id, "detail": {"cohort": cohort.id}}
    record_event(session, actor=actor, organisation_id=where, kind=kind, **about, at=at)  # type: ignore[arg-type]


def export_is_noted(session: Session, *, actor: Actor, cohort: CohortOf, at: datetime) -> bool:
    """True if the same was written down today: another system may ask every few minutes."""
    today = start_of_local_day(local_date(at))
    about = {"subject_id": cohort.id, "detail": {"cohort": cohort.id}, "since": today}
    where, kind = cohort.organisation_id, EventKind.ROSTER_EXPORTED
    return was_recorded(session, actor=actor, organisation_id=where, kind=kind, **about)  # type: ignore[arg-type]
