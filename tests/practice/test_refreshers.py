"""When a refresher is offered, what it asks, and that a sitting is kept as it was taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.factories import actor_of, make_judgement, make_quiz, make_single, right_answer, take_quiz, wrong_answer
from tests.samples import AT, sample_catalogue, sample_module
from trainer.accounts.actor import Actor
from trainer.courseware.quiz import Question
from trainer.errors import Conflict, Invalid, NotFound
from trainer.learning.services import mark_section_read
from trainer.practice.refreshers import WEEKS, Sitting, choose_questions, is_paused, next_due
from trainer.practice.sittings import (
    SittingOf,
    answer_refresher,
    get_sitting,
    histories_of,
    set_wish,
    start_refresher,
    wish_of,
)

WEEK = timedelta(weeks=1)
MODULE = sample_module("kind-words")


class TestDates:
    def test_the_first_comes_a_week_after_completion(self) -> None:
        assert next_due(AT, []) == AT + WEEK

    def test_taken_on_time_they_come_at_one_four_eight_and_twelve_weeks(self) -> None:
        sittings: list[Sitting] = []
        dates = []
        while (due := next_due(AT, sittings)) is not None:
            dates.append((due - AT) // WEEK)
            sittings.append(Sitting(due, has_missed=False))
        assert tuple(dates) == WEEKS

    def test_something_missed_comes_back_after_a_week_and_uses_up_no_date(self) -> None:
        first = Sitting(AT + WEEK, has_missed=True)
        assert next_due(AT, [first]) == AT + 2 * WEEK
        assert next_due(AT, [first, Sitting(AT + 2 * WEEK, has_missed=False)]) == AT + 4 * WEEK

    def test_one_taken_early_does_not_count(self) -> None:
        assert next_due(AT, [Sitting(AT + timedelta(days=1), has_missed=False)]) == AT + timedelta(days=8)

    def test_whoever_comes_late_is_not_asked_again_the_next_day(self) -> None:
        late = AT + 30 * WEEK
        assert next_due(AT, [Sitting(late, has_missed=False)]) == late + WEEK

    def test_after_the_last_only_what_was_missed_comes_again(self) -> None:
        done = [Sitting(AT + week * WEEK, has_missed=False) for week in WEEKS]
        assert next_due(AT, done) is None
        missed = replace(done[-1], has_missed=True)
        assert next_due(AT, [*done[:-1], missed]) == missed.finished_at + WEEK

    @given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=8))
    def test_the_next_is_never_sooner_than_a_week_after_the_last(self, days: list[tuple[int, bool]]) -> None:
        sittings = [Sitting(AT + timedelta(days=day), missed) for day, missed in days]
        due = next_due(AT, sittings)
        if sittings and due is not None:
            last = max(one.finished_at for one in sittings)
            assert due >= last + WEEK

    @pytest.mark.parametrize(
        ("is_on", "until", "paused"),
        [
            (True, None, False),
            (False, None, True),
            (True, date(2026, 11, 24), True),
            (True, date(2026, 11, 23), False),
        ],
    )
    def test_a_pause_ends_with_its_day(self, is_on: bool, until: date | None, paused: bool) -> None:
        assert is_paused(is_on=is_on, paused_until=until, today=date(2026, 11, 23)) is paused


class TestQuestions:
    def pool(self, size: int, safety: int) -> tuple[Question, ...]:
        return tuple(make_single(f"q{number}", is_safety=number < safety) for number in range(size))

    @given(st.integers(1, 14), st.integers(0, 3), st.sets(st.integers(0, 13)), st.integers(0, 99))
    def test_three_to_five_with_safety_always_and_missed_first(
        self, size: int, safety: int, missed_places: set[int], seed: int
    ) -> None:
        quiz = make_quiz(self.pool(size, min(safety, size)))
        missed = {f"q{place}" for place in missed_places if place < size}
        chosen = [question.id for question in choose_questions(quiz, missed=missed, last_asked={}, seed=seed)]
        assert min(3, size) <= len(chosen) <= 5
        assert {f"q{place}" for place in range(min(safety, size))} <= set(chosen)
        left_out = missed - set(chosen)
        others = [one for one in chosen if one not in missed and int(one[1:]) >= safety]
        assert not (left_out and others)  # nothing fresh takes the place of something missed

    def test_what_rested_longest_comes_before_what_was_just_asked(self) -> None:
        quiz = make_quiz(self.pool(6, 0))
        last = {f"q{place}": AT + timedelta(days=place) for place in range(6)}
        chosen = choose_questions(quiz, missed=(), last_asked=last, seed=1)
        assert [question.id for question in chosen] == ["q0", "q1", "q2"]

    def test_what_is_never_marked_is_not_asked(self) -> None:
        module = sample_module("every-kind")
        assert module.quiz is not None
        kinds = {
            q.kind for seed in range(30) for q in choose_questions(module.quiz, missed=(), last_asked={}, seed=seed)
        }
        assert not kinds & {"rewrite", "dilemma"}

    def test_judgements_are_asked_like_others(self) -> None:
        quiz = make_quiz([make_judgement("a"), make_judgement("b"), make_judgement("c")])
        assert len(choose_questions(quiz, missed=(), last_asked={}, seed=1)) == 3


@pytest.fixture
def learner(session: Session, cast: Cast) -> Actor:
    """Somebody who has completed the module."""
    actor = actor_of(session, cast.psw)
    for section in MODULE.sections:
        mark_section_read(session, actor=actor, module=MODULE, section_id=section.id, at=AT)
    take_quiz(session, actor, MODULE, seed=7)
    return actor


def start(session: Session, actor: Actor, at: datetime = AT + WEEK, seed: int = 3) -> SittingOf:
    number = start_refresher(session, actor=actor, catalogue=sample_catalogue(), module=MODULE, seed=seed, at=at)
    return get_sitting(session, sample_catalogue(), actor.person_id, MODULE.id, number)


def answer(
    session: Session, actor: Actor, number: int, position: int, raw: list[str], at: datetime = AT + WEEK
) -> None:
    answer_refresher(
        session,
        actor=actor,
        catalogue=sample_catalogue(),
        module_id=MODULE.id,
        number=number,
        position=position,
        raw=raw,
        at=AT + WEEK,
    )


@pytest.mark.any_database
class TestSittings:
    def test_starting_twice_is_one_sitting(self, session: Session, learner: Actor) -> None:
        assert start(session, learner, seed=1).number == start(session, learner, seed=2).number == 1

    def test_the_last_answer_finishes_it(self, session: Session, learner: Actor) -> None:
        sitting = start(session, learner)
        for position, question in enumerate(sitting.questions, start=1):
            answer(session, learner, 1, position, right_answer(question))
        done = get_sitting(session, sample_catalogue(), learner.person_id, MODULE.id, 1)
        assert done.finished_at == AT + WEEK
        (history,) = histories_of(session, learner.person_id)
        assert history.sittings == (Sitting(AT + WEEK, has_missed=False),)
        assert history.open_number is None

    def test_an_answer_is_given_once_because_its_explanation_follows(self, session: Session, learner: Actor) -> None:
        question = start(session, learner).questions[0]
        answer(session, learner, 1, 1, wrong_answer(question))
        answer(session, learner, 1, 1, wrong_answer(question))  # a double click
        with pytest.raises(Conflict):
            answer(session, learner, 1, 1, right_answer(question))

    def test_what_was_missed_is_asked_the_next_time(self, session: Session, learner: Actor) -> None:
        sitting = start(session, learner)
        missed = next(question for question in sitting.questions if not question.is_safety)
        for position, question in enumerate(sitting.questions, start=1):
            raw = wrong_answer(question) if question.id == missed.id else right_answer(question)
            answer(session, learner, 1, position, raw)
        (history,) = histories_of(session, learner.person_id)
        assert history.sittings[0].has_missed
        again = start(session, learner, at=AT + 2 * WEEK, seed=99)
        assert missed.id in {question.id for question in again.questions}

    def test_only_who_completed_it_can_start(self, session: Session, learner: Actor, cast: Cast) -> None:
        with pytest.raises(NotFound):
            start(session, actor_of(session, cast.clinician))

    def test_nobody_can_open_somebody_elses(self, session: Session, learner: Actor, cast: Cast) -> None:
        start(session, learner)
        for person in (cast.trainer, cast.manager, cast.clinician):
            with pytest.raises(NotFound):
                get_sitting(session, sample_catalogue(), person.id, MODULE.id, 1)

    @pytest.mark.parametrize("position", [0, 9])
    def test_a_position_that_is_not_there(self, session: Session, learner: Actor, position: int) -> None:
        start(session, learner)
        with pytest.raises(NotFound):
            answer(session, learner, 1, position, ["x"])

    def test_nothing_chosen_is_said_kindly(self, session: Session, learner: Actor) -> None:
        start(session, learner)
        with pytest.raises(Invalid, match="No answer is chosen yet"):
            answer(session, learner, 1, 1, [])

    def test_the_wish_is_kept(self, session: Session, learner: Actor) -> None:
        assert wish_of(session, learner.person_id).is_on
        set_wish(session, actor=learner, is_on=False, paused_until=None, at=AT)
        assert not wish_of(session, learner.person_id).is_on
        set_wish(session, actor=learner, is_on=True, paused_until=date(2027, 1, 1), at=AT)
        assert wish_of(session, learner.person_id).paused_until == date(2027, 1, 1)
