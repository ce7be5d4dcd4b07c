"""What changed in a cohort in the last seven days: modules completed, modules begun. By day, never by the hour.

Three statements whatever the size. For the cohort's trainers only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from trainer.accounts.models import Person
from trainer.accounts.names import name_key
from trainer.clock import local_date, start_of_local_day
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import assignments_of
from trainer.learning.models import ModuleState

DAYS = 7
MOST_LINES = 1_000

What = Literal["completed", "started"]


@dataclass(frozen=True, slots=True)
class WeekOfModule:
    """How many completed a module and how many began it."""

    module_id: str
    completed: int
    started: int


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One learner and one module; ``enrolment_id`` leads to their record."""

    on: date
    name: str
    module_id: str
    what: What
    enrolment_id: int


@dataclass(frozen=True, slots=True)
class LastWeek:
    """The report: newest first; of more than MOST_LINES only those are listed."""

    since: date
    until: date
    modules: tuple[WeekOfModule, ...]
    lines: tuple[WeekLine, ...]

    @property
    def line_count(self) -> int:
        """How many there are in all."""
        return sum(one.completed + one.started for one in self.modules)


def build(session: Session, cohort_id: int, *, at: datetime) -> LastWeek:
    """From seven days ago until now; a learner may stand in it twice for a module, begun and completed."""
    until = local_date(at)
    since = until - timedelta(days=DAYS)
    ids = [one.module_id for one in assignments_of(session, cohort_id)]
    found = {(module_id, what): count for module_id, what, count in session.execute(_counts(cohort_id, ids, since))}
    modules = tuple(
        WeekOfModule(module_id, found.get((module_id, "completed"), 0), found.get((module_id, "started"), 0))
        for module_id in ids
    )
    lines = [
        WeekLine(local_date(happened_at), name, module_id, what, enrolment_id)
        for happened_at, name, module_id, what, enrolment_id in session.execute(_lines(cohort_id, ids, since))
    ]
    # Within a day by name: the order tells nothing about the hour.
    lines.sort(key=lambda line: (-line.on.toordinal(), name_key(line.name), line.enrolment_id))
    return LastWeek(since, until, modules, tuple(lines))


_WHEN: tuple[tuple[What, InstrumentedAttribute[datetime | None]], ...] = (
    ("completed", ModuleState.completed_at),
    ("started", ModuleState.started_at),
)


def _of_cohort(cohort_id: int, ids: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    return Enrolment.cohort_id == cohort_id, Enrolment.state == "active", ModuleState.module_id.in_(ids)


def _counts(cohort_id: int, ids: Sequence[str], since: date) -> Any:
    parts = [
        select(ModuleState.module_id, literal(what), func.count())
        .join(Enrolment, Enrolment.person_id == ModuleState.person_id)
        .where(*_of_cohort(cohort_id, ids), when >= start_of_local_day(since))
        .group_by(ModuleState.module_id)
        for what, when in _WHEN
    ]
    return parts[0].union_all(*parts[1:])


def _lines(cohort_id: int, ids: Sequence[str], since: date) -> Select[*tuple[Any, ...]]:
    parts = [
        select(
            when.label("happened_at"),
            Person.name,
            ModuleState.module_id,
            literal(what).label("what"),
            Enrolment.id.label("enrolment_id"),
        )
        .join(Enrolment, Enrolment.person_id == ModuleState.person_id)
        .join(Person, Person.id == ModuleState.person_id)
        .where(*_of_cohort(cohort_id, ids), when >= start_of_local_day(since))
        for what, when in _WHEN
    ]
    both = parts[0].union_all(*parts[1:]).subquery()
    order = (both.c.happened_at.desc(), both.c.enrolment_id, both.c.module_id, both.c.what)
    return select(both).order_by(*order).limit(MOST_LINES)
