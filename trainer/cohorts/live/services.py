"""Planning a live session, changing it, calling it off, and noting who came. For the trainers of the cohort."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.audit import EventKind, record_event
from trainer.accounts.locks import lock_organisation
from trainer.clock import local_date
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.live.queries import LiveSessionOf, attendance_of, session_of
from trainer.cohorts.models import Attendance, LiveSession, LiveSessionModule
from trainer.cohorts.queries import CohortOf, assignments_of
from trainer.errors import Conflict, Invalid
from trainer.wording import said


@dataclass(frozen=True, slots=True)
class SessionWish:
    """What a live session shall be."""

    title: str
    place: str
    starts_at: datetime
    module_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Noted:
    """How many learners were ticked and unticked."""

    came: int
    taken_back: int


def plan_session(session: Session, *, actor: Actor, organisation: str, cohort: str, wish: SessionWish) -> int:
    """Make a live session; returns its number. Raises Invalid without a module that is set for the cohort."""
    found = _cohort(session, actor, organisation, cohort)
    _check_modules(session, found, wish.module_ids)
    last = session.scalar(select(func.max(LiveSession.number)).where(LiveSession.cohort_id == found.id))
    row = LiveSession(cohort_id=found.id, number=(last or 0) + 1)
    row.title, row.place, row.starts_at = wish.title, wish.place, wish.starts_at
    session.add(row)
    session.flush()
    _add_modules(session, row.id, wish.module_ids)
    return row.number


def change_session(
    session: Session, *, actor: Actor, organisation: str, cohort: str, number: int, wish: SessionWish
) -> None:
    """Change a live session. Raises Conflict for a module taken out after somebody came: what is earned stays."""
    found = _cohort(session, actor, organisation, cohort)
    before, row = _open_session(session, found, number)
    added, removed = wish.module_ids - set(before.module_ids), set(before.module_ids) - wish.module_ids
    _check_modules(session, found, wish.module_ids, known=before.module_ids)
    if removed and _has_come(session, row.id):
        raise Conflict(
            said("Somebody came already, and what it was about counts for them."),
            said("Leave the modules ticked that were ticked before; others can be added."),
        )
    row.title, row.place, row.starts_at = wish.title, wish.place, wish.starts_at
    mine = LiveSessionModule.live_session_id == row.id
    session.execute(delete(LiveSessionModule).where(mine, LiveSessionModule.module_id.in_(removed)))
    _add_modules(session, row.id, added)


def cancel_session(
    session: Session, *, actor: Actor, organisation: str, cohort: str, number: int, at: datetime
) -> None:
    """Call a live session off; again is no error. Raises Conflict once somebody came."""
    found = _cohort(session, actor, organisation, cohort)
    row = _row(session, session_of(session, found.id, number))
    if _has_come(session, row.id):
        raise Conflict(
            said("Somebody came to this session, so it took place."), said("Take the ticks off first if it did not.")
        )
    row.cancelled_at = row.cancelled_at or at
    session.flush()


def note_attendance(
    session: Session,
    *,
    actor: Actor,
    organisation: str,
    cohort: str,
    number: int,
    ticked: Collection[int],
    unticked: Collection[int],
    at: datetime,
) -> Noted:
    """Note who came, by enrolment, and take back what was ticked by mistake; everybody else stays as they are.

    So two pages that are open at once lose nothing. Enrolments that are not active here are left alone. Raises
    Conflict before the day of the session and for one that was called off.
    """
    found = _cohort(session, actor, organisation, cohort)
    known, row = _open_session(session, found, number)
    if local_date(at) < local_date(known.starts_at):
        raise Conflict(
            said("This session is still ahead."), said("Note who came on its day or after it, or change its date.")
        )
    lines = attendance_of(session, found.id, row.id)
    came = [one.person_id for one in lines if not one.came and one.enrolment_id in ticked]
    back = [one.person_id for one in lines if one.came and one.enrolment_id in unticked]
    session.add_all(Attendance(live_session_id=row.id, person_id=one, noted_at=at) for one in came)
    mine = Attendance.live_session_id == row.id
    session.execute(delete(Attendance).where(mine, Attendance.person_id.in_(back)))
    noted = Noted(len(came), len(back))
    if came or back:
        _write_down(session, actor, found, number, noted, at)
    session.flush()
    return noted


def _write_down(session: Session, actor: Actor, cohort: CohortOf, number: int, noted: Noted, at: datetime) -> None:
    """*Assessed* rests on this, so the organisation's log has it, in counts."""
    record_event(
        session,
        actor=actor,
        organisation_id=cohort.organisation_id,
        kind=EventKind.ATTENDANCE_NOTED,
        subject_id=cohort.id,
        detail={"cohort": cohort.id, "session": number, "came": noted.came, "taken_back": noted.taken_back},
        at=at,
    )


def _cohort(session: Session, actor: Actor, organisation: str, cohort: str) -> CohortOf:
    found = cohort_for(session, actor, organisation, cohort, to=Permission.REPORT)
    lock_organisation(session, found.organisation_id)
    return found


def _open_session(session: Session, cohort: CohortOf, number: int) -> tuple[LiveSessionOf, LiveSession]:
    known = session_of(session, cohort.id, number)
    if known.is_cancelled:
        raise Conflict(said("This session was called off."), said("Plan another one."))
    return known, _row(session, known)


def _row(session: Session, known: LiveSessionOf) -> LiveSession:
    return session.get_one(LiveSession, known.id)


def _has_come(session: Session, live_session_id: int) -> bool:
    """Withdrawn people count: what they earned is theirs."""
    mine = select(Attendance.person_id).where(Attendance.live_session_id == live_session_id)
    return session.scalar(mine.limit(1)) is not None


def _check_modules(
    session: Session, cohort: CohortOf, module_ids: Collection[str], known: Collection[str] = ()
) -> None:
    """What a session was about before may stay, set or not."""
    allowed = {one.module_id for one in assignments_of(session, cohort.id)} | set(known)
    if not module_ids or not set(module_ids) <= allowed:
        raise Invalid(
            said("A live session is about at least one module that is set for the cohort."),
            said("Tick the modules that it is about."),
        )


def _add_modules(session: Session, live_session_id: int, module_ids: Collection[str]) -> None:
    session.add_all(LiveSessionModule(live_session_id=live_session_id, module_id=one) for one in sorted(module_ids))
    session.flush()
