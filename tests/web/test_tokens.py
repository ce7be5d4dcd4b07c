"""The page of tokens: made, shown once, ended; and what learners are told of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.api.calling import System, make_trainer, new_token
from tests.cast import Cast, Someone
from tests.conftest import Clock
from tests.door import post
from trainer.accounts.actor import Scope
from trainer.accounts.api_tokens import PATTERN

Browser = Callable[[Someone], FlaskClient]
TOKENS = "/organisations/gannet-quay/people/tokens/"
FORM = {"name": "HR system", "scopes": ["rosters:read", "completions:read"], "lasts": "90"}


def made(page: str) -> str:
    """The token that a page shows."""
    (token,) = set(PATTERN.findall(page))
    return str(token)


def test_a_token_is_shown_once_and_works(app: Flask, client_for: Browser, cast: Cast) -> None:
    manager = client_for(cast.manager)
    assert "no other system can ask anything here" in manager.get(TOKENS).text
    response = post(manager, TOKENS, FORM)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    token = made(response.text)
    assert "21 February 2027" in response.text
    assert System(app, token).ask("/api/v1/organisations/gannet-quay/cohorts/autumn/roster").status_code == 200
    again = manager.get(TOKENS).text
    assert token not in again
    assert token[:16] in again
    assert "HR system" in again
    assert "23 November 2026" in again


def test_a_page_that_is_sent_twice_makes_one_token(client_for: Browser, cast: Cast) -> None:
    manager = client_for(cast.manager)
    post(manager, TOKENS, FORM)
    response = post(manager, TOKENS, FORM)
    assert response.status_code == 422
    assert "already" in response.text
    assert 'value="HR system"' in response.text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "Name the system"),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"scopes": []}, "at least one thing"),
        ({"scopes": ["everything"]}, "Not a valid choice"),
        ({"lasts": "3650"}, "Not a valid choice"),
        ({"lasts": ""}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    client_for: Browser, cast: Cast, changed: dict[str, object], told: str
) -> None:
    response = post(client_for(cast.manager), TOKENS, {**FORM, **changed})
    assert response.status_code == 422
    assert told in response.text
    assert not PATTERN.search(response.text)
    if "scopes" not in changed:
        assert re.search(r'<input[^>]*checked[^>]*value="rosters:read"', response.text)


def test_a_field_that_is_not_on_the_page_is_refused(client_for: Browser, cast: Cast) -> None:
    assert post(client_for(cast.manager), TOKENS, {**FORM, "organisation_id": "2"}).status_code == 400


def test_ending_asks_first_and_is_final(app: Flask, client_for: Browser, cast: Cast) -> None:
    manager = client_for(cast.manager)
    token = made(post(manager, TOKENS, FORM).text)
    (address,) = re.findall(rf'href="({TOKENS}\d+/end)"', manager.get(TOKENS).text)
    assert "HR system" in manager.get(address).text
    assert System(app, token).ask("/api/v1/organisations").status_code == 200
    assert post(manager, address).status_code == 303
    assert System(app, token).ask("/api/v1/organisations").status_code == 401
    page = manager.get(TOKENS).text
    assert "Ended" in page
    assert address not in page
    assert post(manager, address).status_code == 303


def test_the_log_tells_of_tokens_and_of_what_was_done_with_them(app: Flask, client_for: Browser, cast: Cast) -> None:
    token = new_token(app, cast.manager, "gannet-quay")
    System(app, token).read("/api/v1/organisations/gannet-quay/cohorts/autumn/roster")
    make_trainer(app, cast, cast.manager)
    System(app, token).read("/api/v1/organisations/gannet-quay/cohorts/autumn/completions")
    app.test_client().get(f"/api/v1/organisations?token={token}")
    log = client_for(cast.manager).get("/organisations/gannet-quay/log").text
    assert "Made token 1 for another system" in log
    assert "Took away the list of people of Autumn on the Quay, through another system with token 1" in log
    assert "Read who completed what in Autumn on the Quay, through another system with token 1" in log
    assert "Token 1 was ended: it was sent in an address or a form" in log


def test_learners_are_told_which_systems_read_their_name(
    app: Flask, client_for: Browser, cast: Cast, clock: Clock
) -> None:
    page = "/profile/who-sees"
    assert "No other system can read anything with your name now" in client_for(cast.psw).get(page).text
    new_token(app, cast.manager, "gannet-quay", [Scope.COMPLETIONS_READ], name="Reports")
    new_token(app, cast.manager, "gannet-quay", [Scope.REPORTS_READ, Scope.ENROLMENTS_WRITE], name="Board")
    assert "“Reports”" not in client_for(cast.psw).get(page).text  # its maker is a trainer of no cohort
    make_trainer(app, cast, cast.manager)
    told = client_for(cast.psw).get(page).text
    assert "“Reports” of Gannet Quay Service may read your name" in told
    assert "which modules you completed" in told
    assert "“Board”" not in told
    assert "“Reports”" not in client_for(cast.winter_learner).get(page).text
    new_token(app, cast.manager, "gannet-quay", [Scope.ROSTERS_READ], name="Rota")
    assert "“Rota” of Gannet Quay Service may read your name" in client_for(cast.winter_learner).get(page).text
    for elsewhere in (cast.stranger_learner, cast.withdrawn):
        assert "“Rota”" not in client_for(elsewhere).get(page).text
    clock.advance(timedelta(days=30))
    assert "“Rota”" not in client_for(cast.winter_learner).get(page).text


def test_people_lead_to_tokens(client_for: Browser, cast: Cast) -> None:
    assert f'href="{TOKENS}"' in client_for(cast.manager).get("/organisations/gannet-quay/people/").text
