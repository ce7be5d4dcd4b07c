"""How a cohort is getting on: counts per state first, then learner by module. For its trainers only.

Five statements whatever the size; a file is one sorted pass, read a hundred learners at a time,
so that nobody is missed or listed twice while others go on learning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, literal, select
from sqlalchemy.orm import Session

from trainer.clock import end_of_local_day
from trainer.cohorts.live.queries import came_in
from trainer.cohorts.models import ModuleCount
from trainer.cohorts.queries import assignments_of
from trainer.db import table_of
from trainer.learning.marking import percent_of
from trainer.learning.models import ModuleState
from trainer.learning.progress import State
from trainer.reporting.hand import Reason, reasons_of
from trainer.reporting.views import AssignedModule, View, count_in_view, learners_in_view

PAGE_SIZE = 25
Came = Collection[tuple[int, str]]  # who was at a live session about which module
FILE_PAGE_SIZE = 100  # what is read so soon forgotten costs the collector of garbage nothing


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
    reasons: tuple[Reason, ...] = ()  # to offer a hand
    is_assessed: bool = False  # completed, and came to a live session about it


@dataclass(frozen=True, slots=True)
class Row:
    """One learner, with a cell per assigned module; ``enrolment_id`` leads to their record."""

    name: str
    email: str | None
    completed_count: int
    cells: tuple[Cell, ...]
    enrolment_id: int = 0


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
    learner_count, row_count = found[_ALL]
    page_count = max(1, -(-row_count // PAGE_SIZE))
    view = replace(view, page=min(max(view.page, 1), page_count))
    people = session.execute(
        learners_in_view(session, cohort_id, modules, view, at).limit(PAGE_SIZE).offset((view.page - 1) * PAGE_SIZE)
    ).all()
    return CohortProgress(
        modules=modules,
        counts=tuple(_state_counts(module, found, at) for module in modules),
        learner_count=learner_count,
        rows=_rows(session, people, modules, came_in(session, cohort_id, [one.id for one in people]), at),
        row_count=row_count,
        page_count=page_count,
        view=view,
        as_of=at,
    )


def iterate_rows(
    session: Session, cohort_id: int, modules: Sequence[AssignedModule], *, view: View, at: datetime
) -> Iterator[Row]:
    """Every row of the view in the order of the screen, a hundred in memory at a time."""
    came = came_in(session, cohort_id)
    statement = learners_in_view(session, cohort_id, modules, view.within(modules), at)
    with session.execute(statement, execution_options={"yield_per": FILE_PAGE_SIZE}) as result:
        for people in result.partitions():
            yield from _rows(session, people, modules, came, at)


def modules_of(session: Session, cohort_id: int) -> tuple[AssignedModule, ...]:
    """The report's columns: what is set for the cohort, by due date. One statement."""
    return tuple(
        AssignedModule(one.module_id, one.due_on, end_of_local_day(one.due_on) if one.due_on else None)
        for one in assignments_of(session, cohort_id)
    )


_ALL = ""


def _counts(
    session: Session, cohort_id: int, modules: Sequence[AssignedModule], view: View, at: datetime
) -> dict[str, tuple[int, int]]:
    """Learners in progress and completed by module; under ``_ALL`` everybody and who is in the view. One statement."""
    everybody = count_in_view(cohort_id, modules, View(), at).scalar_subquery()
    in_view = count_in_view(cohort_id, modules, view, at).scalar_subquery() if view.state else literal(-1)
    rows = session.execute(
        select(ModuleCount.module_id, ModuleCount.in_progress, ModuleCount.completed)
        .where(ModuleCount.cohort_id == cohort_id)
        .union_all(select(literal(_ALL), everybody, in_view))
    )
    found = {module_id: (first, second) for module_id, first, second in rows}
    if view.state is None:
        found[_ALL] = (found[_ALL][0],) * 2
    return found


def _state_counts(module: AssignedModule, found: dict[str, tuple[int, int]], at: datetime) -> StateCounts:
    learners = found[_ALL][0]
    in_progress, completed = found.get(module.module_id, (0, 0))
    return StateCounts(
        module=module,
        not_started=learners - completed - in_progress,
        in_progress=in_progress,
        completed=completed,
        overdue=learners - completed if module.is_past_due(at) else 0,
    )


def _rows(
    session: Session, people: Sequence[Any], modules: Sequence[AssignedModule], came: Came, at: datetime
) -> tuple[Row, ...]:
    states = _states(session, [person.id for person in people], [module.module_id for module in modules])
    columns = [(module.module_id, module.is_past_due(at)) for module in modules]
    untouched = {is_late: _untouched(is_late) for is_late in (False, True)}
    rows = []
    for person in people:
        mine = states[person.id]
        cells = tuple(
            [_cell(mine[one], is_late, came, at) if one in mine else untouched[is_late] for one, is_late in columns]
        )
        completed_count = [cell.state for cell in cells].count(State.COMPLETED)
        rows.append(Row(person.name, person.email, completed_count, cells, person.enrolment_id))
    return tuple(rows)


# Rows and no objects: a file of ten thousand learners reads a hundred thousand of these.
_STATE = table_of(ModuleState).c
_NAMES = {state.value: state for state in State}


def _states(
    session: Session, person_ids: Sequence[int], module_ids: Sequence[str]
) -> defaultdict[int, dict[str, Sequence[Any]]]:
    rows = session.execute(
        select(
            _STATE.person_id,
            _STATE.module_id,
            _STATE.state,
            _STATE.completed_at,
            _STATE.best_points,
            _STATE.best_possible,
            _STATE.attempt_count,
            _STATE.has_passed,
            # When somebody last did something is of no interest once they have completed it.
            case((_STATE.state == State.IN_PROGRESS.value, _STATE.last_activity_at), else_=None),
        ).where(_STATE.person_id.in_(person_ids), _STATE.module_id.in_(module_ids))
    )
    found: defaultdict[int, dict[str, Sequence[Any]]] = defaultdict(dict)
    for row in rows.all():
        found[row[0]][row[1]] = row
    return found


def _untouched(is_late: bool) -> Cell:
    return Cell(State.NOT_STARTED, is_late, None, None, 0, (Reason.OVERDUE,) if is_late else ())


def _cell(standing: Sequence[Any], is_past_due: bool, came: Came, at: datetime) -> Cell:
    person_id, module_id, name, completed_at, points, possible, attempt_count, has_passed, last_activity_at = standing
    state = _NAMES[name]
    percent = percent_of(points, possible) if possible else None
    if state is State.COMPLETED:
        return Cell(state, False, completed_at, percent, attempt_count, (), (person_id, module_id) in came)
    reasons = reasons_of(
        state,
        is_overdue=is_past_due,
        last_activity_at=last_activity_at,
        attempt_count=attempt_count,
        has_passed=has_passed,
        at=at,
    )
    return Cell(state, is_past_due, completed_at, percent, attempt_count, reasons)
