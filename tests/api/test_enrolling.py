"""Another system enrols and withdraws people: everybody or nobody, as often as it likes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.api.calling import AUTUMN, OURS, System, new_token, problem_of
from tests.cast import Cast
from tests.crowd import all_at_once
from tests.factories import actor_of
from tests.samples import AT
from trainer.accounts.audit_check import log_lines
from trainer.accounts.models import Membership, Person
from trainer.accounts.queries import find_actor_by_email
from trainer.api.enrolments import MOST_PEOPLE
from trainer.cohorts.enrolling import Enrolled, enrol_people
from trainer.cohorts.models import Enrolment
from trainer.cohorts.roster.planning import Fate
from trainer.extensions import reading, writing
from trainer.web.mailing import wait_until_sent

both = pytest.mark.any_database
ENROLMENTS = f"{AUTUMN}/enrolments"
NEW = {"name": "Nóra Ní Chonaill", "email": "nora@quay.example", "staff_id": "88-1"}


def send(system: System, *people: dict[str, Any], dry_run: bool = False) -> Any:
    """The answer to a list that is accepted."""
    response = system.ask(ENROLMENTS, "POST", json={"people": list(people), "dry_run": dry_run})
    assert response.status_code == 200, response.text
    return response.json


def counts(answer: dict[str, Any]) -> tuple[int, ...]:
    """Invited, enrolled, restored, unchanged."""
    return tuple(answer[name] for name in ("invited", "enrolled", "restored", "unchanged"))


def sizes(app: Flask) -> tuple[int, ...]:
    """How many people, memberships and enrolments there are."""
    with app.app_context(), reading() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(one)) or 0 for one in (Person, Membership, Enrolment)
        )


@both
def test_a_list_does_what_a_spreadsheet_would_do(app: Flask, cast: Cast, system: System) -> None:
    people = (
        NEW,
        {"name": cast.winter_learner.name, "email": cast.winter_learner.email.upper()},
        {"name": cast.withdrawn.name, "email": cast.withdrawn.email},
        {"name": cast.psw.name, "email": cast.psw.email},
    )
    looked = send(system, *people, dry_run=True)
    before = sizes(app)
    assert counts(looked) == (1, 1, 1, 1)
    assert [one["outcome"] for one in looked["people"]] == ["invite", "enrol", "restore", "unchanged"]
    assert [one["enrolment"] is None for one in looked["people"]] == [True, True, False, False]
    assert sizes(app) == before
    done = send(system, *people)
    assert counts(done) == (1, 1, 1, 1)
    assert all(one["enrolment"] for one in done["people"])
    roster = {one["enrolment"]: one for one in system.read(f"{AUTUMN}/roster")["items"]}
    assert {one["enrolment"] for one in done["people"]} <= set(roster)
    assert roster[done["people"][0]["enrolment"]]["state"] == "invited"
    after = sizes(app)
    assert counts(send(system, *people)) == (0, 0, 0, 4)
    assert sizes(app) == after


def test_whoever_is_new_gets_a_letter_and_the_log_names_the_token(
    app: Flask, cast: Cast, system: System, tmp_path: Path
) -> None:
    send(system, NEW)
    send(system, NEW)
    wait_until_sent()
    letters = [file.read_text(encoding="utf-8", errors="replace") for file in (tmp_path / "instance/mail").iterdir()]
    assert sum("nora@quay.example" in letter for letter in letters) == 1
    with app.app_context(), reading() as session:
        lines, _count = log_lines(session, cast.ours.id, first=0, count=50)
    applied = [line for line in lines if line.kind == "roster.applied"]
    assert len(applied) == 1
    assert applied[0].actor_id == cast.manager.id
    assert applied[0].detail["by_token"]


@both
def test_one_problem_and_nobody_is_enrolled(app: Flask, cast: Cast, system: System) -> None:
    before = sizes(app)
    people = [
        NEW,
        {"name": "Two At Once", "email": "no address"},
        {"name": "Three"},
        {"name": "=cmd()", "staff_id": "3"},
        {"name": "Zero\u200bWidth", "staff_id": "4"},
        {"name": "   ", "staff_id": "5"},
        {"name": "Nul\0", "staff_id": "6"},
    ]
    response = system.ask(ENROLMENTS, "POST", json={"people": people})
    problem = problem_of(response)
    assert (response.status_code, problem["code"]) == (422, "people_not_usable")
    assert [one["field"] for one in problem["problems"]] == [
        "people.1.email",
        "people.2",
        "people.3.name",
        "people.4.name",
        "people.5.name",
        "people.6.name",
    ]
    assert all(one["message"] and one["remedy"] for one in problem["problems"])
    assert sizes(app) == before


def test_somebody_who_stands_there_twice_counts_once(system: System) -> None:
    answer = send(system, NEW, {**NEW, "email": "NORA@quay.example"})
    assert counts(answer) == (1, 0, 0, 0)
    assert [note["position"] for note in answer["notes"]] == [1]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"[]", "body"),
        (b"{}", "people"),
        (b'{"people": []}', "people"),
        (b'{"people": [{"name": "A", "role": "manager"}]}', "people.0.role"),
        (b'{"people": [{"name": "A", "organisation": "heron-weir"}]}', "people.0.organisation"),
        (b'{"people": [{"name": 5}]}', "people.0.name"),
        (b'{"people": [{"name": ""}]}', "people.0.name"),
        (b'{"people": [{"name": "A", "staff_id": 17}]}', "people.0.staff_id"),
        (b'{"people": [{"name": "A"}], "dry_run": "no"}', "dry_run"),
        (b'{"people": [{"name": "A"}], "force": true}', "force"),
        (b'{"people": [{"name": "\\ud800"}]}', "body"),
        (b"[" * 100_000, "body"),
        (b"\xff\xfe", "body"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(app: Flask, system: System, body: bytes, field: str) -> None:
    before = sizes(app)
    response = system.ask(ENROLMENTS, "POST", data=body, content_type="application/json")
    assert response.status_code == 422
    assert problem_of(response)["field"] == field
    assert sizes(app) == before


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-ndjson", "text/csv", ""])
def test_anything_but_json_is_refused(system: System, content_type: str) -> None:
    response = system.ask(ENROLMENTS, "POST", data=b'{"people": []}', content_type=content_type)
    assert (response.status_code, problem_of(response)["code"]) == (415, "not_json")


@both
def test_a_thousand_people_at_once_and_not_one_more(system: System) -> None:
    people = [{"name": f"Person {number:04}", "staff_id": f"T-{number}"} for number in range(MOST_PEOPLE)]
    assert counts(send(system, *people)) == (MOST_PEOPLE, 0, 0, 0)
    response = system.ask(ENROLMENTS, "POST", json={"people": [*people, NEW]})
    assert (response.status_code, problem_of(response)["field"]) == (422, "people")


@both
def test_withdrawing_is_final_for_the_cohort_and_idempotent(app: Flask, cast: Cast, system: System) -> None:
    address = f"{ENROLMENTS}/{cast.enrolments['psw']}"
    for _ in range(2):
        assert system.ask(address, "DELETE").status_code == 204
    assert cast.psw.name not in str(system.read(f"{AUTUMN}/roster"))
    with app.app_context(), reading() as session:
        lines, _count = log_lines(session, cast.ours.id, first=0, count=50)
        assert find_actor_by_email(session, cast.psw.email) is not None
    assert [line.kind for line in lines].count("enrolment.withdrawn") == 1


def test_an_enrolment_of_another_cohort_is_not_there(cast: Cast, system: System, app: Flask) -> None:
    before = sizes(app)
    texts = set()
    for number in (cast.enrolments["winter_learner"], cast.enrolments["stranger_learner"], 987_654):
        response = system.ask(f"{ENROLMENTS}/{number}", "DELETE")
        assert response.status_code == 404
        texts.add(response.text)
    assert len(texts) == 1
    assert sizes(app) == before
    assert {one["name"] for one in system.read(f"{OURS}/cohorts/winter/roster")["items"]} == {cast.winter_learner.name}


def test_somebody_of_another_organisation_is_invited_and_not_told_of(app: Flask, cast: Cast, system: System) -> None:
    """Whether an address has an account elsewhere is not this organisation's to know."""
    known = {"name": "Somebody", "email": cast.stranger_learner.email}
    unknown = {"name": "Somebody", "email": "nobody.at.all@weir.example"}
    one, other = (send(system, person, dry_run=True) for person in (known, unknown))
    assert one == other
    send(system, known)
    assert cast.stranger_learner.name not in str(system.read(f"{AUTUMN}/roster"))
    theirs = System(app, new_token(app, cast.stranger_manager, "heron-weir"))
    assert "Somebody" not in str(theirs.read("/api/v1/organisations/heron-weir/cohorts/autumn/roster"))


@both
def test_the_same_list_from_many_at_once_is_one_list(engine: Engine, cast: Cast) -> None:
    def enrol(session: Session) -> Enrolled:
        who = actor_of(session, cast.manager)
        people = [(f"Person {number}", None, f"P-{number}") for number in range(20)]
        where = {"actor": who, "organisation": "gannet-quay", "cohort": "autumn"}
        return enrol_people(session, **where, people=people, is_dry=False, at=AT)  # type: ignore[arg-type]

    results = all_at_once(engine, [enrol] * 6)
    assert all(isinstance(one, Enrolled) for one in results), results
    assert sorted(one.counts[Fate.INVITE] for one in results if isinstance(one, Enrolled)) == [0] * 5 + [20]


@both
def test_the_service_alone_is_all_or_nothing(app: Flask, cast: Cast) -> None:
    with app.app_context(), writing() as session:
        manager = actor_of(session, cast.manager)
        where = {"actor": manager, "organisation": "gannet-quay", "cohort": "autumn"}
        people = [("One", "one@quay.example", None), ("Two", None, None)]
        done = enrol_people(session, **where, people=people, is_dry=False, at=AT)  # type: ignore[arg-type]
        assert len(done.problems) == 1
        good = enrol_people(session, **where, people=people[:1], is_dry=False, at=AT)  # type: ignore[arg-type]
    assert good.counts[Fate.INVITE] == 1
    assert good.letter_count == 1
