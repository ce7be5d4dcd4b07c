"""What needs no sign-in, and everything else, which does."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from trainer.web.gate import PUBLIC_ENDPOINTS


def test_the_public_list_is_short_and_every_name_on_it_exists(app: Flask) -> None:
    assert set(app.view_functions) >= PUBLIC_ENDPOINTS
    assert len(PUBLIC_ENDPOINTS) == 22


def test_everything_else_asks_for_sign_in(app: Flask, client: FlaskClient) -> None:
    for rule in app.url_map.iter_rules():
        is_api = rule.rule.startswith("/api/")  # has a gate of its own: tests/api/test_gate.py
        if is_api or rule.endpoint in PUBLIC_ENDPOINTS or "GET" not in (rule.methods or ()):
            continue
        response = client.get(re.sub(r"<[^>]+>", "1", rule.rule))
        assert response.status_code == 302, rule.rule
        assert response.headers["Location"].startswith("/sign-in")


def test_an_address_that_is_not_there_asks_for_sign_in_too(client: FlaskClient) -> None:
    response = client.get("/no/such/page")
    assert response.headers["Location"] == "/sign-in?next=/no/such/page"


@pytest.mark.any_database
def test_health_is_json_with_the_number_of_modules(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert response.json == {"status": "ok", "modules": 4}
    assert "Set-Cookie" not in response.headers


def test_health_is_503_when_the_database_is_away(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_session: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("disk I/O error"))

    monkeypatch.setattr("trainer.web.public.ping", away)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "disk I/O" not in response.text


def test_need_to_talk_has_numbers_that_can_be_rung(client: FlaskClient) -> None:
    page = client.get("/need-to-talk").text
    assert 'href="tel:112"' in page
    assert 'href="tel:116123"' in page
    assert "to be verified" in page


def test_files_are_kept_for_ever_under_the_hash_of_their_content(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    names = set(re.findall(r'"(/assets/[^"]+)"', page))
    assert len(names) == 3
    for name in names:
        plain = client.get(name, headers={"Accept-Encoding": "identity"})
        assert plain.status_code == 200
        assert "immutable" in plain.headers["Cache-Control"]
        zipped = client.get(name, headers={"Accept-Encoding": "gzip"})
        if zipped.content_encoding == "gzip":
            assert gzip.decompress(zipped.data) == plain.data
        assert "Set-Cookie" not in plain.headers
        older = re.sub(r"-\w+\.", "-000000000000.", name)
        assert client.get(older).status_code == 404


def test_the_gallery_is_part_of_the_demo_only(client: FlaskClient) -> None:
    assert client.get("/gallery").status_code == 404
