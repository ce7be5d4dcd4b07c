"""Reading who could get a reminder, what somebody wishes, and what could not be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.models import Person
from trainer.cohorts.models import Enrolment
from trainer.learning.models import ModuleState
from trainer.mail.models import OutgoingMail
from trainer.mail.queue import DROPPED
from trainer.reminders.models import MailOptOut
from trainer.reminders.rules import Kind, Reader

SHOWN_FOR = timedelta(days=30)
_KINDS = tuple(str(kind) for kind in Kind)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Letters of a cohort that were given up, by subject."""

    subject: str
    names: tuple[str, ...]
    gave_up_at: datetime


def readers_of(session: Session, cohort_id: int, *, kind: Kind, module_id: str | None) -> tuple[Reader, ...]:
    """Everybody who is enrolled, with what the rule asks. One statement, whatever the size."""
    is_waiting = OutgoingMail.sent_at.is_(None) & OutgoingMail.gave_up_at.is_(None)
    letters = (
        select(
            OutgoingMail.person_id,
            func.max(OutgoingMail.sent_at).label("last_sent_at"),
            func.max(case((is_waiting, 1), else_=0)).label("is_one_waiting"),
        )
        .join(Enrolment, Enrolment.person_id == OutgoingMail.person_id)
        .where(OutgoingMail.kind.in_(_KINDS), Enrolment.cohort_id == cohort_id)
        .group_by(OutgoingMail.person_id)
        .subquery()
    )
    out = (MailOptOut.person_id == Enrolment.person_id) & (MailOptOut.kind == str(kind))
    state = (ModuleState.person_id == Enrolment.person_id) & (ModuleState.module_id == module_id)
    rows = session.execute(
        select(
            Enrolment.person_id,
            Enrolment.state,
            Person.is_active,
            Person.email.is_not(None),
            MailOptOut.kind.is_not(None),
            func.coalesce(letters.c.is_one_waiting, 0) == 1,
            letters.c.last_sent_at,
            ModuleState.state,
        )
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(letters, letters.c.person_id == Enrolment.person_id)
        .outerjoin(MailOptOut, out)
        .outerjoin(ModuleState, state)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state == "active")
        .order_by(Enrolment.person_id)
    )
    return tuple(Reader(*row) for row in rows)


def stopped_kinds(session: Session, actor: Actor) -> frozenset[Kind]:
    """The kinds of letter that somebody wants none of."""
    mine = select(MailOptOut.kind).where(MailOptOut.person_id == actor.person_id)
    return frozenset(Kind(kind) for kind in session.scalars(mine))


def undelivered(session: Session, cohort_id: int, *, at: datetime) -> tuple[Undelivered, ...]:
    """What was given up lately, for the cohort's trainers: to whom, and never what was written. One statement."""
    rows = session.execute(
        select(OutgoingMail.subject, Person.name, OutgoingMail.gave_up_at)
        .join(Person, Person.id == OutgoingMail.person_id)
        .where(
            OutgoingMail.cohort_id == cohort_id,
            OutgoingMail.gave_up_at > at - SHOWN_FOR,
            OutgoingMail.failed_reason != DROPPED,
        )
        .join(Enrolment, (Enrolment.person_id == Person.id) & (Enrolment.cohort_id == OutgoingMail.cohort_id))
        .where(Enrolment.state == "active")
        .order_by(OutgoingMail.gave_up_at, Person.name_key, OutgoingMail.id)
    )
    found: dict[str, Undelivered] = {}
    for subject, name, when in rows:
        before = found.get(subject)
        found[subject] = Undelivered(subject, (*(before.names if before else ()), name), cast(datetime, when))
    return tuple(found.values())


def recipient_of(session: Session, *, person_id: int, cohort_id: int | None, kind: str) -> str | None:
    """The address a letter may go to at this moment; None if its reader has left or wants none. One statement."""
    statement = (
        select(Person.email)
        .outerjoin(MailOptOut, (MailOptOut.person_id == Person.id) & (MailOptOut.kind == kind))
        .where(Person.id == person_id, Person.is_active, Person.email.is_not(None), MailOptOut.kind.is_(None))
    )
    if cohort_id is not None:
        enrolled = (Enrolment.person_id == Person.id) & (Enrolment.cohort_id == cohort_id)
        statement = statement.join(Enrolment, enrolled).where(Enrolment.state == "active")
    return session.scalar(statement)
