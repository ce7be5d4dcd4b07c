"""The attempt as a state machine, against a model: edits, publishes, replays, clock jumps and two tabs, in any order.

What a tab holds may be old: it goes on with the attempt number it once opened. The model knows what must come of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import HAS_TIME
from tests.factories import actor_of, right_answer, wrong_answer
from tests.samples import AT, sample_catalogue, sample_module
from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.quiz import Question
from trainer.courseware.revision import revision_of
from trainer.db import begin_writing
from trainer.errors import Conflict, Invalid, NotFound
from trainer.learning.confidence import Confidence
from trainer.learning.drawing import draw_questions
from trainer.learning.marking import Score, score_attempt
from trainer.learning.models import Attempt, Response
from trainer.learning.publications import publish_catalogue
from trainer.learning.queries import attempts_of, get_attempt
from trainer.learning.services import Submitted, record_response, start_attempt, submit_attempt
from trainer.learning.sitting import TRANSITIONS, AttemptEvent, AttemptState, advance

RUNS, STEPS = (10_000, 24) if HAS_TIME else (60, 20)
BASE = sample_module("every-kind")
TABS = st.integers(0, 1)
HOURS = st.integers(-30, 400)  # a clock may be put back; nobody's answers may depend on it


def variants() -> tuple[Module, ...]:
    """The module as it is published over time: reworded, a question fewer, another pass mark."""
    assert BASE.quiz is not None
    reworded = replace(BASE, title="Every kind, reworded")
    fewer = replace(BASE, quiz=replace(BASE.quiz, questions=BASE.quiz.questions[:-1], draw=7))
    stricter = replace(BASE, quiz=replace(BASE.quiz, pass_mark=95))
    return tuple(replace(module, revision=revision_of(module)) for module in (BASE, reworded, fewer, stricter))


VARIANTS = variants()


def catalogue_with(module: Module) -> Catalogue:
    catalogue = sample_catalogue()
    return replace(catalogue, modules=tuple(module if one.id == module.id else one for one in catalogue.modules))


CATALOGUES = tuple(catalogue_with(module) for module in VARIANTS)


@dataclass
class Expected:
    """One attempt as the model has it."""

    module: Module
    seed: int
    answers: dict[str, tuple[tuple[str, ...], Confidence | None]] = field(default_factory=dict)
    score: Score | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        assert self.module.quiz is not None
        return draw_questions(self.module.quiz, self.seed)


class Sitting(RuleBasedStateMachine):
    """One person with two tabs, and authors who publish meanwhile."""

    engine: Engine
    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(self.engine)
        begin_writing(self.session)
        for catalogue in reversed(CATALOGUES):
            publish_catalogue(self.session, catalogue, at=AT)
        self.actor = actor_of(self.session, self.cast.psw)
        self.catalogue = CATALOGUES[0]
        self.at: datetime = AT
        self.expected: list[Expected] = []
        self.tabs = [0, 0]  # the attempt number that each tab has open; 0 before the first

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    @property
    def state(self) -> AttemptState:
        if not self.expected:
            return AttemptState.NONE
        return AttemptState.OPEN if self.expected[-1].score is None else AttemptState.SUBMITTED

    @rule(which=st.integers(0, len(VARIANTS) - 1))
    def publish(self, which: int) -> None:
        self.catalogue = CATALOGUES[which]
        publish_catalogue(self.session, self.catalogue, at=self.at)

    @rule(hours=HOURS)
    def let_time_pass(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @rule(tab=TABS, seed=st.integers(0, 2**31 - 1))
    def start(self, tab: int, seed: int) -> None:
        following = advance(self.state, AttemptEvent.START)
        module = self.catalogue.by_id[BASE.id]
        number = start_attempt(self.session, actor=self.actor, module=module, seed=seed, at=self.at)
        if self.state is not AttemptState.OPEN:
            self.expected.append(Expected(module, seed))
        assert following is AttemptState.OPEN
        assert number == len(self.expected)
        self.tabs[tab] = number

    @rule(tab=TABS, place=st.integers(0, 9), is_right=st.booleans(), sure=st.sampled_from([None, *Confidence]))
    def answer(self, tab: int, place: int, is_right: bool, sure: Confidence | None) -> None:
        number = self.tabs[tab] or 1
        if not self.expected:
            with pytest.raises(NotFound):
                self.record(1, BASE.quiz.questions[0].id if BASE.quiz else "", ["x"], sure)
            return
        attempt = self.expected[number - 1]
        question = attempt.questions[place % len(attempt.questions)]
        raw = right_answer(question) if is_right else wrong_answer(question)
        if attempt.score is not None:
            with pytest.raises(Conflict):
                self.record(number, question.id, raw, sure)
            return
        first = self.record(number, question.id, raw, sure)
        assert self.record(number, question.id, raw, sure) == first  # a replay is the same receipt
        given = get_attempt(self.session, self.actor.person_id, BASE.id, number).answers[question.id]
        attempt.answers[question.id] = (given.answer, sure)

    def record(self, number: int, question_id: str, raw: list[str], sure: Confidence | None) -> object:
        return record_response(
            self.session,
            actor=self.actor,
            catalogue=self.catalogue,
            module_id=BASE.id,
            number=number,
            question_id=question_id,
            raw=raw,
            confidence=sure,
            at=self.at,
        )

    @rule(tab=TABS, place=st.integers(0, 9))
    def answer_strangely(self, tab: int, place: int) -> None:
        number = self.tabs[tab]
        if not number or self.expected[number - 1].score is not None:
            return
        question = self.expected[number - 1].questions[place % len(self.expected[number - 1].questions)]
        if question.kind in ("text", "rewrite"):
            return
        with pytest.raises(Invalid):
            self.record(number, question.id, ["no-such-option"], None)
        with pytest.raises(Invalid):
            self.record(number, "no-such-question", ["x"], None)

    @rule(tab=TABS, times=st.integers(1, 3))
    def submit(self, tab: int, times: int) -> None:
        number = self.tabs[tab]
        if not number:
            return
        attempt = self.expected[number - 1]
        is_new = attempt.score is None
        results: list[Submitted] = [
            submit_attempt(
                self.session,
                actor=self.actor,
                catalogue=self.catalogue,
                module_id=BASE.id,
                number=number,
                at=self.at,
            )
            for _ in range(times)
        ]
        assert attempt.module.quiz is not None
        answers = {question_id: answer for question_id, (answer, _) in attempt.answers.items()}
        score = score_attempt(attempt.questions, answers, pass_mark=attempt.module.quiz.pass_mark)
        assert [result.score for result in results] == [score] * times
        assert [result.is_new for result in results] == [is_new, *[False] * (times - 1)]
        attempt.score = score

    @invariant()
    def the_database_is_what_the_model_says(self) -> None:
        lines = attempts_of(self.session, self.actor.person_id, BASE.id)
        assert [line.number for line in lines] == list(range(1, len(self.expected) + 1))
        assert sum(line.submitted_at is None for line in lines) <= 1
        for line, attempt in zip(lines, self.expected, strict=True):
            assert (line.points, line.possible) == (
                (attempt.score.points, attempt.score.possible) if attempt.score else (None, None)
            )
        for number, attempt in enumerate(self.expected, start=1):
            stored = get_attempt(self.session, self.actor.person_id, BASE.id, number)
            assert stored.revision == attempt.module.revision
            assert {key: (one.answer, one.confidence) for key, one in stored.answers.items()} == attempt.answers

    @invariant()
    def sequences_have_no_gap(self) -> None:
        rows = self.session.execute(
            select(func.count(), func.coalesce(func.max(Response.sequence), 0))
            .join(Attempt, Attempt.id == Response.attempt_id)
            .where(Attempt.person_id == self.actor.person_id)
            .group_by(Response.attempt_id)
        )
        assert all(count == highest for count, highest in rows)


def test_no_order_of_events_loses_an_answer_or_scores_twice(engine: Engine, cast: Cast) -> None:
    Sitting.engine, Sitting.cast = engine, cast
    run_state_machine_as_test(
        Sitting,
        settings=hypothesis.settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(hypothesis.HealthCheck),
            derandomize=not HAS_TIME,
        ),
    )


def test_the_table_of_transitions_is_whole() -> None:
    for state in AttemptState:
        for event in AttemptEvent:
            if (state, event) in TRANSITIONS:
                assert advance(state, event) is TRANSITIONS[state, event]
            else:
                with pytest.raises(NotFound if state is AttemptState.NONE else Conflict):
                    advance(state, event)
