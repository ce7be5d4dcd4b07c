"""Signing in: the right people in, nobody else, and nothing told to those outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import PASSWORD, Cast, Someone
from tests.conftest import Clock, running
from tests.door import post, without_tokens
from trainer.accounts.services import create_person
from trainer.config import Settings
from trainer.courseware.catalogue import Catalogue
from trainer.demo.cast import CAST
from trainer.extensions import writing

WRONG = "do not match an account here"


def attempt(client: FlaskClient, email: str, password: str = PASSWORD, **options: object) -> TestResponse:
    return post(client, "/sign-in", {"email": email, "password": password}, **options)


@pytest.mark.any_database
def test_the_right_password_leads_to_my_learning(client: FlaskClient, cast: Cast) -> None:
    response = attempt(client, cast.psw.email)
    assert response.status_code == 303
    assert response.headers["Location"] == "/"
    assert "Eimear" in client.get("/").text


@pytest.mark.any_database
@pytest.mark.parametrize(
    "typed", ["  {} ", "{upper}", "{wide}"], ids=["spaces around it", "capitals", "full-width letters"]
)
def test_an_address_is_the_same_however_it_is_typed(client: FlaskClient, cast: Cast, typed: str) -> None:
    email = cast.psw.email
    wide = email.replace("psw", "ｐｓｗ")
    assert attempt(client, typed.format(email, upper=email.upper(), wide=wide)).status_code == 303


def test_a_password_is_the_same_however_its_letters_are_composed(app: Flask, client: FlaskClient, clock: Clock) -> None:
    composed, decomposed = "m\u00e1ire ar an tr\u00e1", "ma\u0301ire ar an tra\u0301"
    with app.app_context(), writing() as session:
        create_person(session, name="Máire", email="maire@quay.example", password=composed, at=clock.at)
    assert attempt(client, "maire@quay.example", decomposed).status_code == 303


def test_wrong_unknown_and_closed_get_one_answer(app: Flask, cast: Cast) -> None:
    pages = []
    for email, password in (
        (cast.psw.email, "not the password"),
        ("nobody@nowhere.example", PASSWORD),
        (cast.disabled.email, PASSWORD),
        (cast.psw.email, f"{PASSWORD} "),
    ):
        response = attempt(app.test_client(), email, password)
        assert response.status_code == 422
        assert WRONG in response.text
        pages.append(without_tokens(response.text).replace(email, "ADDRESS"))
    assert len(set(pages)) == 1


def test_what_was_typed_as_a_password_is_not_sent_back(client: FlaskClient, cast: Cast) -> None:
    assert "not the password" not in attempt(client, cast.psw.email, "not the password").text


@pytest.mark.parametrize("missing", ["email", "password"])
def test_an_empty_field_is_named(client: FlaskClient, missing: str) -> None:
    data = {"email": "somebody@nowhere.example", "password": "something", missing: ""}
    response = post(client, "/sign-in", data)
    assert response.status_code == 422
    assert "Enter your" in response.text


@pytest.mark.any_database
def test_after_eight_wrong_tries_the_ninth_must_wait(client: FlaskClient, cast: Cast, clock: Clock) -> None:
    for _ in range(8):
        assert WRONG in attempt(client, cast.psw.email, "not the password").text
    response = attempt(client, cast.psw.email)
    assert response.status_code == 422
    assert "Wait ten minutes" in response.text
    clock.advance(timedelta(minutes=10, seconds=1))
    assert attempt(client, cast.psw.email).status_code == 303


def test_an_unknown_address_is_slowed_down_like_a_known_one(client: FlaskClient) -> None:
    for _ in range(8):
        assert WRONG in attempt(client, "nobody@nowhere.example", "not the password").text
    assert "Wait ten minutes" in attempt(client, "nobody@nowhere.example", "not the password").text


def test_nobody_can_lock_a_colleague_out_from_elsewhere(app: Flask, cast: Cast) -> None:
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    for _ in range(12):
        attempt(app.test_client(), cast.psw.email, "not the password", environ_overrides=elsewhere)
    assert attempt(app.test_client(), cast.psw.email).status_code == 303
    assert attempt(app.test_client(), cast.clinician.email, environ_overrides=elsewhere).status_code == 303


def test_capitals_do_not_give_more_tries(client: FlaskClient, cast: Cast) -> None:
    spellings = (cast.psw.email, cast.psw.email.upper(), f" {cast.psw.email}")
    for number in range(9):
        page = attempt(client, spellings[number % 3], "not the password").text
    assert "Wait ten minutes" in page


def test_signing_in_forgets_the_wrong_tries(client: FlaskClient, cast: Cast) -> None:
    for _ in range(3):
        for _ in range(5):
            attempt(client, cast.psw.email, "not the password")
        assert attempt(client, cast.psw.email).status_code == 303
        post(client, "/sign-out")


def test_whoever_is_signed_in_is_sent_on(client_for: Callable[[Someone], FlaskClient], cast: Cast) -> None:
    response = client_for(cast.psw).get("/sign-in")
    assert response.status_code == 302
    assert response.headers["Location"] == "/"


def test_outside_the_demo_there_is_no_looking_around(client: FlaskClient) -> None:
    assert "Look around" not in client.get("/sign-in").text
    assert post(client, "/look-around", {"persona": "manager"}).status_code == 404


@pytest.fixture
def demo_client(settings: Settings, catalogue: Catalogue, clock: Clock) -> Iterator[FlaskClient]:
    """A browser at a demo whose five people are there."""
    with running(settings.model_copy(update={"demo": True}), catalogue) as app:
        with app.app_context(), writing() as session:
            for one in CAST:
                create_person(session, name=one.name, email=one.email, password=None, at=clock.at)
        yield app.test_client()


@pytest.mark.parametrize("one", CAST, ids=lambda one: one.key)
def test_in_the_demo_one_click_looks_around(demo_client: FlaskClient, one: object) -> None:
    key, name = one.key, one.name  # type: ignore[attr-defined]
    assert name in demo_client.get("/sign-in").text
    response = post(demo_client, "/look-around", {"persona": key})
    assert response.status_code == 303
    assert name in demo_client.get("/profile/").text


@pytest.mark.parametrize("persona", ["", "nobody", "manager'--", "../manager"])
def test_the_demo_has_no_other_personas(demo_client: FlaskClient, persona: str) -> None:
    assert post(demo_client, "/look-around", {"persona": persona}).status_code == 404
    assert demo_client.get("/").status_code == 302


def test_the_demo_says_when_it_is_not_set_up(settings: Settings, catalogue: Catalogue, clock: Clock) -> None:
    with running(settings.model_copy(update={"demo": True}), catalogue) as app:
        client = app.test_client()
        response = post(client, "/look-around", {"persona": "psw"})
        assert response.headers["Location"] == "/sign-in"
        assert "trainer demo" in client.get("/sign-in").text
