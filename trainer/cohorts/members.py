"""Changing who is what in an organisation: roles, leaving, cohorts and their trainers.

Roles are granted by managers, up to their own. An organisation always keeps a manager whose account is open. Leaving
ends enrolments, never what somebody learned.
"""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Actor, Role, may_grant
from trainer.accounts.api_tokens import end_tokens_of
from trainer.accounts.audit import EventKind, record_event
from trainer.accounts.invitations import revoke_invitation
from trainer.accounts.locks import lock_organisation, lock_people
from trainer.accounts.models import Membership, Person
from trainer.accounts.names import name_key
from trainer.accounts.queries import OrganisationOf
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.counting import settle_people
from trainer.cohorts.models import Cohort, CohortTrainer, Enrolment
from trainer.cohorts.people import MemberLine, find_member_line
from trainer.cohorts.queries import CohortOf, find_cohort
from trainer.cohorts.services import create_cohort, name_trainer
from trainer.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.wording import said

MOST_NAME = 200
MOST_SLUG = 50


def change_role(
    session: Session, *, actor: Actor, organisation: str, member_id: int, role: Role, at: datetime
) -> MemberLine:
    """Give a member another role; it counts from their next request. Nothing of theirs ends.

    Raises Conflict if the organisation would be left without a manager, NotAllowed for a role above one's own.
    """
    home, member = _managed_member(session, actor, organisation, member_id)
    if not actor.is_system and not may_grant(Role.MANAGER, role):
        raise NotAllowed(said("Nobody can give a role above their own."))
    if member.role is role:
        return member
    if member.role is Role.MANAGER:
        _keep_a_manager(session, home.id, without=member.person_id)
    session.execute(update(Membership).where(Membership.id == member_id).values(role=role))
    end_tokens_of(session, actor=actor, organisation_id=home.id, person_id=member.person_id, at=at)
    record_event(
        session,
        actor=actor,
        organisation_id=home.id,
        kind=EventKind.ROLE_CHANGED,
        subject_id=member.person_id,
        detail={"role": role.value, "was": member.role.value},
        at=at,
    )
    return member


def remove_member(
    session: Session, *, actor: Actor, organisation: str, member_id: int, at: datetime
) -> tuple[MemberLine, tuple[int, ...]]:
    """Take somebody out of the organisation; who it was, and the ids of the cohorts they left.

    Their enrolments there are withdrawn, they run no cohort there any longer, open invitations end. What they learned
    stays theirs. Raises Conflict for the last manager.
    """
    home, member = _managed_member(session, actor, organisation, member_id)
    if member.role is Role.MANAGER:
        _keep_a_manager(session, home.id, without=member.person_id)
    mine = (Enrolment.organisation_id == home.id, Enrolment.person_id == member.person_id)
    left = tuple(session.scalars(select(Enrolment.cohort_id).where(*mine, Enrolment.state != "withdrawn")))
    lock_people(session, [member.person_id])
    session.execute(
        update(Enrolment).where(*mine, Enrolment.state != "withdrawn").values(state="withdrawn", state_since=at)
    )
    for cohort_id in sorted(left):
        settle_people(session, cohort_id, [member.person_id])
    ours = select(Cohort.id).where(Cohort.organisation_id == home.id)
    runs = (CohortTrainer.person_id == member.person_id, CohortTrainer.cohort_id.in_(ours))
    session.execute(delete(CohortTrainer).where(*runs), execution_options={"synchronize_session": False})
    revoke_invitation(session, actor=actor, organisation_id=home.id, person_id=member.person_id, at=at)
    end_tokens_of(session, actor=actor, organisation_id=home.id, person_id=member.person_id, at=at)
    session.execute(delete(Membership).where(Membership.id == member_id))
    told = {"role": member.role.value, "enrolments": len(left)}
    kind = EventKind.MEMBER_REMOVED
    about = {"kind": kind, "subject_id": member.person_id, "detail": told}
    record_event(session, actor=actor, organisation_id=home.id, **about, at=at)  # type: ignore[arg-type]
    return member, left


def found_cohort(session: Session, *, actor: Actor, organisation: str, name: str, at: datetime) -> CohortOf:
    """Make a cohort; a trainer who makes one runs it. Its address is made of the name and stays when that changes."""
    home = organisation_for(session, actor, organisation, Role.TRAINER, Role.MANAGER)
    tidy = _checked_name(name)
    lock_organisation(session, home.id)
    slug = _free_slug(session, home.id, tidy)
    cohort_id = create_cohort(session, organisation_id=home.id, slug=slug, name=tidy, at=at)
    if not actor.is_system and actor.role_in(home.id) is Role.TRAINER:
        name_trainer(session, cohort_id=cohort_id, organisation_id=home.id, person_id=actor.person_id)
    kind = EventKind.COHORT_CREATED
    record_event(session, actor=actor, organisation_id=home.id, kind=kind, subject_id=cohort_id, at=at)
    found = find_cohort(session, organisation, slug)
    assert found is not None  # it was made a moment ago
    return found


def rename_cohort(
    session: Session, *, actor: Actor, organisation: str, cohort: str, name: str, at: datetime
) -> CohortOf:
    """Give a cohort another name; its address stays. Raises Invalid for an empty or endless one."""
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    tidy = _checked_name(name)
    if tidy != target.name:
        session.execute(update(Cohort).where(Cohort.id == target.id).values(name=tidy))
        where, kind = target.organisation_id, EventKind.COHORT_RENAMED
        record_event(session, actor=actor, organisation_id=where, kind=kind, subject_id=target.id, at=at)
    return target


def add_cohort_trainer(
    session: Session, *, actor: Actor, organisation: str, cohort: str, member_id: int, at: datetime
) -> CohortOf:
    """Name a trainer: from then on they can read the named report. Managers alone decide who reads names."""
    target, person_id = _cohort_and_member(session, actor, organisation, cohort, member_id)
    where = target.organisation_id
    name_trainer(session, cohort_id=target.id, organisation_id=where, person_id=person_id)
    about = {"kind": EventKind.TRAINER_NAMED, "subject_id": person_id, "detail": {"cohort": target.id}}
    record_event(session, actor=actor, organisation_id=where, **about, at=at)  # type: ignore[arg-type]
    return target


def remove_cohort_trainer(
    session: Session, *, actor: Actor, organisation: str, cohort: str, member_id: int, at: datetime
) -> CohortOf:
    """Let somebody run the cohort no longer; again is no error."""
    target, person_id = _cohort_and_member(session, actor, organisation, cohort, member_id)
    runs = (CohortTrainer.cohort_id == target.id, CohortTrainer.person_id == person_id)
    session.execute(delete(CohortTrainer).where(*runs))
    about = {"kind": EventKind.TRAINER_REMOVED, "subject_id": person_id, "detail": {"cohort": target.id}}
    where = target.organisation_id
    record_event(session, actor=actor, organisation_id=where, **about, at=at)  # type: ignore[arg-type]
    return target


def _managed_member(
    session: Session, actor: Actor, organisation: str, member_id: int
) -> tuple[OrganisationOf, MemberLine]:
    home = organisation_for(session, actor, organisation, Role.MANAGER)
    lock_organisation(session, home.id)
    # Somebody may have changed the actor's own role while we waited.
    now = select(Membership.role).where(Membership.organisation_id == home.id, Membership.person_id == actor.person_id)
    if not actor.is_system and session.scalar(now) != Role.MANAGER:
        raise NotAllowed(said("You are no longer a manager of %(organisation)s.", organisation=home.name))
    member = find_member_line(session, home.id, member_id)
    if member is None:
        raise NotFound(said("There is no such person in this organisation."))
    return home, member


def _keep_a_manager(session: Session, organisation_id: int, *, without: int) -> None:
    other = exists().where(
        Membership.organisation_id == organisation_id,
        Membership.role == Role.MANAGER,
        Membership.person_id != without,
        Person.id == Membership.person_id,
        Person.is_active,
    )
    if not session.scalar(select(other)):
        raise Conflict(
            said("This is the last manager of the organisation."), said("Make somebody else a manager first.")
        )


def _cohort_and_member(
    session: Session, actor: Actor, organisation: str, cohort: str, member_id: int
) -> tuple[CohortOf, int]:
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    if not actor.is_system and actor.role_in(target.organisation_id) is not Role.MANAGER:
        raise NotAllowed(
            said("Only managers name the trainers of a cohort, because trainers read names."),
            said("Ask a manager of your organisation."),
        )
    member = find_member_line(session, target.organisation_id, member_id)
    if member is None:
        raise NotFound(said("There is no such person in this organisation."))
    return target, member.person_id


def _checked_name(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise Invalid(said("The cohort needs a name."), said("Such as “Autumn 2026, day hospital”."))
    if len(tidy) > MOST_NAME:
        raise Invalid(said("That name is too long."), said("Use at most 200 characters."))
    return tidy


def _free_slug(session: Session, organisation_id: int, name: str) -> str:
    """A short name for addresses: letters and digits of the name, with a number if it is taken."""
    stem = re.sub(r"[^a-z0-9]+", "-", name_key(name)).strip("-")[:MOST_SLUG].strip("-") or "cohort"
    taken = set(
        session.scalars(
            select(Cohort.slug).where(
                Cohort.organisation_id == organisation_id, Cohort.slug.startswith(stem, autoescape=True)
            )
        )
    )
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
