"""What another system can read: in batches, with an ETag, and never more than the pages show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.api.calling import AUTUMN, OURS, System, add_crowd, add_sitters, make_trainer, new_token, problem_of
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import actor_of
from tests.samples import AT, sample_catalogue, sample_module
from tests.security.world import learn_something
from trainer.accounts.models import AuditEvent
from trainer.cohorts.services import set_assignment, withdraw_enrolment
from trainer.extensions import reading, writing
from trainer.reporting import organisation_overview, question_analysis
from trainer.reporting.access_log import openings_of
from trainer.reporting.report_sheets import question_sheet
from trainer.reporting.weekly import freeze_due_figures

both = pytest.mark.any_database


@pytest.fixture
def learned(app: Flask, cast: Cast, system: System) -> System:
    """People have learned something, and the manager is a trainer of the autumn cohort."""
    make_trainer(app, cast, cast.manager)
    with app.app_context(), writing() as session:
        learn_something(session, cast)
        day = date(2026, 11, 2)
        where = {"cohort_id": cast.autumn.id, "organisation_id": cast.ours.id}
        set_assignment(session, **where, module_id="S2", opens_on=day, due_on=None)
    return system


def everything(system: System, path: str, limit: int) -> list[dict[str, Any]]:
    """All batches together; none is larger than asked for."""
    found: list[dict[str, Any]] = []
    address: str | None = f"{path}?limit={limit}"
    while address:
        answer = system.read(address)
        assert 0 < len(answer["items"]) <= limit
        found += answer["items"]
        address = answer["next"]
    return found


def test_a_token_knows_its_one_organisation(system: System, cast: Cast) -> None:
    only = {"organisation": cast.ours.slug, "name": cast.ours.name}
    assert system.read("/api/v1/organisations") == {"items": [only], "next": None}


@both
def test_cohorts_with_what_is_set(system: System, cast: Cast) -> None:
    answer = system.read(f"{OURS}/cohorts")
    assert [one["cohort"] for one in answer["items"]] == [cast.autumn.slug, cast.winter.slug]
    assert answer["items"][0]["assignments"] == [
        {"module": "S1", "opens_on": "2026-11-02", "due_on": "2026-11-30"},
        {"module": "S3", "opens_on": "2026-11-02", "due_on": "2026-11-20"},
    ]
    assert everything(system, f"{OURS}/cohorts", 1) == answer["items"]


@both
def test_the_roster_leaves_out_who_was_withdrawn_and_every_progress(system: System, cast: Cast) -> None:
    answer = system.read(f"{AUTUMN}/roster")
    assert {one["name"] for one in answer["items"]} == {cast.psw.name, cast.clinician.name}
    assert set(answer["items"][0]) == {"enrolment", "name", "email", "staff_id", "state", "since"}
    assert cast.withdrawn.name not in str(answer)


@both
@pytest.mark.parametrize("limit", [1, 7, 500])
def test_batches_are_whole_and_without_repetition(app: Flask, system: System, cast: Cast, limit: int) -> None:
    with app.app_context(), writing() as session:
        add_crowd(session, cast, 20)
    found = everything(system, f"{AUTUMN}/roster", limit)
    assert len({one["enrolment"] for one in found}) == len(found) == 22
    assert [one["enrolment"] for one in found] == sorted(one["enrolment"] for one in found)


def test_a_roster_that_was_read_stands_in_the_log_once_a_day(app: Flask, system: System, clock: Clock) -> None:
    def exported() -> int:
        with app.app_context(), reading() as session:
            mine = select(func.count()).where(AuditEvent.kind == "roster.exported")
            return session.scalar(mine.where(AuditEvent.detail.contains('"by_token":'))) or 0

    for _ in range(3):
        system.read(f"{AUTUMN}/roster?limit=1&cursor=0")
    assert exported() == 1
    clock.advance(timedelta(days=1))
    system.read(f"{AUTUMN}/roster")
    assert exported() == 2


@both
def test_completions_are_of_active_learners_and_set_modules(
    app: Flask, learned: System, cast: Cast, clock: Clock
) -> None:
    answer = learned.read(f"{AUTUMN}/completions")
    names = {one["name"] for one in answer["items"]}
    assert names == {cast.psw.name}  # who was withdrawn, and who learns in winter, have completed it, too
    assert {one["module"] for one in answer["items"]} == {"S2"}  # one has completed S5, which is not set
    first = answer["items"][0]
    assert set(first) == {"enrolment", "name", "staff_id", "module", "revision", "completed_at"}
    assert first["completed_at"] == "2026-11-23T10:00:00Z"
    assert everything(learned, f"{AUTUMN}/completions", 1) == answer["items"]
    with app.app_context(), writing() as session:
        manager = actor_of(session, cast.manager)
        where = {"organisation": "gannet-quay", "cohort": "autumn", "enrolment_id": cast.enrolments["psw"]}
        withdraw_enrolment(session, actor=manager, **where, at=clock.at)  # type: ignore[arg-type]
    assert cast.psw.name not in str(learned.read(f"{AUTUMN}/completions"))


def test_a_learner_can_read_that_completions_were_taken(app: Flask, learned: System, cast: Cast, clock: Clock) -> None:
    for _ in range(3):
        learned.read(f"{AUTUMN}/completions")
    with app.app_context(), reading() as session:
        (only,) = openings_of(session, actor_of(session, cast.psw), at=clock.at)
    assert (only.viewer, only.is_list, only.count) == (cast.manager.name, True, 1)


@both
def test_the_overview_is_exactly_what_was_released(app: Flask, cast: Cast, system: System) -> None:
    with app.app_context(), writing() as session:
        add_crowd(session, cast, 30)
        freeze_due_figures(session, threshold=10, at=AT)
        report = organisation_overview.build(session, cast.ours.id, titles={}, threshold=10)
    answer = system.read(f"{OURS}/overview")
    assert answer["week"] == "2026-11-23"
    assert answer["threshold"] == 10
    assert [one["module"] for one in answer["modules"]] == [one.title for one in report.modules]
    for told, module in zip(answer["modules"], report.modules, strict=True):
        lines = [(one.label, one.figures) for one in (*module.cohorts, module.total)]
        for item, (label, figures) in zip([*told["cohorts"], told["total"]], lines, strict=True):
            assert item["label"] == label
            for name in ("learners", "completed", "not_yet"):
                figure = getattr(figures, name)
                assert item[name] == {"words": str(figure.words), "number": figure.number}
    assert any(one["total"]["learners"]["number"] == 30 for one in answer["modules"])
    assert not any(person.name in str(answer) for person in cast.our_people)


def test_questions_are_the_rows_of_the_page_s_files(learned: System) -> None:
    answer = learned.read(f"{AUTUMN}/reports/questions?module=S3")
    assert (answer["module"], answer["cohort"]) == ("S3", "autumn")
    assert {"PLACE", "PROMPT", "RIGHT"} <= {one["code"] for one in answer["columns"]}
    assert all(set(row) == {one["code"] for one in answer["columns"]} for row in answer["rows"])
    assert learned.read(f"{AUTUMN}/reports/questions?module=quiz-only")["module"] == "S3"
    for unknown in ("S2", "L99", "reading-only"):
        assert learned.ask(f"{AUTUMN}/reports/questions?module={unknown}").status_code == 404


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=1.0", "limit"),
        ("limit= 5", "limit"),
        ("limit=%D9%A5", "limit"),
        ("limit=", "limit"),
        ("limit=5&limit=6", "limit"),
        ("cursor=abc", "cursor"),
        ("cursor=-1", "cursor"),
        ("cursor=%00", "cursor"),
        ("page=2", "page"),
        ("state=active", "state"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused_by_name(system: System, query: str, field: str) -> None:
    response = system.ask(f"{AUTUMN}/roster?{query}")
    assert response.status_code == 422
    assert problem_of(response)["field"] == field
    if field not in ("limit", "cursor"):
        assert f"no parameter “{field}”" in problem_of(response)["message"]


@both
def test_a_cursor_behind_the_end_finds_nothing(system: System) -> None:
    assert system.read(f"{AUTUMN}/roster?cursor=9999999999") == {"items": [], "next": None}


def test_what_has_not_changed_is_not_sent_again(app: Flask, cast: Cast, system: System) -> None:
    first = system.ask(f"{AUTUMN}/roster")
    again = system.ask(f"{AUTUMN}/roster", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    with app.app_context(), writing() as session:
        add_crowd(session, cast, 1)
    changed = system.ask(f"{AUTUMN}/roster", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_nothing_is_kept_on_the_way(system: System) -> None:
    for path in (f"{AUTUMN}/roster", f"{OURS}/overview"):
        assert system.ask(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [f"{OURS}/cohorts", f"{AUTUMN}/roster", f"{AUTUMN}/completions"])
def test_the_number_of_statements_does_not_grow(
    app: Flask, cast: Cast, learned: System, statements: list[str], path: str
) -> None:
    counts = []
    for more in (1, 99):
        with app.app_context(), writing() as session:
            add_crowd(session, cast, more)
        learned.read(path)
        statements.clear()
        learned.read(f"{path}?limit=500")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 14


def test_strangers_read_their_own_and_nothing_of_ours(app: Flask, cast: Cast) -> None:
    stranger = System(app, new_token(app, cast.stranger_manager, "heron-weir"))
    answer = stranger.read("/api/v1/organisations/heron-weir/cohorts/autumn/roster")
    assert [one["name"] for one in answer["items"]] == [cast.stranger_learner.name]


@both
def test_questions_are_counted_as_when_a_trainer_opens_the_page(app: Flask, cast: Cast, system: System) -> None:
    make_trainer(app, cast, cast.manager)
    module = sample_module("quiz-only")
    with app.app_context(), writing() as session:
        add_sitters(session, cast, 20)
    first = system.read(f"{AUTUMN}/reports/questions?module=S3")
    assert first["revision"] == module.revision
    assert {row["N"] for row in first["rows"]} - {None} == {20}  # some questions are never marked
    assert system.read(f"{AUTUMN}/reports/questions?module=S3") == first
    with app.app_context(), reading() as session:
        report = question_analysis.build(
            session, cast.autumn.id, catalogue=sample_catalogue(), module_id="S3", threshold=10, at=AT
        )
    rows = [[row[one["code"]] for one in first["columns"]] for row in first["rows"]]
    assert rows == [list(row) for row in question_sheet(report).rows]
    assert not any("Learner 0" in str(row) for row in first["rows"])
