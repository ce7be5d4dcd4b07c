"""How a cohort is getting on: counts per state first, then learner by module. For its trainers only.

Four statements whatever the size; a file is one sorted pass, read a few hundred learners at a time,
so that nobody is missed or listed twice while others go on learning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from trainer.clock import end_of_local_day
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import assignments_of
from trainer.learning.marking import percent_of
from trainer.learning.models import ModuleState
from trainer.learning.progress import State, is_overdue
from trainer.reporting.views import AssignedModule, View, count_in_view, learners_in_view

PAGE_SIZE = 50
FILE_PAGE_SIZE = 500


@dataclass(frozen=True, slots=True)
class StateCounts:
    """One module over all active learners, whatever the filter."""

    module: AssignedModule
    not_started: int
    in_progress: int
    completed: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One learner and one module; nothing here rests on an attempt that was not submitted."""

    state: State
    is_overdue: bool
    completed_at: datetime | None
    best_percent: int | None
    attempt_count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One learner, with a cell per assigned module."""

    name: str
    email: str | None
    completed_count: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CohortProgress:
    """The report."""

    modules: tuple[AssignedModule, ...]
    counts: tuple[StateCounts, ...]
    learner_count: int
    rows: tuple[Row, ...]
    row_count: int
    page_count: int
    view: View
    as_of: datetime


def build(session: Session, cohort_id: int, *, view: View, at: datetime) -> CohortProgress:
    """The report for one page of learners. A page beyond the last is the last."""
    modules = modules_of(session, cohort_id)
    view = view.within(modules)
    found = _counts(session, cohort_id, modules, view, at)
    learner_count, row_count = found[_EVERYBODY], found[_IN_VIEW]
    page_count = max(1, -(-row_count // PAGE_SIZE))
    view = replace(view, page=min(max(view.page, 1), page_count))
    people = session.execute(
        learners_in_view(session, cohort_id, modules, view, at).limit(PAGE_SIZE).offset((view.page - 1) * PAGE_SIZE)
    ).all()
    return CohortProgress(
        modules=modules,
        counts=tuple(_state_counts(module, found, at) for module in modules),
        learner_count=learner_count,
        rows=_rows(session, people, modules, at),
        row_count=row_count,
        page_count=page_count,
        view=view,
        as_of=at,
    )


def iterate_rows(
    session: Session, cohort_id: int, modules: Sequence[AssignedModule], *, view: View, at: datetime
) -> Iterator[Row]:
    """Every row of the view in the order of the screen, a few hundred in memory at a time."""
    statement = learners_in_view(session, cohort_id, modules, view.within(modules), at)
    with session.execute(statement, execution_options={"yield_per": FILE_PAGE_SIZE}) as result:
        for people in result.partitions():
            yield from _rows(session, people, modules, at)


def modules_of(session: Session, cohort_id: int) -> tuple[AssignedModule, ...]:
    """The report's columns: what is set for the cohort, by due date. One statement."""
    return tuple(
        AssignedModule(one.module_id, one.due_on, end_of_local_day(one.due_on) if one.due_on else None)
        for one in assignments_of(session, cohort_id)
    )


_EVERYBODY = ("", "everybody")
_IN_VIEW = ("", "in view")


def _counts(
    session: Session, cohort_id: int, modules: Sequence[AssignedModule], view: View, at: datetime
) -> dict[tuple[str, str], int]:
    """Learners per module and state, beside everybody and everybody in the view. One statement."""
    everybody = count_in_view(cohort_id, modules, View(), at).scalar_subquery()
    in_view = count_in_view(cohort_id, modules, view, at).scalar_subquery()
    rows = session.execute(
        select(ModuleState.module_id, ModuleState.state, func.count())
        .join(Enrolment, Enrolment.person_id == ModuleState.person_id)
        .where(
            Enrolment.cohort_id == cohort_id,
            Enrolment.state == "active",
            ModuleState.module_id.in_([module.module_id for module in modules]),
        )
        .group_by(ModuleState.module_id, ModuleState.state)
        .union_all(
            select(*map(literal, _EVERYBODY), everybody),
            select(*map(literal, _IN_VIEW), in_view),
        )
    )
    return {(module_id, state): count for module_id, state, count in rows}


def _state_counts(module: AssignedModule, found: dict[tuple[str, str], int], at: datetime) -> StateCounts:
    learners = found[_EVERYBODY]
    completed = found.get((module.module_id, State.COMPLETED), 0)
    in_progress = found.get((module.module_id, State.IN_PROGRESS), 0)
    return StateCounts(
        module=module,
        not_started=learners - completed - in_progress,
        in_progress=in_progress,
        completed=completed,
        overdue=learners - completed if module.is_past_due(at) else 0,
    )


def _rows(session: Session, people: Sequence[Any], modules: Sequence[AssignedModule], at: datetime) -> tuple[Row, ...]:
    states = _states(session, [person.id for person in people], [module.module_id for module in modules])
    rows = []
    for person in people:
        cells = tuple(_cell(states.get((person.id, module.module_id)), module, at) for module in modules)
        completed_count = sum(cell.state is State.COMPLETED for cell in cells)
        rows.append(Row(person.name, person.email, completed_count, cells))
    return tuple(rows)


def _states(session: Session, person_ids: Sequence[int], module_ids: Sequence[str]) -> dict[tuple[int, str], Any]:
    rows = session.execute(
        select(
            ModuleState.person_id,
            ModuleState.module_id,
            ModuleState.state,
            ModuleState.completed_at,
            ModuleState.best_points,
            ModuleState.best_possible,
            ModuleState.attempt_count,
        ).where(ModuleState.person_id.in_(person_ids), ModuleState.module_id.in_(module_ids))
    )
    return {(row[0], row[1]): row for row in rows}


def _cell(row: Any, module: AssignedModule, at: datetime) -> Cell:
    if row is None:
        return Cell(State.NOT_STARTED, module.is_past_due(at), None, None, 0)
    _person_id, _module_id, name, completed_at, points, possible, attempt_count = row
    state = State(name)
    return Cell(
        state=state,
        is_overdue=is_overdue(state, due_at=module.due_at, at=at),
        completed_at=completed_at,
        best_percent=percent_of(points, possible) if possible else None,
        attempt_count=attempt_count,
    )
