"""Reading people and organisations; rows stay here, frozen values leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, MembershipOf, PracticeRole, Role
from trainer.accounts.models import LoginSession, Membership, Organisation, PasswordReset, Person, WardAccess
from trainer.accounts.passwords import email_key, token_hash
from trainer.db import table_of


@dataclass(frozen=True, slots=True)
class Device:
    """A signed-in device of a person."""

    session_id: int
    label: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationOf:
    """An organisation as the rest of the house sees it."""

    id: int
    slug: str
    name: str


_people, _memberships = table_of(Person), table_of(Membership)
_organisations, _sessions = table_of(Organisation), table_of(LoginSession)
_ward = table_of(WardAccess)
_ACTOR = (
    select(
        _people.c.id,
        _people.c.name,
        _people.c.email,
        _people.c.practice_role,
        _memberships.c.organisation_id,
        _memberships.c.role,
        _organisations.c.slug,
        _organisations.c.name.label("organisation_name"),
    )
    .select_from(_people)
    .outerjoin(_memberships, _memberships.c.person_id == _people.c.id)
    .outerjoin(_organisations, _organisations.c.id == _memberships.c.organisation_id)
    .where(_people.c.is_active)
    .order_by(_memberships.c.id)
)
# Built once: every request asks this.
_BY_TOKEN = (
    _ACTOR.add_columns(
        _sessions.c.id.label("session_id"), _sessions.c.expires_at, _sessions.c.ends_at, _ward.c.notebook_closed_at
    )
    .join(_sessions, _sessions.c.person_id == _people.c.id)
    # Who signs in with a password has shown more than a slip; the notebook is closed on shared computers alone.
    .outerjoin(_ward, (_ward.c.person_id == _people.c.id) & _sessions.c.ends_at.is_not(None))
    .where(_sessions.c.token_hash == bindparam("token_hash"))
)


def find_actor_by_token(session: Session, token: str, *, at: datetime) -> Actor | None:
    """The person behind a session token, in one statement; None if it ended or expired."""
    rows = session.execute(_BY_TOKEN, {"token_hash": token_hash(token)}).all()
    if not rows or rows[0].expires_at <= at:
        return None
    first, found = rows[0], _actor(rows, session_id=rows[0].session_id)
    if first.ends_at is None:
        return found
    return replace(found, shared_until=first.expires_at, notebook_is_closed=first.notebook_closed_at is not None)


def find_actor_by_email(session: Session, email: str) -> Actor | None:
    """The active person with this address, however it is typed."""
    rows = session.execute(_ACTOR.where(_people.c.email_key == email_key(email))).all()
    return _actor(rows) if rows else None


def _actor(rows: Sequence[Row[*tuple[Any, ...]]], *, session_id: int = 0) -> Actor:
    first = rows[0]
    return Actor(
        person_id=first.id,
        name=first.name,
        email=first.email or "",
        practice_role=PracticeRole(first.practice_role) if first.practice_role else None,
        memberships=tuple(
            MembershipOf(row.organisation_id, row.slug, row.organisation_name, Role(row.role))
            for row in rows
            if row.organisation_id is not None
        ),
        session_id=session_id,
    )


def devices_of(session: Session, actor: Actor, *, at: datetime) -> tuple[Device, ...]:
    """Where the person is signed in, newest first."""
    rows = session.execute(
        select(LoginSession.id, LoginSession.device, LoginSession.created_at)
        .where(LoginSession.person_id == actor.person_id, LoginSession.expires_at > at)
        .order_by(LoginSession.created_at.desc(), LoginSession.id.desc())
    )
    return tuple(Device(row.id, row.device, row.created_at) for row in rows)


def reset_is_open(session: Session, token: str, *, at: datetime) -> bool:
    """True if a reset link can still be used."""
    found = session.execute(
        select(PasswordReset.expires_at).where(
            PasswordReset.token_hash == token_hash(token), PasswordReset.used_at.is_(None)
        )
    ).scalar_one_or_none()
    return found is not None and found > at


def find_organisation(session: Session, slug: str) -> OrganisationOf | None:
    """An organisation by its slug. Callers decide by ``access`` who may know of it."""
    row = session.execute(
        select(Organisation.id, Organisation.slug, Organisation.name).where(Organisation.slug == slug)
    ).one_or_none()
    return OrganisationOf(row.id, row.slug, row.name) if row else None
