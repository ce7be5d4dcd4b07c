"""From a list of people to people who are in: letters, links, and the page behind them."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from datetime import timedelta
from email.message import Message
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.asked import NEW
from tests.cast import Cast, Someone
from tests.conftest import Clock
from tests.door import post, without_tokens
from tests.inbox import invitation_in, letters_of, text_of
from trainer.accounts.models import Invitation
from trainer.cohorts.models import Enrolment
from trainer.config import Settings
from trainer.extensions import reading

Browser = Callable[[Someone], FlaskClient]
AUTUMN = "/organisations/gannet-quay/cohorts/autumn"
ACCEPT = {"name": "Órla Nic Eoin", "password": NEW, "again": NEW}


def apply_list(client: FlaskClient, rows: str) -> None:
    data: dict[str, Any] = {"file": (io.BytesIO(f"Name,Email,Staff id\n{rows}".encode()), "people.csv")}
    preview = post(client, f"{AUTUMN}/roster/", data)
    page = client.get(preview.headers["Location"]).text
    digest = page.partition('name="digest"')[2].partition('value="')[2].partition('"')[0]
    assert post(client, preview.headers["Location"], {"digest": digest}).status_code == 303


@pytest.fixture
def inbox(settings: Settings) -> Callable[[], list[Message]]:
    return lambda: letters_of(settings)


@pytest.fixture
def link(client_for: Browser, cast: Cast, settings: Settings) -> str:
    """The link of somebody new on the list of autumn."""
    apply_list(client_for(cast.trainer), "Orla Nicoin,orla@new.example,\n")
    (letter,) = letters_of(settings)
    return invitation_in(letter)


def test_applying_a_list_sends_one_letter_to_whoever_is_new(
    client_for: Browser, cast: Cast, inbox: Callable[[], list[Message]]
) -> None:
    trainer = client_for(cast.trainer)
    rows = f"Orla,orla@new.example,\nTomasz,,10517\nKeelin,{cast.stranger_learner.email},\nE,{cast.psw.email},\n"
    apply_list(trainer, rows)
    assert sorted(str(message["To"]) for message in inbox()) == sorted(
        ["orla@new.example", cast.stranger_learner.email]
    )
    bodies = [text_of(message).replace(invitation_in(message), "") for message in inbox()]
    assert bodies[0] == bodies[1], "a letter does not say whether there is an account"
    assert "Gannet Quay Service" in bodies[0]
    assert "7 December 2026" in bodies[0]
    page = trainer.get(f"{AUTUMN}/invited/").text
    assert page.count("Waiting for an answer since 23 November 2026") == 2
    assert "Slip not printed yet" in page
    assert cast.stranger_learner.name not in page


def test_a_new_person_is_told_and_decides(app: Flask, client: FlaskClient, cast: Cast, link: str) -> None:
    page = client.get(link)
    assert page.status_code == 200
    for words in ("Gannet Quay Service", "Autumn on the Quay", cast.trainer.name, "Who would see what", "Orla Nicoin"):
        assert words in page.text, words
    response = post(client, link, ACCEPT)
    assert (response.status_code, response.headers["Location"]) == (303, "/")
    home = client.get("/").text
    assert "You have joined Gannet Quay Service." in home
    assert "Órla Nic Eoin" in home
    assert link.rpartition("/")[2] not in home
    with app.app_context(), reading() as session:
        assert "invited" not in session.scalars(select(Enrolment.state)).all()


def test_opening_the_link_uses_nothing_up(client: FlaskClient, link: str) -> None:
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert post(client, link, ACCEPT).status_code == 303


def test_used_expired_and_unknown_are_one_page(client: FlaskClient, app: Flask, clock: Clock, link: str) -> None:
    unknown = client.get("/invitations/no-such-token")
    post(app.test_client(), link, ACCEPT)
    used = client.get(link)
    clock.advance(timedelta(days=14))
    expired = client.get(link)
    assert {unknown.status_code, used.status_code, expired.status_code} == {410}
    token = link.rpartition("/")[2]
    bodies = {
        without_tokens(page.text).replace(token, "-").replace("no-such-token", "-") for page in (unknown, used, expired)
    }
    assert len(bodies) == 1
    assert "ask whoever invited you" in bodies.pop()


def test_the_address_goes_into_no_referrer_and_no_log(
    client: FlaskClient, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    token = link.rpartition("/")[2]
    with caplog.at_level(logging.DEBUG):
        page = client.get(link)
        assert page.headers["Referrer-Policy"] == "strict-origin"
        assert page.headers["Cache-Control"] == "no-store"
        signing_in = client.get("/sign-in", query_string={"next": link})
        assert signing_in.headers["Referrer-Policy"] == "strict-origin"
        assert post(client, link, ACCEPT).status_code == 303
    assert token not in caplog.text


def test_a_poor_password_loses_nothing_that_was_typed(client: FlaskClient, link: str) -> None:
    response = post(client, link, {**ACCEPT, "password": "short", "again": "short"})
    assert response.status_code == 422
    assert "Órla Nic Eoin" in response.text
    assert "at least 12 characters" in response.text
    assert post(client, link, ACCEPT).status_code == 303


class TestAnAccountElsewhere:
    @pytest.fixture
    def theirs(self, client_for: Browser, cast: Cast, settings: Settings) -> str:
        apply_list(client_for(cast.trainer), f"Maeve D,{cast.stranger_learner.email},\n")
        (letter,) = letters_of(settings)
        return invitation_in(letter)

    def test_a_visitor_is_asked_to_sign_in_and_comes_back(self, client: FlaskClient, cast: Cast, theirs: str) -> None:
        page = client.get(theirs)
        assert "Sign in to accept" in page.text
        assert 'name="password"' not in page.text
        assert post(client, theirs).status_code == 200
        sign_in_url = page.text.partition('class="primary" href="')[2].partition('"')[0]
        typed = {"email": cast.stranger_learner.email, "password": "a quiet harbour at dawn"}
        assert post(client, sign_in_url, typed).headers["Location"] == theirs

    def test_signed_in_it_is_one_button(self, client_for: Browser, cast: Cast, theirs: str) -> None:
        stranger = client_for(cast.stranger_learner)
        assert "Accept and join" in stranger.get(theirs).text
        assert stranger.get("/organisations/gannet-quay/cohorts/").status_code == 404
        assert post(stranger, theirs).status_code == 303
        assert stranger.get("/organisations/gannet-quay/cohorts/").status_code == 403  # a learner there now

    def test_somebody_else_is_told_so_plainly_and_nothing_of_whose_it_is(
        self, client_for: Browser, cast: Cast, theirs: str
    ) -> None:
        psw = client_for(cast.psw)
        for page in (psw.get(theirs), post(psw, theirs)):
            assert page.status_code == 403
            assert "for another account" in page.text
            assert cast.psw.name in page.text
            assert cast.stranger_learner.name not in page.text
            assert "Maeve D" not in page.text
        assert client_for(cast.stranger_learner).get(theirs).status_code == 200


def test_asking_again_sends_a_new_link_and_kills_the_old(
    client: FlaskClient, client_for: Browser, cast: Cast, app: Flask, link: str, inbox: Callable[[], list[Message]]
) -> None:
    with app.app_context(), reading() as session:
        number = session.scalars(select(Enrolment.id).where(Enrolment.state == "invited")).one()
    trainer = client_for(cast.trainer)
    assert post(trainer, f"{AUTUMN}/enrolments/{number}/invite").status_code == 303
    newest = next(found for found in map(invitation_in, inbox()) if found != link)
    assert client.get(link).status_code == 410
    assert client.get(newest).status_code == 200
    assert post(trainer, f"{AUTUMN}/enrolments/{number}/revoke").status_code == 303
    assert client.get(newest).status_code == 410
    assert "Taken back on 23 November 2026" in trainer.get(f"{AUTUMN}/invited/").text


def test_a_letter_that_cannot_leave_waits_for_the_button(
    client_for: Browser,
    cast: Cast,
    app: Flask,
    inbox: Callable[[], list[Message]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(_message: object) -> None:
        raise ConnectionRefusedError

    trainer = client_for(cast.trainer)
    with monkeypatch.context() as patch:
        patch.setattr("trainer.web.mailing.EmailMessage.send", refuse)
        apply_list(trainer, "Orla,orla@new.example,\n")
        assert inbox() == []
    assert "ConnectionRefusedError" in caplog.text
    assert "orla" not in caplog.text
    page = trainer.get(f"{AUTUMN}/invited/").text
    assert "Letter not sent yet" in page
    assert "Send the letters that wait" in page
    assert post(trainer, f"{AUTUMN}/invited/").status_code == 303
    assert [str(message["To"]) for message in inbox()] == ["orla@new.example"]
    assert "Send the letters that wait" not in trainer.get(f"{AUTUMN}/invited/").text


def test_a_long_list_leaves_in_lots_each_person_once(
    client_for: Browser, cast: Cast, app: Flask, inbox: Callable[[], list[Message]]
) -> None:
    apply_list(client_for(cast.trainer), "".join(f"Person {n},person{n}@new.example,\n" for n in range(45)))
    assert len({str(message["To"]) for message in inbox()}) == len(inbox()) == 45
    with app.app_context(), reading() as session:
        assert None not in session.scalars(select(Invitation.sent_at)).all()
