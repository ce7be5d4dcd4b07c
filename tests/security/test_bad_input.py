"""Bad input is met with a page that says what to do: never a failure of ours, never a change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, Someone
from tests.door import csrf_token, post
from tests.samples import sample_module
from tests.security.world import asked, learn_something
from trainer.extensions import writing

both = pytest.mark.any_database
QUIZ = "/modules/kind-words/quiz/1"
SUBMITTED = "/modules/quiz-only/quiz/1"
JSON = {"Accept": "application/json"}
STRANGE_TEXTS = {
    "nul": "a\0b",
    "only nul": "\0",
    "controls": "a\x01\x1b[31mb\x7f",
    "right-to-left": "\u202egnp.exe",
    "newlines": "a\r\nSet-Cookie: x=1\r\n\r\nb",
    "quotes": "'; DROP TABLE person; --",
    "template": "{{ 7 * 7 }}{% raw %}",
    "html": "<script>alert(1)</script>",
    "emoji": "👩🏽‍⚕️" * 20,
    "long": "x" * 5_000,
    "very large number": "9" * 400,
}


@pytest.fixture
def learner(app: Flask, cast: Cast, client_for: Callable[[Someone], FlaskClient]) -> FlaskClient:
    """A peer support worker with an open attempt and two submitted ones."""
    with app.app_context(), writing() as session:
        learn_something(session, cast)
    return client_for(cast.psw)


def choice_of(slug: str, position: int = 1) -> str:
    return str(asked(sample_module(slug))[position - 1].options[0].id)


@pytest.mark.parametrize("headers", [{}, JSON], ids=["page", "json"])
@pytest.mark.parametrize("choice", ["no-such-option", choice_of("quiz-only"), "", "9" * 300])
def test_an_option_that_the_question_has_not(learner: FlaskClient, headers: dict[str, str], choice: str) -> None:
    response = post(learner, f"{QUIZ}/1", {"choice": choice, "go": "next"}, headers=headers)
    assert response.status_code == 422
    assert "Reload the page" in (response.json["message"] if headers else response.text)
    assert "0 of 4" in learner.get("/modules/kind-words/quiz").text


def test_two_answers_where_one_is_asked_for(learner: FlaskClient) -> None:
    questions = asked(sample_module())
    position = next(at for at, question in enumerate(questions, start=1) if question.kind == "single")
    options = [option.id for option in questions[position - 1].options[:2]]
    response = post(learner, f"{QUIZ}/{position}", {"choice": options, "go": "next"})
    assert response.status_code == 422
    assert "takes one answer" in response.text


@pytest.mark.parametrize("position", ["0", "5", "99", "-1", "1.5", "9" * 30, "one", "1%00"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_question_that_was_not_asked(learner: FlaskClient, position: str, method: str) -> None:
    data = {"csrf_token": csrf_token(learner), "choice": choice_of("kind-words")} if method == "POST" else None
    assert learner.open(f"{QUIZ}/{position}", method=method, data=data).status_code in (404, 405)


@both
@pytest.mark.parametrize("number", ["0", "2", str(2**31), str(2**63), "9" * 40])
def test_an_attempt_that_nobody_made(learner: FlaskClient, number: str) -> None:
    for page in ("", "1", "review", "result"):
        assert learner.get(f"/modules/kind-words/quiz/{number}/{page}").status_code == 404
    assert post(learner, f"/modules/kind-words/quiz/{number}/submit").status_code == 404


@both
@pytest.mark.parametrize("number", [str(2**31), str(2**63), "9" * 40])
def test_numbers_that_no_table_holds(client_for: Callable[[Someone], FlaskClient], cast: Cast, number: str) -> None:
    trainer = client_for(cast.trainer)
    base = "/organisations/gannet-quay/cohorts/autumn"
    assert post(trainer, f"/profile/devices/{number}/end").status_code in (303, 404)
    assert trainer.get(f"{base}/assignments/{number}/remove").status_code == 404
    assert trainer.get(f"{base}/enrolments/{number}/withdraw").status_code == 404
    assert post(trainer, f"{base}/enrolments/{number}/restore").status_code == 404
    assert trainer.get(f"{base}/report?page={number}").status_code == 200


@both
def test_an_answer_to_a_submitted_attempt_changes_nothing(learner: FlaskClient) -> None:
    before = main_of(learner.get(f"{SUBMITTED}/result").text)
    for headers in ({}, JSON):
        response = post(learner, f"{SUBMITTED}/1", {"choice": choice_of("quiz-only"), "go": "save"}, headers=headers)
        assert response.status_code == 409
        assert "has been submitted" in (response.json["message"] if headers else response.text)
    assert main_of(learner.get(f"{SUBMITTED}/result").text) == before


@both
def test_a_submission_sent_twice_is_the_first(learner: FlaskClient) -> None:
    before = main_of(learner.get(f"{SUBMITTED}/result").text)
    response = post(learner, f"{SUBMITTED}/submit")
    assert response.status_code == 303
    assert main_of(learner.get(response.headers["Location"]).text) == before


def main_of(page: str) -> str:
    """What the page says; the frame around it holds a token that changes by the second."""
    return page[page.index("<main") : page.index("</main>")]


@both
@pytest.mark.parametrize("text", STRANGE_TEXTS.values(), ids=STRANGE_TEXTS.keys())
def test_strange_text_in_every_field(learner: FlaskClient, client: FlaskClient, cast: Cast, text: str) -> None:
    forms: list[tuple[FlaskClient, str, dict[str, str]]] = [
        (learner, "/profile/", {"name": text, "role": text}),
        (learner, "/profile/", {"name": text, "role": ""}),
        (learner, "/profile/password", {"current": text, "password": text, "again": text}),
        (learner, f"{QUIZ}/1", {"choice": text, "go": text}),
        (client, "/sign-in", {"email": text, "password": text, "remember": text}),
        (client, "/forgotten-password", {"email": text}),
        (client, "/forgotten-password", {"email": f"{text}@example.ie"}),
    ]
    for browser, url, data in forms:
        response = post(browser, url, data)
        assert response.status_code in (200, 303, 400, 422), url
        assert "<script>alert" not in response.text
    profile = learner.get("/profile/")
    assert profile.status_code == 200
    assert ("{{ 7 * 7 }}" in profile.text) == (text == STRANGE_TEXTS["template"])
    assert learner.get("/").status_code == 200


@both
@pytest.mark.parametrize("text", STRANGE_TEXTS.values(), ids=STRANGE_TEXTS.keys())
def test_strange_text_in_a_trainers_forms(client_for: Callable[[Someone], FlaskClient], cast: Cast, text: str) -> None:
    trainer = client_for(cast.trainer)
    base = "/organisations/gannet-quay/cohorts/autumn"
    for url, data in (
        (f"{base}/enrolments", {"email": text}),
        (f"{base}/enrolments", {"email": f"{text}@example.ie"}),
        (f"{base}/assignments", {"module": text, "opens_on": text, "due_on": text}),
        (f"{base}/assignments", {"module": "S1", "opens_on": "0001-01-01", "due_on": "9999-12-31"}),
    ):
        assert post(trainer, url, data).status_code in (303, 400, 422), url
    for name in ("state", "module", "sort", "page"):
        for ending in ("report", "report.csv"):
            response = trainer.get(f"{base}/{ending}", query_string={name: text})
            assert response.status_code == (400 if "\0" in text else 200)
    assert trainer.get(f"{base}/").status_code == 200


@both
@pytest.mark.parametrize("raw", [b"\xed\xa0\x80", b"\xff\xfe", b"%ED%A0%80", b"%00", b"%ff"])
def test_bytes_that_are_no_text(learner: FlaskClient, raw: bytes) -> None:
    token = csrf_token(learner).encode()
    for url, field in (("/profile/", b"role=&name="), (f"{QUIZ}/1", b"choice=")):
        body = b"csrf_token=" + token + b"&" + field + raw
        response = learner.post(url, data=body, content_type="application/x-www-form-urlencoded")
        assert response.status_code in (303, 400, 422)
    assert learner.get("/profile/").status_code == 200


def test_bodies_that_are_no_form(learner: FlaskClient) -> None:
    for content_type in ("application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x"):
        for body in (b"", b"{", b'{"choice": "x"}', b"--x\r\n", b"\0" * 100):
            assert learner.post("/profile/", data=body, content_type=content_type).status_code == 400


def test_a_megabyte_of_text_is_refused_before_it_is_read(learner: FlaskClient) -> None:
    response = post(learner, "/profile/", {"name": "x" * 1_000_000, "role": ""})
    assert response.status_code == 413
    assert "shorten it" in response.text


def test_a_thousand_fields_are_refused(learner: FlaskClient) -> None:
    response = post(learner, "/profile/", {f"field{number}": "x" for number in range(2_000)})
    assert response.status_code in (400, 413)
