"""What a cohort report may be asked to show, and the SQL that finds its learners in that order.

SQL filters, sorts and pages: a screen never costs more rows than it shows. The counters of ``cohorts.counting`` know
who is active, how far they are and what their names sort by, so that an order is read off an index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, func, not_, or_, select
from sqlalchemy.orm import Session

from trainer.accounts.models import Person
from trainer.cohorts.models import Enrolment, LearnerCount
from trainer.learning.models import ModuleState
from trainer.reporting.hand import MANY_ATTEMPTS, PAUSE

StateFilter = Literal["not_started", "in_progress", "completed", "overdue", "needs_a_hand"]
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
    """The id, name, address and enrolment of the active learners of a view, sorted, not paged."""
    statement = (
        select(Person.id, Person.name, Person.email, Enrolment.id.label("enrolment_id"))
        .select_from(LearnerCount)
        .join(Person, Person.id == LearnerCount.person_id)
        .join(Enrolment, (Enrolment.cohort_id == cohort_id) & (Enrolment.person_id == LearnerCount.person_id))
        .where(LearnerCount.cohort_id == cohort_id, *_conditions(modules, view, at))
    )
    name, count = LearnerCount.name_key.expression, LearnerCount.completed_count.expression
    if view.sort in ("name", "-name"):
        return statement.order_by(name.desc() if view.sort == "-name" else name, LearnerCount.person_id)
    return statement.order_by(count.desc() if view.sort == "-progress" else count, name, LearnerCount.person_id)


def count_in_view(
    cohort_id: int, modules: Sequence[AssignedModule], view: View, at: datetime
) -> Select[*tuple[Any, ...]]:
    """How many active learners a view has."""
    mine = (LearnerCount.cohort_id == cohort_id, *_conditions(modules, view, at))
    return select(func.count()).select_from(LearnerCount).where(*mine)


def _conditions(modules: Sequence[AssignedModule], view: View, at: datetime) -> tuple[ColumnElement[bool], ...]:
    if view.state is None:
        return ()
    if view.state == "completed" and view.module_id is None:
        return (LearnerCount.completed_count > 0,)
    wanted = [module for module in modules if view.module_id in (None, module.module_id)]
    return (_is_in(wanted, view.state, at) if wanted else false(),)


def _is_in(wanted: Sequence[AssignedModule], state: StateFilter, at: datetime) -> ColumnElement[bool]:
    """Whether any of these modules stands so. Counted per learner: PostgreSQL would look up everybody's otherwise."""
    if state == "overdue":
        due = [module for module in wanted if module.is_past_due(at)]
        return _count(due, ModuleState.state == "completed") < len(due) if due else false()
    if state == "needs_a_hand":
        return or_(_is_in(wanted, "overdue", at), _count(wanted, *_is_stuck(at)) > 0)
    if state == "not_started":
        return _count(wanted, ModuleState.state.in_(("in_progress", "completed"))) < len(wanted)
    return _count(wanted, ModuleState.state == state) > 0


def _is_stuck(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """What ``hand.reasons_of`` says of a module that is not overdue, in SQL."""
    is_paused = and_(ModuleState.state == "in_progress", ModuleState.last_activity_at <= at - PAUSE)
    has_tried = and_(ModuleState.attempt_count >= MANY_ATTEMPTS, not_(ModuleState.has_passed))
    return ModuleState.state != "completed", or_(is_paused, has_tried)


def _count(modules: Sequence[AssignedModule], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    """In how many of the modules the learner of the row stands so."""
    ids = [module.module_id for module in modules]
    mine = (ModuleState.person_id == LearnerCount.person_id, ModuleState.module_id.in_(ids))
    found = select(func.count()).select_from(ModuleState).where(*mine, *conditions)
    return found.correlate(LearnerCount).scalar_subquery()
