"""The list of what an organisation agreed to do, as managers meet it."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast, Someone
from tests.door import post, text_of

HOME = "/organisations/gannet-quay/"
LIST = f"{HOME}readiness/"
FORM = {"text": "Agree who covers the phone", "owner": "Head of service", "due": "2027-01"}
Browser = Callable[[Someone], FlaskClient]


@pytest.fixture
def manager(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.manager)


def page(client: FlaskClient, url: str) -> str:
    return unescape(text_of(client.get(url)))


def test_an_action_is_added_and_stands_in_the_overview(manager: FlaskClient) -> None:
    assert "Nothing is written down yet." in page(manager, HOME)
    assert post(manager, LIST, FORM).status_code == 303
    for url in (LIST, HOME):
        shown = page(manager, url)
        for words in (FORM["text"], "Head of service", "January 2027", ">Open<", "1 action is open, 0 are done."):
            assert words in shown


def test_it_is_done_and_open_again(manager: FlaskClient) -> None:
    post(manager, LIST, FORM)
    for _ in range(2):
        assert post(manager, f"{LIST}1/state", {"state": "done"}).status_code == 303
    assert "Done on 23 November 2026" in page(manager, LIST)
    assert "0 actions are open, 1 is done." in page(manager, HOME)
    post(manager, f"{LIST}1/state", {"state": "open"})
    assert "1 action is open, 0 are done." in page(manager, HOME)
    assert post(manager, f"{LIST}1/state", {"state": "late"}).status_code == 400


def test_it_is_changed_and_taken_off(manager: FlaskClient) -> None:
    post(manager, LIST, FORM)
    assert 'value="2027-01"' in page(manager, f"{LIST}1")
    assert post(manager, f"{LIST}1", {**FORM, "due": "2026-10"}).status_code == 303
    assert "Open; its month is over" in page(manager, LIST)
    assert post(manager, f"{LIST}1/remove", {}).status_code == 303
    assert FORM["text"] not in page(manager, LIST)
    assert manager.get(f"{LIST}1").status_code == 404


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"text": ""}, "Say what will be done."),
        ({"text": "x" * 301}, "Use at most 300 characters."),
        ({"text": " "}, "Say what will be done."),
        ({"owner": ""}, "Name one role"),
        ({"owner": "una@quay.example"}, "Write a role title"),
        ({"due": ""}, "Enter a month like 2027-03."),
        ({"due": "soon"}, "Enter a month like 2027-03."),
    ],
)
@pytest.mark.parametrize("url", [LIST, f"{LIST}1"])
def test_what_cannot_be_kept_says_why_and_loses_nothing(
    manager: FlaskClient, url: str, changed: dict[str, str], words: str
) -> None:
    post(manager, LIST, {**FORM, "text": "Something else"})
    form = {**FORM, **changed}
    response = post(manager, url, form)
    shown = unescape(text_of(response))
    assert response.status_code == 422
    assert words in shown
    assert all(f'value="{value}"' in shown for value in form.values() if value.strip())
    assert FORM["text"] not in page(manager, HOME)


def test_words_of_an_action_are_only_words(manager: FlaskClient) -> None:
    post(manager, LIST, {**FORM, "text": "<script>alert(1)</script>"})
    for url in (LIST, HOME, f"{LIST}1"):
        assert "<script>alert(1)" not in text_of(manager.get(url))


def test_nobody_but_managers_opens_it(client_for: Browser, cast: Cast) -> None:
    for someone, status in ((cast.trainer, 403), (cast.psw, 403), (cast.stranger_manager, 404)):
        assert client_for(someone).get(LIST).status_code == status
