"""Through a real mail server, in this process: taken, refused, away, and a death on the way."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession
from flask import Flask
from sqlalchemy import select, update

from tests.cast import Cast
from tests.conftest import Clock, running
from tests.samples import AT
from trainer.accounts.models import Person
from trainer.cohorts.models import Enrolment
from trainer.config import Settings
from trainer.courseware.catalogue import Catalogue
from trainer.extensions import reading, writing
from trainer.mail.models import OutgoingMail
from trainer.mail.queue import DROPPED, queue_mail
from trainer.mail.retrying import CLAIM_LASTS, MOST_TRIES
from trainer.postbox import read_stop_token, send_due_mail, stop_token
from trainer.reminders.queries import undelivered
from trainer.reminders.rules import Kind
from trainer.reminders.services import stop_letters

pytestmark = pytest.mark.any_database


class Inbox:
    """What the server took, and what it answers."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, Message]] = []
        self.refuses: dict[str, str] = {}
        self.answer = "250 taken"

    async def handle_RCPT(  # noqa: N802 - the server's own name for it
        self, _server: SMTP, _session: SmtpSession, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: SmtpSession, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.taken.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content)))
        return self.answer


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[Controller]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    found = Controller(inbox, hostname="127.0.0.1", port=port)
    found.start()
    yield found
    if found.loop.is_running():
        found.stop()


@pytest.fixture
def app(
    settings: Settings, catalogue: Catalogue, server: Controller, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    monkeypatch.setattr("trainer.postbox.now", clock)
    mine = settings.model_copy(
        update={"mail_server": "127.0.0.1", "mail_port": server.port, "mail_from": "post@quay.example"}
    )
    with running(mine, catalogue) as found:
        yield found


def put_in(app: Flask, cast: Cast, *keys: str) -> None:
    people = [getattr(cast, key).id for key in keys]
    letter: dict[str, Any] = {"kind": str(Kind.OWN), "subject": "Tea, and a fáilte", "body": "At ten.\n"}
    with app.app_context(), writing() as db:
        queue_mail(db, person_ids=people, cohort_id=cast.autumn.id, **letter, at=AT)


def rows(app: Flask) -> list[OutgoingMail]:
    with app.app_context(), reading() as db:
        found = list(db.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))
        db.expunge_all()
        return found


def test_a_letter_arrives_with_its_own_link_and_headers(app: Flask, cast: Cast, inbox: Inbox) -> None:
    put_in(app, cast, "psw", "clinician")
    assert send_due_mail(app) == 2
    assert [to for to, _ in inbox.taken] == [cast.psw.email, cast.clinician.email]
    for (_to, message), person in zip(inbox.taken, (cast.psw, cast.clinician), strict=True):
        link = re.fullmatch(r"<(http://localhost/letters/stop/(.+))>", "".join(message["List-Unsubscribe"].split()))
        assert link is not None
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert read_stop_token(app, link[2]) == (person.id, Kind.OWN)
        payload = message.get_payload(decode=True)
        assert isinstance(payload, bytes)
        text = payload.decode().replace("\r\n", "\n")
        assert text.startswith("At ten.\n")
        assert text.rstrip().endswith(link[1])
    assert all(row.sent_at == AT and row.body == "" for row in rows(app))
    assert send_due_mail(app) == 0


def test_a_refused_address_holds_nobody_else_up(app: Flask, cast: Cast, inbox: Inbox) -> None:
    put_in(app, cast, "psw", "clinician")
    inbox.refuses[cast.psw.email] = "550 no such mailbox"
    assert send_due_mail(app) == 2
    refused, taken = rows(app)
    assert (refused.gave_up_at, refused.failed_reason, refused.tries) == (AT, "address not taken, 550", 1)
    assert taken.sent_at == AT
    with app.app_context(), reading() as db:
        (told,) = undelivered(db, cast.autumn.id, at=AT)
    assert told.names == (cast.psw.name,)


def test_a_busy_server_is_asked_again(app: Flask, cast: Cast, inbox: Inbox, clock: Clock) -> None:
    put_in(app, cast, "psw")
    inbox.refuses[cast.psw.email] = "450 mailbox busy"
    assert send_due_mail(app) == 1
    assert send_due_mail(app) == 0
    clock.advance(timedelta(minutes=1))
    inbox.refuses.clear()
    inbox.answer = "451 try later"
    assert send_due_mail(app) == 1
    clock.advance(timedelta(minutes=10))
    inbox.answer = "250 taken"
    assert send_due_mail(app) == 1
    (row,) = rows(app)
    assert (row.sent_at, row.tries, len(inbox.taken)) == (clock.at, 3, 1)


def test_a_server_that_is_away_is_tried_five_times(
    app: Flask, cast: Cast, server: Controller, clock: Clock, inbox: Inbox
) -> None:
    put_in(app, cast, "psw")
    server.stop()
    for _ in range(MOST_TRIES):
        assert send_due_mail(app) == 1
        clock.advance(timedelta(hours=7))
    assert send_due_mail(app) == 0
    (row,) = rows(app)
    assert (row.failed_reason, row.tries, inbox.taken) == ("no connection", MOST_TRIES, [])


def test_dying_between_sending_and_noting_sends_one_letter_twice_and_no_more(
    app: Flask, cast: Cast, inbox: Inbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(app, cast, "psw")

    def die(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr("trainer.postbox.note_sent", die)
        with pytest.raises(SystemExit):
            send_due_mail(app)
    assert len(inbox.taken) == 1
    assert send_due_mail(app) == 0, "the claim still holds"
    clock.advance(CLAIM_LASTS)
    assert send_due_mail(app) == 1
    clock.advance(timedelta(days=1))
    assert send_due_mail(app) == 0
    assert len(inbox.taken) == 2


@pytest.mark.parametrize("change", ["withdrawn", "closed", "stopped", "no address"])
def test_what_changed_since_it_was_queued_counts(app: Flask, cast: Cast, inbox: Inbox, change: str) -> None:
    put_in(app, cast, "psw")
    person = Person.id == cast.psw.id
    with app.app_context(), writing() as db:
        if change == "withdrawn":
            db.execute(update(Enrolment).where(Enrolment.person_id == cast.psw.id).values(state="withdrawn"))
        elif change == "closed":
            db.execute(update(Person).where(person).values(is_active=False))
        elif change == "no address":
            db.execute(update(Person).where(person).values(email=None, email_key=None))
        else:
            stop_letters(db, person_id=cast.psw.id, kind=Kind.OWN, at=AT)
    send_due_mail(app)
    (row,) = rows(app)
    assert (row.failed_reason, inbox.taken) == (DROPPED, [])
    with app.app_context(), reading() as db:
        assert undelivered(db, cast.autumn.id, at=AT) == (), "nobody is told who wants none"


def test_a_link_is_good_for_one_person_and_one_kind(app: Flask, cast: Cast) -> None:
    token = stop_token(app, cast.psw.id, Kind.OWN)
    assert read_stop_token(app, token) == (cast.psw.id, Kind.OWN)
    for wrong in (token[:-1], token + "x", "", "nonsense", stop_token(app, cast.psw.id, "another kind")):
        assert read_stop_token(app, wrong) is None
