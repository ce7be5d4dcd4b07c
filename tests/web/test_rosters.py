"""A trainer brings a list of people: upload, look, apply; and what is said when it cannot be."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.cast import Cast, Someone
from tests.door import post
from trainer.accounts.models import Person
from trainer.cohorts.models import CohortTrainer, RosterUpload
from trainer.extensions import reading, writing

Browser = Callable[[Someone], FlaskClient]
HERE = "/organisations/gannet-quay/cohorts/autumn"
LIST = "Name,Email,Staff id,Role\nBen Brady,ben@quay.example,,manager\nCara Daly,,10482,\n"


@pytest.fixture
def trainer(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.trainer)


def upload(browser: FlaskClient, text: str | bytes, name: str = "people.csv") -> TestResponse:
    data = text.encode() if isinstance(text, str) else text
    response = post(browser, f"{HERE}/roster/", {"file": (io.BytesIO(data), name)})
    response.request.environ["wsgi.input"].close()  # the test client puts a large body into a file
    return response


def digest(page: str) -> str:
    found = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', page)
    assert found, page
    return found.group(1)


def people_count(app: Flask) -> int:
    with app.app_context(), reading() as session:
        return session.scalar(select(func.count()).select_from(Person)) or 0


def test_a_list_is_looked_at_and_then_applied(app: Flask, trainer: FlaskClient) -> None:
    before = people_count(app)
    response = upload(trainer, LIST)
    assert response.status_code == 303
    where = response.headers["Location"]
    page = trainer.get(where).text
    assert "Nothing has changed yet." in page
    assert "New here: will be invited" in page
    assert "grants nothing else" in page
    assert "Apply 2 changes" in page
    assert people_count(app) == before
    done = post(trainer, where, {"digest": digest(page)})
    assert done.headers["Location"] == f"{HERE}/"
    page = trainer.get(f"{HERE}/").text
    assert "The list is applied: 2 people invited." in page
    assert "Cara Daly" in page
    assert "Staff id 10482" in page
    assert people_count(app) == before + 2
    assert "no longer here" in trainer.get(where).text


def test_the_same_list_again_has_nothing_to_apply(trainer: FlaskClient) -> None:
    where = upload(trainer, LIST).headers["Location"]
    post(trainer, where, {"digest": digest(trainer.get(where).text)})
    page = trainer.get(upload(trainer, LIST).headers["Location"]).text
    assert "There is nothing to apply." in page
    assert 'name="digest"' not in page


def test_problems_are_listed_with_line_and_column_and_nothing_can_be_applied(app: Flask, trainer: FlaskClient) -> None:
    before = people_count(app)
    where = upload(trainer, LIST + "Dan,nowhere,,\n").headers["Location"]
    page = trainer.get(where).text
    assert "<strong>Line 4, Email.</strong> “nowhere” is no e-mail address." in page
    assert "Apply" not in page.split("Line by line")[0].split("Mend these first")[0]
    assert post(trainer, where, {"digest": "0" * 64}).status_code == 422
    assert people_count(app) == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"Who\nBen\n", "There is no column with names."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Upload a .csv or an .xlsx file."),
        (b"x" * 5_000_001, "A list has at most 5 MB"),
    ],
)
def test_what_is_no_list_is_refused_where_it_was_chosen(trainer: FlaskClient, data: bytes, words: str) -> None:
    response = upload(trainer, data)
    assert response.status_code == 422
    assert words in response.text
    assert "Nothing was changed." in response.text


def test_no_file_chosen_is_said_beside_the_field(trainer: FlaskClient) -> None:
    response = post(trainer, f"{HERE}/roster/", {})
    assert response.status_code == 422
    assert "Choose a file first." in response.text


def test_far_too_much_is_refused_before_it_is_read(trainer: FlaskClient) -> None:
    assert upload(trainer, b"x" * 6_000_000).status_code == 413


def test_a_plan_that_changed_is_shown_anew(client_for: Browser, cast: Cast, trainer: FlaskClient) -> None:
    where = upload(trainer, LIST).headers["Location"]
    agreed = digest(trainer.get(where).text)
    manager = client_for(cast.manager)
    other = upload(manager, LIST).headers["Location"]
    post(manager, other, {"digest": digest(manager.get(other).text)})
    response = post(trainer, where, {"digest": agreed})
    assert response.headers["Location"] == where
    page = trainer.get(where).text
    assert "since you looked" in page
    assert "There is nothing to apply." in page


def test_a_list_is_its_uploaders_alone(client_for: Browser, cast: Cast, trainer: FlaskClient) -> None:
    where = upload(trainer, LIST).headers["Location"]
    assert client_for(cast.manager).get(where).status_code == 404


def test_a_list_is_gone_when_thrown_away_and_only_the_last_is_kept(app: Flask, trainer: FlaskClient) -> None:
    where = upload(trainer, LIST).headers["Location"]
    assert post(trainer, f"{where}/discard", {}).headers["Location"] == f"{HERE}/"
    assert trainer.get(where).status_code == 404
    upload(trainer, LIST)
    upload(trainer, LIST)
    with app.app_context(), reading() as session:
        assert session.scalar(select(func.count()).select_from(RosterUpload)) == 1


def test_the_list_as_it_is_now_can_be_taken_away(cast: Cast, trainer: FlaskClient) -> None:
    response = trainer.get(f"{HERE}/roster.csv")
    rows = list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert rows[0][:3] == ["Full name (NAME)", "E-mail (EMAIL)", "Staff id (STAFF_ID)"]
    assert [row[0] for row in rows[1:]] == [cast.psw.name, cast.clinician.name]
    assert "attachment" in response.headers["Content-Disposition"]
    assert trainer.get(f"{HERE}/roster.xlsx").data.startswith(b"PK")


def test_the_sample_is_a_list_that_works(trainer: FlaskClient) -> None:
    sample = trainer.get("/roster-sample.csv").data
    page = trainer.get(upload(trainer, sample).headers["Location"]).text
    assert "Apply 2 changes" in page


def test_a_long_list_shows_how_far_it_is(app: Flask, trainer: FlaskClient) -> None:
    text = "Name,Staff id\n" + "".join(f"Learner {number},{number}\n" for number in range(2_001))
    where = upload(trainer, text).headers["Location"]
    page = trainer.get(where).text
    assert "1 to 200 of 2,001" in page
    assert "201 to 400 of 2,001" in trainer.get(f"{where}?page=2").text
    before = people_count(app)
    response = post(trainer, where, {"digest": digest(page)})
    assert response.status_code == 200
    assert "2,001 / 2,001" in response.text
    assert "The list is applied: 2,001 people invited." in response.text
    assert response.text.rstrip().endswith("</html>")
    assert people_count(app) == before + 2_001


def test_a_long_list_that_no_longer_fits_says_so_and_changes_nothing(app: Flask, trainer: FlaskClient) -> None:
    text = "Name,Staff id\n" + "".join(f"Learner {number},{number}\n" for number in range(2_001))
    where = upload(trainer, text).headers["Location"]
    before = people_count(app)
    response = post(trainer, where, {"digest": "0" * 64})
    assert "since you looked" in response.text
    assert people_count(app) == before


def test_somebody_whose_right_ended_meanwhile_changes_nothing(
    app: Flask, cast: Cast, client_for: Browser, trainer: FlaskClient
) -> None:
    where = upload(trainer, LIST).headers["Location"]
    agreed = digest(trainer.get(where).text)
    with app.app_context(), writing() as session:
        session.delete(session.get_one(CohortTrainer, (cast.autumn.id, cast.trainer.id)))
    before = people_count(app)
    assert post(trainer, where, {"digest": agreed}).status_code == 403
    assert people_count(app) == before
