"""Keeping ``ModuleState`` equal to the facts: one fold, used while learning and to rebuild everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Result, delete, insert, select
from sqlalchemy.orm import Session

from trainer.cohorts.counters import rebuild_counters
from trainer.cohorts.counting import count_standing
from trainer.learning.models import Attempt, Completion, ModuleState, SectionRead
from trainer.learning.progress import Standing, SubmittedScore, fold_standing


@dataclass(slots=True)
class _Facts:
    read_at: list[datetime] = field(default_factory=list)
    open_since: list[datetime] = field(default_factory=list)
    submitted: list[SubmittedScore] = field(default_factory=list)
    completed_at: datetime | None = None


def refresh_standing(session: Session, person_id: int, module_id: str) -> None:
    """Rewrite the projection of one person and module from the facts, and count what changed with it."""
    for _key, standing in _folded(session, person_id, module_id):
        found = session.get(ModuleState, (person_id, module_id), populate_existing=True)
        state = found or ModuleState(person_id=person_id, module_id=module_id)
        before = found.state if found else None
        for name, value in _columns(standing).items():
            setattr(state, name, value)
        session.add(state)
        session.flush()
        count_standing(session, person_id=person_id, module_id=module_id, before=before, after=standing.state.value)


def recompute_standings(session: Session) -> int:
    """Rebuild the whole projection from the facts, and the counters from it; returns the number of rows."""
    session.execute(delete(ModuleState))
    rows = [
        {"person_id": person_id, "module_id": module_id, **_columns(standing)}
        for (person_id, module_id), standing in _folded(session, None, None)
    ]
    for start in range(0, len(rows), 1000):
        session.execute(insert(ModuleState), rows[start : start + 1000])
    rebuild_counters(session)
    session.expire_all()
    return len(rows)


def _columns(standing: Standing) -> dict[str, object]:
    names = Standing.__dataclass_fields__
    values = dict(zip(names, astuple(standing), strict=True))
    return {**values, "state": standing.state.value}


def _folded(
    session: Session, person_id: int | None, module_id: str | None
) -> Iterator[tuple[tuple[int, str], Standing]]:
    facts: defaultdict[tuple[int, str], _Facts] = defaultdict(_Facts)
    for person, module, moment in _rows(session, SectionRead, person_id, module_id, SectionRead.read_at):
        facts[person, module].read_at.append(moment)
    attempt_columns = (Attempt.started_at, Attempt.submitted_at, Attempt.points, Attempt.possible, Attempt.is_passed)
    for person, module, started, submitted, points, possible, passed in _rows(
        session, Attempt, person_id, module_id, *attempt_columns
    ):
        if submitted is None:
            facts[person, module].open_since.append(started)
        else:
            facts[person, module].submitted.append(SubmittedScore(points, possible, passed, started, submitted))
    for person, module, moment in _rows(session, Completion, person_id, module_id, Completion.completed_at):
        facts[person, module].completed_at = moment
    for key, known in facts.items():
        yield (
            key,
            fold_standing(
                read_at=known.read_at,
                open_since=known.open_since,
                submitted=known.submitted,
                completed_at=known.completed_at,
            ),
        )


def _rows(
    session: Session, table: Any, person_id: int | None, module_id: str | None, *columns: Any
) -> Result[*tuple[Any, ...]]:
    statement = select(table.person_id, table.module_id, *columns)
    if person_id is not None:
        statement = statement.where(table.person_id == person_id, table.module_id == module_id)
    return session.execute(statement)
