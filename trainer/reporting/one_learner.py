"""One learner's record, for the trainers of the cohort: where they stand in what is set, and nothing else.

No answers, no practice, no notes, no role. Opening it is written down in the same transaction, and the learner can
read that list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.models import Person
from trainer.clock import end_of_local_day, local_date
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.live.queries import came_in
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import AssignmentOf, CohortOf, assignments_of
from trainer.errors import NotFound
from trainer.learning.marking import percent_of
from trainer.learning.models import ModuleState
from trainer.learning.progress import State, is_overdue
from trainer.reporting.access_log import note_opened
from trainer.wording import said


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One module that is set for the cohort; only submitted attempts count."""

    module_id: str
    due_on: date | None
    state: State
    is_overdue: bool
    started_on: date | None
    completed_on: date | None
    best_percent: int | None
    attempt_count: int
    came: bool = False  # to a live session of the cohort about it: assessed, once it is completed too

    @property
    def is_assessed(self) -> bool:
        """Completed, and came to a live session about it, in whichever order."""
        return self.came and self.state is State.COMPLETED


@dataclass(frozen=True, slots=True)
class LearnerRecord:
    """The report."""

    cohort: CohortOf
    name: str
    email: str | None
    lines: tuple[RecordLine, ...]
    as_of: datetime


def open_record(
    session: Session, *, actor: Actor, organisation: str, cohort: str, enrolment_id: int, at: datetime
) -> LearnerRecord:
    """The record of an active learner, and the note that the actor opened it.

    Raises NotFound for a learner of another cohort and for whoever has not joined yet or was withdrawn.
    """
    found = cohort_for(session, actor, organisation, cohort, to=Permission.REPORT)
    learner = session.execute(
        select(Person.id, Person.name, Person.email)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.id == enrolment_id, Enrolment.cohort_id == found.id, Enrolment.state == "active")
    ).one_or_none()
    if learner is None:
        raise NotFound(
            said("There is no such learner in this cohort."), said("Whoever is withdrawn has no record here.")
        )
    note_opened(session, actor=actor, cohort_id=found.id, person_id=learner.id, at=at)
    modules = assignments_of(session, found.id)
    states = _states(session, learner.id, [one.module_id for one in modules])
    came = came_in(session, found.id, [learner.id])
    lines = tuple(
        replace(_line(one, states.get(one.module_id), at), came=(learner.id, one.module_id) in came) for one in modules
    )
    return LearnerRecord(found, learner.name, learner.email, lines, at)


def _states(session: Session, person_id: int, module_ids: list[str]) -> dict[str, Any]:
    rows = session.execute(
        select(
            ModuleState.module_id,
            ModuleState.state,
            ModuleState.started_at,
            ModuleState.completed_at,
            ModuleState.best_points,
            ModuleState.best_possible,
            ModuleState.attempt_count,
        ).where(ModuleState.person_id == person_id, ModuleState.module_id.in_(module_ids))
    )
    return {row.module_id: row for row in rows}


def _line(one: AssignmentOf, row: Any, at: datetime) -> RecordLine:
    state = State(row.state) if row else State.NOT_STARTED
    due_at = end_of_local_day(one.due_on) if one.due_on else None
    late = is_overdue(state, due_at=due_at, at=at)
    if row is None:
        return RecordLine(one.module_id, one.due_on, state, late, None, None, None, 0)
    return RecordLine(
        module_id=one.module_id,
        due_on=one.due_on,
        state=state,
        is_overdue=late,
        started_on=local_date(row.started_at) if row.started_at else None,
        completed_on=local_date(row.completed_at) if row.completed_at else None,
        best_percent=percent_of(row.best_points, row.best_possible) if row.best_possible else None,
        attempt_count=row.attempt_count,
    )
