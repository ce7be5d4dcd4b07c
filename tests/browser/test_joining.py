"""Joining in a real browser: the pages behind a letter, a code and a slip, and what a shared computer keeps."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.asked import PIN, Asked, ask_people
from tests.browser.conftest import DESKTOP, PHONE, Opener, follow, violations
from tests.cast import Cast
from trainer.extensions import writing

pytestmark = pytest.mark.browser
SCREENS = {
    "phone, light": {"viewport": PHONE, "color_scheme": "light"},
    "desktop, dark": {"viewport": DESKTOP, "color_scheme": "dark"},
}
AUTUMN = "/organisations/gannet-quay/cohorts/autumn/"


@pytest.fixture
def asked(app: Flask, cast: Cast) -> Asked:
    with app.app_context(), writing() as session:
        return ask_people(session, cast)


def is_fine(page: Page, width: int) -> None:
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("screen", SCREENS)
def test_letter_code_and_slip_are_clean(open_page: Opener, cast: Cast, asked: Asked, screen: str) -> None:
    width = SCREENS[screen]["viewport"]["width"]  # type: ignore[index]
    visitor, trainer = open_page(**SCREENS[screen]), open_page(cast.trainer, **SCREENS[screen])
    visitor.goto(f"/invitations/{asked.token}")
    is_fine(visitor, width)
    visitor.goto(f"/join?code={asked.code}")
    follow(visitor, "main button.primary")
    is_fine(visitor, width)
    for address in ("invited/", "join-code", "slips/"):
        trainer.goto(f"{AUTUMN}{address}")
        is_fine(trainer, width)
    trainer.locator("main input[type=checkbox]").first.check()
    follow(trainer, "main button.primary")
    is_fine(trainer, width)
    code, start = trainer.locator(".slips .big-code").all_inner_texts()
    visitor.goto("/ward/start")
    for name, typed in (("code", code), ("start", start), ("pin", PIN), ("again", PIN)):
        visitor.fill(f"#{name}", typed)
    follow(visitor, "main button.primary")
    is_fine(visitor, width)
    assert visitor.locator(".shared-strip").is_visible()
    follow(visitor, ".shared-strip button")
    assert visitor.url.endswith("/ward")


def test_nothing_is_left_in_the_browser_of_a_shared_computer(
    app: Flask, open_page: Opener, cast: Cast, asked: Asked
) -> None:
    trainer, page = open_page(cast.trainer), open_page()
    trainer.goto(f"{AUTUMN}slips/")
    trainer.locator("main input[type=checkbox]").first.check()
    follow(trainer, "main button.primary")
    code, start = trainer.locator(".slips .big-code").all_inner_texts()
    page.goto("/ward/start")
    for name, typed in (("code", code), ("start", start), ("pin", PIN), ("again", PIN)):
        page.fill(f"#{name}", typed)
    follow(page, "main button.primary")
    page.goto("/modules/kind-words/quiz")
    follow(page, "main button.primary")
    page.context.set_offline(True)
    page.locator(".choice label").last.click()
    page.locator("[data-alert]").get_by_text("Not saved yet").wait_for()
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert page.evaluate("Object.keys(sessionStorage).length") == 0
    page.context.set_offline(False)
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert set(cookies) == {"alongside"}
    assert cookies["alongside"]["expires"] == -1
