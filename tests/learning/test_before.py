"""Questions beforehand: voluntary, once, before anything was read, and asked again in every quiz."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.factories import actor_of, right_answer, wrong_answer
from tests.samples import AT, sample_module
from trainer.errors import Conflict, Invalid, NotFound
from trainer.learning.before import answer_before, before_of, before_questions
from trainer.learning.drawing import draw_questions
from trainer.learning.models import BeforeAnswer
from trainer.learning.services import mark_section_read, start_attempt

pytestmark = pytest.mark.any_database
MODULE = sample_module("every-kind")
(QUESTION,) = before_questions(MODULE)


def send(session: Session, cast: Cast, raw: list[str]) -> int:
    return answer_before(session, actor=actor_of(session, cast.psw), module=MODULE, raw={QUESTION.id: raw}, at=AT)


def test_the_answer_is_kept_with_its_points_and_revision(session: Session, cast: Cast) -> None:
    assert send(session, cast, right_answer(QUESTION)) == 1
    row = session.scalars(select(BeforeAnswer)).one()
    assert (row.points, row.revision, row.question_id) == (100, MODULE.revision, QUESTION.id)
    assert not before_of(session, cast.psw.id, MODULE).may_answer


def test_it_is_answered_once(session: Session, cast: Cast) -> None:
    send(session, cast, wrong_answer(QUESTION))
    with pytest.raises(Conflict):
        send(session, cast, right_answer(QUESTION))


def test_not_after_a_section_is_read(session: Session, cast: Cast) -> None:
    actor = actor_of(session, cast.psw)
    mark_section_read(session, actor=actor, module=MODULE, section_id=MODULE.sections[0].id, at=AT)
    with pytest.raises(Conflict):
        send(session, cast, right_answer(QUESTION))


def test_not_after_the_quiz_is_begun(session: Session, cast: Cast) -> None:
    start_attempt(session, actor=actor_of(session, cast.psw), module=MODULE, seed=1, at=AT)
    with pytest.raises(Conflict):
        send(session, cast, right_answer(QUESTION))


@pytest.mark.parametrize("raw", [[], [""], ["no-such-option"]])
def test_nothing_and_nonsense_are_said_kindly(session: Session, cast: Cast, raw: list[str]) -> None:
    with pytest.raises(Invalid):
        send(session, cast, raw)
    assert session.scalars(select(BeforeAnswer)).all() == []


def test_most_modules_ask_nothing(session: Session, cast: Cast) -> None:
    with pytest.raises(NotFound):
        answer_before(session, actor=actor_of(session, cast.psw), module=sample_module("kind-words"), raw={}, at=AT)


def test_every_attempt_asks_it_again() -> None:
    assert MODULE.quiz is not None
    assert all(QUESTION in draw_questions(MODULE.quiz, seed) for seed in range(50))
