"""Sending what waits in the queue, through the mail server of the settings: the command and each server process do so.

Each letter is claimed, sent and noted by itself. If this process dies between sending and noting, that one letter is
sent again when its claim runs out: at most one double, and never a letter lost.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from flask import Flask
from flask_mailman import EmailMessage
from itsdangerous import BadSignature, URLSafeSerializer

from trainer.clock import now
from trainer.errors import DomainError
from trainer.extensions import mail, reading, writing
from trainer.mail.queue import Letter, claim_letter, has_due_mail, note_dropped, note_failure, note_sent
from trainer.reminders.queries import recipient_of
from trainer.reminders.rules import Kind
from trainer.reminders.texts import with_stop_link

SECONDS_BETWEEN = 15.0
STOP_ADDRESS = "/letters/stop/"

log = logging.getLogger("trainer.mail")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a letter was not taken, in a word of ours; final if trying again is no use."""

    reason: str
    is_final: bool


def stop_token(app: Flask, person_id: int, kind: str) -> str:
    """What a link to stop letters holds: signed, for one person and one kind, and good for nothing else."""
    return str(_signer(app).dumps([person_id, kind]))


def read_stop_token(app: Flask, token: str) -> tuple[int, Kind] | None:
    """The person and the kind of a link; None if it was not made here."""
    try:
        person_id, kind = _signer(app).loads(token)
        return int(person_id), Kind(kind)
    except (BadSignature, ValueError, TypeError):
        return None


def _signer(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(app.config["SECRET_KEY"], salt="stop letters")


def send_due_mail(app: Flask) -> int:
    """Send everything that is due now; returns how many letters were taken in hand."""
    count = 0
    with app.app_context():
        while (letter := _claim()) is not None:
            _deliver(app, letter)
            count += 1
    return count


def _claim() -> Letter | None:
    with reading() as session:
        is_waiting = has_due_mail(session, at=now())
        session.rollback()
    if not is_waiting:
        return None
    with writing() as session:
        return claim_letter(session, at=now())


def _deliver(app: Flask, letter: Letter) -> None:
    with reading() as session:
        address = recipient_of(session, person_id=letter.person_id, cohort_id=letter.cohort_id, kind=letter.kind)
        session.rollback()
    failure = post(app, letter, address) if address else None
    with writing() as session:
        if failure is not None:
            note_failure(session, letter, reason=failure.reason, is_final=failure.is_final, at=now())
        elif address is None:
            note_dropped(session, letter, at=now())
        else:
            note_sent(session, letter, at=now())


def post(app: Flask, letter: Letter, address: str) -> Failure | None:
    """Hand one letter to the mail server; what went wrong, or None."""
    link = app.extensions["house"].settings.base_url + STOP_ADDRESS + stop_token(app, letter.person_id, letter.kind)
    headers = {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    body = with_stop_link(letter.body, link)
    try:
        with mail.get_connection() as connection:  # closed whatever the server says
            message = EmailMessage(letter.subject, body, to=[address], headers=headers, connection=connection)
            message.send()
    except SMTPRecipientsRefused as error:
        code = max(code for code, _ in error.recipients.values())
        return _failed(Failure(f"address not taken, {code}", is_final=code >= 500))
    except SMTPResponseException as error:
        return _failed(Failure(f"server answered {error.smtp_code}", is_final=False))
    except (SMTPException, OSError):
        return _failed(Failure("no connection", is_final=False))
    return None


def _failed(failure: Failure) -> Failure:
    log.error("a letter could not be sent: %s", failure.reason)
    return failure


def watch_mail(app: Flask) -> threading.Thread:
    """Look every few seconds for as long as the process lives; any number of processes may."""

    def watch() -> None:
        pause = threading.Event()
        while not pause.wait(SECONDS_BETWEEN):
            send_quietly(app)

    thread = threading.Thread(target=watch, name="letters", daemon=True)
    thread.start()
    return thread


def send_quietly(app: Flask) -> int:
    """As ``send_due_mail``; a database that is away for a moment is no reason to stop."""
    try:
        return send_due_mail(app)
    except DomainError as problem:
        log.warning("letters wait to be sent: %s", problem.message)
    except Exception:
        log.warning("letters wait to be sent; trying again")
    return 0
