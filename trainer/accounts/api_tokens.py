"""Tokens of other systems: made by a manager, shown once, kept as a hash, for a year at the most.

A token opens what its scopes name, in one organisation, and never more than its maker could open: it acts in their
name. So it stops when they are no longer a manager there, and for good.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Actor, Role, Scope
from trainer.accounts.audit import EventKind, record_event
from trainer.accounts.locks import lock_organisation
from trainer.accounts.models import ApiToken
from trainer.accounts.passwords import new_token, token_hash
from trainer.accounts.queries import OrganisationOf
from trainer.errors import Conflict, Invalid, NotFound
from trainer.wording import said

MARK = "alongside_"  # so that whoever finds one knows what it opens
PATTERN = re.compile(rf"{MARK}[A-Za-z0-9_-]{{43}}")
SHOWN = len(MARK) + 6  # characters that the list of tokens shows: too few to guess the rest
LONGEST = timedelta(days=365)
MOST_NAME = 100
MOST_TOKENS = 50  # working at the same time, in one organisation


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A new token. The token itself is nowhere else, and in no log: ``repr`` leaves it out."""

    token_id: int
    name: str
    expires_at: datetime
    token: str = field(repr=False)


def make_token(
    session: Session,
    *,
    actor: Actor,
    organisation: str,
    name: str,
    scopes: Collection[Scope],
    lasts: timedelta,
    at: datetime,
) -> MadeToken:
    """Make a token for managers. Raises Invalid for no name, no scope or more than a year.

    Raises Conflict for a name that a working token has, so that a page sent twice makes one token.
    """
    home = organisation_for(session, actor, organisation, Role.MANAGER)
    tidy = _checked_name(name)
    if not scopes:
        raise Invalid(said("The token would open nothing."), said("Choose at least one thing that it may do."))
    if not timedelta(0) < lasts <= LONGEST:
        raise Invalid(said("A token works for a year at the most."), said("Choose an earlier end."))
    lock_organisation(session, home.id)
    _keep_within_limits(session, home, tidy, at)
    token = MARK + new_token()
    row = ApiToken(
        organisation_id=home.id,
        name=tidy,
        scopes=" ".join(sorted(scopes)),
        prefix=token[:SHOWN],
        token_hash=token_hash(token),
        created_by=actor.person_id,
        created_at=at,
        expires_at=at + lasts,
    )
    session.add(row)
    session.flush()
    _record(session, actor, home.id, EventKind.TOKEN_MADE, row.id, at, scopes=row.scopes)
    return MadeToken(row.id, tidy, row.expires_at, token)


def end_token(session: Session, *, actor: Actor, organisation: str, token_id: int, at: datetime) -> None:
    """Let a token open nothing from now on; again is no change. Raises NotFound for another organisation's."""
    home = organisation_for(session, actor, organisation, Role.MANAGER)
    mine = (ApiToken.id == token_id, ApiToken.organisation_id == home.id)
    if session.scalar(select(ApiToken.id).where(*mine)) is None:
        raise NotFound(said("There is no such token in this organisation."))
    if _end(session, token_id, at):
        _record(session, actor, home.id, EventKind.TOKEN_ENDED, token_id, at)


def end_tokens_of(session: Session, *, actor: Actor, organisation_id: int, person_id: int, at: datetime) -> int:
    """End what somebody made who is no longer a manager there; how many. For good: they may make new ones."""
    made = (ApiToken.organisation_id == organisation_id, ApiToken.created_by == person_id)
    ids = session.scalars(select(ApiToken.id).where(*made, ApiToken.revoked_at.is_(None))).all()
    for token_id in ids:
        _end(session, token_id, at)
        _record(session, actor, organisation_id, EventKind.TOKEN_ENDED, token_id, at)
    return len(ids)


def end_exposed_token(session: Session, *, token: str, at: datetime) -> bool:
    """End a token that was sent where others can read it, such as in an address; True if it was one of ours."""
    row = session.execute(
        select(ApiToken.id, ApiToken.organisation_id, ApiToken.created_by).where(
            ApiToken.token_hash == token_hash(token)
        )
    ).one_or_none()
    if row is None:
        return False
    if _end(session, row.id, at):
        maker = Actor(person_id=row.created_by, name="", email="", token_id=row.id)
        _record(session, maker, row.organisation_id, EventKind.TOKEN_EXPOSED, row.id, at)
    return True


def note_use(session: Session, *, token_id: int, on: date) -> None:
    """Remember the day on which a token was last used; never the hour, never for what."""
    session.execute(
        update(ApiToken).where(ApiToken.id == token_id).values(last_used_on=on),
        execution_options={"synchronize_session": False},
    )


def _checked_name(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise Invalid(said("The token has no name."), said("Name the system that will use it, such as “HR system”."))
    if len(tidy) > MOST_NAME or not tidy.isprintable():
        raise Invalid(
            said("A name has at most %(count)s characters, and only such as can be seen.", count=MOST_NAME),
            said("Shorten it, or type it again."),
        )
    return tidy


def _keep_within_limits(session: Session, home: OrganisationOf, name: str, at: datetime) -> None:
    works = (ApiToken.organisation_id == home.id, ApiToken.revoked_at.is_(None), ApiToken.expires_at > at)
    if session.scalar(select(ApiToken.id).where(*works, ApiToken.name == name).limit(1)) is not None:
        raise Conflict(
            said("There is a working token with the name “%(name)s” already.", name=name),
            said("Choose another name, or end that token first."),
        )
    if (session.scalar(select(func.count()).select_from(ApiToken).where(*works)) or 0) >= MOST_TOKENS:
        raise Conflict(
            said("%(count)s tokens work already; that is the limit.", count=MOST_TOKENS),
            said("End those that no system uses any longer."),
        )


def _end(session: Session, token_id: int, at: datetime) -> bool:
    """True if it had not ended before; whoever comes second changes nothing."""
    ended = session.execute(
        update(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=at)
        .returning(ApiToken.id),
        execution_options={"synchronize_session": False},
    )
    return ended.first() is not None


def _record(
    session: Session, actor: Actor, organisation_id: int, kind: EventKind, token_id: int, at: datetime, **detail: str
) -> None:
    about = {"kind": kind, "subject_id": token_id, "detail": detail}
    record_event(session, actor=actor, organisation_id=organisation_id, **about, at=at)  # type: ignore[arg-type]
