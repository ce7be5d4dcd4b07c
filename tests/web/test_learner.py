"""My learning, the modules, the sections: continue exactly where one left, in few statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.cast import Cast, Someone
from tests.conftest import Clock, running
from tests.databases import counted
from tests.door import post, sign_in
from tests.factories import actor_of, catalogue_of, take_quiz
from tests.samples import AT, sample_module
from trainer.config import Settings
from trainer.extensions import database, reading, writing
from trainer.learning.models import SectionRead
from trainer.learning.revisions import publish_revisions
from trainer.learning.services import mark_section_read, start_attempt

Browser = Callable[[Someone], FlaskClient]
MODULE = "/modules/kind-words/"
SECTION = f"{MODULE}sections/"


@pytest.fixture
def psw(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.psw)


def primary_link(page: str) -> str:
    """Where the one primary action of a page leads."""
    return page.split('class="primary" href="')[1].split('"')[0]


@pytest.mark.any_database
def test_from_start_to_completion_continue_is_always_the_next_step(psw: FlaskClient, app: Flask, cast: Cast) -> None:
    assert primary_link(psw.get(MODULE).text) == f"{SECTION}first-note"
    for here, following in (("first-note", f"{SECTION}second-note"), ("second-note", f"{SECTION}what-now")):
        assert post(psw, f"{SECTION}{here}").headers["Location"] == following
        assert primary_link(psw.get(MODULE).text) == following
        assert primary_link(psw.get("/").text) == following
    assert post(psw, f"{SECTION}what-now").headers["Location"] == "/modules/kind-words/quiz"
    assert primary_link(psw.get("/").text) == "/modules/kind-words/quiz"
    with app.app_context(), writing() as session:
        start_attempt(session, actor=actor_of(session, cast.psw), module=sample_module(), seed=7, at=AT)
    assert primary_link(psw.get("/").text) == "/modules/kind-words/quiz/1/"
    with app.app_context(), writing() as session:
        take_quiz(session, actor_of(session, cast.psw), sample_module())
    page = psw.get(MODULE).text
    assert "You completed this module on 23 November 2026" in page
    assert "Look again" in page
    assert primary_link(page) == f"{SECTION}first-note"


def test_opening_pages_writes_nothing(app: Flask, psw: FlaskClient) -> None:
    for page in ("", "sections/first-note", "sections/what-now", "quiz"):
        assert psw.get(f"{MODULE}{page}").status_code == 200
    with app.app_context(), reading() as session:
        assert session.scalar(select(func.count()).select_from(SectionRead)) == 0
    assert "Start" in psw.get(MODULE).text


def test_continue_twice_is_continue_once(app: Flask, psw: FlaskClient) -> None:
    for _ in range(2):
        assert post(psw, f"{SECTION}first-note").status_code == 303
    with app.app_context(), reading() as session:
        assert session.scalar(select(func.count()).select_from(SectionRead)) == 1


def test_my_learning_puts_what_is_due_first_and_says_what_is_late(psw: FlaskClient) -> None:
    page = psw.get("/").text
    assert page.index("Only the quiz counts") < page.index("Kind words") < page.index("Only to read")
    assert "Was due 20 November 2026" in page
    assert "Due 30 November 2026" in page
    assert "verdue" in page
    assert "Autumn on the Quay" in page


def test_whoever_is_in_no_cohort_can_still_learn(client_for: Browser, cast: Cast) -> None:
    for person in (cast.withdrawn, cast.removed, cast.manager):
        page = client_for(person).get("/").text
        assert "Kind words" in page
        assert "Due" not in page
        assert "on the Quay" not in page.replace("Cohorts", "")


def test_with_everything_completed_my_learning_says_so(app: Flask, psw: FlaskClient, cast: Cast) -> None:
    with app.app_context(), writing() as session:
        actor = actor_of(session, cast.psw)
        for slug in ("kind-words", "reading-only", "quiz-only", "every-kind"):
            module = sample_module(slug)
            for section in module.sections:
                mark_section_read(session, actor=actor, module=module, section_id=section.id, at=AT)
            if module.quiz:
                take_quiz(session, actor, module)
    page = psw.get("/").text
    assert "Everything is done" in page
    assert "Best score 100 %" in page


def test_the_catalogue_lists_live_modules_by_track_and_no_draft(psw: FlaskClient) -> None:
    page = psw.get("/modules/").text
    for text in ("Language for tests", "Practice for tests", "Kind words", "Only to read", "Starting here"):
        assert text in page
    assert "A draft that nobody may see" not in page


def test_the_modules_first_page_is_honest_about_who_made_it(psw: FlaskClient) -> None:
    page = psw.get(MODULE).text
    assert "awaiting review by a lived-experience panel" in page
    assert "20 November 2026" in page
    assert "Mentions an argument on a ward" in page
    assert sample_module().revision[:8] in page


def test_a_review_that_is_overdue_says_so(psw: FlaskClient, clock: Clock, app: Flask, cast: Cast) -> None:
    assert "review is overdue" not in psw.get(MODULE).text
    clock.at = clock.at.replace(year=2027, month=6)
    sign_in(psw, cast.psw, at=clock.at)
    assert "review is overdue" in psw.get(MODULE).text


def test_a_section_shows_its_sources_voices_and_the_way_on(psw: FlaskClient) -> None:
    page = psw.get(f"{SECTION}first-note").text
    assert "Invented et al. 2026" in page
    assert "If you are a peer support worker" in page
    assert "Continue to “The second note”" in page
    assert 'href="/modules/kind-words/"' in page
    last = psw.get(f"{SECTION}what-now").text
    assert "Continue to the quiz" in last
    assert "Back to “The second note”" in last


def test_a_module_without_a_quiz_ends_on_its_first_page(psw: FlaskClient) -> None:
    post(psw, "/modules/reading-only/sections/one-half")
    response = post(psw, "/modules/reading-only/sections/other-half")
    assert response.headers["Location"] == "/modules/reading-only/"
    assert "You completed this module" in psw.get("/modules/reading-only/").text
    assert psw.get("/modules/reading-only/quiz").status_code == 404


def test_a_picture_is_served_as_compiled_and_only_looked_up_again_when_it_changed(psw: FlaskClient) -> None:
    response = psw.get(f"{MODULE}images/dot.png")
    assert response.data.startswith(b"\x89PNG")
    assert response.content_type == "image/png"
    assert "private" in response.headers["Cache-Control"]
    again = psw.get(f"{MODULE}images/dot.png", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_the_glossary_is_in_alphabetical_order(psw: FlaskClient) -> None:
    page = psw.get("/glossary").text
    assert page.index("Advocate") < page.index("Handover")


# The number of statements a page takes, signing in included, whatever the size of the catalogue.
STATEMENTS = {
    "/": 7,
    "/modules/": 3,
    "/modules/{slug}/": 8,
    "/modules/{slug}/sections/first-note": 4,
    "/modules/{slug}/quiz": 3,
    "/glossary": 1,
    "/profile/": 2,
    "/need-to-talk": 0,
}


@pytest.fixture(params=[1, 30])
def large(
    request: pytest.FixtureRequest, settings: Settings, cast: Cast, clock: Clock
) -> Iterator[tuple[Flask, FlaskClient, str]]:
    """An app with that many modules, of which the learner has begun every second."""
    catalogue = catalogue_of(request.param)
    with running(settings, catalogue) as app:
        with app.app_context(), writing() as session:
            publish_revisions(session, catalogue, at=AT)
            actor = actor_of(session, cast.psw)
            for module in catalogue.modules[::2]:
                mark_section_read(session, actor=actor, module=module, section_id=module.sections[0].id, at=AT)
        client = app.test_client()
        sign_in(client, cast.psw, at=clock.at)
        yield app, client, catalogue.modules[-1].slug


@pytest.mark.parametrize("page", STATEMENTS)
def test_a_page_takes_the_same_few_statements_whatever_there_is(
    large: tuple[Flask, FlaskClient, str], page: str
) -> None:
    app, client, slug = large
    with app.app_context():
        engine = database.engine
    with counted(engine) as statements:
        assert client.get(page.format(slug=slug)).status_code == 200
    assert len(statements) <= STATEMENTS[page], statements
