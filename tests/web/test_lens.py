"""Look at my words: found in context, forgotten at once, open to anybody."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, Someone
from tests.conftest import Clock
from tests.door import post
from tests.factories import actor_of
from tests.samples import AT, sample_catalogue, sample_module
from trainer.extensions import database, writing
from trainer.language.measured import MEASURED
from trainer.language.pace import LOOKS_A_MINUTE
from trainer.language.readers import MOST_PASTED
from trainer.learning.drawing import draw_questions
from trainer.learning.services import record_response, start_attempt, submit_attempt
from trainer.web.lens_pages import TEACHING_TRACK, measured_words, stretches_of

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
    assert '<form method="post" class="stack" autocomplete="off">' in page  # nor kept by a browser that others use


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


def is_nowhere(app: Flask, caplog: pytest.LogCaptureFixture) -> bool:
    """True when the canary is neither in the log nor in the database's files."""
    with app.app_context():
        path = Path(str(database.engine.url.database))
    return CANARY not in caplog.text and not any(
        CANARY.encode() in file.read_bytes() for file in path.parent.glob(f"{path.name}*")
    )


def test_nothing_is_written_or_logged(app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    look(client, f"{CANARY} was manipulative.")
    assert client.post("/api/v1/lens", json={"text": f"{CANARY} was manipulative."}).status_code == 200
    assert client.post("/api/v1/lens", json={"text": CANARY, "more": CANARY}).status_code == 422
    assert client.post("/api/v1/lens", json={"text": f"{CANARY} " * 40_000}).status_code == 413
    assert is_nowhere(app, caplog)


def test_the_pieces_are_the_text(app: Flask) -> None:
    text = "Manipulative? He is manipulative; non-compliant with meds. 🙂"
    found = app.extensions["house"].lens.look(text).findings
    assert found
    pieces = stretches_of(text, found)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.number for piece in pieces if piece.number] == [1, 1, 2]


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


def test_five_megabytes_are_refused_with_the_limit_and_the_way_back(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    response = post(client, LOOK, {"text": f"{CANARY} " * 220_000})
    assert response.status_code == 413
    assert "Not looked at yet" in response.text
    assert f"{MOST_PASTED:,} characters" in response.text
    assert "still where you copied it from" in response.text
    assert CANARY not in response.text
    assert is_nowhere(app, caplog)


def test_a_pasted_program_is_shown_without_what_is_no_text(client: FlaskClient) -> None:
    response = post(client, LOOK, {"text": "He was\0 manipulative\0"})
    assert response.status_code == 400
    assert "He was manipulative</textarea>" in response.text
    assert "They are taken out below" in response.text


def test_many_looks_in_a_minute_wait_with_their_text(
    app: Flask, client: FlaskClient, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for _ in range(LOOKS_A_MINUTE):
        look(client, "He slept.")
    clock.advance(timedelta(seconds=15))
    response = post(client, LOOK, {"text": f"{CANARY} was manipulative."})
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "45"
    assert "Press Look again in 45 seconds" in response.text
    assert f"{CANARY} was manipulative.</textarea>" in response.text
    assert is_nowhere(app, caplog)
    assert client.get(LOOK).status_code == 200
    assert client.post("/api/v1/lens", json={"text": "He slept."}).status_code == 429
    clock.advance(timedelta(seconds=45))
    look(client, "He slept.")


def test_three_hundred_findings_and_none_at_all(client: FlaskClient) -> None:
    page = look(client, "He was manipulative. " * 300)
    assert page.count('class="mark mark-') == 300
    assert page.count('class="finding ') == 1
    assert "In 300 places." in page
    assert "300 places to look at again" in page
    assert page.count('name="own"') == 1
    none = look(client, "We had tea.")
    assert "The lens points at nothing here" in none
    assert 'name="own"' not in none


def test_lens_and_modules_lead_to_each_other(app: Flask, client_for: Browser, client: FlaskClient, cast: Cast) -> None:
    here = app.extensions["house"]
    modules = [
        replace(module, track=TEACHING_TRACK) if module.slug == "kind-words" else module
        for module in here.catalogue.modules
    ]
    app.extensions["house"] = replace(here, catalogue=replace(here.catalogue, modules=tuple(modules)))
    for address in (LOOK, "/words/"):
        page = client.get(address).text
        assert 'href="/modules/kind-words/"' in page
        assert "/modules/every-kind" not in page
    learner = client_for(cast.psw)
    assert f'class="solo" href="{LOOK}"' in learner.get("/modules/kind-words/").text
    assert f'class="solo" href="{LOOK}"' not in learner.get("/modules/every-kind/").text


def test_the_limits_are_said_with_the_figures(app: Flask, client: FlaskClient) -> None:
    page = client.get("/words/pocket-guide").text
    lexicon = app.extensions["house"].lens.lexicon
    for words in (
        "It hears no tone",
        "what was left out",
        "Some swaps lie",
        "Describe, attribute, ask",
        f"tried on {MEASURED.line_count} invented lines",
        f"{lexicon.awaiting_panel_count} of {len(lexicon.entries)} entries still await a lived-experience panel",
        "service user",
    ):
        assert words in page
    assert 'href="/words/pocket-guide#limits"' in client.get(LOOK).text


def test_a_lexicon_that_was_not_measured_claims_nothing(app: Flask) -> None:
    lexicon = app.extensions["house"].lens.lexicon.model_copy(update={"version": 99})
    assert measured_words(lexicon) == "This version of the lexicon has not been measured."
