"""How a cohort is getting on: counts per state first, then learner by module. For its trainers only.

Four statements whatever the size. SQL filters, sorts and pages, so that a cohort of ten thousand
costs no more than one of ten; a file is read in the same order, page after page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal, not_, or_, select
from sqlalchemy.orm import Session

from trainer.accounts.models import Person
from trainer.clock import end_of_local_day
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import assignments_of
from trainer.learning.marking import percent_of
from trainer.learning.models import ModuleState
from trainer.learning.progress import State, is_overdue

PAGE_SIZE = 50
FILE_PAGE_SIZE = 500

StateFilter = Literal["not_started", "in_progress", "completed", "overdue"]
Sort = Literal["name", "-name", "progress", "-progress"]


@dataclass(frozen=True, slots=True)
class View:
    """What to show: the same for screen and file. ``page`` counts from 1."""

    state: StateFilter | None = None
    module_id: str | None = None
    sort: Sort = "name"
    page: int = 1


@dataclass(frozen=True, slots=True)
class AssignedModule:
    """A column of the report."""

    module_id: str
    due_on: date | None
    due_at: datetime | None


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
    email: str
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
    learner_count, counts = _counts(session, cohort_id, modules, at)
    row_count = learner_count
    if view.state is not None:
        row_count = (
            session.scalar(select(func.count()).select_from(_learners(cohort_id, modules, view, at).subquery())) or 0
        )
    page_count = max(1, -(-row_count // PAGE_SIZE))
    view = replace(view, page=min(max(view.page, 1), page_count))
    rows = _page(session, cohort_id, modules, view, at, offset=(view.page - 1) * PAGE_SIZE, size=PAGE_SIZE)
    return CohortProgress(modules, counts, learner_count, rows, row_count, page_count, view, at)


def iterate_rows(session: Session, cohort_id: int, *, view: View, at: datetime) -> Iterator[Row]:
    """Every row of the view in the order of the screen, a few hundred at a time."""
    modules = modules_of(session, cohort_id)
    offset = 0
    while True:
        rows = _page(session, cohort_id, modules, view, at, offset=offset, size=FILE_PAGE_SIZE)
        yield from rows
        if len(rows) < FILE_PAGE_SIZE:
            return
        offset += FILE_PAGE_SIZE


def modules_of(session: Session, cohort_id: int) -> tuple[AssignedModule, ...]:
    """The report's columns: what is set for the cohort, by due date. One statement."""
    return tuple(
        AssignedModule(one.module_id, one.due_on, end_of_local_day(one.due_on) if one.due_on else None)
        for one in assignments_of(session, cohort_id)
    )


def _counts(
    session: Session, cohort_id: int, modules: Sequence[AssignedModule], at: datetime
) -> tuple[int, tuple[StateCounts, ...]]:
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
            select(literal(""), literal("learners"), func.count()).where(
                Enrolment.cohort_id == cohort_id, Enrolment.state == "active"
            )
        )
    )
    found = {(module_id, state): count for module_id, state, count in rows}
    learner_count = found.get(("", "learners"), 0)
    return learner_count, tuple(_state_counts(module, found, learner_count, at) for module in modules)


def _state_counts(
    module: AssignedModule, found: dict[tuple[str, str], int], learner_count: int, at: datetime
) -> StateCounts:
    completed = found.get((module.module_id, "completed"), 0)
    in_progress = found.get((module.module_id, "in_progress"), 0)
    is_due = module.due_at is not None and at >= module.due_at
    return StateCounts(
        module=module,
        not_started=learner_count - completed - in_progress,
        in_progress=in_progress,
        completed=completed,
        overdue=learner_count - completed if is_due else 0,
    )


def _learners(cohort_id: int, modules: Sequence[AssignedModule], view: View, at: datetime) -> Select[*tuple[Any, ...]]:
    """The learners of the view, each with the number of assigned modules they completed."""
    ids = [module.module_id for module in modules]
    statement = (
        select(Person.id, Person.name, Person.email, _completed_count().label("completed_count"))
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(ModuleState, and_(ModuleState.person_id == Person.id, ModuleState.module_id.in_(ids)))
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state == "active")
        .group_by(Person.id, Person.name, Person.name_key, Person.email)
    )
    if view.state is None:
        return statement
    wanted = [module for module in modules if view.module_id in (None, module.module_id)]
    return statement.where(or_(false(), *(_is_in(module, view.state, at) for module in wanted)))


def _is_in(module: AssignedModule, state: StateFilter, at: datetime) -> ColumnElement[bool]:
    def has(*states: str) -> ColumnElement[bool]:
        return (
            select(ModuleState.person_id)
            .where(
                ModuleState.person_id == Enrolment.person_id,
                ModuleState.module_id == module.module_id,
                ModuleState.state.in_(states),
            )
            .correlate(Enrolment)
            .exists()
        )

    if state == "overdue":
        is_due = module.due_at is not None and at >= module.due_at
        return not_(has("completed")) if is_due else false()
    if state == "not_started":
        return not_(has("in_progress", "completed"))
    return has(state)


def _page(
    session: Session,
    cohort_id: int,
    modules: Sequence[AssignedModule],
    view: View,
    at: datetime,
    *,
    offset: int,
    size: int,
) -> tuple[Row, ...]:
    people = session.execute(
        _learners(cohort_id, modules, view, at).order_by(*_order(view.sort)).limit(size).offset(offset)
    ).all()
    states = _states(session, [person.id for person in people], [module.module_id for module in modules])
    return tuple(
        Row(
            person.name,
            person.email,
            person.completed_count,
            tuple(_cell(states.get((person.id, module.module_id)), module, at) for module in modules),
        )
        for person in people
    )


def _order(sort: Sort) -> tuple[Any, ...]:
    by_name = (Person.name_key, Person.id)
    if sort == "-name":
        return (Person.name_key.desc(), Person.id)
    if sort == "progress":
        return (_completed_count().asc(), *by_name)
    if sort == "-progress":
        return (_completed_count().desc(), *by_name)
    return by_name


def _completed_count() -> ColumnElement[Any]:
    return func.count(case((ModuleState.state == "completed", 1)))


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
    return {(row.person_id, row.module_id): row for row in rows}


def _cell(row: Any, module: AssignedModule, at: datetime) -> Cell:
    if row is None:
        return Cell(State.NOT_STARTED, is_overdue(State.NOT_STARTED, due_at=module.due_at, at=at), None, None, 0)
    state = State(row.state)
    return Cell(
        state=state,
        is_overdue=is_overdue(state, due_at=module.due_at, at=at),
        completed_at=row.completed_at,
        best_percent=percent_of(row.best_points, row.best_possible) if row.best_possible else None,
        attempt_count=row.attempt_count,
    )
