"""The log of changes: who changed whose role, enrolment, invitation or cohort. Added to, never changed.

Each row's hash covers the row and the hash before it, in its organisation. So a row that was changed, taken out, put in
or moved shows by itself; a tail that was cut off, or written anew to the end, shows against a head that was noted
elsewhere (``trainer audit head``, kept outside this database).

Ids and counts go in, never names, addresses or anything that somebody wrote.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.locks import lock_organisation
from trainer.accounts.models import AuditEvent

BEGINNING = "0" * 64
MOST_DETAIL = 500
FACTS = ("organisation_id", "number", "actor_id", "kind", "subject_id", "detail")


class EventKind(StrEnum):
    """What is written down."""

    INVITED = "invitation.made"  # detail: letters, slips
    INVITATION_REVOKED = "invitation.revoked"
    INVITATION_ACCEPTED = "invitation.accepted"
    SLIP_PRINTED = "slip.printed"
    SLIP_USED = "slip.used"
    ROLE_CHANGED = "role.changed"  # detail: role, was
    MEMBER_REMOVED = "member.removed"  # detail: role
    COHORT_CREATED = "cohort.created"
    COHORT_RENAMED = "cohort.renamed"
    TRAINER_NAMED = "cohort.trainer_named"  # detail: cohort
    TRAINER_REMOVED = "cohort.trainer_removed"  # detail: cohort
    CODE_MADE = "join_code.made"
    CODE_ENDED = "join_code.ended"
    CODE_USED = "join_code.used"  # detail: cohort
    ROSTER_APPLIED = "roster.applied"  # detail: cohort and counts
    ROSTER_EXPORTED = "roster.exported"  # detail: cohort
    REPORT_EXPORTED = "report.exported"  # detail: cohort
    ENROLLED = "enrolment.made"  # detail: cohort
    WITHDRAWN = "enrolment.withdrawn"  # detail: cohort
    RESTORED = "enrolment.restored"  # detail: cohort
    ATTENDANCE_NOTED = "attendance.noted"  # detail: cohort, session and counts
    REMINDER_QUEUED = "reminder.queued"  # detail: cohort, kind and people
    COMPLETIONS_READ = "completions.read"  # detail: cohort
    TOKEN_MADE = "token.made"  # noqa: S105  # of another system; detail: scopes
    TOKEN_ENDED = "token.ended"  # noqa: S105
    TOKEN_EXPOSED = "token.exposed"  # noqa: S105  # sent in an address or a form, and ended for that


def record_event(
    session: Session,
    *,
    actor: Actor,
    organisation_id: int,
    kind: str,
    subject_id: int | None = None,
    detail: Mapping[str, str | int] | None = None,
    at: datetime,
) -> None:
    """Add a row to the organisation's log, in the transaction of the change itself.

    ``subject_id`` is the id of whom or what the change is about. Changes of one organisation wait for each other from
    here to the end of the transaction. Raises ValueError for more detail than a row holds.
    """
    told = _told(actor, detail)
    if len(told) > MOST_DETAIL:
        raise ValueError(f"an event holds {MOST_DETAIL} characters of detail")
    lock_organisation(session, organisation_id)
    last = session.execute(
        select(AuditEvent.number, AuditEvent.hash)
        .where(AuditEvent.organisation_id == organisation_id)
        .order_by(AuditEvent.number.desc())
        .limit(1)
    ).one_or_none()
    number, previous = (last.number + 1, last.hash) if last else (1, BEGINNING)
    facts = (organisation_id, number, actor.person_id, str(kind), subject_id, told)
    row = AuditEvent(**dict(zip(FACTS, facts, strict=True)), at=at, previous_hash=previous)
    row.hash = hash_of(previous, at, facts)
    session.add(row)
    session.flush()


def was_recorded(
    session: Session,
    *,
    actor: Actor,
    organisation_id: int,
    kind: str,
    subject_id: int | None = None,
    detail: Mapping[str, str | int] | None = None,
    since: datetime,
) -> bool:
    """True if the very same was written down already: for what another system does every few minutes."""
    same = (
        AuditEvent.organisation_id == organisation_id,
        AuditEvent.kind == str(kind),
        AuditEvent.actor_id == actor.person_id,
        AuditEvent.subject_id == subject_id,
        AuditEvent.detail == _told(actor, detail),
        AuditEvent.at >= since,
    )
    return session.scalar(select(AuditEvent.id).where(*same).limit(1)) is not None


def _told(actor: Actor, detail: Mapping[str, str | int] | None) -> str:
    """The detail of an event; what a person does through another system names the token."""
    by_token = {"by_token": actor.token_id} if actor.token_id else {}
    return json.dumps({**(detail or {}), **by_token}, sort_keys=True, separators=(",", ":"))


def hash_of(previous: str, at: datetime, facts: tuple[int | str | None, ...]) -> str:
    """The hash of a row: of what it says, when, and of everything before it. Pure."""
    said = json.dumps([previous, at.astimezone(UTC).isoformat(timespec="microseconds"), *facts], ensure_ascii=True)
    return hashlib.sha256(said.encode()).hexdigest()
