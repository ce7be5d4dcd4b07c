"""The pages beside the modules, and the guides for those who lead live sessions."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.cast import Cast, Someone

Browser = Callable[[Someone], FlaskClient]
GUIDE = "/organisations/gannet-quay/modules/kind-words/guide"


def test_a_visitor_reads_what_the_evidence_is(client: FlaskClient) -> None:
    text = client.get("/about/the-evidence").text
    assert "<h1>The evidence</h1>" in text
    assert '<h2 id="what-it-shows">What it shows</h2>' in text
    assert 'href="#source-goddu2018"' in text
    assert 'id="source-goddu2018" value="1">Goddu et al. 2018' in text


def test_the_foot_of_every_page_leads_there(client: FlaskClient) -> None:
    assert '<a href="/about/the-evidence">The evidence</a>' in client.get("/sign-in").text


def test_a_source_of_two_modules_stands_once(client: FlaskClient) -> None:
    text = client.get("/about/sources").text
    assert text.count("Invented et al. 2026") == 1
    assert "Kind words" in text


def test_no_such_page_is_said(client: FlaskClient) -> None:
    assert client.get("/about/no-such-page").status_code == 404


def test_whoever_leads_a_session_reads_the_guide(client_for: Browser, cast: Cast) -> None:
    trainer = client_for(cast.trainer)
    assert f'href="{GUIDE}"' in trainer.get("/organisations/gannet-quay/modules/").text
    text = trainer.get(GUIDE).text
    assert "Agree who opens the door." in text
    assert '<h2 id="before-the-day">Before the day</h2>' in text


def test_a_learner_is_not_shown_the_guide(client_for: Browser, cast: Cast) -> None:
    assert client_for(cast.psw).get(GUIDE).status_code == 403


def test_a_module_without_a_guide_says_so(client_for: Browser, cast: Cast) -> None:
    response = client_for(cast.trainer).get("/organisations/gannet-quay/modules/quiz-only/guide")
    assert response.status_code == 404
    assert "no guide" in response.text
