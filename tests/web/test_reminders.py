"""Writing to a cohort, several dates at once, and stopping letters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import Cast, Someone
from tests.conftest import Clock
from tests.door import post, text_of
from tests.factories import take_quiz
from tests.reporting.crowd import enrol, new_people
from tests.samples import sample_module
from trainer.accounts.models import Person
from trainer.accounts.queries import find_actor_by_email
from trainer.cohorts.queries import assignments_of
from trainer.extensions import reading, writing
from trainer.mail.models import OutgoingMail
from trainer.postbox import send_due_mail, stop_token
from trainer.reminders.rules import Kind

pytestmark = pytest.mark.any_database
Browser = Callable[[Someone], FlaskClient]
AUTUMN = "/organisations/gannet-quay/cohorts/autumn/"
LETTER = {
    "kind": "reminder.own",
    "module": "",
    "audience": "all",
    "subject": "Tea on Monday",
    "body": "Hello,\r\n\r\nthere is tea at ten.",
}


@pytest.fixture
def trainer(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.trainer)


def queued(app: Flask) -> list[OutgoingMail]:
    with app.app_context(), reading() as db:
        found = list(db.scalars(select(OutgoingMail).order_by(OutgoingMail.person_id)))
        db.expunge_all()
        return found


class TestWriting:
    def test_looking_sends_nothing_and_shows_what_is_sent(
        self, app: Flask, trainer: FlaskClient, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = unescape(text_of(post(trainer, f"{AUTUMN}reminders", LETTER)))
        assert "It goes to 2 people." in shown
        assert queued(app) == []
        assert post(trainer, f"{AUTUMN}reminders", {**LETTER, "step": "send"}).status_code == 303
        assert [row.person_id for row in queued(app)] == sorted([cast.psw.id, cast.clinician.id])
        body = queued(app)[0].body
        assert body.startswith("Hello,\n\nthere is tea at ten.\n\n-- \nFrom the trainers of Autumn on the Quay")
        assert body in shown.replace("\r\n", "\n")
        monkeypatch.setattr("trainer.postbox.now", clock)
        send_due_mail(app)
        (file,) = list((app.extensions["house"].settings.instance_path / "mail").iterdir())[:1]
        sent = file.read_bytes().decode()
        assert "there is tea at ten." in sent
        assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in sent

    def test_at_most_one_a_week_whoever_writes(
        self, app: Flask, client_for: Browser, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("trainer.postbox.now", clock)
        with app.app_context(), writing() as db:
            enrol(db, cast.winter.id, cast.ours.id, [cast.psw.id])
        winter = "/organisations/gannet-quay/cohorts/winter/reminders"
        assert post(client_for(cast.other_trainer), winter, {**LETTER, "step": "send"}).status_code == 303
        assert {row.person_id for row in queued(app)} == {cast.psw.id, cast.winter_learner.id}
        assert "It goes to 1 person." in text_of(post(client_for(cast.trainer), f"{AUTUMN}reminders", LETTER))
        assert post(client_for(cast.other_trainer), winter, {**LETTER, "step": "send"}).status_code == 422
        send_due_mail(app)
        clock.advance(timedelta(days=7) - timedelta(seconds=1))
        assert post(client_for(cast.other_trainer), winter, {**LETTER, "step": "send"}).status_code == 422
        clock.advance(timedelta(seconds=1))
        assert post(client_for(cast.other_trainer), winter, {**LETTER, "step": "send"}).status_code == 303

    def test_only_those_who_are_meant(self, app: Flask, trainer: FlaskClient, cast: Cast) -> None:
        with app.app_context(), writing() as db:
            actor = find_actor_by_email(db, cast.psw.email)
            assert actor is not None
            take_quiz(db, actor, sample_module())
        letter = {**LETTER, "audience": "not_started", "module": "S1", "step": "send"}
        assert post(trainer, f"{AUTUMN}reminders", letter).status_code == 303
        assert [row.person_id for row in queued(app)] == [cast.clinician.id]

    def test_what_is_missing_is_said_and_nothing_is_lost(self, app: Flask, trainer: FlaskClient) -> None:
        for change, words in (
            ({"subject": ""}, "Write a subject."),
            ({"audience": "not_started"}, "Which module do you mean?"),
            ({"body": "When: …"}, "A place in the letter is still open"),
        ):
            response = post(trainer, f"{AUTUMN}reminders", {**LETTER, **change, "step": "send"})
            assert response.status_code == 422
            assert words in response.text
            assert ("there is tea at ten." in response.text) is ("body" not in change)
        assert queued(app) == []

    def test_words_about_absence_are_pointed_at_and_stop_nobody(self, trainer: FlaskClient) -> None:
        shown = text_of(post(trainer, f"{AUTUMN}reminders", {**LETTER, "body": "Where have you been?"}))
        assert "speaks of what somebody did not do" in shown

    @pytest.mark.parametrize("count", [1, 1_000])
    def test_the_statements_do_not_grow_with_the_cohort(
        self, app: Flask, trainer: FlaskClient, cast: Cast, statements: list[str], database_url: str, count: int
    ) -> None:
        with app.app_context(), writing() as db:
            enrol(db, cast.autumn.id, cast.ours.id, new_people(db, [f"Somebody {n}" for n in range(count)]))
        statements.clear()
        assert post(trainer, f"{AUTUMN}reminders", {**LETTER, "step": "send"}).status_code == 303
        made = [one for one in statements if one.startswith(("SELECT", "INSERT", "UPDATE"))]
        assert len(made) == STATEMENTS + (2 if "postgresql" in database_url else 0), made
        assert len(queued(app)) == count + 2


STATEMENTS = 10


class TestStopping:
    def test_opening_the_link_changes_nothing_and_the_button_does(
        self, app: Flask, client: FlaskClient, client_for: Browser, cast: Cast
    ) -> None:
        url = f"/letters/stop/{stop_token(app, cast.psw.id, Kind.OWN)}"
        assert "Stop these letters" in text_of(client.get(url))
        trainer = client_for(cast.trainer)
        assert "It goes to 2 people." in text_of(post(trainer, f"{AUTUMN}reminders", LETTER))
        assert "Done" in text_of(client.post(url))
        shown = text_of(post(trainer, f"{AUTUMN}reminders", LETTER))
        assert "It goes to 1 person." in shown
        other = {**LETTER, "kind": "reminder.module_due"}
        assert "It goes to 2 people." in text_of(post(trainer, f"{AUTUMN}reminders", other))

    def test_one_click_of_a_mail_program_is_enough(self, app: Flask, client: FlaskClient, cast: Cast) -> None:
        url = f"/letters/stop/{stop_token(app, cast.psw.id, Kind.OWN)}"
        for _ in range(2):
            assert client.post(url, data={"List-Unsubscribe": "One-Click"}).status_code == 200
        assert client.post("/letters/stop/made-up", data={"List-Unsubscribe": "One-Click"}).status_code == 404

    def test_the_profile_has_a_tick_for_each_kind(self, client_for: Browser, cast: Cast) -> None:
        psw = client_for(cast.psw)
        assert text_of(psw.get("/profile/letters")).count("checked") == 4
        assert post(psw, "/profile/letters", {"own": "y"}).status_code == 303
        assert text_of(psw.get("/profile/letters")).count("checked") == 1
        assert post(psw, "/profile/letters", dict.fromkeys(("own", "module_due"), "y")).status_code == 303
        assert text_of(psw.get("/profile/letters")).count("checked") == 2


class TestSeveralAtOnce:
    def test_a_path_is_shown_changed_and_saved(self, app: Flask, trainer: FlaskClient, cast: Cast) -> None:
        asked = "path=start&opens_on=2026-12-01&first_due_on=2026-12-14&gap_weeks=3"
        shown = text_of(trainer.get(f"{AUTUMN}schedule?{asked}"))
        assert 'value="2027-01-04"' in shown
        assert "Has a date already" in shown
        data = {
            "opens-S3": "2026-12-01",
            "due-S3": "2026-12-14",
            "opens-S2": "2026-12-14",
            "due-S2": "",
            "set-S2": "on",
        }
        assert post(trainer, f"{AUTUMN}schedule", data).status_code == 303
        with app.app_context(), reading() as db:
            dates = {one.module_id: (str(one.opens_on), str(one.due_on)) for one in assignments_of(db, cast.autumn.id)}
        assert dates["S2"] == ("2026-12-14", "None")
        assert dates["S3"] == ("2026-11-02", "2026-11-20"), "not ticked: stays"

    def test_another_cohorts_dates_are_shifted_by_whole_weeks(self, client_for: Browser, cast: Cast) -> None:
        manager = client_for(cast.manager)
        winter = "/organisations/gannet-quay/cohorts/winter/schedule"
        shown = text_of(manager.get(f"{winter}?source=autumn&begins_on=2027-01-13"))
        assert 'value="2027-01-11"' in shown  # a Monday, as 2 November is
        assert 'value="2027-02-08"' in shown  # due on 30 November, a Monday too
        foreign = manager.get(f"{winter}?source=nowhere&begins_on=2027-01-13")
        assert foreign.status_code == 422

    def test_a_bad_date_is_said_at_its_module_and_everything_stays_typed(
        self, app: Flask, trainer: FlaskClient, cast: Cast
    ) -> None:
        data = {"opens-S2": "2026-12-14", "due-S2": "2026-12-01", "set-S2": "on", "opens-S5": "someday", "set-S5": "on"}
        response = post(trainer, f"{AUTUMN}schedule", data)
        assert response.status_code == 422
        assert "before the opening date" in response.text
        with app.app_context(), reading() as db:
            assert "S2" not in {one.module_id for one in assignments_of(db, cast.autumn.id)}


def test_nobody_of_the_cast_is_without_an_address(app: Flask, cast: Cast) -> None:
    with app.app_context(), reading() as db:
        assert db.scalars(select(Person.id).where(Person.email.is_(None))).all() == []
