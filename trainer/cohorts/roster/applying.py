"""Doing what the plan says: all of it in the caller's transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, Role
from trainer.accounts.models import Membership, Organisation, Person
from trainer.accounts.names import name_key
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.belonging import state_after_restoring
from trainer.cohorts.counting import settle_people
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import CohortOf
from trainer.cohorts.roster.planning import Fate, Plan, PlannedLine, plan_roster
from trainer.cohorts.roster.reading import Roster
from trainer.db import has_row_locks, table_of
from trainer.errors import Conflict, Invalid
from trainer.wording import said

AT_ONCE = 5_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done. ``invited_ids`` are people who wait for a letter or a slip."""

    plan: Plan
    invited_ids: tuple[int, ...]


def _quiet(_done: int, _all: int) -> None:
    """Nobody watches."""


def apply_roster(
    session: Session,
    *,
    actor: Actor,
    organisation: str,
    cohort: str,
    roster: Roster,
    digest: str,
    at: datetime,
    progress: Progress = _quiet,
) -> Applied:
    """Carry the plan out. ``progress`` is told how many of the lines that change something are done.

    Raises Invalid for a roster with problems, and Conflict if the plan is no longer the one with this digest, or if
    the same people were added meanwhile.
    """
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    _take_turns(session, target)
    plan = plan_roster(session, target, roster)
    if plan.problems:
        raise Invalid(said("The list still has problems."), said("Mend them in the file, then upload it again."))
    if plan.digest != digest:
        raise Conflict(
            said("Somebody changed this cohort or its people since you looked."),
            said("Look at the new preview, then apply it."),
        )
    writer = _Writer(session, target, at, progress, plan.changes)
    try:
        writer.write(plan)
    except IntegrityError:
        raise Conflict(
            said("Somebody else was adding the same people at the same moment."),
            said("Nothing was changed by you. Look at the preview again."),
        ) from None
    return Applied(plan, tuple(writer.invited_ids))


def _take_turns(session: Session, cohort: CohortOf) -> None:
    """Two lists for one organisation wait for each other; on SQLite the write transaction itself does that."""
    if has_row_locks(session):
        session.execute(select(Organisation.id).where(Organisation.id == cohort.organisation_id).with_for_update())


class _Writer:
    """Writes in large steps: a fixed number of statements for every 5,000 lines."""

    def __init__(self, session: Session, cohort: CohortOf, at: datetime, progress: Progress, all_count: int) -> None:
        self.session, self.cohort, self.at = session, cohort, at
        self.progress, self.all_count, self.done = progress, all_count, 0
        self.invited_ids: list[int] = []
        self.settled_ids: list[int] = []  # whose place in the cohort's counters may have changed

    def write(self, plan: Plan) -> None:
        """Everything that is not unchanged."""
        by_fate = {fate: [line for line in plan.lines if line.fate is fate] for fate in Fate}
        for lines in _steps(by_fate[Fate.INVITE]):
            self._invite(lines)
        for lines in _steps(by_fate[Fate.ENROL]):
            self._enrol([_enrolled(line) for line in lines])
        for lines in _steps(by_fate[Fate.RESTORE]):
            self._restore(lines)
        for lines in _steps([line for line in plan.lines if line.adds_staff_id]):
            self._add_staff_ids(lines)
        if self.settled_ids:
            settle_people(self.session, self.cohort.id, self.settled_ids)

    def _invite(self, lines: Sequence[PlannedLine]) -> None:
        keys = [line.person.email_key for line in lines if line.person.email_key]
        rows = self.session.execute(select(Person.email_key, Person.id).where(Person.email_key.in_(keys)))
        elsewhere = {row.email_key: row.id for row in rows}
        fresh = [line for line in lines if line.person.email_key not in elsewhere]
        ids = self._create(fresh)
        # Whoever has an account elsewhere becomes a member by accepting, not by being listed.
        self._make_members(fresh, ids)
        found = dict(zip((id(line) for line in fresh), ids, strict=True))
        people = [
            (
                found[id(line)] if id(line) in found else elsewhere[line.person.email_key or ""],
                line.person.name,
                "invited",
            )
            for line in lines
        ]
        self._enrol(people)
        self.invited_ids += [person_id for person_id, _, _ in people]

    def _create(self, lines: Sequence[PlannedLine]) -> list[int]:
        if not lines:
            return []
        values = [
            {
                "name": line.person.name,
                "name_key": name_key(line.person.name),
                "email": line.person.email,
                "email_key": line.person.email_key,
                "password_hash": None,
                "practice_role": None,
                "is_active": True,
                "created_at": self.at,
            }
            for line in lines
        ]
        return list(self.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), values))

    def _make_members(self, lines: Sequence[PlannedLine], ids: Sequence[int]) -> None:
        values = [
            {
                "organisation_id": self.cohort.organisation_id,
                "person_id": person_id,
                "role": Role.LEARNER,
                "staff_id": line.person.staff_id,
                "staff_key": line.person.staff_key,
                "created_at": self.at,
            }
            for line, person_id in zip(lines, ids, strict=True)
        ]
        if values:
            self.session.execute(insert(Membership), values)

    def _enrol(self, people: Sequence[tuple[int, str | None, str]]) -> None:
        values = [
            {
                "organisation_id": self.cohort.organisation_id,
                "cohort_id": self.cohort.id,
                "person_id": person_id,
                "state": state,
                "state_since": self.at,
                "invited_as": invited_as,
            }
            for person_id, invited_as, state in people
        ]
        if values:
            self.session.execute(insert(Enrolment), values)
            self.settled_ids += [person_id for person_id, _, state in people if state == "active"]
            self._tell(len(values))

    def _restore(self, lines: Sequence[PlannedLine]) -> None:
        self.session.execute(
            update(Enrolment)
            .where(Enrolment.cohort_id == self.cohort.id, Enrolment.person_id.in_([line.person_id for line in lines]))
            .values(state=state_after_restoring(), state_since=self.at),
            execution_options={"synchronize_session": False},
        )
        self.settled_ids += [line.person_id for line in lines if line.person_id is not None]
        self._tell(len(lines))

    def _add_staff_ids(self, lines: Sequence[PlannedLine]) -> None:
        members = table_of(Membership)
        self.session.connection().execute(
            update(members)
            .where(members.c.organisation_id == self.cohort.organisation_id, members.c.person_id == bindparam("whose"))
            .values(staff_id=bindparam("new_id"), staff_key=bindparam("new_key")),
            [
                {"whose": line.person_id, "new_id": line.person.staff_id, "new_key": line.person.staff_key}
                for line in lines
            ],
        )

    def _tell(self, count: int) -> None:
        self.done += count
        self.progress(self.done, self.all_count)


def _enrolled(line: PlannedLine) -> tuple[int, str | None, str]:
    assert line.person_id is not None  # a member has an id
    if line.is_waiting:
        return line.person_id, line.person.name, "invited"
    return line.person_id, None, "active"


def _steps(lines: Sequence[PlannedLine]) -> Iterator[Sequence[PlannedLine]]:
    for start in range(0, len(lines), AT_ONCE):
        yield lines[start : start + AT_ONCE]
