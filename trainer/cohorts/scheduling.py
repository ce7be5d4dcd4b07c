"""Setting several modules at once. What has a date already stays, unless somebody ticked that it be replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, Role
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.counting import settle_modules
from trainer.cohorts.models import Assignment, Cohort, CohortTrainer
from trainer.cohorts.planning import PlannedModule, check_dates
from trainer.cohorts.queries import CohortOf


@dataclass(frozen=True, slots=True)
class Wish:
    """A module to set; ``replaces`` if its present dates may be overwritten."""

    module: PlannedModule
    replaces: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the wishes, as module ids."""

    was_set: tuple[str, ...]
    stayed: tuple[str, ...]


def set_assignments(
    session: Session, *, actor: Actor, organisation: str, cohort: str, wishes: Sequence[Wish]
) -> Outcome:
    """Set modules for a cohort, all or none; what somebody else set since the preview stays as well.

    Raises Invalid as ``check_dates`` does. As many statements whatever the number
    of modules.
    """
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    for wish in wishes:
        check_dates(wish.module.opens_on, wish.module.due_on)
    present = {
        one.module_id: one for one in session.scalars(select(Assignment).where(Assignment.cohort_id == target.id))
    }
    was_set, stayed = [], []
    for wish in wishes:
        module = wish.module
        assignment = present.get(module.module_id)
        if assignment is None:
            assignment = Assignment(
                organisation_id=target.organisation_id, cohort_id=target.id, module_id=module.module_id
            )
            session.add(assignment)
        elif not wish.replaces:
            stayed.append(module.module_id)
            continue
        assignment.opens_on, assignment.due_on = module.opens_on, module.due_on
        was_set.append(module.module_id)
    session.flush()
    settle_modules(session, target.id)
    return Outcome(tuple(was_set), tuple(stayed))


def cohorts_to_copy_from(session: Session, actor: Actor, cohort: CohortOf) -> tuple[tuple[str, str], ...]:
    """Slug and name of the other cohorts of the organisation that the actor may manage. One statement."""
    statement = (
        select(Cohort.slug, Cohort.name)
        .where(Cohort.organisation_id == cohort.organisation_id, Cohort.id != cohort.id)
        .order_by(Cohort.name, Cohort.id)
    )
    if actor.role_in(cohort.organisation_id) is not Role.MANAGER:
        statement = statement.join(CohortTrainer, CohortTrainer.cohort_id == Cohort.id).where(
            CohortTrainer.person_id == actor.person_id
        )
    return tuple((row[0], row[1]) for row in session.execute(statement))
