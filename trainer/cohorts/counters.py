"""Checking the counters of all cohorts against what they count, and writing them anew. For the operator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, collate, delete, except_, func, insert, select, text, union_all
from sqlalchemy.orm import Session

from trainer.cohorts.counting import LEARNERS, MODULES, STATES, learners_counted, standings
from trainer.cohorts.models import Assignment, Cohort, Enrolment
from trainer.db import has_row_locks


@dataclass(frozen=True, slots=True)
class CounterCheck:
    """How many counters there are, and how many rows are wrong, missing or too many."""

    learners: int
    modules: int
    wrong_learners: int
    wrong_modules: int

    @property
    def is_exact(self) -> bool:
        """True if every counter is what counting gives."""
        return not (self.wrong_learners or self.wrong_modules)


def check_counters(session: Session) -> CounterCheck:
    """Count everything and compare. Reads every standing: seconds for a million learners, a few statements."""
    count_of = [session.scalar(select(func.count()).select_from(table)) or 0 for table in (LEARNERS, MODULES)]
    sides = ((_learners(), _learners_counted(session)), _modules())
    wrong = [_differences(session, kept, counted) for kept, counted in sides]
    return CounterCheck(*count_of, *wrong)


def rebuild_counters(session: Session) -> CounterCheck:
    """Write every counter anew; what was wrong before. Nobody learns meanwhile: their answers wait."""
    _hold_everything(session)
    found = check_counters(session)
    for table in (LEARNERS, MODULES):
        session.execute(delete(table))
    session.execute(insert(LEARNERS).from_select([c.name for c in _learners().selected_columns], learners_counted()))
    kept, counted = _modules()
    session.execute(insert(MODULES).from_select([column.name for column in kept.selected_columns], counted))
    if has_row_locks(session):
        session.execute(text("ANALYZE learner_count, module_count"))
    return found


def _learners() -> Select[*tuple[Any, ...]]:
    return select(LEARNERS.c.person_id, LEARNERS.c.cohort_id, LEARNERS.c.completed_count, LEARNERS.c.name_key)


def _learners_counted(session: Session) -> Select[*tuple[Any, ...]]:
    found = learners_counted().subquery()
    key = collate(found.c.name_key, "C") if has_row_locks(session) else found.c.name_key
    return select(found.c.person_id, found.c.cohort_id, found.c.completed_count, key)


def _modules() -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    """The rows of ``module_count`` as they are kept, and as they must be: from the facts, not from other counters."""
    where = standings()
    found = (
        select(
            Enrolment.cohort_id,
            where.c.module_id,
            *(func.count().filter(where.c.state == state).label(state) for state in STATES),
        )
        .join(where, where.c.person_id == Enrolment.person_id)
        .where(Enrolment.state == "active")
        .group_by(Enrolment.cohort_id, where.c.module_id)
        .subquery()
    )
    counted = select(
        Assignment.cohort_id, Assignment.module_id, *(func.coalesce(found.c[state], 0).label(state) for state in STATES)
    ).outerjoin(found, (found.c.cohort_id == Assignment.cohort_id) & (found.c.module_id == Assignment.module_id))
    return select(MODULES.c.cohort_id, MODULES.c.module_id, *(MODULES.c[state] for state in STATES)), counted


def _differences(session: Session, kept: Any, counted: Any) -> int:
    """How many keys have another row on one side than on the other."""
    sides = [except_(kept, counted).subquery(), except_(counted, kept).subquery()]
    keys = [column.name for column in kept.selected_columns][:2]
    either = union_all(*(select(*(side.c[key] for key in keys)) for side in sides)).subquery()
    return session.scalar(select(func.count()).select_from(select(*either.c).distinct().subquery())) or 0


def _hold_everything(session: Session) -> None:
    """No counter changes until the end of the transaction; on SQLite it is the only one that writes."""
    if has_row_locks(session):
        session.execute(select(Cohort.id).order_by(Cohort.id).with_for_update(key_share=True))
        session.execute(text("LOCK TABLE learner_count, module_count IN SHARE ROW EXCLUSIVE MODE"))
