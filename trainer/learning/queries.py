"""Reading what a person has learned. Everything here is asked for by the person themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, and_, bindparam, func, select
from sqlalchemy.orm import Session

from trainer.db import table_of
from trainer.errors import NotFound
from trainer.learning.confidence import Confidence, confidence_of
from trainer.learning.kinds.frame import Answer
from trainer.learning.models import Attempt, ChangeSeen, Completion, ModuleState, Response, SectionRead
from trainer.learning.progress import Standing, State
from trainer.learning.sitting import AttemptState
from trainer.wording import said


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
    confidence: Confidence | None = None


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

    @property
    def state(self) -> AttemptState:
        """Open until it is submitted."""
        return AttemptState.OPEN if self.submitted_at is None else AttemptState.SUBMITTED


@dataclass(frozen=True, slots=True)
class CompletionOf:
    """When a module was completed, on which revision, and up to which one its changes have been read since."""

    completed_at: datetime
    revision: str
    seen_revision: str | None = None


# Statements are built once and given their parameters later: every page asks some of them.
_attempt, _response, _state = table_of(Attempt).c, table_of(Response).c, table_of(ModuleState).c
_read, _completion, _seen = table_of(SectionRead).c, table_of(Completion).c, table_of(ChangeSeen).c
_earlier_responses = table_of(Response).alias("earlier")
_earlier = _earlier_responses.c
_ME: BindParameter[int] = bindparam("person_id")
_MODULE: BindParameter[str] = bindparam("module_id")

_STANDINGS = select(
    _state.module_id,
    _state.state,
    _state.best_points,
    _state.best_possible,
    _state.has_passed,
    _state.attempt_count,
    _state.started_at,
    _state.last_activity_at,
    _state.completed_at,
).where(_state.person_id == _ME)


def standings_of(session: Session, person_id: int) -> dict[str, Standing]:
    """Where a person stands, by module id; modules never opened are not in it. One statement."""
    rows = session.execute(_STANDINGS, {"person_id": person_id})
    return {row[0]: Standing(State(row[1]), *row[2:]) for row in rows}


_SECTIONS = select(_read.section_id).where(_read.person_id == _ME, _read.module_id == _MODULE)


def sections_read(session: Session, person_id: int, module_id: str) -> frozenset[str]:
    """The ids of the sections a person has finished in a module. One statement."""
    return frozenset(session.scalars(_SECTIONS, {"person_id": person_id, "module_id": module_id}))


_ALL_SECTIONS = select(_read.module_id, _read.section_id).where(_read.person_id == _ME)


def all_sections_read(session: Session, person_id: int) -> dict[str, frozenset[str]]:
    """The ids of the finished sections, by module id. One statement."""
    found: dict[str, set[str]] = {}
    for module_id, section_id in session.execute(_ALL_SECTIONS, {"person_id": person_id}):
        found.setdefault(module_id, set()).add(section_id)
    return {module_id: frozenset(ids) for module_id, ids in found.items()}


_ATTEMPTS = (
    select(
        _attempt.number,
        _attempt.started_at,
        _attempt.submitted_at,
        _attempt.points,
        _attempt.possible,
        _attempt.is_passed,
    )
    .where(_attempt.person_id == _ME, _attempt.module_id == _MODULE)
    .order_by(_attempt.number)
)


def attempts_of(session: Session, person_id: int, module_id: str) -> tuple[AttemptLine, ...]:
    """A person's attempts of a module, first to last. One statement."""
    rows = session.execute(_ATTEMPTS, {"person_id": person_id, "module_id": module_id})
    return tuple(AttemptLine(*row) for row in rows)


_OPEN = select(_attempt.module_id, _attempt.number).where(_attempt.person_id == _ME, _attempt.submitted_at.is_(None))


def open_attempts(session: Session, person_id: int) -> dict[str, int]:
    """The numbers of a person's open attempts, by module id. One statement."""
    return {row[0]: row[1] for row in session.execute(_OPEN, {"person_id": person_id})}


# Somebody may change their mind a hundred times; only the answers that count are fetched.
_LATEST = (
    select(func.max(_earlier.sequence))
    .where(_earlier.attempt_id == _attempt.id)
    .group_by(_earlier.question_id)
    .correlate(table_of(Attempt))
    .scalar_subquery()
)
_ATTEMPT = (
    select(
        _attempt.id,
        _attempt.person_id,
        _attempt.module_id,
        _attempt.number,
        _attempt.revision,
        _attempt.seed,
        _attempt.started_at,
        _attempt.submitted_at,
        _response.question_id,
        _response.answer,
        _response.recorded_at,
        _response.confidence,
        _response.sequence,
    )
    .select_from(table_of(Attempt))
    .outerjoin(table_of(Response), and_(_response.attempt_id == _attempt.id, _response.sequence.in_(_LATEST)))
    .where(_attempt.person_id == _ME, _attempt.module_id == _MODULE, _attempt.number == bindparam("number"))
    .order_by(_response.sequence)
)


def get_attempt(session: Session, person_id: int, module_id: str, number: int) -> AttemptOf:
    """A person's own attempt with its answers, in one statement. Raises NotFound."""
    rows = session.execute(_ATTEMPT, {"person_id": person_id, "module_id": module_id, "number": number}).all()
    if not rows:
        raise NotFound(
            said("There is no such attempt of yours."), said("Go back to the module and start the quiz there.")
        )
    answers = {
        row.question_id: GivenAnswer(tuple(json.loads(row.answer)), row.recorded_at, confidence_of(row.confidence))
        for row in rows
        if row.question_id is not None
    }
    return AttemptOf(*rows[0][:8], answers=answers, response_count=max(row.sequence or 0 for row in rows))


_COMPLETION = (
    select(_completion.completed_at, _completion.revision, _seen.revision)
    .select_from(table_of(Completion))
    .outerjoin(
        table_of(ChangeSeen),
        and_(_seen.person_id == _completion.person_id, _seen.module_id == _completion.module_id),
    )
    .where(_completion.person_id == _ME, _completion.module_id == _MODULE)
)


def find_completion(session: Session, person_id: int, module_id: str) -> CompletionOf | None:
    """The completion of a module, if there is one."""
    row = session.execute(_COMPLETION, {"person_id": person_id, "module_id": module_id}).one_or_none()
    return CompletionOf(*row) if row else None


_PASSED = select(_state.has_passed).where(_state.person_id == _ME, _state.module_id == _MODULE)


def has_passed(session: Session, person_id: int, module_id: str) -> bool:
    """True once the person has passed the module's quiz. One statement."""
    return bool(session.scalar(_PASSED, {"person_id": person_id, "module_id": module_id}))
