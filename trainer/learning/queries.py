"""Reading what a person has learned. Everything here is asked for by the person themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from trainer.errors import NotFound
from trainer.learning.kinds.frame import Answer
from trainer.learning.models import Attempt, Completion, ModuleState, Response, SectionRead
from trainer.learning.progress import Standing, State


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """An attempt without its answers."""

    number: int
    started_at: datetime
    submitted_at: datetime | None
    points: int | None
    possible: int | None
    is_passed: bool | None


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """The answer that counts now for one question."""

    answer: Answer
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class AttemptOf:
    """An attempt with the answers that count."""

    id: int
    person_id: int
    module_id: str
    number: int
    revision: str
    seed: int
    started_at: datetime
    submitted_at: datetime | None
    answers: dict[str, GivenAnswer]
    response_count: int


@dataclass(frozen=True, slots=True)
class CompletionOf:
    """When a module was completed, and on which revision."""

    completed_at: datetime
    revision: str


# Statements are built once and given their parameters later: every page asks some of them.
_Earlier = aliased(Response)
_ME: BindParameter[int] = bindparam("person_id")
_MODULE: BindParameter[str] = bindparam("module_id")

_STANDINGS = select(
    ModuleState.module_id,
    ModuleState.state,
    ModuleState.best_points,
    ModuleState.best_possible,
    ModuleState.has_passed,
    ModuleState.attempt_count,
    ModuleState.started_at,
    ModuleState.last_activity_at,
    ModuleState.completed_at,
).where(ModuleState.person_id == _ME)


def standings_of(session: Session, person_id: int) -> dict[str, Standing]:
    """Where a person stands, by module id; modules never opened are not in it. One statement."""
    rows = session.execute(_STANDINGS, {"person_id": person_id})
    return {row[0]: Standing(State(row[1]), *row[2:]) for row in rows}


_SECTIONS = select(SectionRead.section_id).where(SectionRead.person_id == _ME, SectionRead.module_id == _MODULE)


def sections_read(session: Session, person_id: int, module_id: str) -> frozenset[str]:
    """The ids of the sections a person has finished in a module. One statement."""
    return frozenset(session.scalars(_SECTIONS, {"person_id": person_id, "module_id": module_id}))


_ALL_SECTIONS = select(SectionRead.module_id, SectionRead.section_id).where(SectionRead.person_id == _ME)


def all_sections_read(session: Session, person_id: int) -> dict[str, frozenset[str]]:
    """The ids of the finished sections, by module id. One statement."""
    found: dict[str, set[str]] = {}
    for module_id, section_id in session.execute(_ALL_SECTIONS, {"person_id": person_id}):
        found.setdefault(module_id, set()).add(section_id)
    return {module_id: frozenset(ids) for module_id, ids in found.items()}


_ATTEMPTS = (
    select(
        Attempt.number,
        Attempt.started_at,
        Attempt.submitted_at,
        Attempt.points,
        Attempt.possible,
        Attempt.is_passed,
    )
    .where(Attempt.person_id == _ME, Attempt.module_id == _MODULE)
    .order_by(Attempt.number)
)


def attempts_of(session: Session, person_id: int, module_id: str) -> tuple[AttemptLine, ...]:
    """A person's attempts of a module, first to last. One statement."""
    rows = session.execute(_ATTEMPTS, {"person_id": person_id, "module_id": module_id})
    return tuple(AttemptLine(*row) for row in rows)


_OPEN = select(Attempt.module_id, Attempt.number).where(Attempt.person_id == _ME, Attempt.submitted_at.is_(None))


def open_attempts(session: Session, person_id: int) -> dict[str, int]:
    """The numbers of a person's open attempts, by module id. One statement."""
    return {row[0]: row[1] for row in session.execute(_OPEN, {"person_id": person_id})}


# Somebody may change their mind a hundred times; only the answers that count are fetched.
_LATEST = (
    select(func.max(_Earlier.sequence))
    .where(_Earlier.attempt_id == Attempt.id)
    .group_by(_Earlier.question_id)
    .correlate(Attempt)
    .scalar_subquery()
)
_ATTEMPT = (
    select(
        Attempt.id,
        Attempt.person_id,
        Attempt.module_id,
        Attempt.number,
        Attempt.revision,
        Attempt.seed,
        Attempt.started_at,
        Attempt.submitted_at,
        Response.question_id,
        Response.answer,
        Response.recorded_at,
        Response.sequence,
    )
    .outerjoin(Response, and_(Response.attempt_id == Attempt.id, Response.sequence.in_(_LATEST)))
    .where(Attempt.person_id == _ME, Attempt.module_id == _MODULE, Attempt.number == bindparam("number"))
    .order_by(Response.sequence)
)


def get_attempt(session: Session, person_id: int, module_id: str, number: int) -> AttemptOf:
    """A person's own attempt with its answers, in one statement. Raises NotFound."""
    rows = session.execute(_ATTEMPT, {"person_id": person_id, "module_id": module_id, "number": number}).all()
    if not rows:
        raise NotFound("There is no such attempt of yours.", "Go back to the module and start the quiz there.")
    answers = {
        row.question_id: GivenAnswer(tuple(json.loads(row.answer)), row.recorded_at)
        for row in rows
        if row.question_id is not None
    }
    return AttemptOf(*rows[0][:8], answers=answers, response_count=max(row.sequence or 0 for row in rows))


_COMPLETION = select(Completion.completed_at, Completion.revision).where(
    Completion.person_id == _ME, Completion.module_id == _MODULE
)


def find_completion(session: Session, person_id: int, module_id: str) -> CompletionOf | None:
    """The completion of a module, if there is one."""
    row = session.execute(_COMPLETION, {"person_id": person_id, "module_id": module_id}).one_or_none()
    return CompletionOf(*row) if row else None


_PASSED = select(ModuleState.has_passed).where(ModuleState.person_id == _ME, ModuleState.module_id == _MODULE)


def has_passed(session: Session, person_id: int, module_id: str) -> bool:
    """True once the person has passed the module's quiz. One statement."""
    return bool(session.scalar(_PASSED, {"person_id": person_id, "module_id": module_id}))
