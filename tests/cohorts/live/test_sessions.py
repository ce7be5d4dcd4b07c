"""A live session from its plan to *assessed*: who came is noted, who did not leaves no trace."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from tests.cast import Cast, Someone
from tests.databases import counted
from tests.factories import actor_of, take_quiz
from tests.samples import AT, sample_module
from trainer.accounts.models import AuditEvent
from trainer.clock import local_moment
from trainer.cohorts.live.queries import (
    attendance_of,
    came_in,
    coming_sessions,
    my_sessions_modules,
    session_of,
    sessions_of,
)
from trainer.cohorts.live.services import (
    Noted,
    SessionWish,
    cancel_session,
    change_session,
    note_attendance,
    plan_session,
)
from trainer.cohorts.models import Attendance, Enrolment
from trainer.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.reporting.one_learner import open_record

pytestmark = pytest.mark.any_database
YESTERDAY = AT - timedelta(days=1)
NEXT_WEEK = AT + timedelta(days=7)


class Room:
    """The autumn cohort, its trainer, and a session about S1 and S3."""

    def __init__(self, session: Session, cast: Cast) -> None:
        self.session, self.cast = session, cast
        self.here = {"organisation": cast.autumn.organisation, "cohort": cast.autumn.slug}

    def plan(self, starts_at: datetime = YESTERDAY, *, modules: tuple[str, ...] = ("S1",), by: str = "trainer") -> int:
        wish = SessionWish("First session", "Room 2", starts_at, frozenset(modules))
        return plan_session(self.session, actor=self.actor(by), **self.here, wish=wish)

    def note(
        self, number: int, *, ticked: tuple[Someone, ...] = (), unticked: tuple[Someone, ...] = (), by: str = "trainer"
    ) -> Noted:
        return note_attendance(
            self.session,
            actor=self.actor(by),
            **self.here,
            number=number,
            ticked=[self.enrolment(one) for one in ticked],
            unticked=[self.enrolment(one) for one in unticked],
            at=AT,
        )

    def actor(self, key: str):  # type: ignore[no-untyped-def]
        return actor_of(self.session, getattr(self.cast, key))

    def enrolment(self, person: Someone) -> int:
        mine = (Enrolment.cohort_id == self.cast.autumn.id, Enrolment.person_id == person.id)
        return self.session.scalars(select(Enrolment.id).where(*mine)).one()

    def came(self, number: int) -> set[str]:
        known = session_of(self.session, self.cast.autumn.id, number)
        return {one.name for one in attendance_of(self.session, self.cast.autumn.id, known.id) if one.came}


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    return Room(session, cast)


def test_numbers_count_within_a_cohort_and_the_latest_stands_first(room: Room) -> None:
    assert [room.plan(NEXT_WEEK), room.plan(YESTERDAY)] == [1, 2]
    known = sessions_of(room.session, room.cast.autumn.id)
    assert [(one.number, one.module_ids, one.came_count) for one in known] == [(1, ("S1",), 0), (2, ("S1",), 0)]
    assert sessions_of(room.session, room.cast.winter.id) == ()


@pytest.mark.parametrize("modules", [(), ("S2",), ("S1", "no-such-module")])
def test_a_session_is_about_modules_that_are_set(room: Room, modules: tuple[str, ...]) -> None:
    with pytest.raises(Invalid, match="at least one module"):
        room.plan(modules=modules)
    assert sessions_of(room.session, room.cast.autumn.id) == ()


@pytest.mark.parametrize("key", ["manager", "other_trainer", "psw"])
def test_only_trainers_of_the_cohort(room: Room, key: str) -> None:
    number = room.plan()
    with pytest.raises(NotAllowed):
        room.plan(by=key)
    with pytest.raises(NotAllowed):
        room.note(number, ticked=(room.cast.psw,), by=key)
    with pytest.raises(NotFound):
        room.note(number, ticked=(room.cast.psw,), by="stranger_trainer")
    assert room.came(number) == set()


def test_ticks_and_two_pages_open_at_once(room: Room) -> None:
    cast, number = room.cast, room.plan()
    assert room.note(number, ticked=(cast.psw,)) == Noted(1, 0)
    # A second page that was opened before: it ticks somebody else, and unticks nobody.
    assert room.note(number, ticked=(cast.clinician,)) == Noted(1, 0)
    assert room.came(number) == {cast.psw.name, cast.clinician.name}
    assert room.note(number, ticked=(cast.psw,)) == Noted(0, 0)
    assert room.note(number, unticked=(cast.psw,)) == Noted(0, 1)
    assert room.came(number) == {cast.clinician.name}
    kinds = room.session.scalars(select(AuditEvent.kind).where(AuditEvent.kind == "attendance.noted")).all()
    assert len(kinds) == 3  # what changed nothing is not noted


def test_nobody_of_another_cohort_and_nobody_withdrawn_is_ticked(room: Room, cast: Cast) -> None:
    number = room.plan()
    theirs = room.session.scalars(select(Enrolment.id).where(Enrolment.cohort_id != cast.autumn.id)).all()
    note_attendance(
        room.session, actor=room.actor("trainer"), **room.here, number=number, ticked=theirs, unticked=(), at=AT
    )
    room.note(number, ticked=(cast.withdrawn,))
    assert room.session.scalar(select(func.count()).select_from(Attendance)) == 0


def test_nobody_came_to_what_is_still_ahead(room: Room) -> None:
    number = room.plan(NEXT_WEEK)
    with pytest.raises(Conflict, match="still ahead"):
        room.note(number, ticked=(room.cast.psw,))


def test_completed_and_come_is_came_in_either_order(room: Room, session: Session, cast: Cast) -> None:
    number = room.plan(modules=("S3",))
    room.note(number, ticked=(cast.psw,))

    def is_assessed() -> bool:
        record = open_record(
            session, actor=room.actor("trainer"), **room.here, enrolment_id=room.enrolment(cast.psw), at=AT
        )
        return next(one for one in record.lines if one.module_id == "S3").is_assessed

    assert not is_assessed()
    assert came_in(session, cast.autumn.id, [cast.psw.id]) == {(cast.psw.id, "S3")}
    take_quiz(session, actor_of(session, cast.psw), sample_module("quiz-only"))
    assert is_assessed()
    room.note(number, unticked=(cast.psw,))
    assert not is_assessed()


def test_what_is_earned_stays_with_who_leaves(room: Room, session: Session, cast: Cast) -> None:
    number = room.plan()
    room.note(number, ticked=(cast.psw,))
    session.execute(update(Enrolment).where(Enrolment.person_id == cast.psw.id).values(state="withdrawn"))
    assert my_sessions_modules(session, cast.psw.id) == {"S1"}
    assert room.came(number) == set()  # their trainer sees them no longer
    assert session_of(session, cast.autumn.id, number).came_count == 0


def test_a_module_stays_once_somebody_came(room: Room, cast: Cast) -> None:
    number = room.plan(modules=("S1", "S3"))

    def change(*modules: str) -> None:
        wish = SessionWish("Another name", "Room 3", YESTERDAY, frozenset(modules))
        change_session(room.session, actor=room.actor("trainer"), **room.here, number=number, wish=wish)

    change("S3")
    room.note(number, ticked=(cast.psw,))
    with pytest.raises(Conflict, match="counts for them"):
        change("S1")
    change("S1", "S3")
    known = session_of(room.session, cast.autumn.id, number)
    assert (known.title, known.module_ids) == ("Another name", ("S1", "S3"))


def test_called_off_is_seen_by_no_learner_and_takes_no_ticks(room: Room, session: Session, cast: Cast) -> None:
    number = room.plan(NEXT_WEEK)
    (ahead,) = coming_sessions(session, cast.psw.id, at=AT)
    assert (ahead.cohort, ahead.starts_at) == (cast.autumn.name, NEXT_WEEK)
    assert coming_sessions(session, cast.winter_learner.id, at=AT) == ()
    for _ in range(2):
        cancel_session(session, actor=room.actor("trainer"), **room.here, number=number, at=AT)
    assert coming_sessions(session, cast.psw.id, at=AT) == ()
    with pytest.raises(Conflict, match="called off"):
        room.note(number, ticked=(cast.psw,))


def test_a_session_somebody_came_to_cannot_be_called_off(room: Room, cast: Cast) -> None:
    number = room.plan()
    room.note(number, ticked=(cast.psw,))
    with pytest.raises(Conflict, match="took place"):
        cancel_session(room.session, actor=room.actor("trainer"), **room.here, number=number, at=AT)


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        (date(2026, 11, 23), time(14, 30), datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
        (date(2026, 7, 1), time(14, 30), datetime(2026, 7, 1, 13, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # the clocks skip this time
        (date(2026, 10, 25), time(1, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # it comes twice: the first
    ],
)
def test_times_are_those_of_irelands_clocks(day: date, at: time, instant: datetime) -> None:
    assert local_moment(day, at) == instant


@pytest.mark.parametrize("size", [1, 30])
def test_three_statements_however_many_sessions(room: Room, engine: Engine, size: int) -> None:
    for _ in range(size):
        room.plan()
    with counted(engine) as seen:
        assert len(sessions_of(room.session, room.cast.autumn.id)) == size
    assert len(seen) == 3
