"""Stories, refreshers, questions beforehand, the way around, the survey and changes, as a learner meets them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, Someone
from tests.door import post
from tests.factories import actor_of, take_quiz
from tests.samples import AT, KEY_CANARY, sample_catalogue, sample_module
from trainer.accounts.actor import PracticeRole
from trainer.accounts.services import update_profile
from trainer.cohorts.services import open_survey
from trainer.courseware.catalogue import Module
from trainer.courseware.parts import Detour, Prose
from trainer.courseware.revision import revision_of
from trainer.extensions import writing
from trainer.learning.publications import publish_catalogue
from trainer.learning.services import mark_section_read

Browser = Callable[[Someone], FlaskClient]
STORY = "/modules/every-kind/scenarios/handover/"


@pytest.fixture
def psw(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.psw)


def serve(app: Flask, module: Module, *, is_published: bool = True) -> Module:
    """Serve the sample curriculum with this module in it."""
    module = replace(module, revision=revision_of(module))
    catalogue = sample_catalogue()
    modules = tuple(module if one.id == module.id else one for one in catalogue.modules)
    catalogue = replace(catalogue, modules=modules)
    if is_published:
        with app.app_context(), writing() as session:
            publish_catalogue(session, catalogue, at=AT)
    app.extensions["house"] = replace(app.extensions["house"], catalogue=catalogue)
    return module


def complete(app: Flask, person: Someone, module: Module, *, days_ago: int = 0) -> None:
    at = AT - timedelta(days=days_ago)
    with app.app_context(), writing() as session:
        actor = actor_of(session, person)
        for section in module.sections:
            mark_section_read(session, actor=actor, module=module, section_id=section.id, at=at)
        take_quiz(session, actor, module, at=at)


class TestStories:
    def test_a_section_opens_its_story(self, psw: FlaskClient) -> None:
        page = psw.get("/modules/every-kind/sections/a-story").text
        assert f'href="{STORY}"' in page
        assert "Open “Ten past nine”" in page

    def test_choices_are_links_and_ends_are_not_told_before(self, psw: FlaskClient) -> None:
        page = psw.get(STORY).text
        assert f'href="{STORY}silence"' in page
        assert f'href="{STORY}ask"' in page
        assert "A phone call" not in page
        assert "Thursday" not in page

    def test_the_way_so_far_leads_back_to_each_place(self, psw: FlaskClient) -> None:
        page = psw.get(f"{STORY}silence/start/silence").text
        way = page[page.index("The way so far") :]
        assert [way.count(f'href="{STORY}{road}"') for road in ("", "silence", "silence/start")] == [1, 1, 1]

    def test_an_end_says_what_every_road_did(self, psw: FlaskClient) -> None:
        page = psw.get(f"{STORY}silence/later").text
        assert "A road that works" in page
        assert "He gets a quiet hour" in page  # the other end, folded

    def test_a_road_that_is_kept_is_found_again(self, psw: FlaskClient) -> None:
        response = post(psw, f"{STORY}silence/later")
        assert response.headers["Location"].endswith("/modules/every-kind/sections/a-story#scenario-handover")
        assert "You have found 1 of 2 ends." in psw.get("/modules/every-kind/sections/a-story").text
        assert "Roads you have kept" in psw.get(STORY).text

    def test_a_place_can_be_kept_for_later(self, psw: FlaskClient) -> None:
        post(psw, f"{STORY}silence")
        page = psw.get(STORY).text
        assert "You kept a place in this story" in page

    def test_a_road_of_an_older_story_goes_as_far_as_it_can(self, psw: FlaskClient) -> None:
        page = psw.get(f"{STORY}silence/vanished").text
        assert "The story has changed since" in page
        assert "By noon" in page

    def test_opening_pages_writes_nothing(self, psw: FlaskClient, statements: list[str]) -> None:
        for road in ("", "silence", "silence/later"):
            psw.get(STORY + road)
        assert not [one for one in statements if one.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]


class TestLenses:
    ORDER = re.compile(r'data-role="(\w+)"')

    @pytest.mark.parametrize(
        ("role", "order"),
        [
            (None, ["psw", "clinician", "leader"]),
            (PracticeRole.CLINICIAN, ["clinician", "psw", "leader"]),
            (PracticeRole.LEADER, ["leader", "psw", "clinician"]),
            (PracticeRole.OTHER, ["psw", "clinician", "leader"]),
        ],
    )
    def test_ones_own_comes_first_and_all_are_there(
        self, app: Flask, psw: FlaskClient, cast: Cast, role: PracticeRole | None, order: list[str]
    ) -> None:
        with app.app_context(), writing() as session:
            actor = actor_of(session, cast.psw)
            update_profile(session, actor=actor, name=actor.name, practice_role=role)
        page = psw.get("/modules/every-kind/sections/three-roles").text
        assert self.ORDER.findall(page) == order
        assert page.count("your role") == (1 if role in (PracticeRole.CLINICIAN, PracticeRole.LEADER) else 0)


class TestBefore:
    def test_it_is_offered_until_the_module_is_begun(self, psw: FlaskClient) -> None:
        assert "/modules/every-kind/before" in psw.get("/modules/every-kind/").text
        assert KEY_CANARY not in psw.get("/modules/every-kind/before").text
        post(psw, "/modules/every-kind/sections/a-story")
        assert "/modules/every-kind/before" not in psw.get("/modules/every-kind/").text
        assert psw.get("/modules/every-kind/before").status_code == 303

    def test_nothing_answered_keeps_the_page_and_says_so(self, psw: FlaskClient) -> None:
        response = post(psw, "/modules/every-kind/before")
        assert response.status_code == 422
        assert "Nothing is answered yet" in response.text

    def test_a_module_without_such_a_set(self, psw: FlaskClient) -> None:
        assert psw.get("/modules/kind-words/before").status_code == 404


class TestTheWayAround:
    NOTE = "an argument on a ward"

    def around(self, app: Flask) -> None:
        module = sample_module("reading-only")
        section = module.sections[0]
        parts = (Detour(self.NOTE, "<p>They argued, and nobody was hurt.</p>"), *section.parts)
        serve(app, replace(module, sections=(replace(section, parts=parts), *module.sections[1:])))

    def test_the_note_stands_first_and_the_shorter_way_counts_the_same(self, app: Flask, psw: FlaskClient) -> None:
        self.around(app)
        section = sample_module("reading-only").sections[0]
        url = f"/modules/reading-only/sections/{section.id}"
        page = psw.get(url).text
        assert f"It mentions {self.NOTE}" in page
        assert "nobody was hurt" not in page
        short = psw.get(f"{url}?way=short").text
        assert "nobody was hurt" in short
        assert "This way counts exactly the same" in short
        assert post(psw, url).status_code == 303
        assert "done" in psw.get(url).text


class TestRefreshers:
    def test_nothing_is_nagged_about_before_its_time(self, app: Flask, psw: FlaskClient, cast: Cast) -> None:
        assert "begin about a week after" in psw.get("/keep-it-fresh/").text
        complete(app, cast.psw, sample_module("kind-words"), days_ago=6)
        assert "Ready if you like" not in psw.get("/").text
        complete(app, cast.psw, sample_module("quiz-only"), days_ago=8)
        page = psw.get("/").text
        assert "Ready if you like" in page
        assert "Only the quiz counts" in page[page.index("Ready if you like") :][:200]

    def test_switched_off_means_silence(self, app: Flask, psw: FlaskClient, cast: Cast) -> None:
        complete(app, cast.psw, sample_module("kind-words"), days_ago=8)
        assert "Ready if you like" in psw.get("/").text
        assert post(psw, "/keep-it-fresh/", {"wish": "off", "until": ""}).status_code == 303
        assert "Ready if you like" not in psw.get("/").text
        assert "You have switched refreshers off" in psw.get("/keep-it-fresh/").text

    @pytest.mark.parametrize("until", ["", "2026-11-23", "soon"])
    def test_a_pause_needs_a_day_to_come(self, psw: FlaskClient, until: str) -> None:
        response = post(psw, "/keep-it-fresh/", {"wish": "paused", "until": until})
        assert response.status_code == 422
        assert "Enter a da" in response.text

    def test_a_question_is_explained_as_soon_as_it_is_answered(self, app: Flask, psw: FlaskClient, cast: Cast) -> None:
        complete(app, cast.psw, sample_module("kind-words"))
        place = post(psw, "/keep-it-fresh/kind-words").headers["Location"]
        page = psw.get(place).text
        assert KEY_CANARY not in page
        option = re.search(r'name="choice" id="choice-1" value="([^"]+)"', page)
        assert option
        after = post(psw, place, {"choice": option[1]})
        assert after.headers["Location"] == place
        assert KEY_CANARY in psw.get(place).text


class TestSurvey:
    def open(self, app: Flask, cast: Cast) -> None:
        with app.app_context(), writing() as session:
            trainer = actor_of(session, cast.trainer)
            open_survey(session, actor=trainer, organisation=cast.ours.slug, cohort=cast.autumn.slug, wave="before")

    def test_it_is_offered_quietly_and_looks_like_no_test(self, app: Flask, psw: FlaskClient, cast: Cast) -> None:
        assert "Your view before the course" not in psw.get("/").text
        self.open(app, cast)
        assert "Your view before the course" in psw.get("/").text
        page = psw.get(f"/organisations/{cast.ours.slug}/cohorts/{cast.autumn.slug}/survey").text
        assert page.count("<fieldset") == 12
        main = page[page.index("<main") : page.index("</main>")].lower()
        assert not re.search(r"\bscored?\b(?! and nothing)|pass mark|wrong", main.replace("no score", ""))
        assert "required" not in main

    def test_an_answer_off_the_scale_keeps_what_was_chosen(self, app: Flask, psw: FlaskClient, cast: Cast) -> None:
        self.open(app, cast)
        url = f"/organisations/{cast.ours.slug}/cohorts/{cast.autumn.slug}/survey"
        response = post(psw, url, {"item-1": "4", "item-2": "9"})
        assert response.status_code == 422
        assert re.search(r'id="item-1-4" value="4" checked', response.text)


class TestChanges:
    def test_people_who_finished_are_shown_what_changed_until_they_say_so(
        self, app: Flask, psw: FlaskClient, cast: Cast
    ) -> None:
        module = sample_module("kind-words")
        complete(app, cast.psw, module)
        assert "See what changed" not in psw.get("/modules/kind-words/").text
        section = module.sections[2]
        parts = (Prose("<p>Read two notes aloud.</p>"), *section.parts[1:])
        serve(app, replace(module, sections=(*module.sections[:2], replace(section, parts=parts))))
        assert "See what changed" in psw.get("/modules/kind-words/").text
        page = psw.get("/modules/kind-words/changes").text
        assert "<ins>Read two notes aloud.</ins>" in page
        assert "<del>Read one note aloud before you save it.</del>" in page
        assert post(psw, "/modules/kind-words/changes").status_code == 303
        after = psw.get("/modules/kind-words/").text
        assert "See what changed" not in after
        assert "You completed this module" in after

    def test_a_retired_module_stays_open_to_those_with_a_record(
        self, app: Flask, psw: FlaskClient, client_for: Browser, cast: Cast
    ) -> None:
        module = sample_module("kind-words")
        complete(app, cast.psw, module)
        serve(app, replace(module, status="retired"))
        page = psw.get("/modules/kind-words/").text
        assert "no longer offered" in page
        assert "You completed this module" in page
        assert psw.get("/modules/kind-words/quiz/1/result").status_code == 200
        assert psw.get("/modules/kind-words/quiz").status_code == 404
        assert client_for(cast.clinician).get("/modules/kind-words/").status_code == 404


class TestPublishedWhileServing:
    def test_a_running_app_follows_and_a_running_attempt_does_not(self, app: Flask, psw: FlaskClient) -> None:
        post(psw, "/modules/kind-words/quiz")
        module = sample_module("kind-words")
        assert module.quiz is not None
        changed = replace(module, title="Kinder words", quiz=replace(module.quiz, questions=module.quiz.questions[1:]))
        changed = replace(changed, revision=revision_of(changed))
        catalogue = sample_catalogue()
        modules = tuple(changed if one.id == module.id else one for one in catalogue.modules)
        with app.app_context(), writing() as session:
            publish_catalogue(session, replace(catalogue, modules=modules), at=AT)
        assert "Kinder words" not in psw.get("/modules/").text
        assert app.extensions["refresh_catalogue"]()
        assert not app.extensions["refresh_catalogue"]()
        assert "Kinder words" in psw.get("/modules/").text
        assert psw.get("/modules/kind-words/quiz/1/4").status_code == 200
        assert psw.get("/modules/kind-words/images/dot.png").status_code == 200
