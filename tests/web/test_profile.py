"""A person's own page: what they say of themselves, their devices, and who sees what."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.cast import PASSWORD, Cast, Someone
from tests.door import post

Browser = Callable[[Someone], FlaskClient]


@pytest.fixture
def psw(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.psw)


@pytest.mark.any_database
def test_name_and_role_can_be_changed_and_the_role_left_blank(psw: FlaskClient) -> None:
    assert post(psw, "/profile/", {"name": "Éimear Ní Dhálaigh", "role": ""}).status_code == 303
    page = psw.get("/profile/").text
    assert "Your details are saved." in page
    assert "Éimear Ní Dhálaigh" in page
    assert '<option selected value="">' in page
    assert "Your details are saved." not in psw.get("/profile/").text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"name": "", "role": ""}, "Enter the name you go by."),
        ({"name": "   ", "role": ""}, "Enter the name you go by."),
        ({"name": "x" * 201, "role": ""}, "at most 200"),
        ({"name": "Eimear", "role": "consultant"}, "Not a valid choice"),
    ],
)
def test_a_field_that_cannot_be_taken_says_what_to_do_and_changes_nothing(
    psw: FlaskClient, cast: Cast, data: dict[str, str], message: str
) -> None:
    response = post(psw, "/profile/", data)
    assert response.status_code == 422
    assert message in response.text
    assert cast.psw.name in psw.get("/").text


def test_nobody_else_sees_the_role(psw: FlaskClient, client_for: Browser, cast: Cast) -> None:
    for url in ("", "report", "report.csv"):
        page = client_for(cast.trainer).get(f"/organisations/gannet-quay/cohorts/autumn/{url}").text
        assert "peer support worker" not in page.lower()
        assert "psw" not in page.replace(cast.psw.email, "")


def test_every_device_is_listed_and_this_one_is_named(psw: FlaskClient, client_for: Browser, cast: Cast) -> None:
    client_for(cast.psw)
    page = psw.get("/profile/").text
    assert page.count("This device") == 1
    assert len(re.findall(r"/profile/devices/\d+/end", page)) == 1
    post(psw, "/profile/devices/end-others")
    page = psw.get("/profile/").text
    assert page.count("This device") == 1
    assert not re.findall(r"/profile/devices/\d+/end", page)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"current": "wrong", "password": "seven herons at noon", "again": "seven herons at noon"}, "does not match"),
        ({"current": PASSWORD, "password": "seven herons at noon", "again": "eight herons"}, "passwords differ"),
        ({"current": PASSWORD, "password": "short", "again": "short"}, "at least 12"),
        ({"current": "", "password": "seven herons at noon", "again": "seven herons at noon"}, "Enter your password"),
    ],
)
def test_a_password_is_not_changed_without_the_right_words(
    psw: FlaskClient, client: FlaskClient, cast: Cast, data: dict[str, str], message: str
) -> None:
    response = post(psw, "/profile/password", data)
    assert response.status_code == 422
    assert message in response.text
    assert all(word not in response.text for word in ("seven herons at noon", PASSWORD))
    assert post(client, "/sign-in", {"email": cast.psw.email, "password": PASSWORD}).status_code == 303


def test_who_sees_what_names_the_trainer_who_really_can(psw: FlaskClient, cast: Cast) -> None:
    page = psw.get("/profile/who-sees").text
    assert cast.trainer.name in page
    assert cast.autumn.name in page
    for nobody in (cast.disabled, cast.removed, cast.other_trainer, cast.manager):
        assert nobody.name not in page
    assert "Which answers you chose" in page


def test_without_a_cohort_nobody_is_named(client_for: Browser, cast: Cast) -> None:
    page = client_for(cast.withdrawn).get("/profile/who-sees").text
    assert cast.trainer.name not in page
