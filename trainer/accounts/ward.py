"""Signing in on a shared computer: a slip to begin with, then one's own code and PIN.

Who can get in, and what stays closed to them:

- Ten wrong PINs lock the code until a new slip is printed. Tries are counted before they are compared, so that many at
  once are no more than one after the other.
- Whoever holds a new slip can choose a new PIN; nobody else could help somebody who has forgotten theirs. So whoever
  prints slips could get into such an account, and three things stand against it. The notebook, which nobody else may
  ever read, stays closed on shared computers until the PIN from before is typed; five tries a day, so that nobody can
  use them up for good. Every slip printed for
  somebody who had a PIN is listed for them, by whom and when, at every sign-in there for two months and in the profile
  for ever. And the slip, the page that prints it and "who can see what" say so.
- People with a password and an address of their own get no slip: nobody can open their account for them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from trainer.accounts.accepting import use_invitation
from trainer.accounts.actor import Actor
from trainer.accounts.audit import EventKind, record_event
from trainer.accounts.invitations import INVITATION_LASTS, SLIP, InvitationOver, write_invitations
from trainer.accounts.models import Invitation, LoginSession, Person, SlipIssue, WardAccess
from trainer.accounts.passwords import hash_password, password_matches, token_hash
from trainer.accounts.ward_codes import (
    new_start_code,
    new_ward_code,
    pin_problem,
    plain_start_code,
    plain_ward_code,
)
from trainer.errors import Invalid, NotAllowed
from trainer.wording import said

MOST_MISSES = 10
TOLD_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one person, once."""

    name: str
    code: str = field(repr=False)
    start: str = field(repr=False)
    is_new_pin: bool  # the person had a PIN, which the slip replaces when it is used


@dataclass(frozen=True, slots=True)
class PinTry:
    """A try that has been counted: whose PIN to compare with."""

    person_id: int
    pin_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    """A slip that was printed for somebody who had a PIN."""

    issued_at: datetime
    by: str
    was_used: bool


def print_slip(session: Session, *, actor: Actor, organisation_id: int, person_id: int, at: datetime) -> Slip:
    """Draw a start code; the one before opens nothing. Callers decide for whom. Raises NotAllowed for people who have
    a password and an address: they use the ordinary way.
    """
    person = session.get_one(Person, person_id)
    if person.password_hash is not None and person.email is not None:
        raise NotAllowed(
            said("%(name)s signs in with e-mail address and password.", name=person.name),
            said("“Forgotten password” helps; nobody else can open the account."),
        )
    access = ward_access(session, person_id)
    start = new_start_code()
    who = actor.person_id or None
    write_invitations(session, organisation_id=organisation_id, person_ids=[person_id], invited_by=who, at=at)
    session.execute(
        update(Invitation)
        .where(Invitation.organisation_id == organisation_id, Invitation.person_id == person_id)
        .values(
            kind=SLIP,
            token_hash=token_hash(_slip_token(access.code, start)),
            drawn_at=at,
            sent_at=at,
            expires_at=at + INVITATION_LASTS,
        ),
        execution_options={"synchronize_session": False},
    )
    had_pin = access.pin_hash is not None
    if had_pin:
        issue = SlipIssue(person_id=person_id, organisation_id=organisation_id, issued_by=who, issued_at=at)
        session.add(issue)
    kind = EventKind.SLIP_PRINTED
    record_event(session, actor=actor, organisation_id=organisation_id, kind=kind, subject_id=person_id, at=at)
    return Slip(person.name, access.code, start, had_pin)


def ward_access(session: Session, person_id: int) -> WardAccess:
    """The row of somebody's code and PIN, made if there is none."""
    access = session.get(WardAccess, person_id)
    if access is None:
        code = new_ward_code()
        while session.scalar(select(WardAccess.person_id).where(WardAccess.code == code)) is not None:
            code = new_ward_code()
        access = WardAccess(person_id=person_id, code=code, miss_count=0)
        session.add(access)
        session.flush()
    return access


def begin_with_slip(session: Session, *, code: str, start: str, pin: str, at: datetime) -> tuple[int, Actor]:
    """Choose a PIN with a slip, once; the organisation's id and the person.

    Every session of the person ends. If there was a PIN, the notebook is closed from now on until that one is typed.
    Raises InvitationOver for a slip that is used, over or unknown, and Invalid for a PIN that is easy to guess; the
    slip stays good after the latter.
    """
    if problem := pin_problem(pin):
        raise Invalid(said("That PIN cannot be taken."), problem)
    token = _slip_token(plain_ward_code(code), plain_start_code(start))
    organisation_id, person_id = use_invitation(session, token=token, kind=SLIP, at=at)
    person, access = session.get_one(Person, person_id), session.get_one(WardAccess, person_id)
    if not person.is_active:
        raise InvitationOver
    if access.pin_hash is not None and access.notebook_closed_at is None:
        access.earlier_pin_hash, access.notebook_closed_at = access.pin_hash, at
    access.pin_hash, access.miss_count = hash_password(pin), 0
    session.flush()
    session.execute(delete(LoginSession).where(LoginSession.person_id == person_id))
    session.execute(
        update(SlipIssue).where(SlipIssue.person_id == person_id, SlipIssue.used_at.is_(None)).values(used_at=at)
    )
    return organisation_id, Actor(person_id=person_id, name=person.name, email=person.email or "")


def count_pin_try(session: Session, code: str) -> PinTry | None:
    """Count a try of a PIN before it is compared; None if the code is unknown or locked, or has no PIN."""
    row = session.execute(
        update(WardAccess)
        .where(
            WardAccess.code == plain_ward_code(code),
            WardAccess.pin_hash.is_not(None),
            WardAccess.miss_count < MOST_MISSES,
        )
        .values(miss_count=WardAccess.miss_count + 1)
        .returning(WardAccess.person_id, WardAccess.pin_hash),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    return PinTry(row.person_id, row.pin_hash or "") if row else None


def pin_matches(pin_try: PinTry | None, pin: str) -> bool:
    """Compare in the same time whether or not there is such a code. Run it outside any write transaction."""
    return password_matches(pin, pin_try.pin_hash if pin_try else None)


def note_right_pin(session: Session, *, pin_try: PinTry) -> bool:
    """Forget the misses; False if the account is closed, or the PIN was changed meanwhile."""
    person = session.get(Person, pin_try.person_id)
    cleared = session.execute(
        update(WardAccess)
        .where(WardAccess.person_id == pin_try.person_id, WardAccess.pin_hash == pin_try.pin_hash)
        .values(miss_count=0)
        .returning(WardAccess.person_id),
        execution_options={"synchronize_session": False},
    ).all()
    return bool(cleared) and person is not None and person.is_active


def slips_printed(session: Session, person_id: int, *, since: datetime | None = None) -> tuple[SlipPrinted, ...]:
    """Every slip that was printed for somebody who had a PIN, the newest first."""
    statement = (
        select(SlipIssue.issued_at, Person.name, SlipIssue.used_at)
        .outerjoin(Person, Person.id == SlipIssue.issued_by)
        .where(SlipIssue.person_id == person_id)
        .order_by(SlipIssue.id.desc())
    )
    if since is not None:
        statement = statement.where(SlipIssue.issued_at >= since)
    return tuple(SlipPrinted(row[0], row[1] or "", row[2] is not None) for row in session.execute(statement))


def _slip_token(code: str, start: str) -> str:
    return f"{code}|{start}"
