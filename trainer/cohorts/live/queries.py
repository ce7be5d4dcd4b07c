"""Reading live sessions: of a cohort, of a learner, and what they turn into *assessed*."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.accounts.models import Organisation, Person
from trainer.cohorts.models import Attendance, Cohort, Enrolment, LiveSession, LiveSessionModule
from trainer.errors import NotFound
from trainer.wording import said


@dataclass(frozen=True, slots=True)
class LiveSessionOf:
    """One live session of a cohort. ``came_count`` counts active learners only."""

    id: int
    number: int
    title: str
    place: str
    starts_at: datetime
    is_cancelled: bool
    module_ids: tuple[str, ...]
    came_count: int


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """An active learner, and whether they came."""

    enrolment_id: int
    person_id: int
    name: str
    came: bool


@dataclass(frozen=True, slots=True)
class ComingSession:
    """What a learner is told of a session that is ahead."""

    cohort: str
    organisation: str
    title: str
    place: str
    starts_at: datetime


def sessions_of(session: Session, cohort_id: int) -> tuple[LiveSessionOf, ...]:
    """All sessions of a cohort, the latest first. Three statements."""
    rows = session.scalars(
        select(LiveSession)
        .where(LiveSession.cohort_id == cohort_id)
        .order_by(LiveSession.starts_at.desc(), LiveSession.number.desc())
    ).all()
    ids = [row.id for row in rows]
    modules = _modules(session, ids)
    counts = _counts(session, cohort_id, ids)
    return tuple(_of(row, modules[row.id], counts.get(row.id, 0)) for row in rows)


def session_of(session: Session, cohort_id: int, number: int) -> LiveSessionOf:
    """One session of a cohort. Raises NotFound."""
    found = next((one for one in sessions_of(session, cohort_id) if one.number == number), None)
    if found is None:
        raise NotFound(said("There is no live session at this address."))
    return found


def attendance_of(session: Session, cohort_id: int, live_session_id: int) -> tuple[AttendanceLine, ...]:
    """Every active learner of the cohort, by name. One statement."""
    came = (Attendance.live_session_id == live_session_id) & (Attendance.person_id == Enrolment.person_id)
    rows = session.execute(
        select(Enrolment.id, Person.id, Person.name, Attendance.noted_at.is_not(None))
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Attendance, came)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state == "active")
        .order_by(Person.name_key, Person.id)
    )
    return tuple(AttendanceLine(*row) for row in rows)


def came_in(session: Session, cohort_id: int, person_ids: Iterable[int] | None = None) -> frozenset[tuple[int, str]]:
    """Who came to a session of the cohort about which module: whoever has completed it too is *assessed*.

    Of everybody if nobody is named. One statement.
    """
    statement = (
        select(Attendance.person_id, LiveSessionModule.module_id)
        .join(LiveSession, LiveSession.id == Attendance.live_session_id)
        .join(LiveSessionModule, LiveSessionModule.live_session_id == LiveSession.id)
        .where(LiveSession.cohort_id == cohort_id)
    )
    if person_ids is not None:
        statement = statement.where(Attendance.person_id.in_(list(person_ids)))
    rows = session.execute(statement)
    return frozenset((person_id, module_id) for person_id, module_id in rows)


def my_sessions_modules(session: Session, person_id: int) -> frozenset[str]:
    """The modules that somebody came to a live session about, in any cohort they are or were in. One statement."""
    rows = session.scalars(
        select(LiveSessionModule.module_id)
        .join(Attendance, Attendance.live_session_id == LiveSessionModule.live_session_id)
        .where(Attendance.person_id == person_id)
    )
    return frozenset(rows)


def coming_sessions(session: Session, person_id: int, *, at: datetime) -> tuple[ComingSession, ...]:
    """What is ahead in the cohorts that somebody is active in, the next first. One statement."""
    rows = session.execute(
        select(Cohort.name, Organisation.name, LiveSession.title, LiveSession.place, LiveSession.starts_at)
        .join(Cohort, Cohort.id == LiveSession.cohort_id)
        .join(Organisation, Organisation.id == Cohort.organisation_id)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(
            Enrolment.person_id == person_id,
            Enrolment.state == "active",
            LiveSession.starts_at > at,
            LiveSession.cancelled_at.is_(None),
        )
        .order_by(LiveSession.starts_at, LiveSession.id)
    )
    return tuple(ComingSession(*row) for row in rows)


def _counts(session: Session, cohort_id: int, ids: list[int]) -> dict[int, int]:
    is_active = (Enrolment.person_id == Attendance.person_id) & (Enrolment.cohort_id == cohort_id)
    rows = session.execute(
        select(Attendance.live_session_id, func.count().label("came_count"))
        .join(Enrolment, is_active)
        .where(Attendance.live_session_id.in_(ids), Enrolment.state == "active")
        .group_by(Attendance.live_session_id)
    )
    return {row.live_session_id: row.came_count for row in rows}


def _modules(session: Session, ids: list[int]) -> defaultdict[int, tuple[str, ...]]:
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    statement = select(LiveSessionModule).where(LiveSessionModule.live_session_id.in_(ids))
    for row in session.scalars(statement.order_by(LiveSessionModule.module_id)):
        found[row.live_session_id] += (row.module_id,)
    return found


def _of(row: LiveSession, module_ids: tuple[str, ...], came_count: int) -> LiveSessionOf:
    is_cancelled = row.cancelled_at is not None
    return LiveSessionOf(row.id, row.number, row.title, row.place, row.starts_at, is_cancelled, module_ids, came_count)
