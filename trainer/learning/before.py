"""A few of the module's own questions before the first section: voluntary, and asked again in every quiz.

The two are linked by the person who gave them; there is no code to type.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.locks import lock_person
from trainer.courseware.catalogue import Module
from trainer.courseware.quiz import Question
from trainer.errors import Conflict, Invalid, NotFound
from trainer.learning.kinds.frame import Answer
from trainer.learning.kinds.registry import KINDS
from trainer.learning.marking import mark_question
from trainer.learning.models import BeforeAnswer, ModuleState
from trainer.wording import said


@dataclass(frozen=True, slots=True)
class BeforeOf:
    """What somebody answered before, by question id, and whether they may still answer."""

    answers: Mapping[str, Answer]
    may_answer: bool


def before_questions(module: Module) -> tuple[Question, ...]:
    """The module's set, in the author's order; empty for most modules."""
    if module.quiz is None:
        return ()
    return tuple(question for question in module.quiz.questions if question.id in module.quiz.before_ids)


def before_of(session: Session, person_id: int, module: Module) -> BeforeOf:
    """One's own answers. Two statements. They can be given until the first section is read or the quiz is begun."""
    rows = session.execute(
        select(BeforeAnswer.question_id, BeforeAnswer.answer).where(
            BeforeAnswer.person_id == person_id, BeforeAnswer.module_id == module.id
        )
    )
    answers = {row.question_id: tuple(json.loads(row.answer)) for row in rows}
    has_begun = session.get(ModuleState, (person_id, module.id)) is not None
    return BeforeOf(answers, may_answer=bool(before_questions(module)) and not has_begun and not answers)


def answer_before(
    session: Session, *, actor: Actor, module: Module, raw: Mapping[str, Sequence[str]], at: datetime
) -> int:
    """Keep the answers given, once; returns how many. Questions left out stay unanswered.

    Raises NotFound where the module has no such set, Conflict once the module is begun or the set was answered, and
    Invalid when nothing is answered.
    """
    questions = before_questions(module)
    if not questions:
        raise NotFound(said("This module asks nothing beforehand."), said("Go back to the module."))
    lock_person(session, actor)
    if not before_of(session, actor.person_id, module).may_answer:
        raise Conflict(
            said("These questions are for before you begin."), said("The quiz asks them again; go on with the module.")
        )
    given = {question: raw[question.id] for question in questions if any(raw.get(question.id, ()))}
    if not given:
        raise Invalid(said("Nothing is answered yet."), said("Answer what you like, or go on to the module without."))
    for question, written in given.items():
        answer = KINDS[question.kind].read_answer(question, written)
        mark = mark_question(question, answer)
        session.add(
            BeforeAnswer(
                person_id=actor.person_id,
                module_id=module.id,
                question_id=question.id,
                revision=module.revision,
                answer=json.dumps(answer, ensure_ascii=False),
                points=mark.points if mark else 0,
                answered_at=at,
            )
        )
    session.flush()
    return len(given)
