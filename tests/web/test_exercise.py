"""The exercise as learners and trainers meet it: agreed to first, nothing typed lost, and never a person shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.cast import Cast, Someone
from tests.databases import counted
from tests.door import post, without_tokens
from tests.factories import actor_of, add_learner
from tests.samples import AT
from trainer.accounts.queries import find_actor_by_email
from trainer.exercise.analysis import Change
from trainer.exercise.models import ExerciseText
from trainer.exercise.rounds import move_round
from trainer.exercise.services import keep_note
from trainer.exercise.stages import Stage
from trainer.extensions import database, reading, writing
from trainer.web.exercise_panel import attrition_words, change_words, interval_words

Browser = Callable[[Someone], FlaskClient]
AUTUMN = "/organisations/gannet-quay/cohorts/autumn/"
EXERCISE = f"{AUTUMN}exercise"
CANARY = "Dipper-above-the-ford-3319"
NOTE = f"{CANARY} walked to the shop with his sister and came back with bread and milk and a newspaper."
HERE = {"organisation": "gannet-quay", "cohort": "autumn"}


@pytest.fixture
def psw(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.psw)


@pytest.fixture
def trainer(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.trainer)


def go(trainer: FlaskClient, stage: str) -> None:
    assert post(trainer, f"{EXERCISE}/stage", {"stage": stage}).status_code == 303


def send(client: FlaskClient, text: str = NOTE, **more: str) -> int:
    return post(client, f"{EXERCISE}/write", {"text": text, "agree": "yes", **more}).status_code


def kept(app: Flask) -> int:
    with app.app_context(), reading() as session:
        return session.scalar(select(func.count()).select_from(ExerciseText)) or 0


def shown(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", unescape(response.text))


def everybody_writes(app: Flask, cast: Cast, count: int) -> None:
    """A round with both notes of so many learners, ready to be ended."""
    house = app.extensions["house"]
    with app.app_context(), writing() as session:
        teacher = actor_of(session, cast.trainer)
        for number in range(count):
            add_learner(session, cast.ours.id, cast.autumn.id, number)
        for stage, words in ((Stage.BEFORE, "Manipulative."), (Stage.AFTER, "Kind.")):
            move_round(session, actor=teacher, to=stage, pairs=house.pairs, seed=7, at=AT, **HERE)
            for number in range(count):
                actor = find_actor_by_email(session, f"learner.{number}@more.example")
                assert actor is not None
                text = f"{NOTE} {words * (number % 3)}"
                keep_note(session, actor=actor, sealer=house.sealer, text=text, has_agreed=True, at=AT, **HERE)


class TestTakingPart:
    def test_agreement_comes_first_and_says_what_happens(
        self, psw: FlaskClient, trainer: FlaskClient, app: Flask
    ) -> None:
        assert "A note before the course" not in psw.get("/").text
        go(trainer, "before")
        assert "A note before the course" in psw.get("/").text
        page = shown(psw, EXERCISE)
        for words in (
            "kept encrypted until the analysis",
            "Nobody reads it",
            "Then every text is deleted",
            "only if at least 10 people have written both notes",
            "Saying no costs nothing",
            "You can withdraw until the analysis",
            "No, thank you",
        ):
            assert words in page
        assert "<textarea" not in page
        assert psw.get(f"{EXERCISE}/write").headers["Location"] == EXERCISE
        write = shown(psw, f"{EXERCISE}/write?agree=yes")
        assert "<textarea" in write
        assert kept(app) == 0

    def test_without_agreement_nothing_is_kept_and_nothing_is_lost(
        self, psw: FlaskClient, trainer: FlaskClient, app: Flask
    ) -> None:
        go(trainer, "before")
        response = post(psw, f"{EXERCISE}/write", {"text": NOTE})
        assert response.status_code == 422
        assert CANARY in response.text
        assert "Nothing is kept without your agreement" in response.text
        assert kept(app) == 0

    def test_a_note_is_kept_changed_and_withdrawn(self, psw: FlaskClient, trainer: FlaskClient, app: Flask) -> None:
        go(trainer, "before")
        assert send(psw) == 303
        page = shown(psw, EXERCISE)
        assert "The first note, kept on 23 November 2026" in page
        assert CANARY not in page
        assert CANARY in shown(psw, f"{EXERCISE}/write")
        assert send(psw, f"{NOTE} And more.") == 303
        assert "And more." in shown(psw, f"{EXERCISE}/write")
        go(trainer, "between")
        assert psw.get(f"{EXERCISE}/write").status_code == 303
        assert post(psw, f"{EXERCISE}/withdraw").status_code == 303
        assert kept(app) == 0
        assert "What you have written" not in shown(psw, EXERCISE)

    def test_the_second_note_is_about_another_situation(self, psw: FlaskClient, trainer: FlaskClient) -> None:
        go(trainer, "before")
        first = re.search(r"<h2 id=\"situation-heading\">(.*?)</h2>", shown(psw, f"{EXERCISE}/write?agree=yes"))
        assert send(psw) == 303
        go(trainer, "after")
        page = shown(psw, f"{EXERCISE}/write?agree=yes")
        second = re.search(r"<h2 id=\"situation-heading\">(.*?)</h2>", page)
        assert first
        assert second
        assert first[1] != second[1]
        assert CANARY not in page  # the first note would colour the second

    @pytest.mark.parametrize(
        ("text", "words"),
        [("", "Nothing is written yet"), ("Too short for it.", "4 words so far"), ("so " * 301, "longer")],
    )
    def test_what_cannot_be_counted_is_refused_and_stands_in_the_box_again(
        self, psw: FlaskClient, trainer: FlaskClient, text: str, words: str
    ) -> None:
        go(trainer, "before")
        response = post(psw, f"{EXERCISE}/write", {"text": text, "agree": "yes"})
        assert response.status_code == 422
        assert words in response.text
        assert text.strip() in response.text
        assert 'id="situation-heading"' in response.text

    @pytest.mark.parametrize(
        "text", [f"<script>alert(1)</script> {NOTE}", f"\u202e{NOTE}", f"“ ‘{NOTE}" * 3, f"🙂 {NOTE}"]
    )
    def test_strange_text_is_kept_and_shown_as_text(self, psw: FlaskClient, trainer: FlaskClient, text: str) -> None:
        go(trainer, "before")
        assert send(psw, text) == 303
        page = psw.get(f"{EXERCISE}/write").text
        assert "<script>alert" not in page
        assert text in unescape(page)

    def test_a_note_sent_too_late_is_shown_for_copying(
        self, psw: FlaskClient, trainer: FlaskClient, app: Flask
    ) -> None:
        go(trainer, "before")
        go(trainer, "between")
        response = post(psw, f"{EXERCISE}/write", {"text": NOTE, "agree": "yes"})
        assert response.status_code == 409
        assert CANARY in response.text
        assert "readonly" in response.text
        assert kept(app) == 0

    def test_a_note_no_key_opens_can_be_written_again(self, app: Flask, psw: FlaskClient, trainer: FlaskClient) -> None:
        go(trainer, "before")
        assert send(psw) == 303
        with app.app_context(), writing() as session:
            session.scalars(select(ExerciseText)).one().sealed = "1.00000000.AAAA"
        page = shown(psw, f"{EXERCISE}/write")
        assert "cannot be opened at the moment" in page
        assert CANARY not in page
        assert send(psw) == 303
        assert CANARY in shown(psw, f"{EXERCISE}/write")

    def test_withdrawing_somebody_from_the_cohort_deletes_their_note(
        self, app: Flask, psw: FlaskClient, trainer: FlaskClient, cast: Cast
    ) -> None:
        go(trainer, "before")
        assert send(psw) == 303
        assert post(trainer, f"{AUTUMN}enrolments/{cast.enrolments['psw']}/withdraw").status_code == 303
        assert kept(app) == 0
        assert psw.get(EXERCISE).status_code == 403
        assert post(trainer, f"{AUTUMN}enrolments/{cast.enrolments['psw']}/restore").status_code == 303
        assert "What you have written" not in shown(psw, EXERCISE)

    def test_no_text_is_logged_or_readable_in_the_file(
        self, app: Flask, psw: FlaskClient, trainer: FlaskClient, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        go(trainer, "before")
        assert send(psw, CANARY) == 422
        assert send(psw) == 303
        assert post(trainer, f"{EXERCISE}/end").status_code == 303
        assert CANARY not in caplog.text
        with app.app_context():
            path = Path(str(database.engine.url.database))
        for file in path.parent.glob(f"{path.name}*"):
            assert CANARY.encode() not in file.read_bytes()

    @pytest.mark.parametrize("page", ["", "/write?agree=yes"])
    def test_a_page_takes_few_statements(self, app: Flask, psw: FlaskClient, trainer: FlaskClient, page: str) -> None:
        go(trainer, "before")
        with app.app_context():
            engine = database.engine
        with counted(engine) as statements:
            assert psw.get(f"{EXERCISE}{page}").status_code == 200
        assert len(statements) <= 7, statements


class TestRunning:
    def test_the_trainer_opens_counts_and_reads_the_figure_in_words(
        self, app: Flask, trainer: FlaskClient, cast: Cast
    ) -> None:
        everybody_writes(app, cast, 12)
        assert "Count the notes and end the exercise" in shown(trainer, AUTUMN)
        assert "cannot be done a second time" in shown(trainer, f"{EXERCISE}/end")
        assert post(trainer, f"{EXERCISE}/end").status_code == 303
        assert kept(app) == 0
        page = shown(trainer, AUTUMN)
        assert re.search(
            r"In the second note people used \d\.\d fewer marked words per 100 words than in the first", page
        )
        assert "(95 % interval: " in page
        assert "12 people wrote both." in page
        assert "Only the first note: fewer than 10 people, perhaps nobody." in page
        assert "This cannot show that the course is the cause" in page
        assert f"version {app.extensions['house'].lens.lexicon.version}" in page

    def test_too_few_give_no_figure(self, app: Flask, trainer: FlaskClient, cast: Cast) -> None:
        everybody_writes(app, cast, 9)
        post(trainer, f"{EXERCISE}/end")
        page = shown(trainer, AUTUMN)
        assert "Fewer than 10 people wrote both notes, so there is no figure" in page
        assert "95 %" not in page
        assert kept(app) == 0

    def test_ending_it_twice_changes_nothing_and_says_so(self, app: Flask, trainer: FlaskClient, cast: Cast) -> None:
        everybody_writes(app, cast, 10)
        post(trainer, f"{EXERCISE}/end")
        before = shown(trainer, AUTUMN)
        post(trainer, f"{EXERCISE}/end")
        after = shown(trainer, AUTUMN)
        assert "has ended already" in after
        section = slice(before.index('id="exercise-heading"'), None)
        assert without_tokens(before[section]) == without_tokens(after[after.index('id="exercise-heading"') :])
        assert trainer.get(f"{EXERCISE}/end").status_code == 303

    def test_trainers_see_where_it_stands_and_never_who_takes_part(
        self, psw: FlaskClient, trainer: FlaskClient
    ) -> None:
        go(trainer, "before")
        assert "Open: learners may write the first note." in shown(trainer, AUTUMN)  # with its notice, once
        without = without_tokens(trainer.get(AUTUMN).text)
        assert send(psw) == 303
        assert without_tokens(trainer.get(AUTUMN).text) == without
        for situation in ("Teal Lodge", "Plover House"):
            assert situation not in without

    def test_a_manager_sees_nothing_of_it(
        self, app: Flask, client_for: Browser, trainer: FlaskClient, cast: Cast
    ) -> None:
        everybody_writes(app, cast, 12)
        post(trainer, f"{EXERCISE}/end")
        manager = client_for(cast.manager)
        for page in (AUTUMN, "/organisations/gannet-quay/"):
            assert "marked words" not in shown(manager, page)
            assert "A note before and after" not in shown(manager, page)

    @pytest.mark.parametrize("stage", ["", "none", "during", "after course"])
    def test_a_strange_stage_is_refused(self, trainer: FlaskClient, stage: str) -> None:
        assert post(trainer, f"{EXERCISE}/stage", {"stage": stage}).status_code == 400

    def test_a_step_that_cannot_be_is_explained(self, trainer: FlaskClient) -> None:
        go(trainer, "before")
        go(trainer, "after")
        go(trainer, "before")
        assert "cannot go there from where it stands" in shown(trainer, AUTUMN)

    def test_the_same_few_statements_however_many_wrote(self, app: Flask, trainer: FlaskClient, cast: Cast) -> None:
        with app.app_context():
            engine = database.engine
        with counted(engine) as without:
            trainer.get(AUTUMN)
        everybody_writes(app, cast, 12)
        with counted(engine) as statements:
            trainer.get(AUTUMN)
        assert len(statements) == len(without) <= 8, statements


CHANGE = Change(14, None, 15, mean_tenths=-18, low_tenths=-31, high_tenths=-4)


@pytest.mark.usefixtures("context")
class TestWords:
    @pytest.fixture
    def context(self, app: Flask):  # type: ignore[no-untyped-def]
        with app.test_request_context():
            yield

    @pytest.mark.parametrize(
        ("mean", "low", "high", "figure", "interval"),
        [
            (-18, -31, -4, "1.8 fewer marked words", "0.4 to 3.1 fewer"),
            (18, 4, 31, "1.8 more marked words", "0.4 to 3.1 more"),
            (-18, -40, 4, "1.8 fewer marked words", "from 4.0 fewer to 0.4 more"),
            (0, -5, 5, "as many marked words", "from 0.5 fewer to 0.5 more"),
            (-18, -36, 0, "1.8 fewer marked words", "from 3.6 fewer to 0.0 more"),
            (112, 99, 125, "11.2 more marked words", "9.9 to 12.5 more"),
        ],
    )
    def test_every_figure_says_its_direction(self, mean: int, low: int, high: int, figure: str, interval: str) -> None:
        change = replace(CHANGE, mean_tenths=mean, low_tenths=low, high_tenths=high)
        assert figure in change_words(change)
        assert interval_words(change) == interval
        assert f"(95 % interval: {interval})" in change_words(change)

    def test_who_wrote_one_note_only_is_never_a_small_number(self) -> None:
        assert attrition_words(CHANGE, 10) == (
            "Only the first note: fewer than 10 people, perhaps nobody. Only the second: about 15 people."
        )
