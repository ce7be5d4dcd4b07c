"""Errors as pages: what happened, what to do, the way back; JSON for the page's own script."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.cast import Cast, Someone
from tests.door import post
from trainer.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Unavailable
from trainer.extensions import database
from trainer.web.errors import HEADINGS, STATUS

JSON = {"Accept": "application/json"}


@pytest.fixture
def psw(client_for: Callable[[Someone], FlaskClient], cast: Cast) -> FlaskClient:
    return client_for(cast.psw)


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (NotFound("No such thing."), 404),
        (NotAllowed("Not for you.", "Ask somebody."), 403),
        (Conflict("It is over.", "Start anew."), 409),
        (Invalid("That is odd.", "Try another."), 422),
        (Unavailable(), 503),
        (DomainError("A rule said no.", "Do as it says."), 400),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_refusal_has_its_status_its_words_and_a_way_back(
    app: Flask, psw: FlaskClient, monkeypatch: pytest.MonkeyPatch, problem: DomainError, status: int
) -> None:
    def refuse() -> str:
        raise problem

    monkeypatch.setitem(app.view_functions, "learner.glossary", refuse)
    page = psw.get("/glossary")
    assert page.status_code == status
    assert str(HEADINGS[status]) in page.text
    assert problem.message in page.text
    assert problem.remedy in page.text
    assert 'href="/"' in page.text
    reply = psw.get("/glossary", headers=JSON)
    assert reply.status_code == status
    assert reply.json == {"message": f"{problem.message} {problem.remedy}"}


def test_every_refusal_has_a_status_of_its_own() -> None:
    known = {NotFound, NotAllowed, Conflict, Invalid, Unavailable}
    assert known <= set(STATUS)
    assert {STATUS[one] for one in known} <= set(HEADINGS)


def test_a_fault_of_ours_is_logged_and_shows_nothing_of_itself(
    app: Flask, psw: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down() -> str:
        raise ZeroDivisionError("the secret of the house")

    monkeypatch.setitem(app.view_functions, "learner.glossary", break_down)
    with caplog.at_level(logging.ERROR):
        response = psw.get("/glossary")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
    for telling in ("secret of the house", "Traceback", "ZeroDivisionError", "Eimear"):
        assert telling not in response.text
    assert "ZeroDivisionError" in caplog.text
    assert response.headers["Cache-Control"] == "no-store"


def test_a_database_that_cannot_be_written_is_not_saved_and_says_so(
    app: Flask, psw: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context():
        engine = database.engine

    def full(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("INSERT", "UPDATE")):
            raise OperationalError(statement, {}, Exception("database or disk is full"))

    event.listen(engine, "before_cursor_execute", full)
    try:
        for headers in ({}, JSON):
            response = post(psw, "/modules/kind-words/sections/first-note", headers=headers)
            assert response.status_code == 503
            assert response.headers["Retry-After"] == "5"
            words = response.json["message"] if headers else response.text
            assert "not saved yet" in words
            assert "INSERT" not in words
    finally:
        event.remove(engine, "before_cursor_execute", full)
    assert "disk is full" in caplog.text
    assert "Eimear" not in caplog.text
    assert post(psw, "/modules/kind-words/sections/first-note").status_code == 303


def test_an_unknown_page_for_somebody_signed_in(psw: FlaskClient) -> None:
    response = psw.get("/no/such/page")
    assert response.status_code == 404
    assert "There is nothing here" in response.text


def test_the_wrong_method_names_the_right_ones(psw: FlaskClient) -> None:
    response = psw.post("/glossary", headers=JSON)
    assert response.status_code in (400, 405)
    response = psw.get("/sign-out")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
