"""Forgotten passwords: links that work once, and answers that tell nobody who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import PASSWORD, Cast, Someone
from tests.conftest import Clock
from tests.door import post, without_tokens
from trainer.accounts.models import PasswordReset
from trainer.config import Settings
from trainer.extensions import reading
from trainer.web.mailing import wait_until_sent

NEW = "seven herons at noon"
Inbox = Callable[[], list[Message]]


@pytest.fixture
def inbox(settings: Settings) -> Inbox:
    """Every message that was sent."""

    def messages() -> list[Message]:
        wait_until_sent()
        files = sorted(Path(settings.instance_path / "mail").glob("*"))
        parts = [part for file in files for part in file.read_bytes().split(b"-" * 79)]
        return [message_from_bytes(part.strip()) for part in parts if part.strip()]

    return messages


def link_in(message: Message) -> str:
    body = message.get_payload(decode=True)
    assert isinstance(body, bytes)
    found = re.search(r"http://localhost(/reset-password/\S+)", body.decode())
    assert found is not None
    return found[1]


def ask(client: FlaskClient, email: str) -> str:
    response = post(client, "/forgotten-password", {"email": email})
    assert response.status_code == 200
    return without_tokens(response.text)


def may_sign_in(client: FlaskClient, person: Someone, password: str) -> bool:
    return post(client, "/sign-in", {"email": person.email, "password": password}).status_code == 303


@pytest.fixture
def link(client: FlaskClient, cast: Cast, inbox: Inbox) -> str:
    """A fresh link of the peer support worker."""
    ask(client, cast.psw.email)
    (message,) = inbox()
    return link_in(message)


def test_the_message_is_for_one_person_and_names_the_time_it_has(
    client: FlaskClient, cast: Cast, inbox: Inbox, link: str
) -> None:
    (message,) = inbox()
    assert message["To"] == cast.psw.email
    assert "Alongside" in str(make_header(decode_header(message["Subject"])))
    body = message.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "within two hours" in body.decode()
    assert cast.psw.name in body.decode()


def test_a_link_sets_a_new_password_and_signs_everybody_out(
    app: Flask, client_for: Callable[[Someone], FlaskClient], cast: Cast, link: str
) -> None:
    elsewhere, fresh = client_for(cast.psw), app.test_client()
    assert fresh.get(link).status_code == 200
    assert post(fresh, link, {"password": NEW, "again": NEW}).status_code == 303
    assert elsewhere.get("/").status_code == 302
    assert not may_sign_in(app.test_client(), cast.psw, PASSWORD)
    assert may_sign_in(app.test_client(), cast.psw, NEW)


def test_a_link_works_once(client: FlaskClient, cast: Cast, link: str) -> None:
    assert post(client, link, {"password": NEW, "again": NEW}).status_code == 303
    second = post(client, link, {"password": "another four quiet words", "again": "another four quiet words"})
    assert second.status_code == 410
    assert "used or has expired" in second.text
    assert may_sign_in(client, cast.psw, NEW)


def test_a_link_expires(client: FlaskClient, clock: Clock, link: str) -> None:
    clock.advance(timedelta(hours=2) - timedelta(seconds=1))
    assert client.get(link).status_code == 200
    clock.advance(timedelta(seconds=1))
    assert client.get(link).status_code == 410
    assert post(client, link, {"password": NEW, "again": NEW}).status_code == 410


def test_every_other_link_dies_with_the_password(
    app: Flask, client: FlaskClient, cast: Cast, inbox: Inbox, link: str
) -> None:
    ask(client, cast.psw.email)
    other = next(found for found in map(link_in, inbox()) if found != link)
    post(client, other, {"password": NEW, "again": NEW})
    assert client.get(link).status_code == 410


def test_a_link_dies_when_the_password_is_changed_in_the_profile(
    client: FlaskClient, client_for: Callable[[Someone], FlaskClient], cast: Cast, link: str
) -> None:
    psw = client_for(cast.psw)
    assert post(psw, "/profile/password", {"current": PASSWORD, "password": NEW, "again": NEW}).status_code == 303
    assert client.get(link).status_code == 410


def test_a_poor_password_does_not_use_the_link_up(client: FlaskClient, link: str) -> None:
    for password, again in (("short", "short"), (NEW, "something else entirely"), ("aaaaaaaaaaaa", "aaaaaaaaaaaa")):
        assert post(client, link, {"password": password, "again": again}).status_code == 422
    assert post(client, link, {"password": NEW, "again": NEW}).status_code == 303


def test_the_token_is_stored_only_as_a_hash(app: Flask, link: str) -> None:
    token = link.rpartition("/")[2]
    assert len(token) >= 43
    with app.app_context(), reading() as session:
        (stored,) = session.scalars(select(PasswordReset.token_hash))
    assert token not in stored
    assert len(stored) == 64


def test_the_link_is_made_from_our_own_address_whatever_the_request_says(
    client: FlaskClient, cast: Cast, inbox: Inbox
) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Forwarded-Proto": "https"}
    post(client, "/forgotten-password", {"email": cast.psw.email}, headers=headers)
    (message,) = inbox()
    assert "evil" not in message.as_string()
    assert link_in(message).startswith("/reset-password/")


def test_the_answer_is_the_same_for_everybody_and_nobody(client: FlaskClient, cast: Cast, inbox: Inbox) -> None:
    known = ask(client, cast.psw.email)
    assert ask(client, "nobody@nowhere.example") == known
    assert ask(client, cast.disabled.email) == known
    assert [message["To"] for message in inbox()] == [cast.psw.email]


def test_an_inbox_is_not_flooded(client: FlaskClient, cast: Cast, inbox: Inbox, clock: Clock) -> None:
    answers = {ask(client, cast.psw.email) for _ in range(6)}
    assert len(answers) == 1
    assert len(inbox()) == 3
    clock.advance(timedelta(hours=1, seconds=1))
    ask(client, cast.psw.email)
    assert len(inbox()) == 4
