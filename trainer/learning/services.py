"""Writing what happens while learning. Each service is safe to repeat: a double click changes nothing.

Each takes the person's lock first, so that parallel requests of one person line up on PostgreSQL;
on SQLite the write transaction itself does that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.locks import lock_person
from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.quiz import Question
from trainer.db import table_of
from trainer.errors import Invalid, NotFound
from trainer.learning.confidence import Confidence
from trainer.learning.drawing import draw_questions
from trainer.learning.kinds.registry import KINDS
from trainer.learning.marking import Score, score_attempt
from trainer.learning.models import Attempt, Completion, Response, SectionRead
from trainer.learning.progress import is_complete
from trainer.learning.projection import refresh_standing
from trainer.learning.queries import AttemptOf, get_attempt, sections_read
from trainer.learning.revisions import pinned_module
from trainer.learning.sitting import AttemptEvent, advance
from trainer.wording import said

# A plain insert, built once: this is what a whole class does at the same moment.
_ADD_RESPONSE = insert(table_of(Response))


@dataclass(frozen=True, slots=True)
class Saved:
    """The receipt of an answer: when the server took it, and the running number in the attempt."""

    recorded_at: datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a submission led to. ``is_new`` is False when it had been submitted before."""

    score: Score
    is_new: bool


def mark_section_read(session: Session, *, actor: Actor, module: Module, section_id: str, at: datetime) -> None:
    """Record *Continue* at the end of a section. Raises NotFound for a section the module has not."""
    if section_id not in {section.id for section in module.sections}:
        raise NotFound(said("There is no such section in this module."))
    lock_person(session, actor)
    if session.get(SectionRead, (actor.person_id, module.id, section_id)) is not None:
        return
    session.add(
        SectionRead(
            person_id=actor.person_id,
            module_id=module.id,
            section_id=section_id,
            revision=module.revision,
            read_at=at,
        )
    )
    session.flush()
    _complete_if_due(session, actor=actor, module=module, attempt_id=None, at=at)
    refresh_standing(session, actor.person_id, module.id)


def start_attempt(session: Session, *, actor: Actor, module: Module, seed: int, at: datetime) -> int:
    """The number of the open attempt; a new one pins the module's revision and the seed.

    Raises NotFound if the module has no quiz.
    """
    if module.quiz is None:
        raise NotFound(said("This module has no quiz."))
    lock_person(session, actor)
    mine = (Attempt.person_id == actor.person_id, Attempt.module_id == module.id)
    open_number = session.scalar(select(Attempt.number).where(*mine, Attempt.submitted_at.is_(None)))
    if open_number is not None:
        return open_number
    number = (session.scalar(select(func.max(Attempt.number)).where(*mine)) or 0) + 1
    session.add(
        Attempt(
            person_id=actor.person_id,
            module_id=module.id,
            number=number,
            revision=module.revision,
            seed=seed,
            started_at=at,
        )
    )
    session.flush()
    refresh_standing(session, actor.person_id, module.id)
    return number


def record_response(
    session: Session,
    *,
    actor: Actor,
    catalogue: Catalogue,
    module_id: str,
    number: int,
    question_id: str,
    raw: Sequence[str],
    confidence: Confidence | None = None,
    at: datetime,
) -> Saved:
    """Save an answer as given. The same answer again is the same receipt.

    Raises NotFound for somebody else's attempt, Conflict for a submitted one, and Invalid for a
    question that was not asked or an option that it does not have.
    """
    lock_person(session, actor)
    attempt = get_attempt(session, actor.person_id, module_id, number)
    advance(attempt.state, AttemptEvent.ANSWER)
    question = _asked_question(pinned_module(session, catalogue, module_id, attempt.revision), attempt, question_id)
    answer = KINDS[question.kind].read_answer(question, raw)
    before = attempt.answers.get(question_id)
    if before is not None and (before.answer, before.confidence) == (answer, confidence):
        return Saved(before.recorded_at, attempt.response_count)
    sequence = attempt.response_count + 1
    session.execute(
        _ADD_RESPONSE,
        {
            "attempt_id": attempt.id,
            "sequence": sequence,
            "question_id": question_id,
            "answer": json.dumps(answer, ensure_ascii=False),
            "confidence": confidence.value if confidence else None,
            "recorded_at": at,
        },
    )
    return Saved(at, sequence)


def _asked_question(module: Module, attempt: AttemptOf, question_id: str) -> Question:
    asked = draw_questions(module.quiz, attempt.seed) if module.quiz else ()
    for question in asked:
        if question.id == question_id:
            return question
    raise Invalid(
        said("That question is not part of this attempt."), said("Go back to the quiz and choose from its list.")
    )


def submit_attempt(
    session: Session, *, actor: Actor, catalogue: Catalogue, module_id: str, number: int, at: datetime
) -> Submitted:
    """Score an attempt, once; a second submission returns the first result.

    The standing and, if the module's rule is now met, the completion are written in the same
    transaction. Raises NotFound for somebody else's attempt.
    """
    lock_person(session, actor)
    attempt = get_attempt(session, actor.person_id, module_id, number)
    module = pinned_module(session, catalogue, module_id, attempt.revision)
    if module.quiz is None:
        raise NotFound(said("This module has no quiz."))
    questions = draw_questions(module.quiz, attempt.seed)
    answers = {question_id: given.answer for question_id, given in attempt.answers.items()}
    score = score_attempt(questions, answers, pass_mark=module.quiz.pass_mark)
    state = advance(attempt.state, AttemptEvent.SUBMIT)
    if attempt.state is state:
        return Submitted(score, is_new=False)
    session.execute(
        update(Attempt)
        .where(Attempt.id == attempt.id)
        .values(submitted_at=at, points=score.points, possible=score.possible, is_passed=score.is_passed)
    )
    _complete_if_due(session, actor=actor, module=module, attempt_id=attempt.id, at=at)
    refresh_standing(session, actor.person_id, module_id)
    return Submitted(score, is_new=True)


def _complete_if_due(session: Session, *, actor: Actor, module: Module, attempt_id: int | None, at: datetime) -> None:
    mine = (Completion.person_id == actor.person_id, Completion.module_id == module.id)
    if session.scalar(select(Completion.id).where(*mine)) is not None:
        return
    has_passed = session.scalar(
        select(Attempt.id)
        .where(Attempt.person_id == actor.person_id, Attempt.module_id == module.id, Attempt.is_passed.is_(True))
        .limit(1)
    )
    read = sections_read(session, actor.person_id, module.id)
    if is_complete(module, read_ids=read, has_passed=has_passed is not None):
        session.add(
            Completion(
                person_id=actor.person_id,
                module_id=module.id,
                revision=module.revision,
                attempt_id=attempt_id or has_passed,
                completed_at=at,
            )
        )
        session.flush()
