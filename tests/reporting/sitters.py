"""First attempts of many, written straight into the tables: reports only read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count

from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.factories import right_answer, wrong_answer
from tests.reporting.crowd import enrol, new_people
from tests.samples import AT
from trainer.accounts.models import Person
from trainer.courseware.catalogue import Module
from trainer.courseware.quiz import Question
from trainer.learning.drawing import draw_questions
from trainer.learning.models import Attempt, Response

Answers = Callable[[int, Question], list[str] | None]  # by who is the how-manieth, and the question
_names = count(1)


def all_right(_number: int, question: Question) -> list[str]:
    """Everybody answers everything right."""
    return right_answer(question)


def first_wrong(how_many: int, of: str = "") -> Answers:
    """The first so many answer wrongly: every question, or the one of that id."""

    def answer(number: int, question: Question) -> list[str]:
        return (wrong_answer if number < how_many and of in ("", question.id) else right_answer)(question)

    return answer


def sit(
    session: Session,
    person_id: int,
    module: Module,
    answers: Answers,
    *,
    place: int = 0,
    number: int = 1,
    sure: bool = False,
    revision: str | None = None,
    submitted_at: datetime | None = AT,
) -> int:
    """One attempt, with seed ``place``; returns its id. None as an answer leaves the question out."""
    assert module.quiz is not None
    is_done = submitted_at is not None
    attempt = Attempt(person_id=person_id, module_id=module.id, number=number, seed=place, started_at=AT)
    attempt.revision, attempt.submitted_at = revision or module.revision, submitted_at
    attempt.points, attempt.possible, attempt.is_passed = (0, 400, False) if is_done else (None, None, None)
    session.add(attempt)
    session.flush()
    for sequence, question in enumerate(draw_questions(module.quiz, place), start=1):
        given = answers(place, question)
        if given is not None:
            answer, confidence = json.dumps(given), "sure" if sure else None
            row = Response(attempt_id=attempt.id, sequence=sequence, question_id=question.id, answer=answer)
            row.confidence, row.recorded_at = confidence, AT
            session.add(row)
    session.flush()
    return attempt.id


def sitters(
    session: Session,
    cohort_id: int,
    organisation_id: int,
    module: Module,
    how_many: int,
    answers: Answers = all_right,
    *,
    roles: Sequence[str | None] = (None,),
    sure: bool = False,
) -> list[int]:
    """So many new learners of a cohort, each with a first attempt; roles are given in turn."""
    people = new_people(session, [f"Sitter {next(_names):04}" for _ in range(how_many)])
    enrol(session, cohort_id, organisation_id, people)
    for place, person_id in enumerate(people):
        session.execute(update(Person).where(Person.id == person_id).values(practice_role=roles[place % len(roles)]))
        sit(session, person_id, module, answers, place=place, sure=sure)
    return people
