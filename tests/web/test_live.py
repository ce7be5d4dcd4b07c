"""Live sessions through the door: planned, ticked, changed, and told to learners."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast, Someone
from tests.door import post, text_of

SESSIONS = "/organisations/gannet-quay/cohorts/autumn/sessions/"
FIRST = {"title": "First session", "on": "2026-11-23", "at": "09:30", "place": "Room 2, Quay House", "modules": ["S1"]}
Browser = Callable[[Someone], FlaskClient]


@pytest.fixture
def trainer(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.trainer)


def boxes(html: str) -> dict[str, bool]:
    """The learners with their ticks, and by the number of their box."""
    found = re.findall(r'<input type="checkbox" name="came" id="came-(\d+)" value="\d+" (checked)?>', html)
    return {number: bool(tick) for number, tick in found}


def test_from_the_plan_to_who_came(trainer: FlaskClient, client_for: Browser, cast: Cast) -> None:
    assert "No session is planned yet." in text_of(trainer.get(SESSIONS))
    response = post(trainer, SESSIONS, FIRST)
    assert (response.status_code, response.location) == (303, f"{SESSIONS}1")
    html = text_of(trainer.get(f"{SESSIONS}1"))
    assert "23 November 2026 at 09:30, Room 2, Quay House" in html
    assert list(boxes(html).values()) == [False, False]
    assert cast.withdrawn.name not in html
    one = next(iter(boxes(html)))
    assert post(trainer, f"{SESSIONS}1/attendance", {"came_before": "", "came": [one]}).status_code == 303
    html = text_of(trainer.get(f"{SESSIONS}1"))
    assert "1 person came." in html
    assert boxes(html)[one]
    # A page that was opened before ticks the other one: the first tick stays.
    other = next(key for key in boxes(html) if key != one)
    post(trainer, f"{SESSIONS}1/attendance", {"came_before": "", "came": [other]})
    assert set(boxes(text_of(trainer.get(f"{SESSIONS}1"))).values()) == {True}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Give it a name"),
        ("title", "x" * 121, "at most 120"),
        ("on", "yesterday", "Enter the day, such as"),
        ("at", "half nine", "Enter the time, such as 14:30."),
        ("at", "25:00", "Enter the time, such as 14:30."),
        ("place", " ", "Say where it is"),
        ("modules", [], "Tick at least one module."),
        ("modules", ["S2"], "Choose modules from the list."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    trainer: FlaskClient, field: str, value: object, words: str
) -> None:
    response = post(trainer, SESSIONS, {**FIRST, field: value})
    assert response.status_code == 422
    html = text_of(response)
    assert words in html
    if field != "place":
        assert "Room 2, Quay House" in html
    assert "No session is planned yet." in html


@pytest.mark.parametrize("came", ["abc", "-1", "9" * 40, "1; DROP", "²"])
def test_strange_ticks_change_nothing(trainer: FlaskClient, came: str) -> None:
    post(trainer, SESSIONS, FIRST)
    response = post(trainer, f"{SESSIONS}1/attendance", {"came_before": came, "came": [came]})
    assert response.status_code == 303
    assert set(boxes(text_of(trainer.get(f"{SESSIONS}1"))).values()) == {False}


def test_learners_read_what_is_ahead(trainer: FlaskClient, client_for: Browser, cast: Cast) -> None:
    post(trainer, SESSIONS, {**FIRST, "on": "2026-12-01"})
    psw = client_for(cast.psw)
    assert "First session, 1 December 2026 at 09:30, Room 2, Quay House" in text_of(psw.get("/"))
    assert "First session" not in text_of(client_for(cast.winter_learner).get("/"))
    assert "From 1 December 2026 on you can note here who came." in text_of(trainer.get(f"{SESSIONS}1"))
    assert post(trainer, f"{SESSIONS}1/cancel", {}).status_code == 303
    assert "First session" not in text_of(psw.get("/"))
    assert "Called off" in text_of(trainer.get(SESSIONS))
