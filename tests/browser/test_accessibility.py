"""Every main page, at phone and desktop width, light and dark, as axe sees it in Chromium."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Opener, follow, violations
from tests.cast import Cast
from trainer.postbox import stop_token
from trainer.reminders.rules import Kind

pytestmark = pytest.mark.browser

MODULE = "/modules/kind-words/"
AUTUMN = "/organisations/gannet-quay/cohorts/autumn/"
MODULES = "/organisations/gannet-quay/modules/"
PAGES = {
    None: (
        "/sign-in",
        "/forgotten-password",
        "/need-to-talk",
        "/reset-password/unknown",
        "/invitations/unknown",
        "/letters/stop/unknown",
        "/join",
        "/ward",
        "/ward/start",
        "/look-at-my-words",
        "/words/",
    ),
    "psw": (
        "/",
        "/modules/",
        MODULE,
        f"{MODULE}quiz",
        "/modules/every-kind/",
        "/modules/every-kind/before",
        "/modules/every-kind/sections/a-story",
        "/modules/every-kind/sections/three-roles",
        "/modules/every-kind/scenarios/handover/",
        "/modules/every-kind/scenarios/handover/silence/later",
        "/keep-it-fresh/",
        "/notebook/",
        "/notebook/supervision",
        "/notebook/on-paper",
        "/notebook/delete-all",
        f"{AUTUMN}survey",
        f"{AUTUMN}exercise",
        "/glossary",
        "/profile/",
        "/profile/password",
        "/profile/letters",
        "/profile/who-sees",
        "/profile/opened",
        "/profile/pin/",
        "/no-such-page",
    ),
    "trainer": (
        "/organisations/gannet-quay/cohorts/",
        AUTUMN,
        f"{AUTUMN}report",
        f"{AUTUMN}report?state=completed",
        f"{AUTUMN}report?state=needs_a_hand",
        f"{AUTUMN}report/week",
        f"{AUTUMN}report/change",
        f"{AUTUMN}report/questions/",
        f"{AUTUMN}report/questions/kind-words",
        f"{AUTUMN}report/two-roles/kind-words",
        f"{AUTUMN}learners/1",
        f"{AUTUMN}schedule",
        f"{AUTUMN}schedule?path=start&opens_on=2026-11-23&first_due_on=2026-12-07&gap_weeks=2",
        f"{AUTUMN}sessions/",
        f"{AUTUMN}reminders",
        f"{AUTUMN}reminders?kind=reminder.module_due&module=S1",
        MODULES,
        f"{AUTUMN}invited/",
        f"{AUTUMN}join-code",
        f"{AUTUMN}slips/",
        f"{AUTUMN}settings",
        "/organisations/gannet-quay/new-cohort",
    ),
    "manager": (
        "/organisations/gannet-quay/",
        f"{AUTUMN}report",
        "/organisations/gannet-quay/people/",
        "/organisations/gannet-quay/readiness/",
        "/organisations/gannet-quay/people/1",
        "/organisations/gannet-quay/people/2/remove",
        "/organisations/gannet-quay/log",
        "/organisations/gannet-quay/people/tokens/",
        f"{AUTUMN}settings",
    ),
}
SCREENS: dict[str, Any] = {
    "phone, light": {"viewport": PHONE, "color_scheme": "light"},
    "desktop, dark": {"viewport": DESKTOP, "color_scheme": "dark"},
}


@pytest.mark.parametrize("key", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(open_page: Opener, cast: Cast, key: str | None) -> None:
    page = open_page(getattr(cast, key) if key else None)
    found = {}
    for address in PAGES[key]:
        page.goto(address)
        for name, screen in SCREENS.items():
            page.set_viewport_size(screen["viewport"])
            page.emulate_media(color_scheme=screen["color_scheme"], reduced_motion="reduce")
            problems = violations(page)
            if (width := page.evaluate("document.documentElement.scrollWidth")) > screen["viewport"]["width"]:
                problems.append(f"sticks out: {width} px")
            if problems:
                found[f"{address} ({name})"] = problems
    assert found == {}


@pytest.mark.parametrize("screen", ["phone, light"])  # the pages above go through both
def test_sections_and_the_whole_quiz_are_clean(open_page: Opener, cast: Cast, screen: str) -> None:
    page = open_page(cast.psw, **SCREENS[screen])
    page.goto(MODULE)
    follow(page, ".module-plan a.primary")
    assert "/sections/" in page.url
    assert violations(page) == []
    page.goto(f"{MODULE}quiz")
    follow(page, "main button.primary")
    while "/review" not in page.url:
        assert violations(page) == []
        page.locator(".choice label").last.click()
        follow(page, "button[value=next]")
    assert violations(page) == []
    follow(page, "main button.primary")
    assert page.url.endswith("/result")
    page.locator("details").first.locator("summary").click()
    assert violations(page) == []


@pytest.mark.parametrize("screen", ["desktop, dark"])  # the pages above go through both
def test_every_kind_of_question_and_result_is_clean(open_page: Opener, cast: Cast, screen: str) -> None:
    page = open_page(cast.psw, **SCREENS[screen])
    page.goto("/modules/every-kind/quiz")
    follow(page, "main button.primary")
    for position in range(1, 9):
        page.goto(f"/modules/every-kind/quiz/1/{position}")
        assert violations(page) == [], position
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= SCREENS[screen]["viewport"]["width"], position
    page.goto("/modules/every-kind/quiz/1/review")
    assert violations(page) == []
    follow(page, "main button.primary")
    assert page.url.endswith("/result")
    assert violations(page) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_planning_a_live_session_and_ticking_who_came_is_clean(open_page: Opener, cast: Cast, screen: str) -> None:
    page = open_page(cast.trainer, **SCREENS[screen])
    page.goto(f"{AUTUMN}sessions/")
    for name, value in (("title", "First"), ("on", "2026-11-23"), ("at", "09:30"), ("place", "Room 2")):
        page.fill(f"[name={name}]", value)
    follow(page, "main button.secondary")  # no module is ticked: the same page says so
    assert page.locator(".error-summary").is_visible()
    assert violations(page) == []
    page.locator(".tick label").first.click()
    follow(page, "main button.secondary")
    page.locator(".tick label").first.click()
    assert violations(page) == []
    follow(page, "main button.primary")
    assert page.locator("[name=came]").first.is_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["viewport"]["width"]


@pytest.mark.parametrize("screen", SCREENS)
def test_a_letter_as_it_will_be_sent_and_the_page_that_stops_it_are_clean(
    open_page: Opener, app: Flask, cast: Cast, screen: str
) -> None:
    page = open_page(cast.trainer, **SCREENS[screen])
    page.goto(f"{AUTUMN}reminders?kind=reminder.module_due&module=S1")
    follow(page, "form[method=post] button.secondary")
    assert page.locator("#preview-heading").is_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["viewport"]["width"]
    page.goto(f"/letters/stop/{stop_token(app, cast.psw.id, Kind.OWN)}")
    assert page.locator("main form button").is_visible()
    assert violations(page) == []


@pytest.mark.parametrize("screen", ["phone, light"])  # the pages above go through both
def test_the_same_in_irish_whose_words_are_longer(open_page: Opener, cast: Cast, screen: str) -> None:
    width = SCREENS[screen]["viewport"]["width"]
    found = {}
    for key, address in (
        ("psw", "/"),
        ("psw", f"{MODULE}sections/first-note"),
        ("psw", f"{MODULE}quiz"),
        ("psw", "/profile/who-sees"),
        ("trainer", f"{AUTUMN}report"),
        (None, "/need-to-talk"),
    ):
        page = open_page(getattr(cast, key) if key else None, locale="ga", **SCREENS[screen])
        page.goto(address)
        assert page.get_attribute("html", "lang") == "ga"
        if problems := violations(page):
            found[address] = problems
        if (actual := page.evaluate("document.documentElement.scrollWidth")) > width:
            found[address] = [*found.get(address, []), f"sticks out: {actual} px"]
    assert found == {}


def test_the_button_turns_a_page_into_irish_and_back(open_page: Opener, cast: Cast) -> None:
    page = open_page(cast.psw)
    page.goto("/modules/?from=here")
    follow(page, "button[name=language]")
    assert page.url.endswith("/modules/?from=here")
    assert page.inner_text("h1") == "Modúil"
    page.goto(f"{MODULE}quiz")
    follow(page, "main button.primary")
    page.locator(".choice label").first.click()
    expect(page.locator("[data-status]")).to_contain_text("Sábháilte")  # the scripts speak it too
    follow(page, "button[name=language]")
    assert page.get_attribute("html", "lang") == "en-IE"
    expect(page.locator("[data-status]")).to_contain_text("Saved")
