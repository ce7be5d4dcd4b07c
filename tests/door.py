"""Going through the HTML door as somebody, without typing a password."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from flask import Flask, session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from tests.cast import Someone
from trainer.accounts.services import open_session
from trainer.extensions import writing

CSRF_FIELD = re.compile(r'(name="csrf_token"[^>]*?value=")[^"]*(")|(value=")[^"]*("[^>]*?name="csrf_token")')


def sign_in(client: FlaskClient, person: Someone, *, at: datetime, device: str = "a test") -> None:
    """Open a session for somebody through the services and hand its token to the client."""
    with client.application.app_context(), writing() as database:
        opened = open_session(database, person_id=person.id, device=device, is_remembered=False, at=at)
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie["_user_id"] = opened.token
        cookie["_fresh"] = True


def csrf_token(client: FlaskClient) -> str:
    """A token that belongs to the client's session, as a page would carry it."""
    with client.session_transaction() as cookie, client.application.test_request_context():
        if "csrf_token" in cookie:
            session["csrf_token"] = cookie["csrf_token"]
        token = generate_csrf()
        cookie["csrf_token"] = session["csrf_token"]
    return str(token)


def post(client: FlaskClient, url: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
    """Post a form with a valid token, as the page would."""
    return client.post(url, data={"csrf_token": csrf_token(client), **(data or {})}, **options)


def without_tokens(body: str) -> str:
    """A page without what is different every time."""
    return CSRF_FIELD.sub("", body)


def text_of(response: TestResponse) -> str:
    """The body as text; a failure of ours is a failure of the test."""
    assert response.status_code < 500, response.get_data(as_text=True)
    return response.get_data(as_text=True)


def new_client(app: Flask) -> FlaskClient:
    """A browser without cookies."""
    return app.test_client()
