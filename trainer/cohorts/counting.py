"""Exact counters of cohorts, kept in the transaction that changes what they count; nothing else writes them.

A cohort has a ``LearnerCount`` for each active learner and a ``ModuleCount`` for each module that is set. Learning
stands in the ring above: it names its table of standings here once (``count_from``) and tells of every change.
Where rows are locked, people come first, in the order of their ids, then cohorts, then counters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, delete, func, insert, literal, select, update
from sqlalchemy.orm import Session

from trainer.accounts.locks import lock_people
from trainer.accounts.models import Person
from trainer.accounts.renaming import keep_name_key
from trainer.cohorts.models import Assignment, Cohort, Enrolment, LearnerCount, ModuleCount
from trainer.db import has_row_locks, table_of

AT_ONCE = 5_000
STATES = ("in_progress", "completed")  # the columns of ``module_count`` bear their names
LEARNERS, MODULES = table_of(LearnerCount), table_of(ModuleCount)
_standings: list[Table] = []

keep_name_key(LEARNERS)


def count_from(standings: Table) -> None:
    """Name the table that says where people stand: its columns ``person_id``, ``module_id`` and ``state``."""
    _standings[:] = [standings]


def standings() -> Table:
    """That table. Raises LookupError if learning was never imported: better than counting nothing."""
    if not _standings:
        raise LookupError("import trainer.learning.models before cohorts are changed")
    return _standings[0]


def count_standing(session: Session, *, person_id: int, module_id: str, before: str | None, after: str) -> None:
    """Somebody stands elsewhere in a module now. The caller holds the person's lock.

    Nothing is asked of the database where no counter changes.
    """
    change = {state: (after == state) - (before == state) for state in STATES}
    if not any(change.values()):
        return
    _hold_cohorts_of(session, person_id, module_id)
    cohorts = select(LEARNERS.c.cohort_id).where(LEARNERS.c.person_id == person_id)
    session.execute(
        update(MODULES)
        .where(MODULES.c.module_id == module_id, MODULES.c.cohort_id.in_(cohorts))
        .values({state: MODULES.c[state] + by for state, by in change.items() if by})
    )
    if change["completed"]:
        is_set = select(MODULES.c.cohort_id).where(
            MODULES.c.module_id == module_id, MODULES.c.cohort_id == LEARNERS.c.cohort_id
        )
        session.execute(
            update(LEARNERS)
            .where(LEARNERS.c.person_id == person_id, is_set.exists())
            .values(completed_count=LEARNERS.c.completed_count + change["completed"])
        )


def settle_people(session: Session, cohort_id: int, person_ids: Collection[int]) -> None:
    """Count those of these people who are active in the cohort now, and no longer those who are not.

    Call it once, after the enrolments have changed and been flushed; again is no change.
    """
    lock_people(session, person_ids)
    _hold_cohort(session, cohort_id)
    for ids in _steps(sorted(set(person_ids))):
        active, counted = (
            set(session.scalars(statement))
            for statement in (
                select(Enrolment.person_id).where(
                    Enrolment.cohort_id == cohort_id, Enrolment.person_id.in_(ids), Enrolment.state == "active"
                ),
                select(LEARNERS.c.person_id).where(LEARNERS.c.cohort_id == cohort_id, LEARNERS.c.person_id.in_(ids)),
            )
        )
        if fresh := sorted(active - counted):
            _add_learners(session, cohort_id, fresh)
        if gone := sorted(counted - active):
            _count_in_modules(session, cohort_id, gone, sign=-1)
            mine = (LEARNERS.c.cohort_id == cohort_id, LEARNERS.c.person_id.in_(gone))
            session.execute(delete(LEARNERS).where(*mine))


def settle_modules(session: Session, cohort_id: int) -> None:
    """Count the modules that are set for the cohort now, and no longer those that are not. Again is no change."""
    _hold_cohort(session, cohort_id)
    is_set = set(session.scalars(select(Assignment.module_id).where(Assignment.cohort_id == cohort_id)))
    counted = set(session.scalars(select(MODULES.c.module_id).where(MODULES.c.cohort_id == cohort_id)))
    if fresh := sorted(is_set - counted):
        session.execute(
            insert(MODULES),
            [{"cohort_id": cohort_id, "module_id": one, **dict.fromkeys(STATES, 0)} for one in fresh],
        )
        mine = (MODULES.c.cohort_id == cohort_id, MODULES.c.module_id.in_(fresh))
        session.execute(update(MODULES).where(*mine).values({state: module_count(state) for state in STATES}))
        _count_in_learners(session, cohort_id, fresh, sign=1)
    if gone := sorted(counted - is_set):
        _count_in_learners(session, cohort_id, gone, sign=-1)
        session.execute(delete(MODULES).where(MODULES.c.cohort_id == cohort_id, MODULES.c.module_id.in_(gone)))


def module_count(state: str) -> Any:
    """How many active learners of the row's cohort stand so in its module, counted."""
    where = standings()
    return (
        select(func.count())
        .select_from(LEARNERS.join(where, where.c.person_id == LEARNERS.c.person_id))
        .where(
            LEARNERS.c.cohort_id == MODULES.c.cohort_id,
            where.c.module_id == MODULES.c.module_id,
            where.c.state == state,
        )
        .correlate(MODULES)
        .scalar_subquery()
    )


def learners_counted(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """What the rows of ``learner_count`` must be, counted from enrolments, assignments and standings."""
    where = standings()
    completed = (
        select(func.count())
        .select_from(where)
        .join(Assignment, (Assignment.module_id == where.c.module_id) & (Assignment.cohort_id == Enrolment.cohort_id))
        .where(where.c.person_id == Enrolment.person_id, where.c.state == "completed")
        .correlate(Enrolment)
        .scalar_subquery()
    )
    return (
        select(Enrolment.person_id, Enrolment.cohort_id, completed.label("completed_count"), Person.name_key)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.state == "active", *conditions)
    )


def _add_learners(session: Session, cohort_id: int, person_ids: Sequence[int]) -> None:
    found = learners_counted(Enrolment.cohort_id == cohort_id, Enrolment.person_id.in_(person_ids))
    columns = ["person_id", "cohort_id", "completed_count", "name_key"]
    session.execute(insert(LEARNERS).from_select(columns, found))
    _count_in_modules(session, cohort_id, person_ids, sign=1)


def _count_in_modules(session: Session, cohort_id: int, person_ids: Sequence[int], *, sign: int) -> None:
    """Add these people to the cohort's modules, or take them away."""
    where = standings()
    rows = session.execute(
        select(where.c.module_id, where.c.state, func.count())
        .where(
            where.c.person_id.in_(person_ids),
            where.c.module_id.in_(select(MODULES.c.module_id).where(MODULES.c.cohort_id == cohort_id)),
            where.c.state.in_(STATES),
        )
        .group_by(where.c.module_id, where.c.state)
        .order_by(where.c.module_id, where.c.state)
    ).all()
    for module_id, state, count in rows:
        session.execute(
            update(MODULES)
            .where(MODULES.c.cohort_id == cohort_id, MODULES.c.module_id == module_id)
            .values({state: MODULES.c[state] + sign * count})
        )


def _count_in_learners(session: Session, cohort_id: int, module_ids: Sequence[str], *, sign: int) -> None:
    """Add what the cohort's learners have completed of these modules, or take it away."""
    where = standings()
    completed = where.c.module_id.in_(module_ids), where.c.state == "completed"
    mine = where.c.person_id == LEARNERS.c.person_id
    count = select(func.count()).select_from(where).where(mine, *completed).correlate(LEARNERS).scalar_subquery()
    session.execute(
        update(LEARNERS)
        .where(
            LEARNERS.c.cohort_id == cohort_id,
            select(literal(1)).select_from(where).where(mine, *completed).correlate(LEARNERS).exists(),
        )
        .values(completed_count=LEARNERS.c.completed_count + sign * count)
    )


def _hold_cohort(session: Session, cohort_id: int) -> None:
    """Wait for everybody who counts in the cohort, and let them wait; on SQLite the write transaction does that."""
    if has_row_locks(session):
        session.execute(select(Cohort.id).where(Cohort.id == cohort_id).with_for_update(key_share=True))


def _hold_cohorts_of(session: Session, person_id: int, module_id: str) -> None:
    """Learners count side by side, but not while their cohort's list of people or modules changes."""
    if not has_row_locks(session):
        return
    mine = select(Enrolment.cohort_id).where(Enrolment.person_id == person_id, Enrolment.state == "active")
    ids = session.scalars(select(Cohort.id).where(Cohort.id.in_(mine)).order_by(Cohort.id).with_for_update(read=True))
    held = (MODULES.c.cohort_id.in_(ids.all()), MODULES.c.module_id == module_id)
    # In one order, so that two people of the same two cohorts never wait for each other.
    session.execute(select(MODULES.c.cohort_id).where(*held).order_by(MODULES.c.cohort_id).with_for_update())


def _steps(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
