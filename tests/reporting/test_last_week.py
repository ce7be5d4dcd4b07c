"""What happened in a cohort in the last seven days, by day and never by the hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.databases import counted as statements_of
from tests.reporting.crowd import empty_cohort, enrol, new_people
from tests.samples import AT
from trainer.cohorts.models import Enrolment
from trainer.learning.models import ModuleState
from trainer.reporting.last_week import LastWeek, build

pytestmark = pytest.mark.any_database


class Room:
    def __init__(self, session: Session, cast: Cast) -> None:
        self.session, self.cast = session, cast
        empty_cohort(session, cast.autumn.id, cast.ours.id, {"S1": None, "S3": None})

    def learner(self, name: str, *, begun: float | None = None, done: float | None = None, module: str = "S1") -> int:
        """Days ago."""
        (person_id,) = new_people(self.session, [name])
        enrol(self.session, self.cast.autumn.id, self.cast.ours.id, [person_id])
        if begun is not None:
            state = "in_progress" if done is None else "completed"
            row = ModuleState(person_id=person_id, module_id=module, state=state, has_passed=done is not None)
            row.started_at = row.last_activity_at = AT - timedelta(days=begun)
            row.completed_at = AT - timedelta(days=done) if done is not None else None
            row.attempt_count = 0
            self.session.add(row)
            self.session.flush()
        return person_id

    def week(self) -> LastWeek:
        return build(self.session, self.cast.autumn.id, at=AT)


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    return Room(session, cast)


def test_completed_and_begun_are_counted_by_module(room: Room) -> None:
    room.learner("Áine", begun=20, done=2)
    room.learner("Bríd", begun=3, done=1)
    room.learner("Ciarán", begun=1, module="S3")
    room.learner("Dara")
    week = room.week()
    assert [(one.module_id, one.completed, one.started) for one in week.modules] == [("S1", 2, 1), ("S3", 0, 1)]
    assert [(line.name, line.what) for line in week.lines] == [
        ("Bríd", "completed"),
        ("Ciarán", "started"),
        ("Áine", "completed"),
        ("Bríd", "started"),
    ]
    assert week.line_count == 4


def test_the_week_begins_with_the_day_seven_days_ago(room: Room) -> None:
    room.learner("Áine", begun=7)
    room.learner("Bríd", begun=8)
    assert [line.name for line in room.week().lines] == ["Áine"]


def test_the_order_within_a_day_is_that_of_names(room: Room) -> None:
    for hours, name in ((1, "Zita"), (2, "Órla"), (3, "Anna")):
        room.learner(name, begun=1 + hours / 24 / 10)
    assert [line.name for line in room.week().lines] == ["Anna", "Órla", "Zita"]


def test_who_is_withdrawn_stands_there_no_longer(room: Room) -> None:
    person_id = room.learner("Áine", begun=1)
    room.session.execute(update(Enrolment).where(Enrolment.person_id == person_id).values(state="withdrawn"))
    assert room.week().lines == ()
    assert room.week().line_count == 0


@pytest.mark.parametrize("size", [1, 60])
def test_three_statements_whatever_the_size(room: Room, engine: Engine, size: int) -> None:
    for number in range(size):
        room.learner(f"Person {number}", begun=1)
    with statements_of(engine) as seen:
        assert room.week().line_count == size
    assert len(seen) == 3
