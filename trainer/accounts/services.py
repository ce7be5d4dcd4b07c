"""Changing people, organisations and sessions. Nothing here commits or sends mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, literal, select, update
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, PracticeRole, Role
from trainer.accounts.models import LoginSession, Membership, Organisation, PasswordReset, Person
from trainer.accounts.names import name_key
from trainer.accounts.passwords import (
    email_key,
    hash_password,
    needs_rehash,
    new_token,
    password_matches,
    password_problem,
    token_hash,
)
from trainer.accounts.renaming import rename_person
from trainer.db import UtcDateTime
from trainer.errors import Conflict, Invalid
from trainer.wording import said

SESSION_LASTS = timedelta(hours=12)
REMEMBERED_SESSION_LASTS = timedelta(days=30)
RESET_LASTS = timedelta(hours=2)
SHARED_IDLE, SHARED_LASTS = timedelta(minutes=30), timedelta(hours=4)
SHARED_COMPUTER = "Shared computer"


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A new session: the token goes into the cookie and nowhere else."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ResetLink:
    """What the e-mail needs."""

    name: str
    email: str
    token: str


def create_organisation(session: Session, *, slug: str, name: str, at: datetime) -> int:
    """Add an organisation; returns its id. Raises Conflict if the slug is taken."""
    if session.scalar(select(Organisation.id).where(Organisation.slug == slug)) is not None:
        raise Conflict(
            said("There is already an organisation called “%(slug)s”.", slug=slug), said("Choose another short name.")
        )
    organisation = Organisation(slug=slug, name=name, created_at=at)
    session.add(organisation)
    session.flush()
    return organisation.id


def create_person(
    session: Session,
    *,
    name: str,
    email: str,
    password: str | None = None,
    password_hash: str | None = None,
    at: datetime,
    practice_role: PracticeRole | None = None,
) -> int:
    """Add a person; returns the id. ``password_hash`` is for a demo's many people who share one.

    Raises Conflict if the address has an account, Invalid for a poor password.
    """
    if password is not None and (problem := password_problem(password, email=email)):
        raise Invalid(said("The password cannot be taken."), problem)
    if session.scalar(select(Person.id).where(Person.email_key == email_key(email))) is not None:
        raise Conflict(
            said("%(email)s already has an account.", email=email), said("Use that account, or another address.")
        )
    person = Person(
        name=name,
        name_key=name_key(name),
        email=email.strip(),
        email_key=email_key(email),
        password_hash=hash_password(password) if password is not None else password_hash,
        practice_role=practice_role,
        is_active=True,
        created_at=at,
    )
    session.add(person)
    session.flush()
    return person.id


def grant_membership(session: Session, *, organisation_id: int, person_id: int, role: Role, at: datetime) -> None:
    """Make a person a member, or change the role they have there."""
    membership = session.scalar(
        select(Membership).where(Membership.organisation_id == organisation_id, Membership.person_id == person_id)
    )
    if membership is None:
        session.add(Membership(organisation_id=organisation_id, person_id=person_id, role=role, created_at=at))
    else:
        membership.role = role
    session.flush()


def check_credentials(session: Session, *, email: str, password: str) -> int | None:
    """The person's id if the password is right; the work done is the same when there is no such account."""
    person = session.scalar(select(Person).where(Person.email_key == email_key(email)))
    matches = password_matches(password, person.password_hash if person else None)
    if person is None or not matches or not person.is_active:
        return None
    return person.id


def open_session(session: Session, *, person_id: int, device: str, is_remembered: bool, at: datetime) -> OpenedSession:
    """Sign a person in on a device; sessions of theirs that have expired are cleared away."""
    session.execute(delete(LoginSession).where(LoginSession.person_id == person_id, LoginSession.expires_at <= at))
    token = new_token()
    expires_at = at + (REMEMBERED_SESSION_LASTS if is_remembered else SESSION_LASTS)
    session.add(
        LoginSession(
            token_hash=token_hash(token), person_id=person_id, device=device[:80], created_at=at, expires_at=expires_at
        )
    )
    session.flush()
    return OpenedSession(token, expires_at)


def open_shared_session(session: Session, *, person_id: int, at: datetime) -> OpenedSession:
    """Sign a person in on a computer of many: over after half an hour without a page, and after four hours anyway."""
    session.execute(delete(LoginSession).where(LoginSession.person_id == person_id, LoginSession.expires_at <= at))
    token = new_token()
    row = LoginSession(token_hash=token_hash(token), person_id=person_id, device=SHARED_COMPUTER, created_at=at)
    row.expires_at, row.ends_at = at + SHARED_IDLE, at + SHARED_LASTS
    session.add(row)
    session.flush()
    return OpenedSession(token, row.expires_at)


def keep_shared_session(session: Session, *, session_id: int, at: datetime) -> None:
    """Somebody is still there: the half hour begins again, within the four hours."""
    idle_until = at + SHARED_IDLE
    end = case((LoginSession.ends_at < idle_until, LoginSession.ends_at), else_=literal(idle_until, UtcDateTime()))
    session.execute(
        update(LoginSession)
        .where(LoginSession.id == session_id, LoginSession.ends_at.is_not(None), LoginSession.expires_at > at)
        .values(expires_at=end),
        execution_options={"synchronize_session": False},
    )


def upgrade_hash(session: Session, *, person_id: int, password: str) -> None:
    """Store the password with today's parameters if its hash is weaker."""
    person = session.get_one(Person, person_id)
    if person.password_hash and needs_rehash(person.password_hash):
        person.password_hash = hash_password(password)
        session.flush()


def end_session(session: Session, *, actor: Actor, session_id: int) -> None:
    """Sign one of the actor's own devices out; somebody else's session is left alone."""
    session.execute(
        delete(LoginSession).where(LoginSession.id == session_id, LoginSession.person_id == actor.person_id)
    )


def end_other_sessions(session: Session, *, actor: Actor) -> None:
    """Sign every device out but the one in hand."""
    session.execute(
        delete(LoginSession).where(LoginSession.person_id == actor.person_id, LoginSession.id != actor.session_id)
    )


def update_profile(session: Session, *, actor: Actor, name: str, practice_role: PracticeRole | None) -> None:
    """Change own name and role; the role may be left or made blank."""
    rename_person(session, person_id=actor.person_id, name=name)
    session.execute(update(Person).where(Person.id == actor.person_id).values(practice_role=practice_role))


def change_password(session: Session, *, actor: Actor, current: str, new: str, at: datetime) -> None:
    """Set a new password; other devices and open reset links end. Raises Invalid with the remedy."""
    person = session.get_one(Person, actor.person_id)
    if not password_matches(current, person.password_hash):
        raise Invalid(said("The current password does not match."), said("Type it again, or use “Forgotten password”."))
    set_password(session, person, new, at)
    end_other_sessions(session, actor=actor)


def request_reset(session: Session, *, email: str, at: datetime) -> ResetLink | None:
    """Draw a reset link for an active person; None if there is none. The page says the same either way."""
    person = session.scalar(select(Person).where(Person.email_key == email_key(email), Person.is_active))
    if person is None or person.email is None:
        return None
    token = new_token()
    session.add(
        PasswordReset(token_hash=token_hash(token), person_id=person.id, created_at=at, expires_at=at + RESET_LASTS)
    )
    session.flush()
    return ResetLink(person.name, person.email, token)


def reset_password(session: Session, *, token: str, new: str, at: datetime) -> None:
    """Use a reset link, once: every session and every other link of the person ends.

    Raises Invalid if the link is used, expired or unknown, or the password is poor.
    """
    reset = session.scalar(select(PasswordReset).where(PasswordReset.token_hash == token_hash(token)).with_for_update())
    if reset is None or reset.used_at is not None or reset.expires_at <= at:
        raise Invalid(
            said("This link has been used or has expired."), said("Ask for a new one; it arrives within minutes.")
        )
    person = session.get_one(Person, reset.person_id)
    set_password(session, person, new, at)
    session.execute(delete(LoginSession).where(LoginSession.person_id == person.id))


def set_password(session: Session, person: Person, new: str, at: datetime) -> None:
    """Store a new password; open reset links of the person end. Raises Invalid with the remedy."""
    if problem := password_problem(new, email=person.email or ""):
        raise Invalid(said("That password cannot be taken."), problem)
    person.password_hash = hash_password(new)
    session.execute(
        update(PasswordReset)
        .where(PasswordReset.person_id == person.id, PasswordReset.used_at.is_(None))
        .values(used_at=at)
    )
    session.flush()


def set_active(session: Session, *, person_id: int, is_active: bool) -> None:
    """Open or close an account; closing it signs the person out everywhere and ends their reset links."""
    session.execute(update(Person).where(Person.id == person_id).values(is_active=is_active))
    if not is_active:
        session.execute(delete(LoginSession).where(LoginSession.person_id == person_id))
        session.execute(
            delete(PasswordReset).where(PasswordReset.person_id == person_id, PasswordReset.used_at.is_(None))
        )
