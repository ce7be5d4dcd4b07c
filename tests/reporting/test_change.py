"""Before and after in a cohort: matched pairs of the module's own questions and of the survey."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.databases import counted as statements_of
from tests.factories import actor_of, right_answer
from tests.reporting.crowd import empty_cohort, enrol, new_people
from tests.reporting.sitters import all_right, first_wrong, sit, sitters
from tests.samples import AT, sample_catalogue
from trainer.cohorts.models import Cohort, Enrolment
from trainer.cohorts.queries import find_cohort
from trainer.exercise.interval import mean_and_half
from trainer.learning.before import before_questions
from trainer.learning.models import BeforeAnswer
from trainer.reporting.change import CohortChange, build
from trainer.reporting.counted import close_batches
from trainer.reporting.report_sheets import change_sheet
from trainer.surveys.instrument import INSTRUMENT, ITEMS
from trainer.surveys.models import SurveyAnswer

pytestmark = pytest.mark.any_database
MODULE = next(module for module in sample_catalogue().modules if before_questions(module))


class Room:
    """The autumn cohort with one module that asks beforehand."""

    def __init__(self, session: Session, cast: Cast) -> None:
        self.session, self.cast = session, cast
        empty_cohort(session, cast.autumn.id, cast.ours.id, {MODULE.id: None})

    def learners(self, how_many: int) -> list[int]:
        people = new_people(self.session, [f"Person {number:03}" for number in range(how_many)])
        enrol(self.session, self.cast.autumn.id, self.cast.ours.id, people)
        return people

    def answer_beforehand(self, people: list[int], *, points: int) -> None:
        for person_id in people:
            for question in before_questions(MODULE):
                row = BeforeAnswer(person_id=person_id, module_id=MODULE.id, question_id=question.id)
                row.revision, row.answer = MODULE.revision, json.dumps(right_answer(question))
                row.points, row.answered_at = points, AT
                self.session.add(row)
        self.session.flush()

    def take_quiz(self, people: list[int]) -> None:
        for place, person_id in enumerate(people):
            sit(self.session, person_id, MODULE, all_right, place=place)
        self.count()

    def count(self, days: int = 0) -> int:
        return close_batches(
            self.session,
            actor=actor_of(self.session, self.cast.trainer),
            organisation=self.cast.autumn.organisation,
            cohort=self.cast.autumn.slug,
            module_ids=[MODULE.id],
            threshold=10,
            at=AT + timedelta(days=days),
        )

    def answer_survey(self, people: list[int], wave: str, value: int) -> None:
        for person_id in people:
            row = SurveyAnswer(person_id=person_id, cohort_id=self.cast.autumn.id, wave=wave, instrument=INSTRUMENT)
            reverse = {item.number: 6 - value if item.is_reversed else value for item in ITEMS}
            row.answers, row.answered_at = json.dumps(reverse), AT
            self.session.add(row)
        self.session.flush()

    def report(self) -> CohortChange:
        cohort = find_cohort(self.session, self.cast.autumn.organisation, self.cast.autumn.slug)
        assert cohort is not None
        return build(self.session, cohort, catalogue=sample_catalogue(), interval=mean_and_half, threshold=10, at=AT)


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    return Room(session, cast)


def test_matched_pairs_of_the_modules_own_questions(room: Room) -> None:
    people = room.learners(24)
    room.answer_beforehand(people[:20], points=40)
    room.take_quiz(people[2:])
    (found,) = room.report().modules
    assert found.module_id == MODULE.id
    assert found.change is not None
    assert (found.change.pair_count, found.change.mean) == (20, 60)  # 18 pairs, from 40 to 100 points
    assert found.change.only_before_count is None  # two, or nobody


def test_nine_pairs_say_nothing(room: Room) -> None:
    people = room.learners(19)
    room.answer_beforehand(people[:9], points=40)
    room.take_quiz(people)
    assert room.report().modules[0].change is None


def test_who_is_not_counted_yet_is_no_pair(room: Room) -> None:
    people = room.learners(30)
    room.answer_beforehand(people, points=40)
    room.take_quiz(people[:20])
    before = room.report().modules
    for place, person_id in enumerate(people[20:29]):
        sit(room.session, person_id, MODULE, all_right, place=place)
    assert room.count(days=8) == 0
    assert room.report().modules == before


def test_leaving_the_cohort_takes_nobody_out_of_the_figure(room: Room) -> None:
    people = room.learners(20)
    room.answer_beforehand(people, points=40)
    room.take_quiz(people)
    before = room.report().modules
    room.session.execute(update(Enrolment).where(Enrolment.person_id == people[0]).values(state="withdrawn"))
    assert room.report().modules == before


def test_the_survey_by_part_and_only_once_it_is_closed(room: Room) -> None:
    people = room.learners(16)
    room.answer_survey(people[:14], "before", 2)
    room.answer_survey(people[1:], "after", 4)
    found = {one.part: one.change for one in room.report().survey}
    assert set(found) == {"language", "boundaries", "team"}
    for change in found.values():
        assert change is not None
        assert (change.pair_count, change.mean) == (15, 2)  # 13 pairs, two steps up
    room.session.execute(update(Cohort).where(Cohort.id == room.cast.autumn.id).values(survey_wave="after"))
    assert room.report().survey == ()


def test_another_cohorts_answers_stay_out(room: Room) -> None:
    people = room.learners(20)
    room.answer_beforehand(people, points=40)
    room.take_quiz(people)
    before = room.report()
    theirs = sitters(room.session, room.cast.winter.id, room.cast.ours.id, MODULE, 20, first_wrong(20))
    room.answer_beforehand(theirs, points=0)
    assert room.report() == before


def test_the_sheet_leaves_what_is_not_told_empty(room: Room) -> None:
    sheet = change_sheet(room.report(), {MODULE.id: MODULE.title})
    for row in sheet.rows:
        assert len(row) == len(sheet.columns)
        assert not any(isinstance(value, int | float) for value in row)


@pytest.mark.parametrize("size", [10, 100, 200])
def test_the_number_of_statements_does_not_grow(room: Room, engine: Engine, size: int) -> None:
    people = room.learners(size)
    room.answer_beforehand(people, points=40)
    room.take_quiz(people)
    with statements_of(engine) as seen:
        assert room.report().modules[0].change is not None
    assert len(seen) == 6  # the cohort and its modules, before, after twice, the survey
