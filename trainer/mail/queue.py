"""Putting letters in, taking one out, and noting what became of it.

A letter is claimed in a transaction of its own before it is sent and noted in another one afterwards. Two workers never
hold the same letter: PostgreSQL skips rows that somebody has locked, SQLite has one writer. If a worker dies between
sending and noting, the letter is taken again when its claim runs out: at most that one letter arrives twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from trainer.db import has_row_locks
from trainer.mail.models import OutgoingMail
from trainer.mail.retrying import CLAIM_LASTS, MOST_TRIES, gap_after

DROPPED = "dropped"  # its reader does not want it any more, or has left
STOPPED = "stopped"  # each worker that took it ended before it could say what happened


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter somebody has claimed."""

    id: int
    person_id: int
    cohort_id: int | None
    kind: str
    subject: str
    body: str
    tries: int  # this one included


def queue_mail(
    session: Session,
    *,
    person_ids: Sequence[int],
    kind: str,
    subject: str,
    body: str,
    cohort_id: int | None = None,
    not_before: datetime | None = None,
    at: datetime,
) -> int:
    """Put one letter in for each person, in the caller's transaction; returns how many. One statement."""
    if person_ids:
        common = {"cohort_id": cohort_id, "kind": kind, "subject": subject, "body": body, "tries": 0}
        when = {"created_at": at, "not_before": not_before or at}
        session.execute(insert(OutgoingMail), [{"person_id": one, **common, **when} for one in person_ids])
    return len(person_ids)


def has_due_mail(session: Session, *, at: datetime) -> bool:
    """True if a letter waits to be taken; asked before the write lock is."""
    return session.scalar(select(OutgoingMail.id).where(*_due(at)).limit(1)) is not None


def claim_letter(session: Session, *, at: datetime) -> Letter | None:
    """Take the letter that waits longest; nobody else gets it before its claim runs out. None if none is due."""
    statement = select(OutgoingMail).where(*_due(at)).order_by(OutgoingMail.not_before, OutgoingMail.id).limit(1)
    if has_row_locks(session):
        statement = statement.with_for_update(skip_locked=True)
    while (row := session.scalar(statement)) is not None:
        if row.tries < MOST_TRIES:
            row.tries += 1
            row.not_before = at + CLAIM_LASTS
            session.flush()
            return Letter(row.id, row.person_id, row.cohort_id, row.kind, row.subject, row.body, row.tries)
        _end(session, row.id, gave_up_at=at, failed_reason=STOPPED)
    return None


def note_sent(session: Session, letter: Letter, *, at: datetime) -> None:
    """The mail server has taken it."""
    _end(session, letter.id, sent_at=at, failed_reason=None)


def note_dropped(session: Session, letter: Letter, *, at: datetime) -> None:
    """It is not sent and nobody has to be told: its reader has left, or wants none."""
    _end(session, letter.id, gave_up_at=at, failed_reason=DROPPED)


def note_failure(session: Session, letter: Letter, *, reason: str, is_final: bool, at: datetime) -> None:
    """It could not be sent: try again later, or give it up and say so. ``reason`` is a short word of ours."""
    gap = None if is_final else gap_after(letter.tries)
    if gap is None:
        _end(session, letter.id, gave_up_at=at, failed_reason=reason)
        return
    change = update(OutgoingMail).where(OutgoingMail.id == letter.id)
    session.execute(change.values(not_before=at + gap, failed_reason=reason))


def _due(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (OutgoingMail.sent_at.is_(None), OutgoingMail.gave_up_at.is_(None), OutgoingMail.not_before <= at)


def _end(session: Session, letter_id: int, **values: object) -> None:
    session.execute(update(OutgoingMail).where(OutgoingMail.id == letter_id).values(body="", **values))
    session.flush()
