"""Trainers' screens: cohorts, and who studies what by when."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, Someone
from tests.door import post, text_of, without_tokens
from trainer.cohorts.models import Assignment
from trainer.extensions import reading

BASE = "/organisations/gannet-quay/cohorts"
AUTUMN = f"{BASE}/autumn"
Browser = Callable[[Someone], FlaskClient]


@pytest.fixture
def trainer(client_for: Browser, cast: Cast) -> FlaskClient:
    """The trainer of the autumn cohort."""
    return client_for(cast.trainer)


@pytest.fixture
def manager(client_for: Browser, cast: Cast) -> FlaskClient:
    """A manager, who is no trainer of any cohort."""
    return client_for(cast.manager)


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return unescape(without_tokens(text_of(response)))


def notice(client: FlaskClient) -> str:
    """The cohort page, which carries the notice of what was just done."""
    return page(client, f"{AUTUMN}/")


def test_a_trainer_sees_their_own_cohorts_and_a_manager_all(
    client_for: Browser, cast: Cast, trainer: FlaskClient, manager: FlaskClient
) -> None:
    own, all_of_them = page(trainer, f"{BASE}/"), page(manager, f"{BASE}/")
    assert cast.autumn.name in own
    assert cast.winter.name not in own
    assert f"{AUTUMN}/report" in own
    assert cast.autumn.name in all_of_them
    assert cast.winter.name in all_of_them
    assert f"{AUTUMN}/report" not in all_of_them
    assert "Next due 30 November 2026: Kind words" in own
    assert client_for(cast.psw).get(f"{BASE}/").status_code == 403
    assert client_for(cast.stranger_trainer).get(f"{BASE}/").status_code == 404


def test_the_cohorts_page_names_learners_and_modules_but_no_progress(trainer: FlaskClient, cast: Cast) -> None:
    shown = page(trainer, f"{AUTUMN}/")
    for words in (cast.psw.name, cast.psw.email, "Withdrawn", "Kind words", "20 November 2026"):
        assert words in shown
    assert "Not started" not in shown
    assert "2026-11-23" in shown  # today stands in the form's opening date


def test_the_report_is_not_offered_to_a_manager_and_not_opened_for_one(manager: FlaskClient) -> None:
    assert f"{AUTUMN}/report" not in page(manager, f"{AUTUMN}/")
    for ending in ("report", "report.csv"):
        assert "without names" in page(manager, f"{AUTUMN}/{ending}", 403)


def test_a_module_is_set_and_its_dates_are_changed(app: Flask, trainer: FlaskClient) -> None:
    for due_on, words in (("2026-12-24", "24 December 2026"), ("", "No date")):
        form = {"module": "S2", "opens_on": "2026-12-01", "due_on": due_on}
        response = post(trainer, f"{AUTUMN}/assignments", form)
        assert response.status_code == 303
        shown = notice(trainer)
        assert "“Only to read” is set for this cohort." in shown
        assert words in shown
    assert shown.count(">Only to read</a>") == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"due_on": "2026-11-30"}, "The due date lies before the opening date."),
        ({"due_on": "9999-12-31"}, "another century"),
        ({"due_on": "tomorrow"}, "Enter a date like 2026-12-01."),
        ({"opens_on": ""}, "Enter the day it opens"),
        ({"module": "S4"}, "Choose one of the modules on the list."),
        ({"module": "no-such-module"}, "Choose one of the modules on the list."),
        ({"module": ""}, "Choose"),
    ],
)
def test_what_cannot_be_set_says_why_and_keeps_what_was_typed(
    trainer: FlaskClient, changed: dict[str, str], words: str
) -> None:
    form = {"module": "S2", "opens_on": "2026-12-01", "due_on": "2026-12-24", **changed}
    response = post(trainer, f"{AUTUMN}/assignments", form)
    shown = unescape(text_of(response))
    assert response.status_code == 422
    assert words in shown
    assert "error-summary" in shown
    assert all(f'value="{form[name]}"' in shown for name in ("opens_on", "due_on"))
    assert "“Only to read” is set" not in notice(trainer)


def test_a_module_is_taken_off_after_a_question(trainer: FlaskClient, cast: Cast) -> None:
    url = f"{AUTUMN}/assignments/{cast.assignments['autumn S3']}/remove"
    question = page(trainer, url)
    assert "Take “Only the quiz counts” off the list?" in question
    assert "Nothing that anybody learned is lost" in question
    assert "Only the quiz counts" in notice(trainer)
    assert post(trainer, url).status_code == 303
    shown = notice(trainer)
    assert "“Only the quiz counts” is no longer set for this cohort." in shown
    assert url not in shown
    assert trainer.get(url).status_code == 404


@pytest.mark.parametrize("number", ["winter S1", "their_autumn S1"])
def test_another_cohorts_assignment_is_not_found_through_ones_own(
    app: Flask, trainer: FlaskClient, cast: Cast, number: str
) -> None:
    url = f"{AUTUMN}/assignments/{cast.assignments[number]}/remove"
    assert trainer.get(url).status_code == 404
    assert post(trainer, url).status_code == 404
    with app.app_context(), reading() as session:
        assert session.get(Assignment, cast.assignments[number]) is not None


def test_a_member_is_enrolled_by_address_and_again_without_error(trainer: FlaskClient, cast: Cast) -> None:
    for _ in range(2):
        response = post(trainer, f"{AUTUMN}/enrolments", {"email": f"  {cast.winter_learner.email.upper()} "})
        assert response.status_code == 303
    shown = notice(trainer)
    assert "is enrolled." in shown
    assert shown.count(f">{cast.winter_learner.email}<") == 1


def test_an_address_elsewhere_and_one_nowhere_get_the_same_answer(trainer: FlaskClient, cast: Cast) -> None:
    answers = []
    for email in (cast.stranger_learner.email, "nobody@heron-weir.example"):
        response = post(trainer, f"{AUTUMN}/enrolments", {"email": email})
        shown = unescape(text_of(response))
        assert response.status_code == 422
        assert f'value="{email}"' in shown
        assert "Nobody in Gannet Quay Service has the address" in shown
        answers.append(without_tokens(shown).replace(email, ""))
    assert answers[0] == answers[1]
    assert cast.stranger_learner.name not in answers[0]


@pytest.mark.parametrize(("email", "words"), [("", "Enter the address"), ("not an address", "name@example.ie")])
def test_an_address_that_is_none_is_refused_at_the_field(trainer: FlaskClient, email: str, words: str) -> None:
    response = post(trainer, f"{AUTUMN}/enrolments", {"email": email})
    assert response.status_code == 422
    assert words in text_of(response)


def test_withdrawing_asks_first_and_bringing_back_undoes_it(trainer: FlaskClient, cast: Cast) -> None:
    url = f"{AUTUMN}/enrolments/{cast.enrolments['psw']}"
    question = page(trainer, f"{url}/withdraw")
    assert f"Withdraw {cast.psw.name}?" in question
    assert "What they learned stays theirs" in question
    assert cast.psw.name in page(trainer, f"{AUTUMN}/report")
    assert post(trainer, f"{url}/withdraw").status_code == 303
    assert f"{cast.psw.name} is withdrawn from this cohort." in notice(trainer)
    assert cast.psw.name not in page(trainer, f"{AUTUMN}/report")
    for _ in range(2):
        assert post(trainer, f"{url}/restore").status_code == 303
    assert f"{cast.psw.name} is back in this cohort." in notice(trainer)
    assert cast.psw.name in page(trainer, f"{AUTUMN}/report")


@pytest.mark.parametrize("key", ["winter_learner", "stranger_learner"])
@pytest.mark.parametrize("action", ["withdraw", "restore"])
def test_another_cohorts_learner_is_not_found_through_ones_own(
    trainer: FlaskClient, cast: Cast, key: str, action: str
) -> None:
    assert post(trainer, f"{AUTUMN}/enrolments/{cast.enrolments[key]}/{action}").status_code == 404


@pytest.mark.parametrize("ending", ["assignments", "enrolments", "assignments/{}/remove", "enrolments/{}/withdraw"])
def test_a_form_with_fields_it_does_not_have_is_refused(trainer: FlaskClient, cast: Cast, ending: str) -> None:
    number = cast.assignments["autumn S1"] if ending.startswith("assignments") else cast.enrolments["psw"]
    form = {"email": cast.winter_learner.email, "module": "S2", "opens_on": "2026-12-01", "role": "manager"}
    before = page(trainer, f"{AUTUMN}/")
    assert post(trainer, f"{AUTUMN}/{ending.format(number)}", form).status_code == 400
    assert page(trainer, f"{AUTUMN}/") == before


def test_who_may_not_change_a_cohort_is_told_so_before_the_form_is_read(client_for: Browser, cast: Cast) -> None:
    for person, status in ((cast.other_trainer, 403), (cast.psw, 403), (cast.stranger_manager, 404)):
        response = post(client_for(person), f"{AUTUMN}/enrolments", {"email": "typed by mistake"})
        assert response.status_code == status
        assert "typed by mistake" not in text_of(response)
