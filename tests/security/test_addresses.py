"""Addresses, hosts and targets that lead elsewhere lead nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.cast import PASSWORD, Cast, Someone
from tests.door import post


@pytest.mark.any_database
@pytest.mark.parametrize(
    "path",
    [
        "/modules/../etc/passwd/",
        "/modules/..%2f..%2fetc%2fpasswd/",
        "/modules/%2e%2e/",
        "/modules/kind-words/sections/../../x",
        "/modules/kind-words/sections/%2e%2e%2f",
        "/modules/kind-words/images/..%2f..%2fcatalogue.yaml",
        "/modules/kind-words/images/%00dot.png",
        "/modules/kind-words%00/",
        "/modules/%ED%A0%80/",
        "/modules/%ff%fe/",
        "/assets/..%2f..%2ffactory.py",
        "/organisations/%00/",
        "/organisations/%ED%A0%80/cohorts/",
        "/organisations/gannet-quay%00/cohorts/autumn/report.csv",
    ],
)
def test_addresses_that_lead_elsewhere_find_nothing(
    client_for: Callable[[Someone], FlaskClient], cast: Cast, path: str
) -> None:
    response = client_for(cast.psw).get(path)
    assert response.status_code == 404
    assert "There is nothing here" in response.text


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "", "a b", "é"])
def test_a_host_that_is_not_ours(client: FlaskClient, host: str) -> None:
    for path in ("/", "/sign-in", "/forgotten-password", "/healthz"):
        response = client.get(path, headers={"Host": host})
        assert response.status_code == 400
        assert "evil.example" not in response.text
        assert "Location" not in response.headers


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%5cevil.example\\",
        "/\t/evil.example",
        "\t//evil.example",
        " //evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/\r\nLocation: https://evil.example",
        "http:evil.example",
    ],
)
def test_after_sign_in_nobody_is_led_to_another_site(client: FlaskClient, cast: Cast, target: str) -> None:
    page = client.get("/sign-in", query_string={"next": target})
    assert page.status_code == 200
    data = {"email": cast.psw.email, "password": PASSWORD}
    response = post(client, "/sign-in", data, query_string={"next": target})
    assert response.status_code == 303
    assert response.headers["Location"] in ("/", "/%5cevil.example%5c", "/%255cevil.example%5C")


def test_after_sign_in_the_wanted_page_opens(client: FlaskClient, cast: Cast) -> None:
    first = client.get("/modules/kind-words/sections/what-now")
    assert first.status_code == 302
    data = {"email": cast.psw.email, "password": PASSWORD}
    response = post(client, first.headers["Location"], data)
    assert response.headers["Location"] == "/modules/kind-words/sections/what-now"
