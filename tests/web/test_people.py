"""People, roles, cohorts and the log, as managers and trainers meet them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.asked import member_of
from tests.cast import Cast, Someone
from tests.door import post
from tests.samples import AT
from trainer.accounts.audit import EventKind
from trainer.accounts.audit_check import LogLine
from trainer.extensions import reading
from trainer.web.people_pages import event_words

Browser = Callable[[Someone], FlaskClient]
HOME = "/organisations/gannet-quay"


@pytest.fixture
def number(app: Flask) -> Callable[[Someone], int]:
    """The number of somebody's membership."""

    def find(person: Someone) -> int:
        with app.app_context(), reading() as session:
            return member_of(session, person.id)

    return find


def test_a_manager_finds_somebody_and_gives_a_role(
    client_for: Browser, cast: Cast, number: Callable[[Someone], int]
) -> None:
    manager = client_for(cast.manager)
    page = manager.get(f"{HOME}/people/", query_string={"search": "o dalaigh"}).text
    assert cast.psw.name in page
    assert cast.clinician.name not in page
    assert "peer support worker" not in page.lower()
    url = f"{HOME}/people/{number(cast.psw)}"
    assert post(manager, url, {"role": "trainer"}).status_code == 303
    assert client_for(cast.psw).get(f"{HOME}/cohorts/").status_code == 200
    log = manager.get(f"{HOME}/log").text
    assert f"Changed the role of {cast.psw.name} from Learner to Trainer" in log


def test_the_last_manager_is_kept_with_what_to_do(
    client_for: Browser, cast: Cast, number: Callable[[Someone], int]
) -> None:
    manager, url = client_for(cast.manager), f"{HOME}/people/{number(cast.manager)}"
    page = post(manager, url, {"role": "learner"})
    assert page.status_code == 422
    assert "Make somebody else a manager first" in page.text
    assert post(manager, f"{url}/remove").status_code == 409
    assert manager.get(f"{HOME}/people/").status_code == 200


def test_whoever_is_taken_out_is_out_at_the_next_click(
    client_for: Browser, cast: Cast, number: Callable[[Someone], int]
) -> None:
    manager, psw = client_for(cast.manager), client_for(cast.psw)
    url = f"{HOME}/people/{number(cast.psw)}/remove"
    assert "What they learned stays theirs" in manager.get(url).text
    assert psw.get(f"{HOME}/cohorts/").status_code == 403
    assert post(manager, url).status_code == 303
    assert psw.get(f"{HOME}/cohorts/").status_code == 404
    assert psw.get("/").status_code == 200
    assert f"{cast.psw.name} no longer belongs to" in manager.get(f"{HOME}/people/").text
    assert cast.psw.name not in manager.get(f"{HOME}/people/").text
    log = manager.get(f"{HOME}/log").text
    assert "Took somebody who is not here any longer out" in log
    assert cast.psw.name not in log


@pytest.mark.parametrize("role", ["owner", "", "MANAGER", "psw"])
def test_no_other_role_can_be_given(
    client_for: Browser, cast: Cast, number: Callable[[Someone], int], role: str
) -> None:
    response = post(client_for(cast.manager), f"{HOME}/people/{number(cast.psw)}", {"role": role})
    assert response.status_code == 422


@pytest.mark.parametrize("query", [{"page": "0"}, {"page": "-1"}, {"page": "x"}, {"page": "9" * 30}, {"page": "99"}])
def test_odd_pages_are_pages(client_for: Browser, cast: Cast, query: dict[str, str]) -> None:
    manager = client_for(cast.manager)
    for url in ("people/", "log"):
        assert manager.get(f"{HOME}/{url}", query_string=query).status_code == 200


def test_a_trainer_makes_a_cohort_renames_it_and_names_nobody(
    client_for: Browser, cast: Cast, number: Callable[[Someone], int]
) -> None:
    trainer = client_for(cast.trainer)
    response = post(trainer, f"{HOME}/new-cohort", {"name": "Earrach 2027"})
    url = response.headers["Location"]
    assert url == f"{HOME}/cohorts/earrach-2027/"
    assert trainer.get(f"{url}report").status_code == 200
    assert post(trainer, f"{url}settings", {"name": "Spring 2027"}).status_code == 303
    page = trainer.get(f"{url}settings").text
    assert "Spring 2027" in page
    assert "Name as trainer" not in page
    assert post(trainer, f"{url}trainers", {"member": str(number(cast.other_trainer))}).status_code == 403


def test_a_manager_names_a_trainer_whose_report_opens_and_closes(
    client_for: Browser, cast: Cast, number: Callable[[Someone], int]
) -> None:
    manager, other = client_for(cast.manager), client_for(cast.other_trainer)
    report, who = f"{HOME}/cohorts/autumn/report", number(cast.other_trainer)
    assert other.get(report).status_code == 403
    assert post(manager, f"{HOME}/cohorts/autumn/trainers", {"member": str(who)}).status_code == 303
    assert other.get(report).status_code == 200
    assert post(manager, f"{HOME}/cohorts/autumn/trainers/{who}/remove").status_code == 303
    assert other.get(report).status_code == 403
    log = manager.get(f"{HOME}/log").text
    assert f"Named {cast.other_trainer.name} as a trainer of Autumn on the Quay" in log


@pytest.mark.parametrize("key", ["psw", "stranger_trainer"])
def test_only_trainers_and_managers_of_the_organisation_can_be_named(
    client_for: Browser, cast: Cast, number: Callable[[Someone], int], key: str
) -> None:
    chosen = {"member": str(number(getattr(cast, key)))}
    assert post(client_for(cast.manager), f"{HOME}/cohorts/autumn/trainers", chosen).status_code == 422


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_is_told_in_words(app: Flask, kind: EventKind) -> None:
    detail: dict[str, str | int] = {"cohort": 7, "role": "trainer", "was": "learner", "letters": 3, "slips": 1}
    line = LogLine(1, AT, 1, kind.value, 5, detail)
    with app.test_request_context():
        words = event_words(line, {5: "Órla"}, {7: "Autumn", 5: "Winter"})
    assert words != kind.value
    assert "." not in words


def test_a_kind_that_is_not_known_yet_is_shown_by_its_name(app: Flask) -> None:
    with app.test_request_context():
        assert event_words(LogLine(1, AT, 1, "lamp.lit", None, {}), {}, {}) == "lamp.lit"


def test_enrolling_and_taking_away_the_list_are_in_the_log(client_for: Browser, cast: Cast) -> None:
    trainer, manager = client_for(cast.trainer), client_for(cast.manager)
    post(trainer, f"{HOME}/cohorts/autumn/enrolments", {"email": cast.winter_learner.email})
    trainer.get(f"{HOME}/cohorts/autumn/roster.csv")
    log = manager.get(f"{HOME}/log").text
    assert f"Enrolled {cast.winter_learner.name} in Autumn on the Quay" in log
    assert "Took away the list of people of Autumn on the Quay" in log
