"""Inviting people: whom, by which letter or slip, and for how long. Nothing here sends mail.

A link is 256 random bits and stored as a hash, belongs to one person and one organisation, works once and for two
weeks; asking again draws another and the old one opens nothing. It is drawn only when a letter is about to be sent, so
ten thousand invitations hold no ten thousand links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, insert, or_, select, update
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, Role
from trainer.accounts.audit import EventKind, record_event
from trainer.accounts.models import Invitation, Organisation, Person
from trainer.accounts.passwords import new_token, token_hash
from trainer.db import has_row_locks, table_of
from trainer.errors import Invalid, NotAllowed
from trainer.wording import said

INVITATION_LASTS = timedelta(days=14)
GIVEN_UP_AFTER = timedelta(minutes=10)  # a letter that was drawn and never marked as sent may be drawn again
AT_ONCE = 5_000
LETTER, SLIP = "letter", "slip"


@dataclass(frozen=True, slots=True)
class Invited:
    """How many now wait for a letter, and how many for a slip."""

    letter_count: int
    slip_count: int


@dataclass(frozen=True, slots=True)
class InvitationLetter:
    """What one e-mail needs. The token is in no log: it is not even shown by ``repr``."""

    invitation_id: int
    organisation: str
    email: str = field(repr=False)
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class InvitationOf:
    """An invitation that can still be accepted."""

    organisation_id: int
    organisation_slug: str
    organisation_name: str
    person_id: int
    has_password: bool
    invited_by: int | None


class InvitationOver(Invalid):
    """Used, expired, revoked or unknown: the four look the same."""

    def __init__(self) -> None:
        super().__init__(
            said("This invitation has been used or is no longer open."),
            said("If you have an account, sign in. If not, ask whoever invited you for a new letter."),
        )


def invite_people(
    session: Session, *, actor: Actor, organisation_id: int, person_ids: Sequence[int], at: datetime
) -> Invited:
    """Invite people, or invite them again. Five statements for every 5,000, and one line in the log.

    Letters are drawn afterwards, in small lots, by ``draw_letters``. Raises NotAllowed for somebody who is neither
    trainer nor manager there. Callers decide which people the organisation may ask.
    """
    if not actor.is_system and actor.role_in(organisation_id) not in (Role.TRAINER, Role.MANAGER):
        raise NotAllowed(said("Only trainers and managers can invite people."))
    who = actor.person_id or None
    invited = write_invitations(session, organisation_id=organisation_id, person_ids=person_ids, invited_by=who, at=at)
    if invited.letter_count or invited.slip_count:
        told = {"letters": invited.letter_count, "slips": invited.slip_count}
        record_event(session, actor=actor, organisation_id=organisation_id, kind=EventKind.INVITED, detail=told, at=at)
    return invited


def write_invitations(
    session: Session, *, organisation_id: int, person_ids: Sequence[int], invited_by: int | None, at: datetime
) -> Invited:
    """The rows alone, for whoever has decided that these people are asked; ``invited_by`` is named to them."""
    letters = slips = 0
    for some in _steps(person_ids):
        by_kind = _by_kind(session, some)
        letters, slips = letters + len(by_kind[LETTER]), slips + len(by_kind[SLIP])
        known = _known(session, organisation_id, some)
        for kind, people in by_kind.items():
            again = [person for person in people if person in known]
            if again:
                mine = (Invitation.organisation_id == organisation_id) & Invitation.person_id.in_(again)
                _write_again(session, mine, kind, invited_by, at)
        fresh = [(kind, one) for kind, people in by_kind.items() for one in people if one not in known]
        if fresh:
            session.execute(
                insert(Invitation), [_row(organisation_id, one, kind, invited_by, at) for kind, one in fresh]
            )
    return Invited(letters, slips)


def _by_kind(session: Session, person_ids: Sequence[int]) -> dict[str, list[int]]:
    rows = session.execute(select(Person.id, Person.email.is_not(None)).where(Person.id.in_(person_ids)))
    found: dict[str, list[int]] = {LETTER: [], SLIP: []}
    for person_id, has_address in rows:
        found[LETTER if has_address else SLIP].append(person_id)
    return found


def _known(session: Session, organisation_id: int, person_ids: Sequence[int]) -> set[int]:
    mine = (Invitation.organisation_id == organisation_id, Invitation.person_id.in_(person_ids))
    return set(session.scalars(select(Invitation.person_id).where(*mine)))


def _write_again(session: Session, which: ColumnElement[bool], kind: str, invited_by: int | None, at: datetime) -> None:
    # Without a hash the old link finds nothing from now on.
    session.execute(
        update(Invitation)
        .where(which)
        .values(
            kind=kind,
            invited_by=invited_by,
            invited_at=at,
            **dict.fromkeys(("token_hash", "drawn_at", "sent_at", "expires_at", "accepted_at", "revoked_at")),
        ),
        execution_options={"synchronize_session": False},
    )


def _row(organisation_id: int, person_id: int, kind: str, invited_by: int | None, at: datetime) -> dict[str, object]:
    return {
        "organisation_id": organisation_id,
        "person_id": person_id,
        "kind": kind,
        "invited_by": invited_by,
        "invited_at": at,
    }


def revoke_invitation(session: Session, *, actor: Actor, organisation_id: int, person_id: int, at: datetime) -> None:
    """Let the person's link or slip open nothing any longer; again, or once accepted, is no change."""
    changed = session.execute(
        update(Invitation)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.person_id == person_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=at, token_hash=None)
        .returning(Invitation.id),
        execution_options={"synchronize_session": False},
    ).all()
    if changed:
        kind = EventKind.INVITATION_REVOKED
        record_event(session, actor=actor, organisation_id=organisation_id, kind=kind, subject_id=person_id, at=at)


def draw_letters(
    session: Session, *, limit: int, at: datetime, organisation_id: int | None = None, after_id: int = 0
) -> tuple[InvitationLetter, ...]:
    """The next letters that wait to be sent, by number, each with a fresh link. Two workers get different ones.

    Whoever sends one says so with ``note_delivery``; what nobody spoke of for ten minutes can be drawn again.
    """
    waits = (
        Invitation.kind == LETTER,
        Invitation.sent_at.is_(None),
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        or_(Invitation.drawn_at.is_(None), Invitation.drawn_at <= at - GIVEN_UP_AFTER),
        Invitation.id > after_id,
    )
    statement = (
        select(Invitation.id, Organisation.name, Person.email)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .join(Person, Person.id == Invitation.person_id)
        .where(*waits, Person.email.is_not(None))
        .order_by(Invitation.id)
        .limit(limit)
    )
    if organisation_id is not None:
        statement = statement.where(Invitation.organisation_id == organisation_id)
    if has_row_locks(session):
        statement = statement.with_for_update(skip_locked=True, of=Invitation)
    rows = session.execute(statement)
    letters = tuple(InvitationLetter(row.id, row.name, row.email or "", new_token()) for row in rows)
    table = table_of(Invitation)
    if letters:
        session.connection().execute(
            update(table)
            .where(table.c.id == bindparam("which"))
            .values(token_hash=bindparam("hashed"), drawn_at=at, expires_at=at + INVITATION_LASTS),
            [{"which": one.invitation_id, "hashed": token_hash(one.token)} for one in letters],
        )
    return letters


def note_delivery(session: Session, *, letter: InvitationLetter, was_sent: bool, at: datetime) -> None:
    """The letter has left, or can be drawn again; a newer one for the same person is not touched."""
    session.execute(
        update(Invitation)
        .where(Invitation.id == letter.invitation_id, Invitation.token_hash == token_hash(letter.token))
        .values(sent_at=at if was_sent else None, drawn_at=at if was_sent else None),
        execution_options={"synchronize_session": False},
    )


def waiting_letter_count(session: Session, organisation_id: int) -> int:
    """How many letters have been asked for and not sent."""
    waits = (Invitation.sent_at.is_(None), Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
    mine = select(Invitation.id).where(Invitation.organisation_id == organisation_id, Invitation.kind == LETTER)
    return len(session.scalars(mine.where(*waits)).all())


def _steps(person_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(person_ids), AT_ONCE):
        yield person_ids[start : start + AT_ONCE]
