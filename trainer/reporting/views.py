"""What a cohort report may be asked to show, and the SQL that finds its learners in that order.

SQL filters, sorts and pages: a screen never costs more rows than it shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, collate, false, func, not_, or_, select
from sqlalchemy.orm import Session

from trainer.accounts.models import Person
from trainer.cohorts.models import Enrolment
from trainer.learning.models import ModuleState

StateFilter = Literal["not_started", "in_progress", "completed", "overdue"]
Sort = Literal["name", "-name", "progress", "-progress"]


@dataclass(frozen=True, slots=True)
class View:
    """The same for screen and file. ``page`` counts from 1; without a module, any assigned one counts."""

    state: StateFilter | None = None
    module_id: str | None = None
    sort: Sort = "name"
    page: int = 1

    def within(self, modules: Sequence[AssignedModule]) -> View:
        """The same without a module that is not assigned: such a filter is left at its default."""
        is_assigned = self.module_id in {module.module_id for module in modules}
        return self if is_assigned else replace(self, module_id=None)


@dataclass(frozen=True, slots=True)
class AssignedModule:
    """A column of the report. ``due_at`` is the first instant after the due day."""

    module_id: str
    due_on: date | None
    due_at: datetime | None

    def is_past_due(self, at: datetime) -> bool:
        """True once the due day has ended."""
        return self.due_at is not None and at >= self.due_at


def learners_in_view(
    session: Session, cohort_id: int, modules: Sequence[AssignedModule], view: View, at: datetime
) -> Select[*tuple[Any, ...]]:
    """The id, name and address of the active learners of a view, sorted, not paged."""
    statement = (
        select(Person.id, Person.name, Person.email)
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .where(*_active(cohort_id), *_conditions(modules, view, at))
    )
    name: ColumnElement[Any] = Person.name_key.expression
    if session.get_bind().dialect.name == "postgresql":
        # By code point, as SQLite does: a server's own locale would skip spaces and apostrophes.
        name = collate(name, "C")
    if view.sort in ("name", "-name"):
        return statement.order_by(name.desc() if view.sort == "-name" else name, Person.id)
    done = _completed_counts(modules)
    count = func.coalesce(done.c.completed_count, 0)
    statement = statement.outerjoin(done, done.c.person_id == Enrolment.person_id)
    return statement.order_by(count.desc() if view.sort == "-progress" else count, name, Person.id)


def count_in_view(
    cohort_id: int, modules: Sequence[AssignedModule], view: View, at: datetime
) -> Select[*tuple[Any, ...]]:
    """How many active learners a view has."""
    return select(func.count()).select_from(Enrolment).where(*_active(cohort_id), *_conditions(modules, view, at))


def _active(cohort_id: int) -> tuple[ColumnElement[bool], ...]:
    return Enrolment.cohort_id == cohort_id, Enrolment.state == "active"


def _completed_counts(modules: Sequence[AssignedModule]) -> Any:
    return (
        select(ModuleState.person_id, func.count().label("completed_count"))
        .where(ModuleState.state == "completed", ModuleState.module_id.in_([one.module_id for one in modules]))
        .group_by(ModuleState.person_id)
        .subquery()
    )


def _conditions(modules: Sequence[AssignedModule], view: View, at: datetime) -> tuple[ColumnElement[bool], ...]:
    if view.state is None:
        return ()
    wanted = [module for module in modules if view.module_id in (None, module.module_id)]
    return (or_(false(), *(_is_in(module, view.state, at) for module in wanted)),)


def _is_in(module: AssignedModule, state: StateFilter, at: datetime) -> ColumnElement[bool]:
    if state == "overdue":
        return not_(_has(module, "completed")) if module.is_past_due(at) else false()
    if state == "not_started":
        return not_(_has(module, "in_progress", "completed"))
    return _has(module, state)


def _has(module: AssignedModule, *states: str) -> ColumnElement[bool]:
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
