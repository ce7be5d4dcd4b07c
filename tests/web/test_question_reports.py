"""Questions, two roles and change on screen and as files: the same rows, and nobody's answers."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select, update

from tests.cast import Cast, Someone
from tests.conftest import Clock
from tests.door import post, text_of, without_tokens
from tests.factories import right_answer, wrong_answer
from tests.reporting.crowd import empty_cohort, enrol
from tests.reporting.sitters import first_wrong, sit, sitters
from tests.samples import sample_module
from trainer.accounts.models import Person
from trainer.courseware.quiz import Question
from trainer.extensions import reading, writing
from trainer.reporting.models import CountedAttempt

AUTUMN = "/organisations/gannet-quay/cohorts/autumn"
QUESTIONS = f"{AUTUMN}/report/questions/kind-words"
TWO_ROLES = f"{AUTUMN}/report/two-roles/kind-words"
CHANGE = f"{AUTUMN}/report/change"
Browser = Callable[[Someone], FlaskClient]
Rows = list[list[str]]


def some_clinicians_wrong(number: int, question: Question) -> list[str]:
    """Eleven of fifteen, at the safety question."""
    is_wrong = question.id == "safety-first" and number % 2 == 1 and number < 22
    return (wrong_answer if is_wrong else right_answer)(question)


@pytest.fixture
def crowd(app: Flask, cast: Cast) -> list[int]:
    """Thirty learners of the autumn cohort; each second one is a clinician and answers the safety question wrongly."""
    with app.app_context(), writing() as session:
        empty_cohort(session, cast.autumn.id, cast.ours.id, {"S1": None})
        roles = ("psw", "clinician")
        return sitters(
            session, cast.autumn.id, cast.ours.id, sample_module("kind-words"), 30, some_clinicians_wrong, roles=roles
        )


@pytest.fixture
def trainer(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.trainer)


def on_page(client: FlaskClient, url: str) -> Rows:
    """The cells of the table with all rows."""
    html = text_of(client.get(url))
    table = html[html.index('class="to-list sheet"') :]
    body = table[table.index("<tbody>") : table.index("</tbody>")]
    return [
        [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


def in_file(client: FlaskClient, url: str, form: str) -> Rows:
    response = client.get(f"{url}?format={form}")
    assert response.status_code == 200, form
    assert response.headers["Cache-Control"] == "no-store"
    data = response.get_data()
    if form == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]
    if form == "json":
        told = json.loads(data)
        codes = [column["code"] for column in told["columns"]]
        return [[said(row[code]) for code in codes] for row in told["rows"]]
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return [[said(cell.value) for cell in row] for row in sheet.iter_rows(min_row=2)]


def said(value: Any) -> str:
    return "" if value is None else str(value)


def counted(app: Flask) -> int:
    with app.app_context(), reading() as session:
        return session.scalar(select(func.count()).select_from(CountedAttempt)) or 0


@pytest.mark.parametrize("url", [QUESTIONS, TWO_ROLES, CHANGE])
def test_page_and_files_have_the_same_cells(trainer: FlaskClient, crowd: list[int], url: str) -> None:
    shown = on_page(trainer, url)
    assert shown
    for form in ("csv", "xlsx", "json"):
        assert in_file(trainer, url, form) == shown, form


def test_opening_the_report_counts_those_who_wait_and_says_so(
    app: Flask, trainer: FlaskClient, crowd: list[int]
) -> None:
    assert counted(app) == 0
    shown = text_of(trainer.get(QUESTIONS))
    assert "30 first attempts are counted." in shown
    assert counted(app) == 30
    assert "About 10 of 30 chose" in shown
    assert without_tokens(text_of(trainer.get(QUESTIONS))) == without_tokens(shown)


def test_who_comes_later_changes_nothing_for_a_week(
    app: Flask, cast: Cast, client_for: Browser, trainer: FlaskClient, crowd: list[int], clock: Clock
) -> None:
    before = on_page(trainer, QUESTIONS)
    with app.app_context(), writing() as session:
        sitters(session, cast.autumn.id, cast.ours.id, sample_module("kind-words"), 12, first_wrong(12))
    shown = text_of(trainer.get(QUESTIONS))
    assert "12 wait to be counted" in shown
    assert "from 30 November 2026 on" in shown
    assert on_page(trainer, QUESTIONS) == before
    clock.advance(timedelta(days=7))
    later = client_for(cast.trainer)
    assert "42 first attempts are counted" in text_of(later.get(QUESTIONS))
    assert on_page(later, QUESTIONS) != before


def test_a_safety_question_stands_first(trainer: FlaskClient, crowd: list[int]) -> None:
    first = on_page(trainer, QUESTIONS)[0]
    assert first[1] == "safety-first"
    assert "Safety question" in first


def test_fewer_than_ten_show_no_figure_anywhere(app: Flask, cast: Cast, trainer: FlaskClient) -> None:
    with app.app_context(), writing() as session:
        empty_cohort(session, cast.autumn.id, cast.ours.id, {"S1": None})
        sitters(session, cast.autumn.id, cast.ours.id, sample_module("kind-words"), 9, first_wrong(4))
    shown = text_of(trainer.get(QUESTIONS))
    assert "9 wait to be counted" in shown
    assert "as soon as there are 10 of them" in shown
    assert "sheet" not in shown.split("<main")[1]
    assert in_file(trainer, QUESTIONS, "csv") == []
    assert in_file(trainer, QUESTIONS, "json") == []
    assert "There is nothing to show yet. Both groups need 10" in text_of(trainer.get(TWO_ROLES))


def test_no_name_is_on_any_of_these_pages(app: Flask, trainer: FlaskClient, crowd: list[int]) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(Person).where(Person.id.in_(crowd)).values(name="Canary Nic Aodha"))
    for url in (QUESTIONS, TWO_ROLES, CHANGE, f"{AUTUMN}/report/questions/"):
        assert "Canary" not in text_of(trainer.get(url))


def test_a_trainer_who_was_taken_off_the_cohort_closes_no_batch(
    app: Flask, cast: Cast, client_for: Browser, crowd: list[int]
) -> None:
    other = client_for(cast.other_trainer)
    for url in (QUESTIONS, TWO_ROLES, CHANGE, f"{AUTUMN}/report/questions/"):
        assert other.get(url).status_code == 403
        assert other.get(f"{url}?format=csv").status_code == 403
    assert counted(app) == 0


@pytest.mark.parametrize("query", ["?revision=nonsense", "?format=pdf", "?revision=", "?role=psw", "?format="])
def test_what_makes_no_sense_in_the_address_is_left_at_its_default(
    trainer: FlaskClient, crowd: list[int], query: str
) -> None:
    plain = on_page(trainer, QUESTIONS)
    assert on_page(trainer, f"{QUESTIONS}{query}") == plain


def test_a_module_that_is_not_set_is_no_page(trainer: FlaskClient, crowd: list[int]) -> None:
    for slug in ("quiz-only", "no-such-module", "..%2F..%2Fetc"):
        assert trainer.get(f"{AUTUMN}/report/questions/{slug}").status_code == 404


def test_who_changes_the_role_in_the_profile_takes_the_figures_by_role_away(
    app: Flask, cast: Cast, trainer: FlaskClient, client_for: Browser
) -> None:
    with app.app_context(), writing() as session:
        empty_cohort(session, cast.autumn.id, cast.ours.id, {"S1": None})
        module, roles = sample_module("kind-words"), ("psw", "clinician")
        sitters(session, cast.autumn.id, cast.ours.id, module, 30, some_clinicians_wrong, roles=roles)
        enrol(session, cast.autumn.id, cast.ours.id, [cast.psw.id])
        sit(session, cast.psw.id, module, some_clinicians_wrong, place=30)
    assert on_page(trainer, TWO_ROLES)
    psw = client_for(cast.psw)
    assert post(psw, "/profile/", {"name": cast.psw.name, "role": "psw"}).status_code == 303
    assert on_page(trainer, TWO_ROLES)  # the same role again is no change
    assert post(psw, "/profile/", {"name": cast.psw.name, "role": ""}).status_code == 303
    assert "There is nothing to show yet." in text_of(trainer.get(TWO_ROLES))
