"""Everybody at once, on a real engine with a real commit: one attempt, one score, no failure."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import HAS_TIME
from tests.factories import actor_of, add_learner, right_answer, wrong_answer
from tests.samples import AT, sample_catalogue, sample_module
from trainer.accounts.actor import Actor
from trainer.accounts.throttle import SIGN_IN_PER_ACCOUNT, count_try
from trainer.db import begin_writing, prepare_engine
from trainer.learning.drawing import draw_questions
from trainer.learning.models import Attempt, Completion, ModuleState, Response, SectionRead
from trainer.learning.services import mark_section_read, record_response, start_attempt, submit_attempt
from trainer.notebook.models import NotebookEntry
from trainer.notebook.sealing import Sealer
from trainer.notebook.services import WrittenElsewhere, save_note
from trainer.practice.models import RefresherSitting
from trainer.practice.sittings import start_refresher

pytestmark = pytest.mark.any_database
THREADS, ROUNDS = (32, 20) if HAS_TIME else (8, 3)
MODULE = sample_module("quiz-only")
SEED = 7


@pytest.fixture
def crowd_engine(engine: Engine) -> Iterator[Engine]:
    """An engine with a connection for everybody, as the app's own has."""
    wide = create_engine(engine.url, pool_size=THREADS + 4)
    prepare_engine(wide)
    yield wide
    wide.dispose()


@pytest.fixture
def psw(engine: Engine, cast: Cast) -> Actor:
    with Session(engine) as session:
        return actor_of(session, cast.psw)


def at_once(engine: Engine, work: Callable[[Session, int], object], threads: int = THREADS) -> list[object]:
    """Run the same work in every thread from the same instant, each in a transaction of its own."""
    barrier = threading.Barrier(threads)
    results: list[object] = [None] * threads

    def run(place: int) -> None:
        barrier.wait()
        try:
            with Session(engine) as session:
                begin_writing(session)
                results[place] = work(session, place)
                session.commit()
        except Exception as problem:
            results[place] = problem

    crowd = [threading.Thread(target=run, args=(place,)) for place in range(threads)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    failures = [result for result in results if isinstance(result, Exception)]
    assert not failures, failures[0]
    return results


def count(engine: Engine, table: type) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_many_starts_of_one_person_make_one_attempt(crowd_engine: Engine, psw: Actor) -> None:
    for number in range(1, ROUNDS + 1):
        got = at_once(crowd_engine, lambda db, place: start_attempt(db, actor=psw, module=MODULE, seed=place, at=AT))
        assert set(got) == {number}
        assert count(crowd_engine, Attempt) == number
        at_once(crowd_engine, lambda db, _place: submit(db, psw, number=count_of(db)), threads=1)


def count_of(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Attempt)) or 0


def submit(session: Session, actor: Actor, *, number: int) -> object:
    return submit_attempt(session, actor=actor, catalogue=sample_catalogue(), module_id=MODULE.id, number=number, at=AT)


def answer(session: Session, actor: Actor, place: int) -> object:
    assert MODULE.quiz is not None
    question = draw_questions(MODULE.quiz, SEED)[place % 2]
    raw = right_answer(question) if place % 3 else wrong_answer(question)
    return record_response(
        session,
        actor=actor,
        catalogue=sample_catalogue(),
        module_id=MODULE.id,
        number=1,
        question_id=question.id,
        raw=raw,
        at=AT,
    )


def test_many_submissions_are_one(crowd_engine: Engine, psw: Actor) -> None:
    at_once(crowd_engine, lambda db, _: start_attempt(db, actor=psw, module=MODULE, seed=SEED, at=AT), threads=1)
    at_once(crowd_engine, lambda db, place: answer(db, psw, place + 1), threads=2)
    results = at_once(crowd_engine, lambda db, _place: submit(db, psw, number=1))
    assert sum(result.is_new for result in results) == 1  # type: ignore[attr-defined]
    assert len({result.score for result in results}) == 1  # type: ignore[attr-defined]
    with Session(crowd_engine) as session:
        state = session.scalars(select(ModuleState)).one()
        assert state.attempt_count == 1


def test_many_answers_are_all_kept_in_one_order(crowd_engine: Engine, psw: Actor) -> None:
    at_once(crowd_engine, lambda db, _: start_attempt(db, actor=psw, module=MODULE, seed=SEED, at=AT), threads=1)
    for _ in range(ROUNDS):
        receipts = at_once(crowd_engine, lambda db, place: answer(db, psw, place))
        with Session(crowd_engine) as session:
            kept = list(session.scalars(select(Response.sequence).order_by(Response.sequence)))
        assert kept == list(range(1, len(kept) + 1))
        assert {receipt.sequence for receipt in receipts} <= set(kept)  # type: ignore[attr-defined]


def test_reading_and_passing_at_once_completes_once(crowd_engine: Engine, psw: Actor) -> None:
    module = sample_module("reading-only")
    at_once(
        crowd_engine,
        lambda db, place: mark_section_read(
            db, actor=psw, module=module, section_id=module.sections[place % 2].id, at=AT
        ),
    )
    assert count(crowd_engine, SectionRead) == 2
    assert count(crowd_engine, Completion) == 1


def test_a_class_starts_in_one_instant(crowd_engine: Engine, cast: Cast) -> None:
    with Session(crowd_engine) as session:
        begin_writing(session)
        ids = [add_learner(session, cast.ours.id, cast.autumn.id, number) for number in range(THREADS)]
        session.commit()
    learners = [Actor(person_id=person_id, name="", email="") for person_id in ids]
    numbers = at_once(
        crowd_engine,
        lambda db, place: start_attempt(db, actor=learners[place], module=MODULE, seed=place, at=AT),
    )
    assert numbers == [1] * THREADS
    assert count(crowd_engine, Attempt) == THREADS


def test_no_try_escapes_the_throttle(crowd_engine: Engine) -> None:
    results = at_once(crowd_engine, lambda db, _: count_try(db, SIGN_IN_PER_ACCOUNT, "somebody", at=AT), threads=12)
    assert sum(bool(one) for one in results) == SIGN_IN_PER_ACCOUNT.count


def test_many_refreshers_at_once_are_one(crowd_engine: Engine, psw: Actor) -> None:
    module = MODULE
    with Session(crowd_engine) as session:
        begin_writing(session)
        number = start_attempt(session, actor=psw, module=module, seed=SEED, at=AT)
        for question in draw_questions(module.quiz, SEED):  # type: ignore[arg-type]
            record_response(
                session,
                actor=psw,
                catalogue=sample_catalogue(),
                module_id=module.id,
                number=number,
                question_id=question.id,
                raw=right_answer(question),
                at=AT,
            )
        submit_attempt(session, actor=psw, catalogue=sample_catalogue(), module_id=module.id, number=number, at=AT)
        session.commit()
    numbers = at_once(
        crowd_engine,
        lambda session, place: start_refresher(
            session, actor=psw, catalogue=sample_catalogue(), module=module, seed=place, at=AT
        ),
    )
    assert set(numbers) == {1}
    assert count(crowd_engine, RefresherSitting) == 1


def test_many_windows_write_one_note_and_everybody_else_is_told(crowd_engine: Engine, psw: Actor) -> None:
    def write(session: Session, place: int) -> bool:
        try:
            save_note(
                session,
                actor=psw,
                sealer=Sealer([bytes(32)]),
                module_id="S1",
                name="note:first-note",
                text=f"From window {place}",
                base_version=0,
                at=AT,
            )
        except WrittenElsewhere:
            return False
        return True

    assert at_once(crowd_engine, write).count(True) == 1
    assert count(crowd_engine, NotebookEntry) == 1
