"""The private box in a browser: what it says is true, and a bad line makes no second version of anything."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete

from tests.browser.conftest import Opener
from tests.cast import Cast
from trainer.accounts.models import LoginSession
from trainer.extensions import writing

pytestmark = pytest.mark.browser
PLACE = "/modules/every-kind/sections/a-story"
BOX = "#box-reflect-after-the-story"
SAVES = "**/notebook/notes/**"


@pytest.fixture
def page(open_page: Opener, cast: Cast) -> Page:
    found = open_page(cast.psw)
    found.goto(PLACE)
    return found


def test_an_answer_that_got_lost_is_no_second_window(page: Page) -> None:
    lost = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)  # the server keeps it; the browser never hears of it
            route.abort()
        else:
            route.continue_()

    page.route(SAVES, lose)
    page.fill(f"{BOX}-text", "One thought")
    expect(page.locator(f"{BOX} [data-alert]")).to_contain_text("we keep trying")
    page.fill(f"{BOX}-text", "One thought, and another")
    expect(page.locator(f"{BOX} [data-status]")).to_have_text("Saved 10:00")
    assert lost == [200]
    page.reload()
    expect(page.locator(f"{BOX}-text")).to_have_value("One thought, and another")


def test_save_waits_for_what_is_under_way(page: Page) -> None:
    held: list[Route] = []
    page.route(SAVES, lambda route: route.continue_() if held else held.append(route))
    page.fill(f"{BOX}-text", "One thought")
    expect(page.locator(f"{BOX} [data-status]")).to_have_text("Saving…")
    page.fill(f"{BOX}-text", "One thought, finished")
    page.locator(BOX).get_by_role("button", name="Save").click()
    held[0].continue_()
    expect(page.locator(".notice")).to_contain_text("Your note is saved.")
    expect(page.locator(f"{BOX}-text")).to_have_value("One thought, finished")


def test_who_is_signed_out_is_told_so_and_keeps_the_text(page: Page, app: Flask) -> None:
    with app.app_context(), writing() as session:
        session.execute(delete(LoginSession))
    page.fill(f"{BOX}-text", "One thought")
    alarm = page.locator(f"{BOX} [data-alert]")
    expect(alarm).to_contain_text("You are signed out here. Copy what you typed")
    page.locator(BOX).get_by_role("button", name="Save").click()
    expect(page.locator(f"{BOX} [data-status]")).to_have_text("Not saved")
    expect(page.locator(f"{BOX}-text")).to_have_value("One thought")
    assert page.url.endswith(PLACE)


def test_a_page_that_is_too_old_is_no_bad_line(page: Page) -> None:
    page.context.clear_cookies()
    page.fill(f"{BOX}-text", "One thought")
    alarm = page.locator(f"{BOX} [data-alert]")
    expect(alarm).to_contain_text("If text of yours is in it, copy that first.")
    expect(alarm).not_to_contain_text("connection")


def test_too_much_is_said_and_shown(page: Page) -> None:
    page.fill(f"{BOX}-text", "x" * 20_001)
    expect(page.locator(f"{BOX} [data-alert]")).to_contain_text("Shorten it to 20,000")
    page.locator(BOX).get_by_role("button", name="Save").click()
    expect(page.locator("textarea")).to_have_value("x" * 20_001)
    expect(page.locator(".error-summary")).to_contain_text("20,001 characters")


def test_leaving_with_something_unsaved_is_asked_about(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.route(SAVES, lambda route: route.abort())
    page.locator(f"{BOX}-text").press_sequentially("One thought")
    expect(page.locator(f"{BOX} [data-alert]")).to_contain_text("we keep trying")
    page.evaluate("location.assign('/')")
    expect(page.locator(f"{BOX}-text")).to_have_value("One thought")
    assert asked == ["beforeunload"]
    assert page.url.endswith(PLACE)
