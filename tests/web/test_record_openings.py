"""What is opened and taken away is written down in the same request, and whoever may not open it leaves no note."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from tests.cast import Cast, Someone
from tests.conftest import Clock
from tests.door import text_of
from trainer.accounts.models import AuditEvent
from trainer.cohorts.models import CohortTrainer, Enrolment
from trainer.extensions import reading, writing
from trainer.reporting.models import RecordView
from trainer.upkeep import do_upkeep

AUTUMN = "/organisations/gannet-quay/cohorts/autumn"
REPORT, WEEK = f"{AUTUMN}/report", f"{AUTUMN}/report/week"
Browser = Callable[[Someone], FlaskClient]


@pytest.fixture
def trainer(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.trainer)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def record_of(app: Flask, person_id: int) -> str:
    with app.app_context(), reading() as session:
        enrolment = session.scalars(select(Enrolment.id).where(Enrolment.person_id == person_id)).one()
    return f"{AUTUMN}/learners/{enrolment}"


def noted(app: Flask) -> list[tuple[int | None, int | None]]:
    """By whom, about whom."""
    with app.app_context(), reading() as session:
        rows = session.execute(select(RecordView.viewer_id, RecordView.person_id).order_by(RecordView.id))
        return [(viewer, person) for viewer, person in rows]


def events(app: Flask) -> list[str]:
    with app.app_context(), reading() as session:
        return list(session.scalars(select(AuditEvent.kind).order_by(AuditEvent.id)))


def test_opening_a_record_is_noted_in_the_same_request(
    app: Flask, cast: Cast, trainer: FlaskClient, client_for: Browser
) -> None:
    psw = client_for(cast.psw)
    assert "Nobody has opened your record" in text_of(psw.get("/profile/opened"))
    record = record_of(app, cast.psw.id)
    assert cast.psw.name in text_of(trainer.get(record))
    assert noted(app) == [(cast.trainer.id, cast.psw.id)]
    assert trainer.get(f"{record}?format=csv").status_code == 200
    assert noted(app) == [(cast.trainer.id, cast.psw.id)] * 2
    shown = words(text_of(psw.get("/profile/opened")))
    assert f"23 November 2026 {cast.trainer.name} Opened your record in Autumn" in shown
    assert "2 times" in shown
    assert cast.trainer.name not in text_of(client_for(cast.clinician).get("/profile/opened"))


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("url", [REPORT, WEEK])
def test_a_file_with_names_is_noted_for_its_learners_and_in_the_log(
    app: Flask, cast: Cast, trainer: FlaskClient, client_for: Browser, url: str, form: str
) -> None:
    before = len(events(app))
    assert trainer.get(url).status_code == 200
    assert (noted(app), len(events(app))) == ([], before), "looking at a page is not written down"
    assert trainer.get(f"{url}?format={form}").status_code == 200
    assert noted(app) == [(cast.trainer.id, None)]
    assert events(app)[before:] == ["report.exported"]
    for someone in (cast.psw, cast.clinician):
        assert cast.trainer.name in text_of(client_for(someone).get("/profile/opened"))
    log = text_of(client_for(cast.manager).get("/organisations/gannet-quay/log"))
    assert "Took away a report with names" in log


def test_who_may_not_open_it_leaves_no_note(app: Flask, cast: Cast, client_for: Browser) -> None:
    record, before = record_of(app, cast.psw.id), len(events(app))
    for someone in (cast.manager, cast.other_trainer, cast.psw, cast.stranger_trainer):
        client = client_for(someone)
        for url in (record, f"{record}?format=json", f"{REPORT}?format=xlsx", f"{WEEK}?format=csv"):
            assert client.get(url).status_code in (403, 404)
    assert (noted(app), len(events(app))) == ([], before)


def test_who_is_withdrawn_is_gone_at_once(app: Flask, cast: Cast, trainer: FlaskClient) -> None:
    record = record_of(app, cast.psw.id)
    assert trainer.get(record).status_code == 200
    with app.app_context(), writing() as session:
        session.execute(update(Enrolment).where(Enrolment.person_id == cast.psw.id).values(state="withdrawn"))
    for url in (record, f"{record}?format=csv"):
        response = trainer.get(url)
        assert response.status_code == 404
        assert cast.psw.name not in text_of(response)
    assert len(noted(app)) == 1


def test_a_trainer_who_was_removed_has_an_old_tab_and_nothing_in_it(
    app: Flask, cast: Cast, trainer: FlaskClient
) -> None:
    record = record_of(app, cast.psw.id)
    assert trainer.get(record).status_code == 200
    with app.app_context(), writing() as session:
        session.execute(delete(CohortTrainer).where(CohortTrainer.cohort_id == cast.autumn.id))
    for url in (record, f"{record}?format=csv", REPORT, f"{REPORT}?format=json", f"{REPORT}.csv", WEEK):
        response = trainer.get(url)
        assert response.status_code == 403
        assert cast.psw.name not in text_of(response)
    assert len(noted(app)) == 1


def test_the_report_says_plainly_what_is_written_down(trainer: FlaskClient) -> None:
    shown = words(text_of(trainer.get(REPORT)))
    assert "A file with names is written down" in shown
    assert "Looking at this page is not" in shown


def test_the_hourly_upkeep_deletes_what_is_older_than_a_year(
    app: Flask, cast: Cast, trainer: FlaskClient, clock: Clock
) -> None:
    assert trainer.get(record_of(app, cast.psw.id)).status_code == 200
    clock.advance(timedelta(days=364))
    do_upkeep(app)
    assert len(noted(app)) == 1
    clock.advance(timedelta(days=2))
    do_upkeep(app)
    assert noted(app) == []


def test_the_old_address_of_the_csv_is_noted_too(app: Flask, cast: Cast, trainer: FlaskClient) -> None:
    assert trainer.get(f"{REPORT}.csv").status_code == 200
    assert noted(app) == [(cast.trainer.id, None)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_taking_the_list_of_people_away_is_theirs_to_read_too(
    app: Flask, cast: Cast, client_for: Browser, form: str
) -> None:
    assert client_for(cast.manager).get(f"{AUTUMN}/roster.{form}").status_code == 200
    assert noted(app) == [(cast.manager.id, None)]
    assert cast.manager.name in text_of(client_for(cast.psw).get("/profile/opened"))
