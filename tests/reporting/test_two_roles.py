"""Two roles: an agenda, never a ranking, and nothing about a small group or about the people of neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.databases import counted as statements_of
from tests.factories import actor_of, right_answer, wrong_answer
from tests.reporting.crowd import empty_cohort
from tests.reporting.sitters import Answers, first_wrong, sitters
from tests.samples import AT, sample_catalogue, sample_module
from trainer.accounts.actor import PracticeRole
from trainer.accounts.models import Person
from trainer.courseware.quiz import Question
from trainer.reporting.counted import close_batches, forget_roles_with
from trainer.reporting.models import CountedAttempt
from trainer.reporting.report_sheets import two_roles_sheet
from trainer.reporting.two_roles import TwoRoles, build

pytestmark = pytest.mark.any_database
MODULE = sample_module("kind-words")
ROLES = ("psw", "clinician")
ASKED = "safety-first"


def psws_wrong(of: int = 2) -> Answers:
    """Roles are given in turn: every second person answers the safety question wrongly, the others rightly."""

    def answer(number: int, question: Question) -> list[str]:
        is_wrong = question.id == ASKED and number % of == 0
        return (wrong_answer if is_wrong else right_answer)(question)

    return answer


class Room:
    """The autumn cohort, counted."""

    def __init__(self, session: Session, cast: Cast) -> None:
        self.session, self.cast, self.at = session, cast, AT
        empty_cohort(session, cast.autumn.id, cast.ours.id, {"S1": None})

    def counted(self, how_many: int, answers: Answers, roles: Sequence[str | None] = ROLES) -> list[int]:
        place = self.cast.autumn
        people = sitters(self.session, place.id, self.cast.ours.id, MODULE, how_many, answers, roles=roles)
        close_batches(
            self.session,
            actor=actor_of(self.session, self.cast.trainer),
            organisation=place.organisation,
            cohort=place.slug,
            module_ids=["S1"],
            threshold=10,
            at=self.at,
        )
        return people

    def report(self) -> TwoRoles:
        return build(
            self.session, self.cast.autumn.id, catalogue=sample_catalogue(), module_id="S1", threshold=10, at=AT
        )


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    return Room(session, cast)


def test_a_question_that_the_two_answer_differently_is_on_the_agenda(room: Room) -> None:
    room.counted(30, psws_wrong())
    report = room.report()
    assert report.is_shown
    (one,) = report.questions
    assert one.question.id == ASKED
    more = {option.more_often for option in one.options}
    assert {PracticeRole.PSW, PracticeRole.CLINICIAN} <= more
    assert {option.psws.learners.low for option in one.options} == {15}


def test_alike_is_no_agenda(room: Room) -> None:
    room.counted(40, first_wrong(20, ASKED))  # half of each group
    assert room.report().is_shown
    assert room.report().questions == ()


@pytest.mark.parametrize("roles", [("psw",) * 3 + ("clinician",), ("psw", None), (None,), ("clinician",)])
def test_a_group_below_the_threshold_shows_nothing_of_either(room: Room, roles: Sequence[str | None]) -> None:
    room.counted(30, psws_wrong(), roles)
    report = room.report()
    assert not report.is_shown
    assert report.questions == ()


def test_a_changed_role_takes_the_batch_s_figures_away_whole(room: Room) -> None:
    """Figures that moved with one person would tell what that person answered."""
    people = room.counted(30, psws_wrong())
    before = room.report()
    room.session.execute(update(Person).where(Person.id == people[0]).values(practice_role=None))
    assert room.report().questions == before.questions  # not until the door says so: never a figure less by one
    forget_roles_with(room.session, people[0])
    assert not room.report().is_shown
    stored = room.session.scalars(select(CountedAttempt.practice_role)).all()
    assert set(stored) == {None}  # taken back at once, from every place


def test_another_batch_keeps_its_figures(room: Room) -> None:
    first = room.counted(30, psws_wrong())
    room.at = AT + timedelta(days=8)
    room.counted(40, psws_wrong())
    forget_roles_with(room.session, first[3])
    report = room.report()
    assert report.is_shown
    assert {option.psws.learners.low for one in report.questions for option in one.options} == {20}


def test_who_waits_to_be_counted_changes_nothing(room: Room) -> None:
    room.counted(30, psws_wrong())
    before = room.report().questions
    sitters(room.session, room.cast.autumn.id, room.cast.ours.id, MODULE, 9, roles=ROLES)
    assert room.report().questions == before


def test_there_is_no_total_no_score_and_no_verdict() -> None:
    names = {field.name for field in fields(TwoRoles)}
    assert names == {"module_id", "tally", "questions", "is_shown", "needed", "as_of"}


def test_the_sheet_says_no_more_than_the_page(room: Room) -> None:
    room.counted(30, psws_wrong())
    report = room.report()
    sheet = two_roles_sheet(report)
    rows = list(sheet.rows)
    assert len(rows) == sum(len(one.options) for one in report.questions) > 0
    assert not {"VERDICT", "RIGHT", "FACILITY", "SCORE"} & {column.code for column in sheet.columns}


@pytest.mark.parametrize("size", [20, 100, 300])
def test_five_statements_whatever_the_size(room: Room, engine: Engine, size: int) -> None:
    room.counted(size, psws_wrong())
    with statements_of(engine) as seen:
        assert room.report().is_shown
    assert len(seen) == 5
