"""Joining with a code, as a visitor and signed in; and the page with the code."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.asked import NEW
from tests.cast import Cast, Someone
from tests.conftest import Clock
from tests.door import post, without_tokens
from tests.inbox import invitation_in, letters_of
from trainer.accounts.models import Person
from trainer.accounts.throttle import JOIN_PER_ACCOUNT, JOIN_PER_ADDRESS
from trainer.config import Settings
from trainer.extensions import reading
from trainer.web.qr import qr_path

Browser = Callable[[Someone], FlaskClient]
CODE_PAGE = "/organisations/gannet-quay/cohorts/autumn/join-code"
LIMITS = {"most_joins": "20", "last_day": "2026-12-20"}


def code_on(page: str) -> str:
    found = re.search(r'class="big-code">([^<]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


@pytest.fixture
def code(client_for: Browser, cast: Cast) -> str:
    trainer = client_for(cast.trainer)
    assert post(trainer, CODE_PAGE, LIMITS).status_code == 303
    return code_on(trainer.get(CODE_PAGE).text)


def test_the_page_to_print_has_code_address_and_a_square_of_our_own(client_for: Browser, cast: Cast, code: str) -> None:
    page = client_for(cast.trainer).get(CODE_PAGE).text
    assert "localhost/join" in page
    assert "Good until 20 December 2026. 0 of 20 places used." in page
    path, size = qr_path(f"http://localhost/join?code={code}")
    assert f'viewBox="0 0 {size} {size}"' in page
    assert f'd="{path}"' in page
    assert "<img" not in page


def test_a_qr_code_is_dark_squares_within_its_frame() -> None:
    path, size = qr_path("http://localhost/join?code=CDFGHJKM")
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path)
    assert "".join(f"M{x} {y}h{w}v1h-{w}z" for x, y, w in runs) == path
    assert all(int(x) >= 4 and int(x) + int(w) <= size - 4 and 4 <= int(y) < size - 4 for x, y, w in runs)
    assert runs[0][2] == "7", "the corner mark"


def test_a_visitor_sees_first_and_joins_by_letter(
    client: FlaskClient, cast: Cast, settings: Settings, code: str
) -> None:
    assert f'value="{code}"' in client.get("/join", query_string={"code": code}).text
    page = post(client, "/join", {"code": f"{code[:4].lower()} {code[4:]}"}).text
    for words in ("Gannet Quay Service", "Autumn on the Quay", "Who would see what"):
        assert words in page
    assert cast.trainer.name not in page
    sent = post(client, "/join/letter", {"code": code, "name": "Órla", "email": "orla@new.example"})
    assert "Look in your inbox" in sent.text
    (letter,) = letters_of(settings)
    link = invitation_in(letter)
    assert "asked for this invitation" not in client.get(link).text
    assert post(client, link, {"name": "Órla", "password": NEW, "again": NEW}).status_code == 303
    assert "Autumn on the Quay" in client.get("/profile/who-sees").text


def test_the_answer_is_the_same_for_everybody(
    app: Flask, client: FlaskClient, cast: Cast, settings: Settings, code: str
) -> None:
    answers = {
        without_tokens(post(client, "/join/letter", {"code": code, "name": "A. N. Other", "email": email}).text)
        for email in (
            "new@new.example",
            cast.stranger_learner.email,
            cast.psw.email,
            cast.withdrawn.email,
            cast.disabled.email,
        )
    }
    assert len(answers) == 1
    readers = {str(letter["To"]) for letter in letters_of(settings)}
    assert readers == {"new@new.example", cast.stranger_learner.email, cast.disabled.email}


def test_an_inbox_is_not_flooded(client: FlaskClient, settings: Settings, code: str) -> None:
    for _ in range(JOIN_PER_ACCOUNT.count + 3):
        post(client, "/join/letter", {"code": code, "name": "x", "email": "New@new.example"})
        letters_of(settings)  # whoever asks before the last letter has left gets one for both
    assert len(letters_of(settings)) == JOIN_PER_ACCOUNT.count


@pytest.mark.parametrize("typed", ["CCCCCCCC", "x", "'; --", "ñ"])
def test_a_wrong_code_is_one_message(client: FlaskClient, code: str, typed: str) -> None:
    for url, more in (("/join", {}), ("/join/letter", {"name": "x", "email": "new@new.example"})):
        page = post(client, url, {"code": typed, **more})
        assert page.status_code == 422
        assert "opens nothing at the moment" in page.text
        assert "Gannet Quay" not in page.text


def test_codes_cannot_be_tried_for_ever(client: FlaskClient, code: str) -> None:
    for _ in range(JOIN_PER_ADDRESS.count):
        post(client, "/join", {"code": "CCCCCCCC"})
    page = post(client, "/join", {"code": code})
    assert page.status_code == 422
    assert "tried many times" in page.text


def test_what_was_typed_stays_when_the_address_is_none(client: FlaskClient, app: Flask, code: str) -> None:
    page = post(client, "/join/letter", {"code": code, "name": "Órla", "email": "orla at new"})
    assert page.status_code == 422
    assert 'value="Órla"' in page.text
    assert "Enter an address like" in page.text
    with app.app_context(), reading() as session:
        assert session.scalar(select(func.count()).select_from(Person).where(Person.name == "Órla")) == 0


def test_signed_in_it_is_one_button(client_for: Browser, cast: Cast, code: str) -> None:
    stranger = client_for(cast.stranger_learner)
    assert "You join as" in post(stranger, "/join", {"code": code}).text
    assert post(stranger, "/join/mine", {"code": code}).status_code == 303
    assert "You have joined Autumn on the Quay." in stranger.get("/").text
    withdrawn = post(client_for(cast.withdrawn), "/join/mine", {"code": code})
    assert withdrawn.status_code == 422
    assert "bring you back" in withdrawn.text


def test_switched_off_or_made_anew_the_old_code_is_dead(
    client: FlaskClient, client_for: Browser, cast: Cast, clock: Clock, code: str
) -> None:
    trainer = client_for(cast.trainer)
    post(trainer, CODE_PAGE, LIMITS)
    assert code_on(trainer.get(CODE_PAGE).text) != code
    assert post(client, "/join", {"code": code}).status_code == 422
    fresh = code_on(trainer.get(CODE_PAGE).text)
    assert post(client, "/join", {"code": fresh}).status_code == 200
    post(trainer, f"{CODE_PAGE}/end")
    assert post(client, "/join", {"code": fresh}).status_code == 422
    assert "switched off" in trainer.get(CODE_PAGE).text


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"most_joins": "many", "last_day": "2026-12-20"}, "whole number"),
        ({"most_joins": "0", "last_day": "2026-12-20"}, "from 1 to 500"),
        ({"most_joins": "5", "last_day": "2026-11-01"}, "Choose another day"),
        ({"most_joins": "5", "last_day": "soon"}, "Enter the last day, such as"),
    ],
)
def test_odd_limits_are_explained(client_for: Browser, cast: Cast, limits: dict[str, str], words: str) -> None:
    page = post(client_for(cast.trainer), CODE_PAGE, limits)
    assert page.status_code == 422
    assert words in page.text
