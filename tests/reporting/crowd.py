"""Many learners at once, written straight into the tables: reports only read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from tests.samples import AT
from trainer.accounts.models import Person
from trainer.accounts.names import name_key
from trainer.cohorts.models import Assignment, Enrolment
from trainer.learning.models import ModuleState

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Stands:
    """Where somebody stands in a module."""

    state: str
    points: int | None = None
    possible: int | None = None
    attempts: int = 0


COMPLETED = Stands("completed", 40, 40, 1)
READING = Stands("in_progress")


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
                last_activity_at=AT - timedelta(days=3),
                completed_at=AT - timedelta(days=3) if one.state == "completed" else None,
            )
        )
    session.flush()
