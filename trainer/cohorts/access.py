"""The gate to a cohort. There is no other way to one."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, Role
from trainer.cohorts.belonging import is_trainer_of
from trainer.cohorts.queries import CohortOf, find_cohort
from trainer.errors import NotAllowed, NotFound
from trainer.wording import said


class Permission(StrEnum):
    """What somebody wants of a cohort."""

    VIEW = "view"  # who is in it and what is set
    MANAGE = "manage"  # enrol, withdraw, assign
    REPORT = "report"  # named progress: trainers of the cohort only, not even managers


def cohort_for(session: Session, actor: Actor, organisation_slug: str, cohort_slug: str, *, to: Permission) -> CohortOf:
    """The cohort, if the actor may.

    Raises NotFound for anybody outside the organisation, whether or not the cohort exists, and
    NotAllowed for members without the right.
    """
    cohort = find_cohort(session, organisation_slug, cohort_slug)
    role = actor.role_in(cohort.organisation_id) if cohort else None
    if cohort is None or (role is None and not actor.is_system):
        raise NotFound(said("There is no cohort at this address."))
    if actor.is_system or _may(session, actor, role, cohort, to):
        return cohort
    if to is Permission.REPORT:
        raise NotAllowed(
            said("Only the trainers of this cohort can open its report, because it names people."),
            said("Managers find the figures without names on the organisation page."),
        )
    raise NotAllowed(
        said("Only the trainers of this cohort and the organisation's managers can open this page."),
        said("If you need it for your work, ask a manager of your organisation."),
    )


def may_report(session: Session, actor: Actor, cohort: CohortOf) -> bool:
    """True if the actor may open the cohort's named report."""
    return _may(session, actor, actor.role_in(cohort.organisation_id), cohort, Permission.REPORT)


def _may(session: Session, actor: Actor, role: Role | None, cohort: CohortOf, to: Permission) -> bool:
    if role is Role.MANAGER and to is not Permission.REPORT:
        return True
    return role in (Role.TRAINER, Role.MANAGER) and is_trainer_of(session, cohort.id, actor.person_id)
