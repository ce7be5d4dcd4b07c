"""The exercise in a real browser: agreement, writing, what was refused, and the figure on the cohort's page."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser.conftest import Opener, follow, violations
from tests.browser.test_accessibility import AUTUMN, SCREENS
from tests.cast import Cast
from tests.conftest import Clock
from tests.door import post, sign_in
from tests.web.test_exercise import everybody_writes

pytestmark = pytest.mark.browser


@pytest.fixture
def trainer(app: Flask, cast: Cast, clock: Clock) -> FlaskClient:
    found = app.test_client()
    sign_in(found, cast.trainer, at=clock.at)
    return found


@pytest.mark.parametrize("screen", SCREENS)
def test_taking_part_is_clean_from_the_agreement_to_the_sealed_note(
    open_page: Opener, cast: Cast, trainer: FlaskClient, screen: str
) -> None:
    post(trainer, f"{AUTUMN}exercise/stage", {"stage": "before"})
    page = open_page(cast.psw, **SCREENS[screen])
    width = SCREENS[screen]["viewport"]["width"]  # type: ignore[index]
    page.goto("/")
    follow(page, "text=A note before the course")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    follow(page, "main button.primary")
    assert violations(page) == []
    page.fill("#text", "Too short.")
    follow(page, "main button.primary")
    assert page.input_value("#text") == "Too short."
    assert page.evaluate("document.activeElement.classList.contains('error-summary')")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.fill("#text", "She made tea at ten, and then we talked for half an hour about her sister and the garden.")
    follow(page, "main button.primary")
    assert page.url.endswith("/exercise")
    assert page.locator("text=The first note, kept on").count() == 1
    assert violations(page) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_the_figure_on_the_cohorts_page_is_clean(
    open_page: Opener, app: Flask, cast: Cast, trainer: FlaskClient, screen: str
) -> None:
    everybody_writes(app, cast, 12)
    page = open_page(cast.trainer, **SCREENS[screen])
    page.goto(f"{AUTUMN}exercise/end")
    assert violations(page) == []
    follow(page, "main button.primary")
    assert page.locator("text=12 people wrote both.").count() == 1
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["viewport"]["width"]  # type: ignore[index]
