"""Looking at an invitation and using it up. What becomes of enrolments is decided in ``cohorts.joining``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, Role
from trainer.accounts.invitations import LETTER, InvitationOf, InvitationOver
from trainer.accounts.models import Invitation, Membership, Organisation, Person
from trainer.accounts.passwords import token_hash
from trainer.accounts.renaming import rename_person
from trainer.accounts.services import set_password
from trainer.errors import NotAllowed
from trainer.wording import said


class SomebodyElses(NotAllowed):
    """The invitation is for another account than the one signed in."""

    def __init__(self) -> None:
        super().__init__(
            said("This invitation is for another account than the one you are signed in with."),
            said("Sign out, then open the link in the letter again."),
        )


def find_invitation(session: Session, token: str, *, at: datetime) -> InvitationOf | None:
    """What a link in a letter leads to, as long as it can be accepted. Reading uses nothing up."""
    row = session.execute(
        select(
            Invitation.organisation_id,
            Organisation.slug,
            Organisation.name,
            Invitation.person_id,
            Person.password_hash.is_not(None),
            Invitation.invited_by,
        )
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .join(Person, Person.id == Invitation.person_id)
        .where(*_is_open(token, LETTER, at), Person.is_active)
    ).one_or_none()
    return InvitationOf(*row) if row else None


def use_invitation(session: Session, *, token: str, kind: str, at: datetime) -> tuple[int, int]:
    """Use it up, in one statement, so that of two at once only one gets in; returns organisation and person.

    Raises InvitationOver if it is used, expired, revoked or unknown.
    """
    used = session.execute(
        update(Invitation)
        .where(*_is_open(token, kind, at))
        .values(accepted_at=at, token_hash=None)
        .returning(Invitation.organisation_id, Invitation.person_id),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if used is None:
        raise InvitationOver
    return used.organisation_id, used.person_id


def prepare_account(
    session: Session, *, person_id: int, actor: Actor | None, name: str, password: str, at: datetime
) -> Actor:
    """A new person gets a name and a password; whoever has one must be signed in as that very person.

    Raises SomebodyElses, Invalid for a poor password, InvitationOver for a closed account.
    """
    person = session.get_one(Person, person_id)
    if not person.is_active:
        raise InvitationOver
    if actor is not None and actor.person_id != person_id:
        raise SomebodyElses
    if person.password_hash is not None:
        if actor is None:
            raise SomebodyElses
        return actor
    set_password(session, person, password, at)
    session.flush()
    rename_person(session, person_id=person_id, name=name)
    return Actor(person_id=person_id, name=person.name, email=person.email or "")


def become_member(session: Session, *, organisation_id: int, person_id: int, at: datetime) -> bool:
    """Make the person a learner of the organisation; True if they were no member. A role they have stays."""
    mine = (Membership.organisation_id == organisation_id, Membership.person_id == person_id)
    if session.scalar(select(Membership.id).where(*mine)) is not None:
        return False
    session.add(Membership(organisation_id=organisation_id, person_id=person_id, role=Role.LEARNER, created_at=at))
    session.flush()
    return True


def _is_open(token: str, kind: str, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Invitation.token_hash == token_hash(token),
        Invitation.kind == kind,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > at,
    )
