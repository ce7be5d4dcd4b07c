"""Every main page, at phone and desktop width, light and dark, as axe sees it in Chromium."""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Opener, follow, violations
from tests.cast import Cast

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
        "/glossary",
        "/profile/",
        "/profile/password",
        "/profile/who-sees",
        "/no-such-page",
    ),
    "trainer": (
        "/organisations/gannet-quay/cohorts/",
        AUTUMN,
        f"{AUTUMN}report",
        f"{AUTUMN}report?state=completed",
        MODULES,
    ),
    "manager": ("/organisations/gannet-quay/", f"{AUTUMN}report"),
}
SCREENS = {
    "phone, light": {"viewport": PHONE, "color_scheme": "light"},
    "desktop, dark": {"viewport": DESKTOP, "color_scheme": "dark"},
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("key", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(open_page: Opener, cast: Cast, key: str | None, screen: str) -> None:
    page = open_page(getattr(cast, key) if key else None, **SCREENS[screen])
    found = {}
    for address in PAGES[key]:
        page.goto(address)
        if problems := violations(page):
            found[address] = problems
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > SCREENS[screen]["viewport"]["width"]:  # type: ignore[index]
            found[address] = [*found.get(address, []), f"sticks out: {width} px"]
    assert found == {}


@pytest.mark.parametrize("screen", SCREENS)
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


@pytest.mark.parametrize("screen", SCREENS)
def test_every_kind_of_question_and_result_is_clean(open_page: Opener, cast: Cast, screen: str) -> None:
    page = open_page(cast.psw, **SCREENS[screen])
    page.goto("/modules/every-kind/quiz")
    follow(page, "main button.primary")
    for position in range(1, 9):
        page.goto(f"/modules/every-kind/quiz/1/{position}")
        assert violations(page) == [], position
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= SCREENS[screen]["viewport"]["width"], position  # type: ignore[index]
    page.goto("/modules/every-kind/quiz/1/review")
    assert violations(page) == []
    follow(page, "main button.primary")
    assert page.url.endswith("/result")
    assert violations(page) == []
