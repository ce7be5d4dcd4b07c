"""Many learners at once, written straight into the tables: reports only read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.samples import AT
from trainer.accounts.models import Person
from trainer.accounts.names import name_key
from trainer.cohorts.counters import rebuild_counters
from trainer.cohorts.counting import count_standing, settle_people
from trainer.cohorts.models import Assignment, Cohort, Enrolment
from trainer.learning.models import ModuleState
from trainer.reporting.cohort_progress import CohortProgress, Row, build, iterate_rows, modules_of
from trainer.reporting.views import View

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Stands:
    """Where somebody stands in a module."""

    state: str
    points: int | None = None
    possible: int | None = None
    attempts: int = 0
    days_idle: int = 3


COMPLETED = Stands("completed", 40, 40, 1)
READING = Stands("in_progress")
STUCK = Stands("in_progress", 10, 40, 3)
PAUSED = Stands("in_progress", days_idle=21)


def empty_cohort(session: Session, cohort_id: int, organisation_id: int, due: Mapping[str, date | None]) -> None:
    """A cohort of the cast without learners, with only these modules set."""
    session.execute(delete(Enrolment).where(Enrolment.cohort_id == cohort_id))
    session.execute(delete(Assignment).where(Assignment.cohort_id == cohort_id))
    opens_on = date(2026, 11, 2)
    for module_id, due_on in due.items():
        session.add(
            Assignment(
                organisation_id=organisation_id,
                cohort_id=cohort_id,
                module_id=module_id,
                opens_on=opens_on,
                due_on=due_on,
            )
        )
    session.flush()
    rebuild_counters(session)


def new_people(session: Session, names: Sequence[str]) -> list[int]:
    """People of these names, with addresses of their own; returns their ids."""
    ids = []
    for name in names:
        address = f"crowd{next(_numbers)}@crowd.example"
        person = Person(
            name=name, name_key=name_key(name), email=address, email_key=address, is_active=True, created_at=AT
        )
        session.add(person)
        session.flush()
        ids.append(person.id)
    return ids


def enrol(
    session: Session, cohort_id: int, organisation_id: int, person_ids: Sequence[int], state: str = "active"
) -> None:
    """Put people into a cohort."""
    rows = [
        {
            "organisation_id": organisation_id,
            "cohort_id": cohort_id,
            "person_id": person_id,
            "state": state,
            "state_since": AT,
        }
        for person_id in person_ids
    ]
    session.execute(insert(Enrolment), rows)
    settle_people(session, cohort_id, person_ids)


def stand(session: Session, person_id: int, standing: Mapping[str, Stands]) -> None:
    """Write where somebody stands, by module id."""
    for module_id, one in standing.items():
        session.add(
            ModuleState(
                person_id=person_id,
                module_id=module_id,
                state=one.state,
                best_points=one.points,
                best_possible=one.possible,
                has_passed=one.state == "completed",
                attempt_count=one.attempts,
                started_at=AT - timedelta(days=9),
                last_activity_at=AT - timedelta(days=one.days_idle),
                completed_at=AT - timedelta(days=3) if one.state == "completed" else None,
            )
        )
        session.flush()
        count_standing(session, person_id=person_id, module_id=module_id, before=None, after=one.state)


class Crowd:
    """The autumn cohort with learners of our choice, and its report."""

    def __init__(self, session: Session, cast: Cast) -> None:
        self.session = session
        self.cohort_id = cast.autumn.id
        self.organisation_id = session.scalars(select(Cohort.organisation_id).where(Cohort.id == self.cohort_id)).one()

    def set(self, **due: date | None) -> None:
        empty_cohort(self.session, self.cohort_id, self.organisation_id, due)

    def add(self, name: str, state: str = "active", **standing: Stands) -> int:
        (person_id,) = new_people(self.session, [name])
        enrol(self.session, self.cohort_id, self.organisation_id, [person_id], state)
        stand(self.session, person_id, standing)
        return person_id

    def report(self, view: View | None = None, *, at: datetime = AT) -> CohortProgress:
        return build(self.session, self.cohort_id, view=view or View(), at=at)

    def names(self, view: View) -> list[str]:
        return [row.name for row in self.report(view).rows]

    def file(self, view: View) -> list[Row]:
        modules = modules_of(self.session, self.cohort_id)
        return list(iterate_rows(self.session, self.cohort_id, modules, view=view, at=AT))
