"""Who opened a learner's own record, and who took a cohort's list as a file: written down, and told to the learner.

Kept for a year. Opening the list of a cohort on a page is not written down; the page where learners read this says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.audit import EventKind, record_event
from trainer.accounts.models import Organisation, Person
from trainer.clock import local_date
from trainer.cohorts.models import Cohort, Enrolment
from trainer.cohorts.queries import CohortOf
from trainer.reporting.models import RecordView

KEPT = timedelta(days=365)
MOST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Opening:
    """One day: who, through which cohort, how often. ``viewer`` is None for the operator of the service."""

    viewer: str | None
    cohort: str
    organisation: str
    on: date
    is_list: bool  # the cohort's list was taken as a file
    count: int


def note_opened(session: Session, *, actor: Actor, cohort_id: int, person_id: int, at: datetime) -> None:
    """The actor opens somebody's record, in the transaction that reads it."""
    _note(session, actor, cohort_id, person_id, at)


def note_report_taken(session: Session, *, actor: Actor, cohort: CohortOf, at: datetime) -> None:
    """The actor takes a report with names as a file: its learners can read it, and so can the organisation's log."""
    note_list_taken(session, actor=actor, cohort_id=cohort.id, at=at)
    record_event(
        session,
        actor=actor,
        organisation_id=cohort.organisation_id,
        kind=EventKind.REPORT_EXPORTED,
        subject_id=cohort.id,
        detail={"cohort": cohort.id},
        at=at,
    )


def note_list_taken(session: Session, *, actor: Actor, cohort_id: int, at: datetime) -> None:
    """The actor takes the cohort's list with names as a file."""
    _note(session, actor, cohort_id, None, at)


def forget_old_views(session: Session, *, at: datetime) -> None:
    """Delete what was written down more than a year ago. The hourly upkeep does."""
    session.execute(delete(RecordView).where(RecordView.viewed_at < at - KEPT))


def _note(session: Session, actor: Actor, cohort_id: int, person_id: int | None, at: datetime) -> None:
    viewer_id = None if actor.is_system else actor.person_id
    session.add(RecordView(cohort_id=cohort_id, person_id=person_id, viewer_id=viewer_id, viewed_at=at))
    session.flush()


def openings_of(session: Session, actor: Actor, *, at: datetime) -> tuple[Opening, ...]:
    """What the actor may read about their own record, newest first. One statement.

    A list taken as a file concerns everybody who is in the cohort, and whoever had not left it by then.
    """
    was_there = or_(Enrolment.state == "active", Enrolment.state_since >= RecordView.viewed_at)
    rows = session.execute(
        select(Person.name, Cohort.name, Organisation.name, RecordView.viewed_at, RecordView.person_id)
        .select_from(RecordView)
        .join(Cohort, Cohort.id == RecordView.cohort_id)
        .join(Organisation, Organisation.id == Cohort.organisation_id)
        .outerjoin(Person, Person.id == RecordView.viewer_id)
        .outerjoin(Enrolment, (Enrolment.cohort_id == RecordView.cohort_id) & (Enrolment.person_id == actor.person_id))
        .where(
            RecordView.viewed_at >= at - KEPT,
            or_(
                RecordView.person_id == actor.person_id,
                RecordView.person_id.is_(None) & Enrolment.state.in_(("active", "withdrawn")) & was_there,
            ),
        )
        .order_by(RecordView.viewed_at.desc(), RecordView.id.desc())
        .limit(MOST_LINES)
    )
    return _by_day(
        Opening(viewer, cohort, organisation, local_date(viewed_at), person_id is None, 1)
        for viewer, cohort, organisation, viewed_at, person_id in rows
    )


def _by_day(openings: Iterable[Opening]) -> tuple[Opening, ...]:
    """The same, each day's once with its count."""
    counts: dict[Opening, int] = {}
    for one in openings:
        counts[one] = counts.get(one, 0) + 1
    return tuple(
        Opening(one.viewer, one.cohort, one.organisation, one.on, one.is_list, count) for one, count in counts.items()
    )
