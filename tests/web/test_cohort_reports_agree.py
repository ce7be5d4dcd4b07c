"""Progress, the last week and one learner: page and files agree in every cell."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import Cast, Someone
from tests.door import text_of
from tests.reporting.crowd import COMPLETED, PAUSED, READING, STUCK, Crowd
from tests.samples import AT
from trainer.cohorts.models import Attendance, Enrolment, LiveSession, LiveSessionModule
from trainer.extensions import reading, writing
from trainer.web.locales import COOKIE

AUTUMN = "/organisations/gannet-quay/cohorts/autumn"
REPORT, WEEK = f"{AUTUMN}/report", f"{AUTUMN}/report/week"
Browser = Callable[[Someone], FlaskClient]
Rows = list[list[str]]
STATES = {"Completed": "completed", "In progress": "in_progress", "Not started": "not_started"}
LONG = "Aoibheann-Máire Ní Dhomhnaill-Featherstonehaugh " * 2


@pytest.fixture
def crowd(app: Flask, cast: Cast) -> dict[str, int]:
    """Five learners who stand in as many different places; their ids by first name."""
    with app.app_context(), writing() as session:
        crowd = Crowd(session, cast)
        crowd.set(S1=date(2026, 11, 30), S3=date(2026, 11, 20))
        found = {
            "Áine": crowd.add("Áine =Ó Néill, “Á”", S1=COMPLETED, S3=COMPLETED),
            "Bríd": crowd.add("Bríd", S1=STUCK, S3=PAUSED),
            "Ciarán": crowd.add("Ciarán", S1=READING),
            "Dara": crowd.add("Dara"),
            "Aoibheann": crowd.add(LONG.strip(), S1=PAUSED),
        }
        came_together(session, cast.autumn.id, "S1", [found["Áine"], found["Bríd"]])
        return found


def came_together(session: Session, cohort_id: int, module_id: str, people: list[int]) -> None:
    """A live session; whoever has completed the module too is assessed."""
    meeting = LiveSession(cohort_id=cohort_id, number=1, title="Together", place="The quay", starts_at=AT)
    session.add(meeting)
    session.flush()
    session.add(LiveSessionModule(live_session_id=meeting.id, module_id=module_id))
    session.add_all(Attendance(live_session_id=meeting.id, person_id=one, noted_at=AT) for one in people)


@pytest.fixture
def trainer(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.trainer)


def in_file(client: FlaskClient, url: str, form: str) -> tuple[list[str], Rows]:
    """The codes of the columns, and the rows."""
    response = client.get(f"{url}{'&' if '?' in url else '?'}format={form}")
    assert response.status_code == 200, form
    assert response.headers["Cache-Control"] == "no-store"
    data = response.get_data()
    if form == "json":
        told = json.loads(data)
        codes = [column["code"] for column in told["columns"]]
        assert all(list(row) == codes for row in told["rows"])
        return codes, [[said(row[code]) for code in codes] for row in told["rows"]]
    if form == "csv":
        head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    else:
        cells = load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()
        head, *rows = [[said(cell.value) for cell in row] for row in cells]
    return [heading.rsplit("(", 1)[1].rstrip(")") for heading in head], rows


def said(value: Any) -> str:
    return "" if value is None else str(value)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def first_name(text: str) -> str:
    return re.split("[ -]", text)[0]


def cells(row: str) -> list[str]:
    """Each cell's markup; a day as the machine-readable one beside its words."""
    return [
        re.sub(r'<time datetime="([^"]+)">[^<]*</time>', r"\1", cell)
        for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
    ]


def table_rows(html: str, mark: str) -> list[list[str]]:
    body = html[html.index(mark) :]
    body = body[body.index("<tbody>") : body.index("</tbody>")]
    return [cells(row) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]


def matrix(client: FlaskClient, url: str) -> Rows:
    """The matrix as files write it: without the modules' words for why a hand may be welcome."""
    html = text_of(client.get(url))
    return [_as_file(row) for row in table_rows(html, 'id="matrix-heading"')] if "table-scroll matrix" in html else []


def _as_file(row: list[str]) -> list[str]:
    name, email = re.findall(r"<a [^>]*>(.*?)</a><span class=\"hint\">(.*?)</span>", row[0], re.DOTALL)[0]
    done, total = words(row[1]).split(" of ")
    found = [unescape(name), unescape(email), done, total]
    for cell in row[2:]:
        told = words(cell)
        on = re.search(r"(\d+) November 2026", told)
        best = re.search(r"best (\d+) %, (\d+) attempts?", told)
        found += [
            next(code for label, code in STATES.items() if told.startswith(label)),
            f"2026-11-{on.group(1):0>2}" if on else "",
            best.group(1) if best else "",
            best.group(2) if best else "0",
            "yes" if "Overdue" in told else "no",
            "yes" if "assessed" in told else "no",
        ]
    return found


QUERIES = ["", "?sort=-progress", "?state=overdue&sort=-name", "?state=needs_a_hand", "?state=completed&module=S3"]


@pytest.mark.parametrize("query", QUERIES)
def test_the_matrix_and_each_file_agree_in_every_cell(trainer: FlaskClient, crowd: dict[str, int], query: str) -> None:
    shown = matrix(trainer, REPORT + query)
    assert shown
    for form in ("xlsx", "json", "csv"):
        codes, rows = in_file(trainer, REPORT + query, form)
        assert codes[:4] == ["NAME", "EMAIL", "COMPLETED_COUNT", "ASSIGNED_COUNT"]
        assert codes[-1] == "HAND"
        assert [row[:-1] for row in rows] == shown, form
        assessed = {first_name(row[0]) for row in rows if "yes" in row[codes.index("S1_ASSESSED")]}
        assert assessed <= {"Áine"}
        assert assessed or query not in QUERIES[:2]
        assert all(row[-1] for row in rows) or "needs_a_hand" not in query


def test_a_hand_is_offered_with_the_same_reasons_on_the_page_and_in_the_file(
    trainer: FlaskClient, crowd: dict[str, int]
) -> None:
    html = text_of(trainer.get(f"{REPORT}?state=needs_a_hand"))
    on_page = {first_name(words(row[0])): words(row[0]) for row in table_rows(html, 'id="matrix-heading"')}
    _, rows = in_file(trainer, REPORT, "json")
    in_json = {first_name(row[0]): row[-1] for row in rows if row[-1]}
    assert on_page.keys() == in_json.keys() == crowd.keys() - {"Áine"}
    assert in_json["Bríd"] == "S3: overdue, paused; S1: attempts"
    assert "not touched for three weeks" in on_page["Bríd"]
    assert "three attempts or more, and not yet passed" in on_page["Bríd"]
    rule = html[html.index("<details") : html.index("</details>")]
    assert rule.startswith("<details open>"), "whoever asks for it reads the rule, on paper too"
    assert "never at the time of day" in rule


@pytest.mark.parametrize("what", ["week", "record"])
def test_week_and_record_agree_in_every_cell(
    app: Flask, trainer: FlaskClient, crowd: dict[str, int], what: str
) -> None:
    url = WEEK if what == "week" else record_of(app, crowd["Bríd"])
    shown = [[unescape(cell) for cell in row] for row in table_rows(text_of(trainer.get(url)), "to-list sheet")]
    assert shown
    for form in ("csv", "xlsx", "json"):
        assert in_file(trainer, url, form)[1] == shown, form


def test_a_file_carries_the_filter_in_its_rows_name_and_facts(trainer: FlaskClient, crowd: dict[str, int]) -> None:
    response = trainer.get(f"{REPORT}?state=needs_a_hand&module=S3&sort=-name&format=json")
    told = json.loads(response.get_data())
    assert (told["state"], told["module"], told["sort"]) == ("needs_a_hand", "S3", "-name")
    assert "autumn-progress-needs-a-hand-s3-2026-11-23.json" in response.headers["Content-Disposition"]
    crooked = trainer.get(f"{REPORT}?state=overdue&module=%22%0d%0aX-Evil:1&format=csv")
    assert "autumn-progress-overdue-2026-11-23.csv" in crooked.headers["Content-Disposition"]
    html = unescape(text_of(trainer.get(f"{REPORT}?state=needs_a_hand&module=S3&sort=-name")))
    links = re.findall(r'href="([^"]*)" download', html)
    assert len(links) == 3
    assert all("state=needs_a_hand" in link and "module=S3" in link and "sort=-name" in link for link in links)


def record_of(app: Flask, person_id: int) -> str:
    with app.app_context(), reading() as session:
        enrolment = session.scalars(select(Enrolment.id).where(Enrolment.person_id == person_id)).one()
    return f"{AUTUMN}/learners/{enrolment}"


@pytest.mark.parametrize("size", [1, 100, 1_000])
def test_week_and_record_take_the_same_statements_for_many(
    app: Flask, cast: Cast, trainer: FlaskClient, statements: list[str], size: int
) -> None:
    with app.app_context(), writing() as session:
        crowd = Crowd(session, cast)
        crowd.set(S1=None, S3=None)
        ids = [crowd.add(f"Learner {number}", S1=READING) for number in range(size)]
    counts = []
    for url in (WEEK, record_of(app, ids[-1])):
        statements.clear()
        assert trainer.get(url).status_code == 200
        counts.append(len(statements))
    assert counts == STATEMENTS


STATEMENTS = [6, 8]  # session, gate and what the report itself takes


@pytest.mark.parametrize("what", ["progress", "week", "record"])
def test_a_file_is_the_same_whatever_the_language_of_the_page(
    app: Flask, trainer: FlaskClient, crowd: dict[str, int], what: str
) -> None:
    url = {"progress": REPORT, "week": WEEK, "record": record_of(app, crowd["Bríd"])}[what]
    english = trainer.get(f"{url}?format=csv").data
    trainer.set_cookie(COOKIE, "ga")
    assert 'lang="ga"' in text_of(trainer.get(url))
    assert trainer.get(f"{url}?format=csv").data == english


def test_nobody_and_nothing_set_are_said_in_words(app: Flask, cast: Cast, trainer: FlaskClient) -> None:
    with app.app_context(), writing() as session:
        Crowd(session, cast).set(S1=None)
    assert "Nobody is enrolled yet." in text_of(trainer.get(REPORT))
    assert "There is nothing to show yet." in text_of(trainer.get(WEEK))
    for form in ("csv", "xlsx", "json"):
        assert in_file(trainer, REPORT, form)[1] == in_file(trainer, WEEK, form)[1] == []
    with app.app_context(), writing() as session:
        Crowd(session, cast).set()
    assert "No module is set for this cohort yet" in text_of(trainer.get(REPORT))
    assert "There is nothing to show yet." in text_of(trainer.get(WEEK))
