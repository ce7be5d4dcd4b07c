"""One's own PIN: choosing another, opening the notebook again, making a slip void."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.invitations import SLIP, revoke_invitation
from trainer.accounts.models import Invitation, Person, WardAccess
from trainer.accounts.passwords import hash_password, password_matches
from trainer.accounts.throttle import may_try_earlier_pin
from trainer.accounts.ward import PinTry, ward_access
from trainer.accounts.ward_codes import pin_problem
from trainer.errors import Invalid
from trainer.wording import said


@dataclass(frozen=True, slots=True)
class MyPin:
    """What somebody is shown of their own access on shared computers."""

    code: str | None
    has_pin: bool
    has_open_slip: bool


def my_pin(session: Session, actor: Actor, *, at: datetime) -> MyPin:
    """The actor's own code, and whether a slip of theirs is still good. Two statements."""
    access = session.get(WardAccess, actor.person_id)
    slip = session.scalar(select(Invitation.id).where(*_open_slips(actor, at)).limit(1))
    if access is None:
        return MyPin(None, has_pin=False, has_open_slip=slip is not None)
    return MyPin(access.code, access.pin_hash is not None, slip is not None)


def choose_pin(session: Session, *, actor: Actor, current: str, pin: str) -> None:
    """Set one's PIN, knowing the present password or PIN. Raises Invalid with the remedy."""
    if problem := pin_problem(pin):
        raise Invalid(said("That PIN cannot be taken."), problem)
    person, access = session.get_one(Person, actor.person_id), ward_access(session, actor.person_id)
    known = access.pin_hash if actor.is_shared else person.password_hash or access.pin_hash
    if not password_matches(current, known):
        raise Invalid(said("That does not match."), said("Type what you signed in with once more."))
    access.pin_hash, access.miss_count = hash_password(pin), 0
    session.flush()


def make_slips_void(session: Session, *, actor: Actor, at: datetime) -> None:
    """Let no slip of one's own open anything; the PIN stays."""
    where = session.scalars(select(Invitation.organisation_id).where(*_open_slips(actor, at))).all()
    for organisation_id in where:
        revoke_invitation(session, actor=actor, organisation_id=organisation_id, person_id=actor.person_id, at=at)


def earlier_pin(session: Session, actor: Actor, *, at: datetime) -> PinTry | None:
    """The PIN from before, to compare with, and a try counted; None after five a day, or where nothing is closed."""
    may = may_try_earlier_pin(session, person_id=actor.person_id, at=at)
    access = session.get(WardAccess, actor.person_id)
    if not may or access is None or access.earlier_pin_hash is None:
        return None
    return PinTry(actor.person_id, access.earlier_pin_hash)


def open_notebook(session: Session, *, pin_try: PinTry) -> None:
    """The PIN from before was right: the notebook is open again."""
    session.execute(
        update(WardAccess)
        .where(WardAccess.person_id == pin_try.person_id, WardAccess.earlier_pin_hash == pin_try.pin_hash)
        .values(earlier_pin_hash=None, notebook_closed_at=None),
        execution_options={"synchronize_session": False},
    )


def _open_slips(actor: Actor, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Invitation.person_id == actor.person_id,
        Invitation.kind == SLIP,
        Invitation.token_hash.is_not(None),
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > at,
    )
