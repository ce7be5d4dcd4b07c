"""Counting first attempts: all at once, for good, in one cohort only; and the report on what is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from tests.cast import Cast, Place, Someone
from tests.databases import counted as statements_of
from tests.factories import actor_of
from tests.reporting.crowd import empty_cohort, enrol
from tests.reporting.sitters import all_right, first_wrong, sit, sitters
from tests.samples import AT, sample_catalogue, sample_module
from trainer.cohorts.models import Enrolment
from trainer.courseware.revision import dump_module
from trainer.errors import NotAllowed, NotFound
from trainer.learning.models import ModuleRevision
from trainer.reporting.counted import BETWEEN_BATCHES, Tally, close_batches, tallies_of
from trainer.reporting.models import CountedAttempt
from trainer.reporting.question_analysis import QuestionAnalysis, build
from trainer.reporting.report_sheets import question_sheet

pytestmark = pytest.mark.any_database
MODULE = sample_module("kind-words")


class Room:
    """A cohort of the cast without learners, its trainer, and what can be counted."""

    def __init__(self, session: Session, cast: Cast, place: Place, trainer: Someone) -> None:
        self.session, self.cast, self.place, self.trainer = session, cast, place, trainer
        self.organisation_id = cast.ours.id
        empty_cohort(session, place.id, self.organisation_id, {"S1": None})

    def sitters(self, how_many: int, **options: object) -> list[int]:
        return sitters(self.session, self.place.id, self.organisation_id, MODULE, how_many, **options)  # type: ignore[arg-type]

    def count(self, trainer: Someone | None = None, *, at: datetime = AT) -> int:
        return close_batches(
            self.session,
            actor=actor_of(self.session, trainer or self.trainer),
            organisation=self.place.organisation,
            cohort=self.place.slug,
            module_ids=["S1"],
            threshold=10,
            at=at,
        )

    def tally(self) -> Tally:
        (found,) = tallies_of(self.session, self.place.id, ["S1"])
        return found

    def report(self, revision: str | None = None) -> QuestionAnalysis:
        return build(
            self.session,
            self.place.id,
            catalogue=sample_catalogue(),
            module_id="S1",
            revision=revision,
            threshold=10,
            at=AT,
        )


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    return Room(session, cast, cast.autumn, cast.trainer)


def test_fewer_than_the_threshold_wait(room: Room) -> None:
    room.sitters(9)
    assert room.count() == 0
    assert (room.tally().counted, room.tally().waiting) == (0, 9)
    assert room.report().questions == ()


def test_everybody_who_waits_is_counted_at_once_and_once(room: Room) -> None:
    room.sitters(14)
    assert room.count() == 14
    assert (room.tally().counted, room.tally().waiting) == (14, 0)
    room.sitters(9)
    before = room.report().questions
    later = AT + BETWEEN_BATCHES
    assert room.count(at=later) == 0
    assert room.report().questions == before  # nine more change no figure
    room.sitters(1, answers=first_wrong(1))
    assert room.count(at=later - timedelta(seconds=1)) == 0  # not twice in a week
    assert room.count(at=later) == 10
    assert room.count(at=later) == 0
    assert room.tally().counted == 24


def test_withdrawing_and_bringing_back_changes_no_figure(room: Room, session: Session) -> None:
    people = room.sitters(20, answers=first_wrong(8, "safety-first"))
    room.count()
    before = room.report().questions
    for person_id in people[:12]:
        session.execute(update(Enrolment).where(Enrolment.person_id == person_id).values(state="withdrawn"))
        assert room.report().questions == before
    session.execute(update(Enrolment).where(Enrolment.person_id.in_(people)).values(state="active"))
    assert room.count(at=AT + 9 * BETWEEN_BATCHES) == 0


def test_nobody_is_counted_in_two_cohorts(room: Room, session: Session, cast: Cast) -> None:
    people = room.sitters(20)
    room.count()
    other = Room(session, cast, cast.winter, cast.other_trainer)
    enrol(session, cast.winter.id, cast.ours.id, people[1:])
    assert tallies_of(session, cast.winter.id, ["S1"]) == ()
    assert other.count() == 0


def test_only_first_submitted_attempts_of_active_learners_wait(room: Room, session: Session) -> None:
    people = room.sitters(10)
    sit(session, people[0], MODULE, all_right, number=2)
    sit(session, people[1], MODULE, all_right, number=2, submitted_at=None)
    room.sitters(1)
    session.execute(update(Enrolment).where(Enrolment.person_id == people[9]).values(state="withdrawn"))
    assert room.tally().waiting == 10
    room.count()
    session.execute(update(Enrolment).where(Enrolment.person_id == people[9]).values(state="invited"))
    assert room.tally().waiting == 0


def test_only_trainers_of_the_cohort_count(room: Room, cast: Cast) -> None:
    room.sitters(10)
    for someone in (cast.manager, cast.other_trainer, cast.psw):
        with pytest.raises(NotAllowed):
            room.count(someone)
    with pytest.raises(NotFound):
        room.count(cast.stranger_trainer)


def test_revisions_are_counted_apart(room: Room, session: Session) -> None:
    assert MODULE.quiz is not None
    older = replace(MODULE, quiz=replace(MODULE.quiz, questions=MODULE.quiz.questions[:4]), revision="older")
    session.add(ModuleRevision(revision="older", module_id="S1", compiled=dump_module(older), stored_at=AT))
    session.flush()
    early = AT - timedelta(days=40)
    for number, person_id in enumerate(people_of(room, 12)):
        sit(session, person_id, older, all_right, place=number, submitted_at=early)
    room.sitters(9)
    assert room.count() == 12  # the nine wait for company
    report = room.report()
    assert [(one.revision, one.counted, one.waiting) for one in report.tallies] == [
        (MODULE.revision, 0, 9),
        ("older", 12, 0),
    ]
    assert report.questions == ()
    assert len(room.report("older").questions) == 4
    assert room.report("never-stored").tally == report.tally


def people_of(room: Room, how_many: int) -> list[int]:
    """Learners without an attempt."""
    people = room.sitters(how_many)
    attempts = select(CountedAttempt.attempt_id)
    assert room.session.scalars(attempts).all() == []
    for table in ("response", "attempt"):
        room.session.execute(delete(_table(table)))
    return people


def _table(name: str) -> object:
    from_metadata = CountedAttempt.metadata.tables
    return from_metadata[name]


@pytest.mark.parametrize("size", [10, 100, 300])
def test_four_statements_whatever_the_size(room: Room, engine: Engine, size: int) -> None:
    room.sitters(size)
    room.count()
    with statements_of(engine) as seen:
        assert len(room.report().questions) == 5
    assert len(seen) == 4


def test_the_sheet_has_a_row_an_option_and_breaks_no_line(room: Room) -> None:
    room.sitters(20, answers=first_wrong(8, "safety-first"))
    room.count()
    sheet = question_sheet(room.report())
    rows = list(sheet.rows)
    assert len(rows) == 3 + 4 + 3 + 3 + 2
    assert all(len(row) == len(sheet.columns) for row in rows)
    first = dict(zip([column.code for column in sheet.columns], rows[0], strict=True))
    assert first["SAFETY"] == "yes"
    assert first["TALK"] == "Safety question"
    assert (first["N"], first["RIGHT"], first["FACILITY"]) == (20, 10, 50)
