"""The main job as a person does it: by keyboard, without scripts, and on a bad line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, follow
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.browser

MODULE = "/modules/kind-words/"


def answer_everything(page: Page) -> None:
    while "/review" not in page.url:
        page.locator(".choice label").first.click()
        follow(page, "button[value=next]")


def test_signing_in_by_keyboard_leads_to_my_learning(open_page: Opener, cast: Cast) -> None:
    page = open_page(viewport=PHONE)
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.locator("#email").focus()
    page.keyboard.type(cast.psw.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("My learning")
    expect(page.locator(".continue a.primary")).to_be_visible()


def tab_to(page: Page, target: str) -> None:
    """Press Tab until the focus is on the target, as somebody without a mouse must."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", target):
            return
    pytest.fail(f"{target} cannot be reached by keyboard on {page.url}")


def test_from_a_section_to_the_result_by_keyboard_alone(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw)
    page.goto(MODULE)
    tab_to(page, ".module-plan a.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sections/first-note")
    for following in ("**/sections/second-note", "**/sections/what-now", "**/quiz"):
        tab_to(page, ".onwards button")
        page.keyboard.press("Enter")
        page.wait_for_url(following)
    tab_to(page, "main button.primary")
    page.keyboard.press("Enter")
    for following in ("**/quiz/1/2", "**/quiz/1/3", "**/quiz/1/4", "**/quiz/1/review"):
        expect(page.locator("fieldset")).to_be_visible()
        tab_to(page, ".choice input")
        page.keyboard.press("Space")
        expect(page.locator("[data-status]")).to_have_text("Saved 10:00")
        tab_to(page, "button[value=next]")
        page.keyboard.press("Enter")
        page.wait_for_url(following)
    tab_to(page, "main button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/quiz/1/result")
    expect(page.locator(".score")).to_be_visible()


def test_a_wrong_password_puts_the_focus_on_what_to_do(open_page: Opener, cast: Cast) -> None:
    page = open_page()
    page.goto("/sign-in")
    page.fill("#email", cast.psw.email)
    page.fill("#password", "not the right one")
    follow(page, "main button.primary")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.input_value("#email") == cast.psw.email


def test_the_whole_module_works_without_scripts(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw, java_script_enabled=False)
    page.goto(MODULE)
    follow(page, ".module-plan a.primary")
    while "/sections/" in page.url:
        follow(page, ".onwards button")
    assert page.url.endswith("/quiz")
    follow(page, "main button.primary")
    answer_everything(page)
    follow(page, "main button.primary")
    expect(page.locator(".score")).to_be_visible()
    page.goto("/")
    expect(page.locator("h1")).to_have_text("My learning")


def test_saved_is_said_when_the_server_has_said_it(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw)
    page.goto(f"{MODULE}quiz")
    follow(page, "main button.primary")
    page.locator(".choice label").first.click()
    expect(page.locator("[data-status]")).to_have_text("Saved 10:00")
    here = page.url
    elsewhere = open_page(cast.psw)
    elsewhere.goto(here)
    expect(elsewhere.locator(".choice input").first).to_be_checked()


def test_a_lost_line_is_said_loudly_and_mended_by_itself(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw)
    page.goto(f"{MODULE}quiz")
    follow(page, "main button.primary")
    page.context.set_offline(True)
    page.locator(".choice label").first.click()
    status = page.locator("[data-status]")
    expect(status).to_contain_text("Not saved yet")
    expect(status).to_have_class("saved is-late")
    page.context.set_offline(False)
    expect(status).to_have_text("Saved 10:00", timeout=20_000)


def test_nothing_is_kept_in_the_browser(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw)
    page.goto(f"{MODULE}quiz")
    follow(page, "main button.primary")
    page.locator(".choice label").first.click()
    expect(page.locator("[data-status]")).to_contain_text("Saved")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_module_page_needs_no_more_than_four_requests(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw)
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(MODULE)
    page.wait_for_load_state("networkidle")
    assert len(seen) <= 4, seen
