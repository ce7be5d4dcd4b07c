"""Cohorts and their people a batch at a time, by number: for other systems, which read on from where they stopped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.cohorts.models import Assignment, Cohort, Enrolment
from trainer.cohorts.queries import AssignmentOf, RosterLine, roster_statement


@dataclass(frozen=True, slots=True)
class CohortInBatch:
    """A cohort and what is set for it."""

    id: int
    slug: str
    name: str
    assignments: tuple[AssignmentOf, ...]


def cohorts_after(
    session: Session, organisation_id: int, *, after_id: int, limit: int
) -> tuple[tuple[CohortInBatch, ...], bool]:
    """The next cohorts of an organisation, and whether there are more. Two statements."""
    rows = session.execute(
        select(Cohort.id, Cohort.slug, Cohort.name)
        .where(Cohort.organisation_id == organisation_id, Cohort.id > after_id)
        .order_by(Cohort.id)
        .limit(limit + 1)
    ).all()
    shown = rows[:limit]
    modules: defaultdict[int, list[AssignmentOf]] = defaultdict(list)
    for row in session.execute(
        select(Assignment.cohort_id, Assignment.id, Assignment.module_id, Assignment.opens_on, Assignment.due_on)
        .where(Assignment.cohort_id.in_([row.id for row in shown]))
        .order_by(Assignment.module_id)
    ):
        modules[row.cohort_id].append(AssignmentOf(row.id, row.module_id, row.opens_on, row.due_on))
    found = tuple(CohortInBatch(row.id, row.slug, row.name, tuple(modules[row.id])) for row in shown)
    return found, len(rows) > limit


def roster_after(session: Session, cohort_id: int, *, after_id: int, limit: int) -> tuple[tuple[RosterLine, ...], bool]:
    """The next people of a cohort, and whether there are more; whoever was withdrawn is left out. One statement."""
    rows = session.execute(
        roster_statement(cohort_id)
        .where(Enrolment.state != "withdrawn", Enrolment.id > after_id)
        .order_by(Enrolment.id)
        .limit(limit + 1)
    ).all()
    return tuple(RosterLine(*row) for row in rows[:limit]), len(rows) > limit


def enrolment_ids(session: Session, cohort_id: int, person_ids: Collection[int]) -> dict[int, int]:
    """The numbers of people's enrolments in a cohort, by the number of the person. One statement."""
    rows = session.execute(
        select(Enrolment.person_id, Enrolment.id).where(
            Enrolment.cohort_id == cohort_id, Enrolment.person_id.in_(person_ids)
        )
    )
    return {row.person_id: row.id for row in rows}
