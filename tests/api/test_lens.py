"""The lens as JSON: open, strict, forgetful, and described by its own document."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from trainer.language.pace import LOOKS_A_MINUTE

LENS = "/api/v1/lens"


def problem_of(response: TestResponse) -> dict[str, Any]:
    """What an error says; its shape is the one of every error."""
    assert response.json is not None
    assert set(response.json) == {"error"}
    found: dict[str, Any] = response.json["error"]
    assert {"code", "message", "remedy"} <= set(found) <= {"code", "message", "remedy", "field", "problems"}
    return found


def test_findings_slice_back_to_the_text(client: FlaskClient) -> None:
    text = "🙂 He was manipulative, and she is non-compliant."
    response = client.post(LENS, json={"text": text})
    assert response.status_code == 200
    assert response.json is not None
    findings = response.json["findings"]
    assert [text[one["start"] : one["end"]] for one in findings] == [one["text"] for one in findings]
    assert "manipulative" in {one["text"] for one in findings}
    assert all(one["why"] and one["alternatives"] for one in findings)


def test_own_words_and_quotations_are_left_alone(client: FlaskClient) -> None:
    own = client.post(LENS, json={"text": "He was manipulative.", "own_words": ["manipulative"]})
    assert own.json is not None
    assert own.json["findings"] == []
    quoted = client.post(LENS, json={"text": "> He was manipulative.\n\nShe slept.", "format": "markdown"})
    assert quoted.json is not None
    assert quoted.json["findings"] == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"{}",
        b'{"text": ""}',
        b'{"text": 5}',
        b'{"text": "x", "score": true}',
        b'{"text": "x", "format": "pdf"}',
        b'{"text": "x", "own_words": "y"}',
        b"\xff\xfe",
        b'{"text": "' + b"x" * 60_001 + b'"}',
    ],
)
def test_every_error_has_one_shape_and_repeats_nothing(client: FlaskClient, body: bytes) -> None:
    response = client.post(LENS, data=body, content_type="application/json")
    assert response.status_code == 422
    assert response.json is not None
    assert problem_of(response)
    assert "xxxx" not in response.text


def test_no_cookie_is_set_and_nothing_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    response = client.post(LENS, json={"text": "Siskin-in-the-alder-3316 was manipulative."})
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert "Siskin" not in caplog.text


def test_the_document_describes_what_there_is(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json
    assert document is not None
    assert document["openapi"].startswith("3.1")
    assert LENS in document["paths"]
    answer = client.post(LENS, json={"text": "He was manipulative."}).json
    assert answer is not None
    schemas = document["components"]["schemas"]
    assert set(answer) == set(schemas["LookAnswer"]["properties"])
    assert set(answer["findings"][0]) == set(schemas["FindingAnswer"]["properties"])


def test_five_megabytes_are_refused_in_the_one_shape(client: FlaskClient) -> None:
    response = client.post(LENS, json={"text": "manipulative " * 400_000})
    assert response.status_code == 413
    assert response.json is not None
    assert problem_of(response)
    assert "parts" in problem_of(response)["remedy"]
    assert "manipulative" not in response.text


def test_a_text_that_is_a_little_too_long_is_told_the_limit(client: FlaskClient) -> None:
    response = client.post(LENS, json={"text": "x" * 60_001})
    assert response.status_code == 422
    assert response.json is not None
    assert "60000 characters" in problem_of(response)["message"]
    assert "parts" in problem_of(response)["remedy"]


@pytest.mark.parametrize(
    "text", ["\0manipulative", "\u202emanipulative\u202c", "“" * 10_000, "“a” " * 10_000, "\ufffe"]
)
def test_strange_text_is_looked_at_and_its_offsets_hold(client: FlaskClient, text: str) -> None:
    response = client.post(LENS, json={"text": text})
    assert response.status_code == 200
    assert response.json is not None
    for one in response.json["findings"]:
        assert text[one["start"] : one["end"]] == one["text"]


@pytest.mark.parametrize("body", [b'{"text": "\\ud800 manipulative"}', b"\x00\x01\x02\xff" * 50, b"PK\x03\x04" * 20])
def test_what_is_no_text_is_refused(client: FlaskClient, body: bytes) -> None:
    response = client.post(LENS, data=body, content_type="application/json")
    assert response.status_code == 422
    assert response.json is not None
    assert problem_of(response)


def test_many_looks_in_a_minute_wait(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for _ in range(LOOKS_A_MINUTE):
        assert client.post(LENS, json={"text": "He slept."}).status_code == 200
    response = client.post(LENS, json={"text": "Siskin-in-the-alder-3316"})
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert response.json is not None
    assert problem_of(response)
    assert "Siskin" not in response.text
    assert "Siskin" not in caplog.text
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.post(LENS, json={"text": "He slept."}, environ_overrides=elsewhere).status_code == 200


def test_the_document_names_every_status(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json
    assert document is not None
    assert set(document["paths"][LENS]["post"]["responses"]) == {*("200", "400", "413", "415", "422", "429", "503")}
