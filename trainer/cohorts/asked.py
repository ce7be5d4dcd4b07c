"""Reading whom a cohort has asked to join, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from trainer.accounts.models import Invitation, Membership, Person
from trainer.cohorts.models import Enrolment


class Asked(StrEnum):
    """Where an invitation stands."""

    NOT_YET = "not_yet"  # nothing was sent or printed
    WAITING = "waiting"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """Somebody who was asked into a cohort."""

    enrolment_id: int
    name: str
    contact: str | None  # the address the letter goes to, as it is compared; None for a slip
    staff_id: str | None
    kind: str
    state: Asked
    when: datetime | None  # sent, printed or accepted


def invitation_lines(
    session: Session, cohort_id: int, *, at: datetime, first: int, count: int
) -> tuple[tuple[InvitationLine, ...], int]:
    """Whom a cohort has asked, those who have not answered first, and how many there are. Two statements."""
    both = (Invitation.person_id == Enrolment.person_id) & (Invitation.organisation_id == Enrolment.organisation_id)
    was_asked = or_(Enrolment.state == "invited", Invitation.accepted_at.is_not(None))
    statement = (
        select(
            Enrolment.id,
            Enrolment.state,
            func.coalesce(Enrolment.invited_as, Person.name).label("name"),
            Person.email_key,
            Membership.staff_id,
            Invitation,
        )
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Invitation, both)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & (Membership.organisation_id == Enrolment.organisation_id),
        )
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state != "withdrawn", was_asked)
    )
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    rows = session.execute(
        statement.order_by(Enrolment.state.desc(), func.lower(Enrolment.invited_as), Enrolment.id)
        .offset(first)
        .limit(count)
    )
    return tuple(_invitation_line(*row, at=at) for row in rows), total


def _invitation_line(
    enrolment_id: int,
    state: str,
    name: str,
    email_key: str | None,
    staff_id: str | None,
    invitation: Invitation | None,
    *,
    at: datetime,
) -> InvitationLine:
    kind = "letter" if email_key else "slip"
    asked, when = (Asked.ACCEPTED, invitation.accepted_at if invitation else None)
    if state == "invited":
        asked, when = asked_state(invitation, at)
    return InvitationLine(enrolment_id, name, email_key, staff_id, kind, asked, when)


def asked_state(invitation: Invitation | None, at: datetime) -> tuple[Asked, datetime | None]:
    """Where an invitation of somebody who is not in yet stands, and since when."""
    if invitation is None or invitation.accepted_at is not None:
        return Asked.NOT_YET, None  # accepted once, and asked again by a list since
    if invitation.revoked_at is not None:
        return Asked.REVOKED, invitation.revoked_at
    if invitation.sent_at is None:
        return Asked.NOT_YET, None
    if invitation.expires_at is None or invitation.expires_at <= at:
        return Asked.EXPIRED, invitation.sent_at
    return Asked.WAITING, invitation.sent_at
