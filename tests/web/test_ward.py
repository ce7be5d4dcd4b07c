"""A shared computer on a ward: slips, PINs, the strip, and what is left when somebody walks away."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.asked import PIN, add_invited, enrolment_of
from tests.cast import Cast, Someone
from tests.conftest import Clock
from tests.door import post, without_tokens
from trainer.accounts.models import LoginSession
from trainer.accounts.throttle import WARD_PER_ACCOUNT
from trainer.accounts.ward import MOST_MISSES
from trainer.extensions import reading, writing

Browser = Callable[[Someone], FlaskClient]
SLIPS = "/organisations/gannet-quay/cohorts/autumn/slips/"
STRIP = "You are on a shared computer"
OTHER_PIN = "860352"
NOTE = "/notebook/notes/S1/reflect:first-thought"


@pytest.fixture
def number(app: Flask, cast: Cast) -> int:
    """The enrolment of somebody without an address."""
    with app.app_context(), writing() as session:
        return enrolment_of(session, cast, add_invited(session, cast, staff_id="10482"))


Printer = Callable[[], tuple[str, str]]


@pytest.fixture
def printed(client_for: Browser, cast: Cast, number: int) -> Printer:
    """Print a slip: the two codes on it."""

    def print_one() -> tuple[str, str]:
        page = post(client_for(cast.trainer), SLIPS, {"enrolment": str(number)})
        assert page.status_code == 200
        code, start = re.findall(r'<dd class="big-code">([^<]+)</dd>', page.text)
        return code, start

    return print_one


def begin(client: FlaskClient, slip: tuple[str, str], pin: str = PIN) -> int:
    typed = {"code": slip[0], "start": slip[1], "pin": pin, "again": pin}
    return post(client, "/ward/start", typed).status_code


def sign_in(client: FlaskClient, code: str, pin: str = PIN) -> int:
    return post(client, "/ward", {"code": code, "pin": pin}).status_code


def test_from_a_slip_to_a_page_with_a_strip_on_it_and_out_again(
    app: Flask, client: FlaskClient, printed: Printer
) -> None:
    code, start = printed()
    assert begin(client, (code, start)) == 303
    home = client.get("/")
    assert STRIP in home.text
    assert home.text.count('action="/sign-out"') == 2
    assert "data-owner" not in home.text, "nothing waits in a browser of many"
    assert home.headers["Cache-Control"] == "no-store"
    with app.app_context(), reading() as session:
        assert session.scalars(select(LoginSession.device)).all()[-1] == "Shared computer"
    cookie = client.get_cookie("alongside")
    assert cookie is not None
    assert cookie.expires is None
    response = post(client, "/sign-out")
    assert response.headers["Location"] == "/ward"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/").status_code == 302
    assert sign_in(client, code.upper().replace("-", " ")) == 303


def test_no_field_is_kept_or_filled_in_by_the_browser(client: FlaskClient) -> None:
    for url in ("/ward", "/ward/start"):
        page = client.get(url).text
        inputs = [found for found in re.findall(r"<input[^>]+>", page) if "csrf_token" not in found]
        assert inputs
        assert all('autocomplete="off"' in found for found in inputs)
        assert 'type="password"' not in page
        assert "Keep me signed in" not in page


def test_half_an_hour_without_a_click_ends_it_and_a_click_begins_it_anew(
    client: FlaskClient, clock: Clock, printed: Printer
) -> None:
    begin(client, printed())
    for _ in range(11):
        clock.advance(timedelta(minutes=20))
        assert client.get("/").status_code == 200
    clock.advance(timedelta(minutes=20))
    assert client.get("/").status_code == 302, "four hours are over"


def test_it_ends_by_itself(client: FlaskClient, clock: Clock, printed: Printer) -> None:
    begin(client, printed())
    clock.advance(timedelta(minutes=30))
    assert client.get("/").status_code == 302


def test_pages_in_quick_succession_write_nothing(
    client: FlaskClient, clock: Clock, printed: Printer, statements: list[str]
) -> None:
    begin(client, printed())
    clock.advance(timedelta(seconds=30))
    statements.clear()
    client.get("/modules/")
    assert not [one for one in statements if one.startswith("UPDATE")]
    clock.advance(timedelta(minutes=1))
    client.get("/modules/")
    assert len([one for one in statements if one.startswith("UPDATE login_session")]) == 1


def test_wrong_pin_unknown_code_and_locked_code_are_one_answer(
    app: Flask, client: FlaskClient, clock: Clock, printed: Printer
) -> None:
    code, _ = slip = printed()
    begin(app.test_client(), slip)
    typed = {"code": code, "pin": OTHER_PIN}
    wrong = post(client, "/ward", typed)
    for _ in range(MOST_MISSES):
        clock.advance(WARD_PER_ACCOUNT.window)
        post(client, "/ward", typed)
    clock.advance(WARD_PER_ACCOUNT.window)
    locked = post(client, "/ward", {"code": code, "pin": PIN})
    unknown = post(client, "/ward", {"code": "heron-teapot-417", "pin": PIN})
    pages = {re.sub(r'value="[^"]*"', "", without_tokens(answer.text)) for answer in (wrong, locked, unknown)}
    assert {answer.status_code for answer in (wrong, locked, unknown)} == {422}
    assert len(pages) == 1
    assert PIN not in unknown.text or "masked" in unknown.text


def test_guessing_is_slowed_down_for_one_code_from_one_place(client: FlaskClient, app: Flask, printed: Printer) -> None:
    code, _ = slip = printed()
    begin(app.test_client(), slip)
    for _ in range(WARD_PER_ACCOUNT.count):
        sign_in(client, code, OTHER_PIN)
    page = post(client, "/ward", {"code": code, "pin": PIN})
    assert "tried many times" in page.text


def test_the_pin_is_never_sent_back(client: FlaskClient, printed: Printer) -> None:
    code, _start = printed()
    for url, typed in (
        ("/ward", {"code": code, "pin": OTHER_PIN}),
        ("/ward/start", {"code": code, "start": "CCCCCCCCCC", "pin": OTHER_PIN, "again": OTHER_PIN}),
    ):
        page = post(client, url, typed)
        assert page.status_code == 422
        assert OTHER_PIN not in page.text


class TestANewSlip:
    def test_the_notebook_stays_closed_and_the_person_is_told(
        self, app: Flask, cast: Cast, printed: Printer, clock: Clock
    ) -> None:
        mine, trainers = app.test_client(), app.test_client()
        begin(mine, printed())
        assert post(mine, NOTE, {"text": "Mine alone", "version": "0"}).status_code == 303
        clock.advance(timedelta(days=1))
        assert begin(trainers, printed(), OTHER_PIN) == 303
        assert "A new slip was printed for you on 24 November 2026 by Cathal Mac Suibhne" in trainers.get("/").text
        assert mine.get("/").status_code == 302, "every session has ended"
        for url in ("/notebook/", "/notebook/notebook.md", "/notebook/on-paper", "/notebook/supervision"):
            assert trainers.get(url).headers["Location"] == "/ward/notebook", url
        assert "Mine alone" not in trainers.get("/modules/kind-words/sections/first-note").text
        assert post(trainers, NOTE, {"text": "Not mine", "version": "1"}).status_code == 422
        assert post(trainers, "/notebook/delete-all").status_code == 422
        assert "24 November 2026 at 10:00, by Cathal Mac Suibhne. It was used." in trainers.get("/profile/pin/").text
        wrong = post(trainers, "/ward/notebook", {"pin": OTHER_PIN})
        assert wrong.status_code == 422
        assert post(trainers, "/ward/notebook", {"pin": PIN}).status_code == 303
        assert "Mine alone" in trainers.get("/notebook/").text

    def test_a_slip_that_nobody_used_can_be_made_void(self, app: Flask, printed: Printer) -> None:
        mine, other = app.test_client(), app.test_client()
        begin(mine, printed())
        second = printed()
        assert "Make the slip void" in mine.get("/profile/pin/").text
        assert post(mine, "/profile/pin/void").status_code == 303
        assert "Make the slip void" not in mine.get("/profile/pin/").text
        assert begin(other, second, OTHER_PIN) == 422
        assert mine.get("/").status_code == 200


def test_people_with_password_and_address_are_on_no_list_of_slips(client_for: Browser, cast: Cast) -> None:
    trainer = client_for(cast.trainer)
    assert cast.psw.name not in trainer.get(SLIPS).text
    page = post(trainer, SLIPS, {"enrolment": str(cast.enrolments["psw"])})
    assert page.status_code == 422
    assert "big-code" not in page.text


@pytest.mark.parametrize("value", ["", "0", "-1", "abc", "99999999999999999999", "١"])
def test_odd_numbers_print_nothing(client_for: Browser, cast: Cast, number: int, value: str) -> None:
    page = post(client_for(cast.trainer), SLIPS, {"enrolment": value})
    assert page.status_code == 422
    assert "big-code" not in page.text


def test_somebody_with_an_account_sets_a_pin_of_their_own(app: Flask, client_for: Browser, cast: Cast) -> None:
    psw, ward = client_for(cast.psw), app.test_client()
    wrong = post(psw, "/profile/pin/", {"current": "not it", "pin": PIN, "again": PIN})
    assert wrong.status_code == 422
    typed = {"current": "a quiet harbour at dawn", "pin": PIN, "again": PIN}
    assert post(psw, "/profile/pin/", typed).status_code == 303
    page = psw.get("/profile/pin/").text
    assert STRIP not in page
    code = re.search(r'class="big-code">([^<]+)<', page)
    assert code is not None
    assert sign_in(ward, code[1]) == 303
    assert STRIP in ward.get("/").text
