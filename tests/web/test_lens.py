"""Look at my words: found in context, forgotten at once, open to anybody."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, Someone
from tests.door import post
from tests.factories import actor_of
from tests.samples import AT, sample_catalogue, sample_module
from trainer.extensions import database, writing
from trainer.language.readers import MOST_PASTED
from trainer.learning.drawing import draw_questions
from trainer.learning.services import record_response, start_attempt, submit_attempt
from trainer.web.lens_pages import stretches_of

Browser = Callable[[Someone], FlaskClient]
LOOK = "/look-at-my-words"
CANARY = "Dunnock-by-the-weir-5518"


def look(client: FlaskClient, text: str, *own: str) -> str:
    response = post(client, LOOK, {"text": text, "own": list(own)})
    assert response.status_code == 200
    return response.text


def test_anybody_may_look_and_is_warned_about_names(client: FlaskClient) -> None:
    page = client.get(LOOK).text
    assert "No real names" in page
    assert "not stored and not logged" in page


def test_a_finding_says_why_and_offers_other_ways(client: FlaskClient) -> None:
    page = look(client, "He was manipulative all night.")
    assert '<a class="mark mark-' in page
    assert "Other ways:" in page
    assert "Fine here:" in page
    assert "score" not in page[page.index("What the lens sees") : page.index("<footer")]


def test_the_persons_own_word_is_left_to_them(client: FlaskClient) -> None:
    assert "mark-" in look(client, "He was manipulative all night.")
    page = look(client, "He was manipulative all night.", "manipulative")
    assert '<a class="mark' not in page
    assert "as you said" in page


def test_quotations_are_left_alone_and_said_to_be(client: FlaskClient) -> None:
    page = look(client, "She wrote: “He is manipulative and needy.”")
    assert '<a class="mark' not in page
    assert "in quotation marks" in page


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_is_said_kindly(client: FlaskClient, text: str) -> None:
    response = post(client, LOOK, {"text": text})
    assert response.status_code == 422
    assert "There is nothing to look at yet" in response.text


def test_too_much_stays_in_the_box(client: FlaskClient) -> None:
    text = "plain words " * 6_000
    response = post(client, LOOK, {"text": text})
    assert response.status_code == 422
    assert f"{MOST_PASTED:,}" in response.text
    assert response.text.count("plain words") >= 6_000


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script> manipulative", "“" * 10_000, "‮manipulative‬", "🙂 manipulative 🙂", "a\u0301" * 500],
)
def test_strange_text_is_shown_as_text(client: FlaskClient, text: str) -> None:
    page = look(client, text)
    assert "<script>alert" not in page


def test_nothing_is_written_or_logged(app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    look(client, f"{CANARY} was manipulative.")
    assert CANARY not in caplog.text
    with app.app_context():
        path = Path(str(database.engine.url.database))
    for file in path.parent.glob(f"{path.name}*"):
        assert CANARY.encode() not in file.read_bytes()


def test_the_pieces_are_the_text(app: Flask) -> None:
    text = "Manipulative? He is manipulative; non-compliant with meds. 🙂"
    found = app.extensions["house"].lens.look(text).findings
    assert found
    pieces = stretches_of(text, found)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.number for piece in pieces if piece.number] == list(range(1, len(found) + 1))


def test_every_entry_has_its_page(app: Flask, client: FlaskClient) -> None:
    lexicon = app.extensions["house"].lens.lexicon
    page = client.get("/words/").text
    guide = client.get("/words/pocket-guide").text
    assert f"{lexicon.awaiting_panel_count} of {len(lexicon.entries)} entries still await" in page
    for entry in lexicon.entries:
        assert f'href="/words/{entry.id}"' in page
        assert client.get(f"/words/{entry.id}").status_code == 200
    assert "what no list can do" in guide


def test_a_rewrite_is_given_advice_and_no_mark(app: Flask, client_for: Browser, cast: Cast) -> None:
    module = sample_module("every-kind")
    assert module.quiz is not None
    with app.app_context(), writing() as session:
        actor = actor_of(session, cast.psw)
        start_attempt(session, actor=actor, module=module, seed=7, at=AT)
        rewrite = next(one for one in draw_questions(module.quiz, 7) if one.kind == "rewrite")
        here = {"actor": actor, "catalogue": sample_catalogue(), "module_id": module.id, "number": 1, "at": AT}
        record_response(session, question_id=rewrite.id, raw=["He was manipulative again."], **here)
        submit_attempt(session, **here)
    page = client_for(cast.psw).get("/modules/every-kind/quiz/1/result").text
    assert "What the language lens would ask about your words" in page
    assert "“manipulative”" in page
    assert "Never marked" in page
