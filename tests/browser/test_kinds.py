"""Ordering and matching by keyboard, writing that saves itself, stories without scripts, and the outbox."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import delete

from tests.browser.conftest import PHONE, Opener, follow
from tests.cast import PASSWORD, Cast
from tests.samples import sample_module
from trainer.accounts.models import LoginSession
from trainer.extensions import writing

pytestmark = pytest.mark.browser

QUIZ = "/modules/every-kind/quiz"
KINDS = [question.kind for question in sample_module("every-kind").quiz.questions]  # type: ignore[union-attr]


def open_question(page: Page, kind: str) -> None:
    """The question of that kind; the sample asks all of its eight."""
    page.goto(QUIZ)
    follow(page, "main button.primary")
    page.goto(f"{QUIZ}/1/{KINDS.index(kind) + 1}")


def is_saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text("Saved 10:00", timeout=20_000)


def close_and_come_back(page: Page) -> Page:
    """The page is closed while the line is down; later there is a line again, and another page."""
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    return context.new_page()


def outbox(page: Page) -> str:
    return str(page.evaluate("localStorage.getItem('alongside-outbox') || ''"))


def test_lines_are_moved_by_keyboard_and_said_aloud(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw, viewport=PHONE)
    open_question(page, "order")
    second = page.locator(".order-lines .line").nth(1)
    words = second.get_attribute("data-line")
    second.get_by_role("button", name=f"Earlier: {words}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".order-lines .line").first).to_have_attribute("data-line", str(words))
    expect(page.locator("[data-moved]")).to_have_text(f"{words}: place 1 of 4")
    expect(page.locator(":focus")).to_have_attribute("aria-label", f"Earlier: {words}")
    is_saved(page)
    page.reload()
    expect(page.locator(".order-lines .line").first).to_have_attribute("data-line", str(words))


def test_two_lines_never_share_a_place(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw)
    open_question(page, "order")
    lists = page.locator(".order-lines select")
    for place in range(4):
        lists.nth(place).select_option(index=place + 1)
    lists.nth(3).select_option(index=1)
    chosen = sorted(lists.nth(place).evaluate("one => one.selectedIndex") for place in range(4))
    assert chosen == [1, 2, 3, 4]
    is_saved(page)


def test_order_and_match_work_without_scripts(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw, java_script_enabled=False)
    open_question(page, "order")
    for place in range(4):
        page.locator(".order-lines select").nth(place).select_option(index=place + 1)
    follow(page, "button[value=next]")
    for row in range(3):
        page.locator(".match-lines select").nth(row).select_option(index=1)
    follow(page, "button[value=review]")
    expect(page.locator(".review-answer").nth(3)).to_contain_text("1. ")
    expect(page.locator(".review-answer").nth(4)).to_contain_text("Needy: ")


@pytest.mark.parametrize("kind", ["text", "rewrite"])
def test_what_is_written_saves_itself_and_stays_out_of_the_browser(open_page: Opener, cast: Cast, kind: str) -> None:
    page = open_page(cast.psw)
    open_question(page, kind)
    box = page.locator("#choice-1")
    box.fill("Canary words of mine")
    is_saved(page)
    page.context.set_offline(True)
    box.fill("Canary words, on a bad line")
    expect(page.locator("[data-status]")).to_have_text("Not saved yet")
    assert "Canary" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    page.context.set_offline(False)
    is_saved(page)
    page.reload()
    expect(box).to_have_value("Canary words, on a bad line")


def test_an_answer_given_on_a_lost_line_survives_closing_the_page(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw)
    open_question(page, "single")
    here = page.url
    page.context.set_offline(True)
    page.locator(".choice label").nth(1).click()
    expect(page.locator("[data-status]")).to_have_text("Not saved yet")
    assert here.rpartition("/modules")[2] in outbox(page)
    again = close_and_come_back(page)
    again.goto(here)
    expect(again.locator(".choice input").nth(1)).to_be_checked()
    is_saved(again)
    assert outbox(again) == ""


def test_answers_that_waited_are_delivered_from_any_page(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw)
    open_question(page, "single")
    here = page.url
    page.context.set_offline(True)
    page.locator(".choice label").nth(2).click()
    expect(page.locator("[data-status]")).to_have_text("Not saved yet")
    other = close_and_come_back(page)
    with other.expect_response(lambda response: response.url == here and response.status == 200):
        other.goto("/modules/")
    other.goto(here)
    expect(other.locator(".choice input").nth(2)).to_be_checked()


def test_signing_out_and_somebody_else_empty_the_outbox(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw)
    page.goto("/")
    for owner in ("somebody-else", page.evaluate("document.body.dataset.owner")):
        box = f'{{"owner": "{owner}", "answers": {{"/nowhere": [["choice", "x"]]}}}}'
        page.evaluate("box => localStorage.setItem('alongside-outbox', box)", box)
        if owner == "somebody-else":
            page.goto("/")
            assert outbox(page) == ""
    follow(page, "[data-leaves] button")
    assert "/sign-in" in page.url
    assert outbox(page) == ""


def test_an_answer_given_after_the_session_ended_waits_for_signing_in(
    open_page: Opener, app: Flask, cast: Cast
) -> None:
    page = open_page(cast.psw)
    open_question(page, "single")
    here = page.url
    with app.app_context(), writing() as session:
        session.execute(delete(LoginSession))
    page.locator(".choice label").nth(1).click()
    expect(page.locator("[data-alert]")).to_contain_text("What you chose is kept")
    page.goto("/sign-in")
    page.fill("#email", cast.psw.email)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("My learning")
    page.wait_for_function("!localStorage.getItem('alongside-outbox')")  # any page of theirs delivers it
    page.goto(here)
    expect(page.locator(".choice input").nth(1)).to_be_checked()
    is_saved(page)
    assert outbox(page) == ""


def test_a_story_is_walked_without_scripts(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw, java_script_enabled=False, viewport=PHONE)
    page.goto("/modules/every-kind/sections/a-story")
    page.get_by_role("link", name="Open “Ten past nine”").click()
    page.get_by_role("link", name="Say nothing; it is a busy morning").click()
    page.get_by_role("link", name="Raise it with your supervisor").click()
    expect(page.locator("h1")).to_have_text("Thursday")
    page.locator(".way-so-far a").first.click()
    page.locator(".ways a").nth(1).click()
    expect(page.locator("h1")).to_have_text("A phone call")
    page.get_by_role("button", name="Keep this road and go back").click()
    expect(page.locator(".voice-scenario")).to_contain_text("You have found 1 of 2 ends.")


def test_a_note_saves_itself_and_never_waits_in_the_browser(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw, viewport=PHONE)
    page.goto("/modules/every-kind/sections/a-story")
    box = page.locator("#box-reflect-after-the-story-text")
    status = page.locator("#box-reflect-after-the-story [data-status]")
    box.fill("Canary thought")
    expect(status).to_have_text("Saved 10:00", timeout=20_000)
    page.context.set_offline(True)
    box.fill("Canary thought, on a bad line")
    expect(status).to_have_text("Not saved yet")
    assert "Canary" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    page.context.set_offline(False)
    expect(status).to_have_text("Saved 10:00", timeout=20_000)
    page.reload()
    expect(box).to_have_value("Canary thought, on a bad line")


def test_two_windows_on_one_note_lose_nothing(open_page: Opener, cast: Cast) -> None:
    first = open_page(cast.psw)
    second = first.context.new_page()
    for page in (first, second):
        page.goto("/modules/every-kind/sections/a-story")
    where = "#box-reflect-after-the-story"
    first.fill(f"{where}-text", "From the first window")
    expect(first.locator(f"{where} [data-status]")).to_have_text("Saved 10:00", timeout=20_000)
    second.fill(f"{where}-text", "From the second window")
    expect(second.locator(f"{where} [data-alert]")).to_contain_text("changed in another window")
    second.locator(where).get_by_role("button", name="Save").click()
    expect(second.locator("h1")).to_have_text("This note has two versions")
    expect(second.locator("textarea")).to_have_value("From the first window\n\nFrom the second window")
    second.get_by_role("button", name="Save").click()
    expect(second.locator(f"{where}-text")).to_have_value("From the first window\n\nFrom the second window")
