"""Joining: what accepting an invitation does to enrolments, and asking people (again)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, select, update
from sqlalchemy.orm import Session

from trainer.accounts.accepting import become_member, find_invitation, prepare_account, use_invitation
from trainer.accounts.actor import Actor
from trainer.accounts.audit import EventKind, record_event
from trainer.accounts.invitations import LETTER, InvitationOf, InvitationOver, invite_people, revoke_invitation
from trainer.accounts.locks import lock_person
from trainer.accounts.models import Invitation, Membership, Person
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.counting import settle_people
from trainer.cohorts.models import Cohort, Enrolment
from trainer.cohorts.queries import CohortOf
from trainer.errors import Invalid, NotFound
from trainer.wording import said


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation as its reader sees it: who invites, to what, and the name that was written for them."""

    invitation: InvitationOf
    cohorts: tuple[str, ...]
    invited_as: str
    inviter: str | None


def open_invitation(session: Session, token: str, *, at: datetime) -> OpenInvitation | None:
    """What a link leads to; None if it is over, or if the organisation has thought better of it. Three statements."""
    found = find_invitation(session, token, at=at)
    if found is None or not _is_wanted(session, found.organisation_id, found.person_id):
        return None
    rows = session.execute(
        select(Cohort.name, Enrolment.invited_as)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(*_waiting(found.organisation_id, found.person_id))
        .order_by(Cohort.name, Cohort.id)
    ).all()
    names = [row.invited_as for row in rows if row.invited_as]
    inviter = session.scalar(select(Person.name).where(Person.id == found.invited_by)) if found.invited_by else None
    return OpenInvitation(found, tuple(row.name for row in rows), names[0] if names else "", inviter)


def accept_invitation(
    session: Session, *, token: str, actor: Actor | None, name: str = "", password: str = "", at: datetime
) -> tuple[int, str]:
    """Accept, once: a new person gets ``name`` and ``password``; others must be signed in. Person and organisation.

    The person becomes a learner of the organisation if they were nothing there, and every enrolment that waited for
    them there is active. Raises InvitationOver, SomebodyElses, or Invalid for a poor password; the link stays open
    after the last two.
    """
    found = open_invitation(session, token, at=at)
    if found is None:
        raise InvitationOver
    organisation_id, person_id = use_invitation(session, token=token, kind=LETTER, at=at)
    somebody = prepare_account(session, person_id=person_id, actor=actor, name=name, password=password, at=at)
    activate_enrolments(session, actor=somebody, organisation_id=organisation_id, at=at)
    return person_id, found.invitation.organisation_name


def activate_enrolments(
    session: Session,
    *,
    actor: Actor,
    organisation_id: int,
    at: datetime,
    kind: EventKind = EventKind.INVITATION_ACCEPTED,
) -> None:
    """The person has said yes: a member from now on, and in every cohort there that waited for them."""
    become_member(session, organisation_id=organisation_id, person_id=actor.person_id, at=at)
    lock_person(session, actor)
    waits = Enrolment.state == "invited"
    places = session.scalars(
        update(Enrolment)
        .where(Enrolment.organisation_id == organisation_id, Enrolment.person_id == actor.person_id)
        .values(
            state=case((waits, "active"), else_=Enrolment.state),
            state_since=case((waits, at), else_=Enrolment.state_since),
            invited_as=None,
        )
        .returning(Enrolment.cohort_id),
        execution_options={"synchronize_session": False},
    ).all()
    for cohort_id in sorted(places):
        settle_people(session, cohort_id, [actor.person_id])
    record_event(
        session,
        actor=actor,
        organisation_id=organisation_id,
        kind=kind,
        subject_id=actor.person_id,
        at=at,
    )


def invite_waiting(
    session: Session, *, actor: Actor, organisation: str, cohort: str, at: datetime
) -> tuple[CohortOf, int]:
    """Invite whoever is listed in the cohort and has no open invitation; the cohort and how many letters wait now."""
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    is_asked = exists().where(
        Invitation.organisation_id == Enrolment.organisation_id,
        Invitation.person_id == Enrolment.person_id,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
    )
    people = session.scalars(
        select(Enrolment.person_id).where(Enrolment.cohort_id == target.id, Enrolment.state == "invited", ~is_asked)
    ).all()
    where = target.organisation_id
    invited = invite_people(session, actor=actor, organisation_id=where, person_ids=people, at=at)
    return target, invited.letter_count


def invite_again(
    session: Session, *, actor: Actor, organisation: str, cohort: str, enrolment_id: int, at: datetime
) -> CohortOf:
    """Ask somebody again: a new letter, and the link in the old one opens nothing. Raises Invalid once they are in."""
    target, person_id = _waiting_person(session, actor, organisation, cohort, enrolment_id)
    invite_people(session, actor=actor, organisation_id=target.organisation_id, person_ids=[person_id], at=at)
    return target


def take_invitation_back(
    session: Session, *, actor: Actor, organisation: str, cohort: str, enrolment_id: int, at: datetime
) -> CohortOf:
    """Let the link or slip open nothing; the line in the cohort stays until it is withdrawn."""
    target, person_id = _waiting_person(session, actor, organisation, cohort, enrolment_id)
    revoke_invitation(session, actor=actor, organisation_id=target.organisation_id, person_id=person_id, at=at)
    return target


def _waiting_person(
    session: Session, actor: Actor, organisation: str, cohort: str, enrolment_id: int
) -> tuple[CohortOf, int]:
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    row = session.execute(
        select(Enrolment.person_id, Enrolment.state).where(
            Enrolment.id == enrolment_id, Enrolment.cohort_id == target.id
        )
    ).one_or_none()
    if row is None:
        raise NotFound(said("There is no such learner in this cohort."))
    if row.state != "invited":
        raise Invalid(said("This person is not waiting for an invitation."), said("Look at the list again."))
    return target, row.person_id


def _is_wanted(session: Session, organisation_id: int, person_id: int) -> bool:
    """A member, or listed in a cohort: whoever was taken off the list meanwhile is not made a member by an old link."""
    member = exists().where(Membership.organisation_id == organisation_id, Membership.person_id == person_id)
    listed = exists().where(*_waiting(organisation_id, person_id))
    return bool(session.scalar(select(member | listed)))


def _waiting(organisation_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Enrolment.organisation_id == organisation_id,
        Enrolment.person_id == person_id,
        Enrolment.state == "invited",
    )
