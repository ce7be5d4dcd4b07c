"""A real browser against the real app on a free port. Skipped loudly where there is no chromium."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.cast import Cast, Someone
from tests.conftest import not_tested
from tests.door import sign_in
from tests.samples import AT

ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A busy machine is slow, not wrong: how long something may take is no part of these tests.
expect.set_options(timeout=30_000)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as the machine has it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        not_tested("the pages in a real browser, with axe", "no chromium on the PATH")
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        found = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *sandbox])
        yield found
        found.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the running app."""
    server = make_server("localhost", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


Opener = Callable[..., Page]


@pytest.fixture
def open_page(app: Flask, site: str, browser: Browser, cast: Cast) -> Iterator[Opener]:
    """Open a tab in which somebody is signed in; fails the test on a script error or a foreign request."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def opened(person: Someone | None = None, **options: object) -> Page:
        context = browser.new_context(base_url=site, **options)  # type: ignore[arg-type]
        contexts.append(context)
        if person is not None:
            context.add_cookies([{**cookie, "url": site} for cookie in cookies_of(app, person)])  # type: ignore[list-item]
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(site) else troubles.append(request.url))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def cookies_of(app: Flask, person: Someone) -> list[dict[str, str]]:
    """The session cookie of somebody who has signed in."""
    client = app.test_client()
    sign_in(client, person, at=AT)
    cookie = client.get_cookie("alongside")
    assert cookie is not None
    return [{"name": "alongside", "value": cookie.value}]


def follow(page: Page, target: str) -> None:
    """Click on what leads to another page and wait until that page is whole."""
    with page.expect_navigation(timeout=30_000):
        page.click(target)


def violations(page: Page) -> list[str]:
    """What axe finds, rule by rule, with the place."""
    page.wait_for_load_state("load")  # an address can be new while its document is still empty
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{found['id']} ({found['impact']}): {[node['target'] for node in found['nodes']]}"
        for found in page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    ]
