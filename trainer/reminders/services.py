"""Writing to a cohort, and stopping letters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.audit import EventKind, record_event
from trainer.accounts.models import Person
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import CohortOf
from trainer.db import has_row_locks
from trainer.errors import Invalid
from trainer.mail.queue import queue_mail
from trainer.reminders.models import MailOptOut
from trainer.reminders.queries import readers_of
from trainer.reminders.rules import Audience, Fate, Kind, fate_of
from trainer.reminders.texts import BLANK, MOST_BODY, MOST_SUBJECT, whole_body
from trainer.wording import said


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a trainer wants to send, and to whom."""

    kind: Kind
    audience: Audience
    module_id: str | None
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Readers:
    """How many get it, and how many of those it is meant for do not; who they are stays with them."""

    person_ids: tuple[int, ...]
    left_out_count: int


def check_reminder(reminder: Reminder) -> None:
    """Raises Invalid, with the remedy, for what cannot be sent."""
    if not reminder.subject.strip() or not reminder.text.strip():
        raise Invalid(said("A letter needs a subject and a text."), said("Write both."))
    if any(ord(sign) < 32 for sign in reminder.subject):
        raise Invalid(said("The subject has to be one line."), said("Take out the line breaks."))
    if len(reminder.subject) > MOST_SUBJECT or len(reminder.text) > MOST_BODY:
        raise Invalid(
            said("The letter is too long."), said("Use at most 150 characters for the subject and 5,000 for the text.")
        )
    if BLANK in reminder.subject or BLANK in reminder.text:
        raise Invalid(said("A place in the letter is still open (…)."), said("Fill it in, or take the line out."))
    if reminder.audience is not Audience.ALL and reminder.module_id is None:
        raise Invalid(said("Which module do you mean?"), said("Choose the module, or write to everybody."))


def readers_for(session: Session, cohort_id: int, reminder: Reminder, *, at: datetime) -> Readers:
    """Who would get it now. One statement."""
    readers = readers_of(session, cohort_id, kind=reminder.kind, module_id=reminder.module_id)
    fates = [(one.person_id, fate_of(one, reminder.audience, at=at)) for one in readers]
    meant = [fate for _, fate in fates if fate not in (Fate.NOT_HERE, Fate.NOT_MEANT)]
    chosen = tuple(person_id for person_id, fate in fates if fate is Fate.GETS_IT)
    return Readers(chosen, len(meant) - len(chosen))


def send_reminder(
    session: Session, *, actor: Actor, organisation: str, cohort: str, reminder: Reminder, product: str, at: datetime
) -> Readers:
    """Queue one letter for each reader; only trainers of the cohort may.

    Raises Invalid for a letter that cannot be sent, or that nobody would get. Two trainers who send at once wait for
    each other, so that nobody gets two in a week. Six statements and the gate's, whatever the size.
    """
    target = cohort_for(session, actor, organisation, cohort, to=Permission.REPORT)
    check_reminder(reminder)
    _lock_readers(session, target)
    readers = readers_for(session, target.id, reminder, at=at)
    if not readers.person_ids:
        raise Invalid(
            said("Nobody would get this letter."),
            said("Everybody it is meant for had one in the last seven days, wants none, or has no address."),
        )
    names = {"product": product, "organisation": target.organisation_name, "cohort": target.name}
    body = whole_body(reminder.text, **names)
    queue_mail(
        session,
        person_ids=readers.person_ids,
        cohort_id=target.id,
        kind=reminder.kind,
        subject=reminder.subject.strip(),
        body=body,
        at=at,
    )
    record_event(
        session,
        actor=actor,
        organisation_id=target.organisation_id,
        kind=EventKind.REMINDER_QUEUED,
        detail={"cohort": target.id, "people": len(readers.person_ids), "kind": str(reminder.kind)},
        at=at,
    )
    return readers


def _lock_readers(session: Session, cohort: CohortOf) -> None:
    """On SQLite the write transaction itself makes others wait."""
    if has_row_locks(session):
        enrolled = select(Enrolment.person_id).where(Enrolment.cohort_id == cohort.id)
        mine = select(Person.id).where(Person.id.in_(enrolled)).order_by(Person.id)
        session.execute(mine.with_for_update(key_share=True)).all()


def stop_letters(session: Session, *, person_id: int, kind: Kind, at: datetime) -> None:
    """No more letters of a kind, those that wait included; again is no change. The link in a letter is the right."""
    if session.get(MailOptOut, (person_id, str(kind))) is None and session.get(Person, person_id) is not None:
        session.add(MailOptOut(person_id=person_id, kind=str(kind), since=at))
        session.flush()


def choose_letters(session: Session, *, actor: Actor, wanted: Collection[Kind], at: datetime) -> None:
    """The kinds of letter somebody wants; the others stop."""
    for kind in Kind:
        if kind not in wanted:
            stop_letters(session, person_id=actor.person_id, kind=kind, at=at)
    mine = MailOptOut.person_id == actor.person_id
    session.execute(delete(MailOptOut).where(mine, MailOptOut.kind.in_([str(kind) for kind in wanted])))
