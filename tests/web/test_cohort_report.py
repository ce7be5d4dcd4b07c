"""The progress report on screen and as a file: the same rows, whatever the address asks for."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.cast import Cast, Someone
from tests.door import text_of, without_tokens
from tests.reporting.crowd import enrol, new_people
from tests.samples import AT, sample_module
from trainer.accounts.queries import find_actor_by_email
from trainer.cohorts.models import Assignment
from trainer.cohorts.queries import find_cohort
from trainer.extensions import writing
from trainer.learning.services import start_attempt

BASE = "/organisations/gannet-quay/cohorts"
AUTUMN = f"{BASE}/autumn"
Browser = Callable[[Someone], FlaskClient]


@pytest.fixture
def trainer(client_for: Browser, cast: Cast) -> FlaskClient:
    """The trainer of the autumn cohort."""
    return client_for(cast.trainer)


def page(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return unescape(without_tokens(text_of(response)))


@pytest.fixture
def begun(app: Flask, cast: Cast) -> None:
    """The peer support worker has begun the quiz that was due."""
    with app.app_context(), writing() as session:
        actor = find_actor_by_email(session, cast.psw.email)
        assert actor is not None
        start_attempt(session, actor=actor, module=sample_module("quiz-only"), seed=7, at=AT)


def rows_of(html: str) -> list[str]:
    """The learners of the matrix, in the order of the page."""
    matrix = html[html.index('id="matrix-heading"') :]
    return re.findall(r'<th scope="row"><a href="[^"]*/learners/\d+">([^<]+)<', matrix)


def file_of(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"{AUTUMN}/report.csv{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"), newline="")))


def test_counts_come_first_then_the_learners(trainer: FlaskClient, cast: Cast, begun: None) -> None:
    shown = page(trainer, f"{AUTUMN}/report")
    assert shown.index('id="counts-heading"') < shown.index('id="matrix-heading"')
    assert "2 active learners, as of 23 November 2026 at 10:00" in shown
    assert rows_of(shown) == [cast.psw.name, cast.clinician.name]
    assert "Overdue" in shown
    assert cast.withdrawn.name not in shown


@pytest.mark.parametrize(
    "query",
    ["", "?sort=-name", "?sort=-progress", "?state=in_progress", "?state=overdue&module=S3", "?state=completed"],
)
def test_the_file_has_the_rows_of_the_screen(trainer: FlaskClient, begun: None, query: str) -> None:
    shown = page(trainer, f"{AUTUMN}/report{query}")
    on_screen = rows_of(shown) if "Nobody matches" not in shown else []
    assert [row["Learner (NAME)"] for row in file_of(trainer, query)] == on_screen
    offered = re.search(r'href="([^"]*report\.csv[^"]*)"', shown)
    assert offered is not None
    assert trainer.get(offered.group(1)).data == trainer.get(f"{AUTUMN}/report.csv{query}").data


def test_the_file_says_what_it_is_and_is_kept_nowhere(trainer: FlaskClient, cast: Cast, begun: None) -> None:
    response = trainer.get(f"{AUTUMN}/report.csv")
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    name = "gannet-quay-autumn-progress-2026-11-23.csv"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    first = file_of(trainer)[0]
    assert first["E-mail (EMAIL)"] == cast.psw.email
    assert first["S3 Only the quiz counts: state (S3_STATE)"] == "in_progress"
    assert first["S3 Only the quiz counts: attempts (S3_ATTEMPTS)"] == "0"
    assert first["S3 Only the quiz counts: overdue (S3_OVERDUE)"] == "yes"
    assert first["S1 Kind words: overdue (S1_OVERDUE)"] == "no"


@pytest.mark.parametrize(
    "query",
    [
        "?state=nonsense",
        "?module=S4",
        "?sort=email",
        "?page=0",
        "?page=-1",
        "?page=99999999999999999999",
        "?page=%C2%B2",
        "?state=&module=&sort=&page=",
        "?state=overdue;drop",
        "?sort=name&sort=-name",
        "?unknown=1",
    ],
)
def test_what_makes_no_sense_in_the_address_is_left_at_its_default(trainer: FlaskClient, query: str) -> None:
    plain = page(trainer, f"{AUTUMN}/report")
    assert page(trainer, f"{AUTUMN}/report{query}") == plain
    assert file_of(trainer, query) == file_of(trainer)


def test_a_filter_that_nobody_matches_says_so_and_leads_back(trainer: FlaskClient) -> None:
    shown = page(trainer, f"{AUTUMN}/report?state=completed")
    assert "Nobody matches this filter." in shown
    assert "Show everybody" in shown
    assert file_of(trainer, "?state=completed") == []


def test_columns_sort_both_ways_and_keep_the_filter(trainer: FlaskClient) -> None:
    shown = page(trainer, f"{AUTUMN}/report?state=not_started&sort=name")
    assert 'aria-sort="ascending"' in shown
    assert "report?state=not_started&sort=-name" in shown
    assert "report?state=not_started&sort=-progress" in shown
    assert 'aria-sort="descending"' in page(trainer, f"{AUTUMN}/report?sort=-progress")


def test_a_module_that_is_no_longer_published_is_shown_by_its_id(app: Flask, trainer: FlaskClient, cast: Cast) -> None:
    with app.app_context(), writing() as session:
        assignment = session.get_one(Assignment, cast.assignments["autumn S3"])
        assignment.module_id, assignment.due_on = "OLD-7", date(2026, 12, 1)
    remove = f"{AUTUMN}/assignments/{cast.assignments['autumn S3']}/remove"
    for url in (f"{AUTUMN}/", f"{AUTUMN}/report", remove):
        assert "OLD-7" in page(trainer, url)
    assert page(trainer, f"{BASE}/")
    assert "OLD-7: state (OLD-7_STATE)" in file_of(trainer)[0]


def test_the_report_takes_as_many_statements_for_many_as_for_few(
    app: Flask, trainer: FlaskClient, cast: Cast, statements: list[str]
) -> None:
    counts = []
    for size in (0, 60):
        with app.app_context(), writing() as session:
            add_learners(session, cast, size)
        statements.clear()
        assert trainer.get(f"{AUTUMN}/report?state=not_started").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8
    assert "Learner 59" not in page(trainer, f"{AUTUMN}/report")
    assert "Learner 59" in page(trainer, f"{AUTUMN}/report?page=3")
    assert len(file_of(trainer)) == 62


def add_learners(session: Session, cast: Cast, size: int) -> None:
    found = find_cohort(session, cast.ours.slug, cast.autumn.slug)
    assert found is not None
    if size:
        people = new_people(session, [f"Learner {number:02}" for number in range(size)])
        enrol(session, found.id, found.organisation_id, people)
