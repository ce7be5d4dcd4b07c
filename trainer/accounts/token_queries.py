"""Reading tokens: whom one stands for, which an organisation has, and which can read what is somebody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, MembershipOf, Role, Scope
from trainer.accounts.models import ApiToken, Membership, Organisation, Person
from trainer.accounts.passwords import token_hash
from trainer.accounts.queries import OrganisationOf

MOST_ENDED = 50  # tokens that work no longer are listed up to here, the last first


class Standing(StrEnum):
    """Whether a token opens anything."""

    WORKS = "works"
    EXPIRED = "expired"
    ENDED = "ended"
    STOPPED = "stopped"  # its maker is no manager now, or their account is closed


@dataclass(frozen=True, slots=True)
class TokenOf:
    """A token that somebody presented: what it may do, and as whom it acts while it works."""

    token_id: int
    standing: Standing
    scopes: frozenset[Scope]
    organisation: OrganisationOf
    actor: Actor
    last_used_on: date | None


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token in a list; never the token itself."""

    token_id: int
    name: str
    prefix: str
    scopes: tuple[Scope, ...]
    made_by: str
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None
    standing: Standing


_MAKER_ROLE = (
    select(Membership.role)
    .where(Membership.organisation_id == ApiToken.organisation_id, Membership.person_id == ApiToken.created_by)
    .correlate(ApiToken)
    .scalar_subquery()
)


def find_token(session: Session, token: str, *, at: datetime) -> TokenOf | None:
    """The token behind what was presented, whatever its standing; None for one that was never made. One statement."""
    row = session.execute(
        select(
            ApiToken,
            Organisation.slug,
            Organisation.name.label("organisation_name"),
            Person.name.label("maker"),
            Person.is_active,
            _MAKER_ROLE.label("role"),
        )
        .join(Organisation, Organisation.id == ApiToken.organisation_id)
        .join(Person, Person.id == ApiToken.created_by)
        .where(ApiToken.token_hash == token_hash(token))
    ).one_or_none()
    if row is None:
        return None
    found: ApiToken = row[0]
    home = OrganisationOf(found.organisation_id, row.slug, row.organisation_name)
    actor = Actor(
        person_id=found.created_by,
        name=row.maker,
        email="",
        memberships=(MembershipOf(home.id, home.slug, home.name, Role.MANAGER),),
        token_id=found.id,
    )
    standing = _standing(found, is_manager=row.is_active and row.role == Role.MANAGER, at=at)
    return TokenOf(found.id, standing, frozenset(scopes_in(found)), home, actor, found.last_used_on)


def token_lines(session: Session, organisation_id: int, *, at: datetime) -> tuple[TokenLine, ...]:
    """The organisation's tokens: those that work, then the last that did. One statement."""
    lines = [
        TokenLine(
            row[0].id,
            row[0].name,
            row[0].prefix,
            scopes_in(row[0]),
            row.maker,
            row[0].created_at,
            row[0].expires_at,
            row[0].last_used_on,
            _standing(row[0], is_manager=row.is_active and row.role == Role.MANAGER, at=at),
        )
        for row in session.execute(
            select(ApiToken, Person.name.label("maker"), Person.is_active, _MAKER_ROLE.label("role"))
            .join(Person, Person.id == ApiToken.created_by)
            .where(ApiToken.organisation_id == organisation_id)
            .order_by(ApiToken.id.desc())
        )
    ]
    working = [line for line in lines if line.standing is Standing.WORKS]
    return (*working, *[line for line in lines if line.standing is not Standing.WORKS][:MOST_ENDED])


def may_read(scope: Scope) -> ColumnElement[bool]:
    """True of a token that has the scope and a maker who is a manager of its organisation now."""
    return ApiToken.scopes.contains(scope) & (_MAKER_ROLE == Role.MANAGER)


def scopes_in(token: ApiToken) -> tuple[Scope, ...]:
    """What a token may do, in the order of the page."""
    held = token.scopes.split()
    return tuple(scope for scope in Scope if scope in held)


def _standing(token: ApiToken, *, is_manager: bool, at: datetime) -> Standing:
    if token.revoked_at is not None:
        return Standing.ENDED
    if token.expires_at <= at:
        return Standing.EXPIRED
    return Standing.WORKS if is_manager else Standing.STOPPED
