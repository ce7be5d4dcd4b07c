"""Refreshers as they are taken. Only their learner ever sees that there were any."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.locks import lock_person
from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.quiz import Question
from trainer.errors import Conflict, NotFound
from trainer.learning.kinds.frame import Answer
from trainer.learning.kinds.registry import KINDS
from trainer.learning.marking import mark_question
from trainer.learning.models import Completion
from trainer.learning.queries import attempts_of, get_attempt
from trainer.learning.revisions import pinned_module
from trainer.practice.models import RefresherAnswer, RefresherChoice, RefresherSitting
from trainer.practice.refreshers import Sitting, choose_questions
from trainer.wording import said


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether somebody wants refreshers; offered unless they said otherwise."""

    is_on: bool = True
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class SittingOf:
    """A sitting with its pinned module, questions and answers."""

    id: int
    number: int
    module: Module
    seed: int
    questions: tuple[Question, ...]
    answers: dict[str, Answer]
    finished_at: datetime | None

    def question_at(self, position: int) -> Question:
        """The question of that position, counting from 1. Raises NotFound."""
        if not 1 <= position <= len(self.questions):
            raise NotFound(said("This refresher has no question of that number."), said("Go back to “Keep it fresh”."))
        return self.questions[position - 1]


@dataclass(frozen=True, slots=True)
class History:
    """What is known of one completed module: when it was completed, finished sittings, and one that is open."""

    module_id: str
    completed_at: datetime
    sittings: tuple[Sitting, ...]
    open_number: int | None


def wish_of(session: Session, person_id: int) -> Wish:
    """One statement."""
    row = session.get(RefresherChoice, person_id)
    return Wish(row.is_on, row.paused_until) if row else Wish()


def set_wish(session: Session, *, actor: Actor, is_on: bool, paused_until: date | None, at: datetime) -> None:
    """Switch refreshers on or off, or pause them until a day."""
    row = session.get(RefresherChoice, actor.person_id)
    if row is None:
        row = RefresherChoice(person_id=actor.person_id)
        session.add(row)
    row.is_on, row.paused_until, row.changed_at = is_on, paused_until, at
    session.flush()


def histories_of(session: Session, person_id: int) -> tuple[History, ...]:
    """Every completed module with its sittings. Two statements."""
    completed = session.execute(
        select(Completion.module_id, Completion.completed_at)
        .where(Completion.person_id == person_id)
        .order_by(Completion.completed_at, Completion.module_id)
    ).all()
    rows = session.execute(
        select(
            RefresherSitting.module_id,
            RefresherSitting.number,
            RefresherSitting.finished_at,
            select(func.count())
            .where(RefresherAnswer.sitting_id == RefresherSitting.id, RefresherAnswer.is_right.is_(False))
            .scalar_subquery()
            .label("missed_count"),
        )
        .where(RefresherSitting.person_id == person_id)
        .order_by(RefresherSitting.number)
    ).all()
    return tuple(
        History(
            module_id,
            completed_at,
            tuple(Sitting(row.finished_at, row.missed_count > 0) for row in rows if _is_of(row, module_id, done=True)),
            next((row.number for row in rows if _is_of(row, module_id, done=False)), None),
        )
        for module_id, completed_at in completed
    )


def _is_of(row: Any, module_id: str, *, done: bool) -> bool:
    return row.module_id == module_id and (row.finished_at is not None) == done


def start_refresher(
    session: Session, *, actor: Actor, catalogue: Catalogue, module: Module, seed: int, at: datetime
) -> int:
    """The number of the open sitting; a new one pins the module's revision and its questions.

    Raises NotFound for a module without a quiz or one that the actor has not completed.
    """
    lock_person(session, actor)
    mine = (RefresherSitting.person_id == actor.person_id, RefresherSitting.module_id == module.id)
    done = (Completion.person_id == actor.person_id, Completion.module_id == module.id)
    if module.quiz is None or session.scalar(select(Completion.id).where(*done)) is None:
        raise NotFound(said("There is no refresher of this module for you."), said("Complete the module first."))
    open_number = session.scalar(select(RefresherSitting.number).where(*mine, RefresherSitting.finished_at.is_(None)))
    if open_number is not None:
        return open_number
    number = (session.scalar(select(func.max(RefresherSitting.number)).where(*mine)) or 0) + 1
    missed, last_asked = _results(session, actor.person_id, catalogue, module)
    questions = choose_questions(module.quiz, missed=missed, last_asked=last_asked, seed=seed)
    session.add(
        RefresherSitting(
            person_id=actor.person_id,
            module_id=module.id,
            number=number,
            revision=module.revision,
            seed=seed,
            question_ids=json.dumps([question.id for question in questions]),
            started_at=at,
        )
    )
    session.flush()
    return number


def _results(
    session: Session, person_id: int, catalogue: Catalogue, module: Module
) -> tuple[frozenset[str], dict[str, datetime]]:
    """Which questions were missed the last time they came, and when that was, in the quiz or a refresher."""
    outcomes: list[tuple[datetime, str, bool]] = []
    submitted = [one for one in attempts_of(session, person_id, module.id) if one.submitted_at]
    if submitted:
        attempt = get_attempt(session, person_id, module.id, submitted[-1].number)
        pool = pinned_module(session, catalogue, module.id, attempt.revision).quiz
        for question in pool.questions if pool else ():
            given = attempt.answers.get(question.id)
            mark = mark_question(question, given.answer) if given else None
            if given is not None and mark is not None:
                outcomes.append((given.recorded_at, question.id, mark.is_full))
    rows = session.execute(
        select(RefresherAnswer.answered_at, RefresherAnswer.question_id, RefresherAnswer.is_right)
        .join(RefresherSitting, RefresherSitting.id == RefresherAnswer.sitting_id)
        .where(RefresherSitting.person_id == person_id, RefresherSitting.module_id == module.id)
    )
    outcomes += [(row.answered_at, row.question_id, bool(row.is_right)) for row in rows]
    latest = {question_id: (moment, is_right) for moment, question_id, is_right in sorted(outcomes)}
    missed = frozenset(question_id for question_id, (_, is_right) in latest.items() if not is_right)
    return missed, {question_id: moment for question_id, (moment, _) in latest.items()}


def get_sitting(session: Session, catalogue: Catalogue, person_id: int, module_id: str, number: int) -> SittingOf:
    """One's own sitting. Raises NotFound."""
    row = session.scalar(
        select(RefresherSitting).where(
            RefresherSitting.person_id == person_id,
            RefresherSitting.module_id == module_id,
            RefresherSitting.number == number,
        )
    )
    if row is None:
        raise NotFound(said("There is no such refresher of yours."), said("Go to “Keep it fresh” and start one there."))
    module = pinned_module(session, catalogue, module_id, row.revision)
    wanted = json.loads(row.question_ids)
    pool = {question.id: question for question in module.quiz.questions} if module.quiz else {}
    given = session.execute(
        select(RefresherAnswer.question_id, RefresherAnswer.answer).where(RefresherAnswer.sitting_id == row.id)
    )
    answers = {one.question_id: tuple(json.loads(one.answer)) for one in given}
    questions = tuple(pool[question_id] for question_id in wanted if question_id in pool)
    return SittingOf(row.id, number, module, row.seed, questions, answers, row.finished_at)


def answer_refresher(
    session: Session,
    *,
    actor: Actor,
    catalogue: Catalogue,
    module_id: str,
    number: int,
    position: int,
    raw: Sequence[str],
    at: datetime,
) -> None:
    """Keep the one answer to a question; its explanation follows at once. The same answer again is no error.

    The last answer finishes the sitting. Raises Conflict for another answer to an answered question, Invalid for one
    that cannot be read.
    """
    lock_person(session, actor)
    sitting = get_sitting(session, catalogue, actor.person_id, module_id, number)
    question = sitting.question_at(position)
    answer = KINDS[question.kind].read_answer(question, raw)
    before = sitting.answers.get(question.id)
    if before == answer:
        return
    if before is not None:
        raise Conflict(said("This question has been answered and explained."), said("Go on to the next one."))
    mark = mark_question(question, answer)
    session.add(
        RefresherAnswer(
            sitting_id=sitting.id,
            question_id=question.id,
            answer=json.dumps(answer, ensure_ascii=False),
            is_right=mark.is_full if mark else None,
            answered_at=at,
        )
    )
    if len(sitting.answers) + 1 == len(sitting.questions):
        row = session.get(RefresherSitting, sitting.id)
        assert row is not None
        row.finished_at = at
    session.flush()
