"""The quiz: saved as given, resumed exactly, marked once, explained afterwards and never before."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, Someone
from tests.conftest import Clock
from tests.door import post
from tests.factories import right_answer, wrong_answer
from tests.samples import KEY_CANARY, sample_module
from trainer.courseware.quiz import Question
from trainer.learning.drawing import draw_questions

Browser = Callable[[Someone], FlaskClient]
QUIZ = "/modules/kind-words/quiz"
JSON = {"Accept": "application/json"}
SEED = 7


@pytest.fixture(autouse=True)
def same_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbits", lambda _bits: SEED)


@pytest.fixture
def psw(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.psw)


@pytest.fixture
def asked() -> tuple[Question, ...]:
    quiz = sample_module().quiz
    assert quiz is not None
    return draw_questions(quiz, SEED)


def give(client: FlaskClient, asked: tuple[Question, ...], *, wrong: int = 0, number: int = 1) -> None:
    for position, question in enumerate(asked, start=1):
        raw = wrong_answer(question) if position <= wrong else right_answer(question)
        assert post(client, f"{QUIZ}/{number}/{position}", {"choice": raw, "go": "next"}).status_code == 303


@pytest.mark.any_database
def test_a_whole_attempt(psw: FlaskClient, asked: tuple[Question, ...]) -> None:
    start = psw.get(QUIZ)
    assert "4 questions, one at a time" in start.text
    assert "1 question about safety must be right" in start.text
    assert post(psw, QUIZ).headers["Location"] == f"{QUIZ}/1/"
    assert psw.get(f"{QUIZ}/1/").headers["Location"] == f"{QUIZ}/1/1"
    give(psw, asked)
    assert psw.get(f"{QUIZ}/1/").headers["Location"] == f"{QUIZ}/1/review"
    assert "Everything is answered and saved" in psw.get(f"{QUIZ}/1/review").text
    assert post(psw, f"{QUIZ}/1/submit").headers["Location"] == f"{QUIZ}/1/result"
    result = psw.get(f"{QUIZ}/1/result").text
    assert "You passed" in result
    assert "100 %" in result


def test_not_yet_is_said_calmly_and_says_what_is_missing(psw: FlaskClient, asked: tuple[Question, ...]) -> None:
    post(psw, QUIZ)
    give(psw, asked, wrong=4)
    post(psw, f"{QUIZ}/1/submit")
    page = psw.get(f"{QUIZ}/1/result").text
    assert "Not yet" in page
    assert "One question about safety is not right yet" in page
    assert "failed" not in page.lower()
    assert "wrong" not in page.lower()


def test_no_explanation_before_and_every_explanation_after_submission(
    psw: FlaskClient, asked: tuple[Question, ...]
) -> None:
    pages = [psw.get(QUIZ)]
    pages.append(post(psw, QUIZ))
    for position, question in enumerate(asked, start=1):
        pages.append(psw.get(f"{QUIZ}/1/{position}"))
        for raw in (wrong_answer(question), right_answer(question), []):
            for headers in ({}, JSON):
                form = {"choice": raw, "go": "save"}
                pages.append(post(psw, f"{QUIZ}/1/{position}", form, headers=headers))
        pages.append(psw.get(f"{QUIZ}/1/{position}"))
    pages.append(psw.get(f"{QUIZ}/1/review"))
    for page in pages:
        shown = page.text + str(page.headers)
        assert KEY_CANARY not in shown
        assert not re.search(r"verdict|correct|is-right|data-right", shown)
    post(psw, f"{QUIZ}/1/submit")
    result = psw.get(f"{QUIZ}/1/result").text
    assert all(option.explanation_html in result for question in asked for option in question.options)


def test_a_right_and_a_wrong_answer_get_the_same_reply(psw: FlaskClient, asked: tuple[Question, ...]) -> None:
    post(psw, QUIZ)
    replies = []
    for raw in (wrong_answer(asked[0]), right_answer(asked[0])):
        reply = post(psw, f"{QUIZ}/1/1", {"choice": raw, "go": "save"}, headers=JSON)
        replies.append((reply.status_code, reply.json["saved_at"], sorted(reply.json), len(reply.data)))
    assert replies[0] == replies[1]


def test_an_answer_is_there_again_on_another_device(
    psw: FlaskClient, client_for: Browser, cast: Cast, asked: tuple[Question, ...]
) -> None:
    post(psw, QUIZ)
    post(psw, f"{QUIZ}/1/1", {"choice": right_answer(asked[0]), "go": "next"})
    other = client_for(cast.psw)
    assert other.get(f"{QUIZ}/1/").headers["Location"] == f"{QUIZ}/1/2"
    page = other.get(f"{QUIZ}/1/1").text
    assert "Saved 10:00" in page
    assert page.count("checked") >= len(right_answer(asked[0]))


def test_the_receipt_names_the_servers_time_of_the_saving(
    psw: FlaskClient, clock: Clock, asked: tuple[Question, ...]
) -> None:
    post(psw, QUIZ)
    form = {"choice": right_answer(asked[0]), "go": "save"}
    first = post(psw, f"{QUIZ}/1/1", form, headers=JSON).json
    clock.advance(timedelta(minutes=7))
    again = post(psw, f"{QUIZ}/1/1", form, headers=JSON).json
    changed = post(psw, f"{QUIZ}/1/1", {**form, "choice": wrong_answer(asked[0])}, headers=JSON).json
    assert first == again == {"saved_at": "10:00", "sequence": 1}
    assert changed == {"saved_at": "10:07", "sequence": 2}


def test_the_time_is_the_time_where_the_services_are(
    psw: FlaskClient, clock: Clock, cast: Cast, client_for: Browser, asked: tuple[Question, ...]
) -> None:
    clock.at = clock.at.replace(month=7)
    summer = client_for(cast.psw)
    post(summer, QUIZ)
    reply = post(summer, f"{QUIZ}/1/1", {"choice": right_answer(asked[0]), "go": "save"}, headers=JSON)
    assert reply.json["saved_at"] == "11:00"


@pytest.mark.parametrize(
    ("position", "go", "leads_to"),
    [
        (1, "next", "1/2"),
        (2, "back", "1/1"),
        (1, "back", "1/1"),
        (4, "next", "1/review"),
        (2, "review", "1/review"),
        (2, "save", "1/2"),
        (2, "anything", "1/2"),
    ],
)
def test_each_button_leads_where_it_says(
    psw: FlaskClient, asked: tuple[Question, ...], position: int, go: str, leads_to: str
) -> None:
    post(psw, QUIZ)
    form = {"choice": right_answer(asked[position - 1]), "go": go}
    assert post(psw, f"{QUIZ}/1/{position}", form).headers["Location"] == f"{QUIZ}/{leads_to}"
    assert f"Saved {'10:00'}" in psw.get(f"{QUIZ}/1/{position}").text


def test_one_may_look_around_without_answering(psw: FlaskClient) -> None:
    post(psw, QUIZ)
    for go, leads_to in (("back", "1/1"), ("review", "1/review")):
        assert post(psw, f"{QUIZ}/1/2", {"go": go}).headers["Location"] == f"{QUIZ}/{leads_to}"
    response = post(psw, f"{QUIZ}/1/2", {"go": "next"})
    assert response.status_code == 422
    assert "No answer is chosen yet" in response.text
    assert "4 questions have no answer yet" in psw.get(f"{QUIZ}/1/review").text


def test_a_submitted_attempt_shows_its_result_wherever_one_enters(
    psw: FlaskClient, asked: tuple[Question, ...]
) -> None:
    post(psw, QUIZ)
    give(psw, asked)
    post(psw, f"{QUIZ}/1/submit")
    for page in ("", "1", "review"):
        assert psw.get(f"{QUIZ}/1/{page}").headers["Location"] == f"{QUIZ}/1/result"


def test_a_result_is_not_to_be_seen_before_submission(psw: FlaskClient) -> None:
    post(psw, QUIZ)
    assert psw.get(f"{QUIZ}/1/result").headers["Location"] == f"{QUIZ}/1/review"


def test_trying_again_is_a_new_attempt_and_the_best_counts(
    app: Flask, psw: FlaskClient, asked: tuple[Question, ...]
) -> None:
    for number, wrong in ((1, 0), (2, 4)):
        assert post(psw, QUIZ).headers["Location"] == f"{QUIZ}/{number}/"
        give(psw, asked, wrong=wrong, number=number)
        post(psw, f"{QUIZ}/{number}/submit")
    page = psw.get(QUIZ).text
    assert "Try again" in page
    assert page.index("Attempt 2") < page.index("Attempt 1")
    assert "Best score 100 %" in psw.get("/modules/kind-words/").text


def test_a_double_click_on_start_makes_one_attempt(psw: FlaskClient) -> None:
    assert {post(psw, QUIZ).headers["Location"] for _ in range(3)} == {f"{QUIZ}/1/"}
    assert "Continue" in psw.get(QUIZ).text


def test_attempts_of_two_people_are_apart(
    psw: FlaskClient, client_for: Browser, cast: Cast, asked: tuple[Question, ...]
) -> None:
    post(psw, QUIZ)
    give(psw, asked)
    clinician = client_for(cast.clinician)
    assert clinician.get(f"{QUIZ}/1/review").status_code == 404
    post(clinician, QUIZ)
    assert "4 questions have no answer yet" in clinician.get(f"{QUIZ}/1/review").text
