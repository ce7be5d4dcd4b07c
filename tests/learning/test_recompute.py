"""The projection is exactly what the facts say, whatever was done in whatever order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import HAS_TIME
from tests.factories import actor_of, right_answer, wrong_answer
from tests.samples import AT, sample_catalogue, sample_module
from trainer.courseware.catalogue import Module
from trainer.db import begin_writing
from trainer.errors import Conflict
from trainer.learning.drawing import draw_questions
from trainer.learning.models import Attempt, Completion, ModuleState
from trainer.learning.progress import is_complete
from trainer.learning.projection import recompute_standings
from trainer.learning.queries import attempts_of, find_completion, get_attempt, has_passed, sections_read
from trainer.learning.services import mark_section_read, record_response, start_attempt, submit_attempt

MODULES = tuple(sample_module(slug) for slug in ("kind-words", "reading-only", "quiz-only"))
QUIZZES = tuple(module for module in MODULES if module.quiz)
people = st.integers(0, 1)


def projection(session: Session) -> list[tuple[object, ...]]:
    columns = ModuleState.__table__.columns
    return sorted(tuple(row) for row in session.execute(select(*columns)))


class Learning(RuleBasedStateMachine):
    """Two people doing anything at all; every step is followed by the checks."""

    engine: Engine
    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(self.engine)
        begin_writing(self.session)
        self.actors = [actor_of(self.session, one) for one in (self.cast.psw, self.cast.clinician)]
        self.at = AT
        self.completed: dict[tuple[int, str], object] = {}

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    def tick(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule(who=people, module=st.sampled_from(MODULES), place=st.integers(0, 9), minutes=st.integers(0, 90))
    def read(self, who: int, module: Module, place: int, minutes: int) -> None:
        self.tick(minutes)
        section = module.sections[place % len(module.sections)]
        mark_section_read(self.session, actor=self.actors[who], module=module, section_id=section.id, at=self.at)

    @rule(who=people, module=st.sampled_from(QUIZZES), seed=st.integers(0, 2**31 - 1), minutes=st.integers(0, 90))
    def start(self, who: int, module: Module, seed: int, minutes: int) -> None:
        self.tick(minutes)
        start_attempt(self.session, actor=self.actors[who], module=module, seed=seed, at=self.at)

    def has_attempts(self) -> bool:
        return self.session.scalar(select(Attempt.id).limit(1)) is not None

    @precondition(has_attempts)
    @rule(who=people, module=st.sampled_from(QUIZZES), place=st.integers(0, 9), is_right=st.booleans())
    def answer(self, who: int, module: Module, place: int, is_right: bool) -> None:
        self.tick(1)
        actor = self.actors[who]
        for line in attempts_of(self.session, actor.person_id, module.id)[-1:]:
            assert module.quiz is not None
            seed = get_attempt(self.session, actor.person_id, module.id, line.number).seed
            asked = draw_questions(module.quiz, seed)
            question = asked[place % len(asked)]
            try:
                record_response(
                    self.session,
                    actor=actor,
                    catalogue=sample_catalogue(),
                    module_id=module.id,
                    number=line.number,
                    question_id=question.id,
                    raw=right_answer(question) if is_right else wrong_answer(question),
                    at=self.at,
                )
            except Conflict:
                assert line.submitted_at is not None
            else:
                assert line.submitted_at is None

    @precondition(has_attempts)
    @rule(who=people, module=st.sampled_from(QUIZZES), minutes=st.integers(0, 90), times=st.integers(1, 2))
    def submit(self, who: int, module: Module, minutes: int, times: int) -> None:
        self.tick(minutes)
        actor = self.actors[who]
        for line in attempts_of(self.session, actor.person_id, module.id)[-1:]:
            for _ in range(times):
                submit_attempt(
                    self.session,
                    actor=actor,
                    catalogue=sample_catalogue(),
                    module_id=module.id,
                    number=line.number,
                    at=self.at,
                )

    @invariant()
    def recomputing_changes_nothing(self) -> None:
        before = projection(self.session)
        assert recompute_standings(self.session) == len(before)
        assert projection(self.session) == before

    @invariant()
    def a_completion_is_there_exactly_when_its_rule_was_met_and_never_changes(self) -> None:
        for actor in self.actors:
            for module in MODULES:
                found = find_completion(self.session, actor.person_id, module.id)
                read = sections_read(self.session, actor.person_id, module.id)
                passed = has_passed(self.session, actor.person_id, module.id)
                assert (found is not None) == is_complete(module, read_ids=read, has_passed=passed)
                before = self.completed.setdefault((actor.person_id, module.id), found) if found else None
                assert before == found

    @invariant()
    def attempts_are_numbered_without_gaps_and_one_is_open_at_most(self) -> None:
        for actor in self.actors:
            for module in QUIZZES:
                lines = attempts_of(self.session, actor.person_id, module.id)
                assert [line.number for line in lines] == list(range(1, len(lines) + 1))
                assert all(line.submitted_at is not None for line in lines[:-1])


@pytest.fixture
def machine(engine: Engine, cast: Cast) -> Iterator[type[Learning]]:
    """The machine on this test's database."""
    Learning.engine, Learning.cast = engine, cast
    yield Learning
    del Learning.engine, Learning.cast


@pytest.mark.any_database
def test_a_random_walk_leaves_the_projection_equal_to_the_facts(machine: type[Learning]) -> None:
    size = (
        {"max_examples": 300, "stateful_step_count": 60} if HAS_TIME else {"max_examples": 8, "stateful_step_count": 25}
    )
    run_state_machine_as_test(machine, settings=hypothesis.settings(**size, deadline=None))  # type: ignore[arg-type]


@pytest.mark.any_database
def test_recomputing_mends_a_projection_that_was_spoilt(session: Session, cast: Cast) -> None:
    actor = actor_of(session, cast.psw)
    module = sample_module("reading-only")
    for section in module.sections:
        mark_section_read(session, actor=actor, module=module, section_id=section.id, at=AT)
    good = projection(session)
    assert session.scalars(select(Completion.module_id)).all() == ["S2"]
    session.execute(ModuleState.__table__.update().values(state="not_started", completed_at=None))
    session.add(
        ModuleState(person_id=cast.manager.id, module_id="S1", state="completed", has_passed=True, attempt_count=9)
    )
    session.flush()
    assert recompute_standings(session) == 1
    assert projection(session) == good
