"""The manager's overview: figures without names, and hidden where too few people stand behind them."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, Someone
from tests.door import text_of
from tests.reporting.crowd import COMPLETED, enrol, new_people, stand
from trainer.cohorts.queries import find_cohort
from trainer.extensions import writing
from trainer.upkeep import do_upkeep

URL = "/organisations/gannet-quay/"
Browser = Callable[[Someone], FlaskClient]


@pytest.fixture
def manager(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.manager)


def overview(manager: FlaskClient) -> str:
    response = manager.get(URL)
    assert response.status_code == 200
    return unescape(text_of(response))


def test_only_managers_of_the_organisation_open_it(client_for: Browser, cast: Cast) -> None:
    for person, status in (
        (cast.manager, 200),
        (cast.trainer, 403),
        (cast.psw, 403),
        (cast.stranger_manager, 404),
        (cast.removed, 404),
    ):
        assert client_for(person).get(URL).status_code == status


def test_before_the_first_figures_the_page_says_when_they_come(manager: FlaskClient) -> None:
    shown = overview(manager)
    assert "The first figures appear here within the hour." in shown
    assert "<table" not in shown


def test_small_cohorts_show_no_figure_and_nobody_is_named(app: Flask, manager: FlaskClient, cast: Cast) -> None:
    assert do_upkeep(app) == 2
    shown = overview(manager)
    assert cast.autumn.name in shown
    assert "Figures of the week that began on 23 November 2026" in shown
    assert "A number below 10 is never told" in shown
    assert shown.count(">hidden</td>") == 3 * 5  # two modules of autumn, one of winter, and two totals
    assert "All cohorts together" not in shown
    for person in (*cast.our_people, *cast.their_people):
        if person is not cast.manager:  # their own name stands in the frame
            assert person.name not in shown
            assert person.email not in shown


def test_a_large_cohort_shows_its_figures(app: Flask, manager: FlaskClient, cast: Cast) -> None:
    with app.app_context(), writing() as session:
        found = find_cohort(session, cast.ours.slug, cast.winter.slug)
        assert found is not None
        people = new_people(session, [f"Secret {number}" for number in range(1_200)])
        enrol(session, found.id, found.organisation_id, people)
        for person_id in people[:700]:
            stand(session, person_id, {"S1": COMPLETED})
    do_upkeep(app)
    shown = overview(manager)
    # Winter's 1,201, rounded; the autumn cohort's two are in no figure.
    assert "1,201" not in shown
    assert "1,203" not in shown
    assert shown.count(">1,200</td>") == 2
    assert shown.count(">700</td>") == 2
    assert shown.count(">500</td>") == 2
    assert "700 of 1,200 completed" in shown
    assert "All that is shown, together" in shown
    assert "Secret" not in shown


def test_leaders_stand_beside_learners_or_the_page_says_how_many_it_needs(app: Flask, manager: FlaskClient) -> None:
    assert "Leaders beside learners" not in overview(manager)  # before the first figures
    do_upkeep(app)
    shown = overview(manager)
    assert "Leaders beside learners" in shown
    assert "at least 20 of them are needed" in shown
    pack = manager.get(f"{URL}evidence-pack.pdf")
    assert (pack.status_code, pack.mimetype) == (200, "application/pdf")
