"""The cohort report: counts, cells, filters, order, pages, and how many statements it takes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import HAS_TIME
from tests.databases import counted
from tests.reporting.crowd import COMPLETED, READING, STUCK, Crowd, Stands
from tests.samples import AT, sample_module
from trainer.accounts.names import name_key
from trainer.accounts.queries import find_actor_by_email
from trainer.clock import end_of_local_day
from trainer.learning.progress import State
from trainer.learning.services import start_attempt
from trainer.reporting import cohort_progress
from trainer.reporting.cohort_progress import FILE_PAGE_SIZE, Row, build, modules_of
from trainer.reporting.views import Sort, StateFilter, View, learners_in_view

pytestmark = pytest.mark.any_database

OVERDUE = date(2026, 11, 20)
LATER = date(2026, 12, 4)
STATES: tuple[StateFilter | None, ...] = (None, *get_args(StateFilter))
SORTS: tuple[Sort, ...] = get_args(Sort)


@pytest.fixture
def crowd(session: Session, cast: Cast) -> Crowd:
    found = Crowd(session, cast)
    found.set(S1=OVERDUE, S2=LATER, S3=None)
    return found


def mixed(crowd: Crowd, size: int) -> None:
    """Learners in every combination of states, in no order."""
    choices: Sequence[Stands | None] = (None, READING, COMPLETED, STUCK)
    combinations = itertools.islice(itertools.cycle(itertools.product(choices, repeat=3)), size)
    for number, standing in enumerate(combinations):
        named = {f"S{place}": one for place, one in enumerate(standing, start=1) if one is not None}
        crowd.add(f"Learner {number * 7 % size:03}", **named)


def test_counts_are_over_all_active_learners_whatever_the_filter(crowd: Crowd) -> None:
    crowd.add("Aoife", S1=COMPLETED, S2=READING)
    crowd.add("Barra", S1=READING)
    crowd.add("Colm")
    crowd.add("Gone", state="withdrawn", S1=COMPLETED)
    crowd.add("Asked", state="invited", S1=COMPLETED)
    for view in (View(), View(state="completed", module_id="S1"), View(state="overdue")):
        report = crowd.report(view)
        assert report.learner_count == 3
        found = {
            one.module.module_id: (one.not_started, one.in_progress, one.completed, one.overdue)
            for one in report.counts
        }
        assert found == {"S1": (1, 1, 1, 2), "S2": (2, 1, 0, 0), "S3": (3, 0, 0, 0)}


def test_a_cell_says_state_date_best_score_and_submitted_attempts(crowd: Crowd) -> None:
    crowd.add("Aoife", S1=COMPLETED, S2=Stands("in_progress", 799, 1000, 3))
    (row,) = crowd.report().rows
    first, second, third = row.cells
    assert (first.state, first.completed_at, first.best_percent) == (State.COMPLETED, AT - timedelta(days=3), 100)
    assert not first.is_overdue
    assert (second.state, second.best_percent, second.attempt_count) == (State.IN_PROGRESS, 79, 3)
    assert (third.state, third.completed_at, third.best_percent, third.attempt_count) == (
        State.NOT_STARTED,
        None,
        None,
        0,
    )
    assert row.completed_count == 1


def test_an_attempt_that_is_not_submitted_shows_only_as_in_progress(session: Session, cast: Cast) -> None:
    actor = find_actor_by_email(session, cast.psw.email)
    assert actor is not None
    start_attempt(session, actor=actor, module=sample_module("quiz-only"), seed=7, at=AT)
    report = build(session, cast.autumn.id, view=View(), at=AT)
    place = [module.module_id for module in report.modules].index("S3")
    cell = next(row for row in report.rows if row.name == cast.psw.name).cells[place]
    assert (cell.state, cell.best_percent, cell.attempt_count) == (State.IN_PROGRESS, None, 0)


@pytest.mark.parametrize("due_on", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29)])
def test_a_module_is_overdue_from_the_end_of_its_day_in_ireland(crowd: Crowd, due_on: date) -> None:
    crowd.set(S1=due_on)
    crowd.add("Aoife", S1=READING)
    crowd.add("Barra", S1=COMPLETED)
    midnight = end_of_local_day(due_on)
    for at, flags, count in ((midnight - timedelta(microseconds=1), [False, False], 0), (midnight, [True, False], 1)):
        report = crowd.report(at=at)
        assert [row.cells[0].is_overdue for row in report.rows] == flags
        assert report.counts[0].overdue == count
        assert len(crowd.report(View(state="overdue"), at=at).rows) == count


def test_filters_by_state_and_module(crowd: Crowd) -> None:
    crowd.add("Aoife", S1=COMPLETED, S2=READING)
    crowd.add("Barra", S1=READING, S2=COMPLETED, S3=COMPLETED)
    crowd.add("Colm")
    assert crowd.names(View(state="completed", module_id="S1")) == ["Aoife"]
    assert crowd.names(View(state="completed")) == ["Aoife", "Barra"]
    assert crowd.names(View(state="in_progress", module_id="S2")) == ["Aoife"]
    assert crowd.names(View(state="not_started", module_id="S3")) == ["Aoife", "Colm"]
    assert crowd.names(View(state="overdue")) == ["Barra", "Colm"]
    assert crowd.names(View(state="overdue", module_id="S2")) == []
    assert crowd.names(View(state="completed", module_id="never-set")) == ["Aoife", "Barra"]
    assert crowd.report(View(state="completed", module_id="never-set")).view.module_id is None


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("module_id", [None, "S1", "S2", "S3"])
def test_every_filter_finds_exactly_the_rows_whose_cells_say_so(
    crowd: Crowd, state: StateFilter | None, module_id: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cohort_progress, "PAGE_SIZE", 48)  # all on one page
    mixed(crowd, 48)
    everybody = crowd.report()
    places = [place for place, module in enumerate(everybody.modules) if module_id in (None, module.module_id)]

    def says(row: Row) -> bool:
        cells = [row.cells[place] for place in places]
        flags = {"overdue": lambda cell: cell.is_overdue, "needs_a_hand": lambda cell: bool(cell.reasons)}
        return state is None or any(flags.get(state, lambda cell: cell.state == state)(cell) for cell in cells)

    report = crowd.report(View(state=state, module_id=module_id))
    assert report.rows == tuple(row for row in everybody.rows if says(row))
    assert report.row_count == len(report.rows)


NAMES = (
    "Áine Burke",
    "aine burke",
    "Ainé Aherne",
    "O Brien",
    "O'Brien",
    "Obrien",
    "Ó Briain",
    "de Búrca",
    "Łucja Nowak",
    "Zoë",
    "Éabha",
    "'Quoted'",
    "Ng",
    "MacCarthy",
    "Mac Carthy",
)


def test_names_stand_in_the_same_order_on_every_database(crowd: Crowd) -> None:
    people = [(name_key(name), crowd.add(name), name) for name in NAMES]
    assert crowd.names(View(sort="name")) == [name for _key, _id, name in sorted(people)]
    backwards = sorted(sorted(people, key=lambda one: one[1]), key=lambda one: one[0], reverse=True)
    assert crowd.names(View(sort="-name")) == [name for _key, _id, name in backwards]
    assert crowd.names(View(sort="progress")) == crowd.names(View(sort="name"))


@pytest.mark.parametrize("sort", SORTS)
def test_the_order_of_names_is_not_left_to_the_servers_locale(crowd: Crowd, session: Session, sort: Sort) -> None:
    # The test server's own locale sorts by code point too, so only the schema can show it.
    modules = modules_of(session, crowd.cohort_id)
    statement = learners_in_view(session, crowd.cohort_id, modules, View(sort=sort), AT)
    assert "learner_count.name_key" in str(statement).partition("ORDER BY")[2]
    columns = {str(one["name"]): one["type"] for one in inspect(session.connection()).get_columns("learner_count")}
    is_postgres = session.get_bind().dialect.name == "postgresql"
    assert (getattr(columns["name_key"], "collation", None) == "C") == is_postgres


def test_progress_sorts_both_ways_and_names_break_ties(crowd: Crowd) -> None:
    crowd.add("Dara", S1=COMPLETED)
    crowd.add("Barra", S1=COMPLETED)
    crowd.add("Colm", S1=COMPLETED, S2=COMPLETED, unassigned=COMPLETED)
    crowd.add("Aoife", unassigned=COMPLETED)
    assert crowd.names(View(sort="-progress")) == ["Colm", "Barra", "Dara", "Aoife"]
    assert crowd.names(View(sort="progress")) == ["Aoife", "Barra", "Dara", "Colm"]
    assert [row.completed_count for row in crowd.report(View(sort="progress")).rows] == [0, 1, 1, 2]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("state", [None, "not_started", "overdue"])
def test_the_file_has_the_rows_of_all_pages_in_their_order(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch, sort: Sort, state: StateFilter | None
) -> None:
    monkeypatch.setattr(cohort_progress, "PAGE_SIZE", 10)
    monkeypatch.setattr(cohort_progress, "FILE_PAGE_SIZE", 7)
    mixed(crowd, 54)
    view = View(state=state, sort=sort)
    first = crowd.report(view)
    pages = [crowd.report(replace(view, page=number)).rows for number in range(1, first.page_count + 1)]
    assert first.page_count > 1
    assert all(len(page) == 10 for page in pages[:-1])
    on_screen = [row for page in pages for row in page]
    assert len(on_screen) == first.row_count
    assert crowd.file(view) == on_screen


def test_a_page_beyond_the_last_is_the_last_and_one_before_the_first_is_the_first(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cohort_progress, "PAGE_SIZE", 4)
    mixed(crowd, 9)
    assert crowd.report(View(page=99)) == crowd.report(View(page=3))
    assert crowd.report(View(page=0)) == crowd.report(View(page=1))
    assert len(crowd.report(View(page=3)).rows) == 1


def test_nobody_and_nothing_set_are_no_errors(crowd: Crowd) -> None:
    report = crowd.report()
    assert (report.learner_count, report.rows, report.page_count) == (0, (), 1)
    assert [one.not_started for one in report.counts] == [0, 0, 0]
    crowd.set()
    crowd.add("Aoife", S1=COMPLETED)
    for state in STATES:
        report = crowd.report(View(state=state, sort="-progress"))
        assert report.counts == ()
        assert [row.cells for row in report.rows] == ([()] if state is None else [])


@pytest.mark.parametrize("size", [1, 100, *([1_000, 10_000] if HAS_TIME else [])])
@pytest.mark.parametrize("view", [View(), View(state="overdue", sort="-progress", page=2)])
def test_five_statements_whatever_the_size(crowd: Crowd, engine: Engine, size: int, view: View) -> None:
    mixed(crowd, size)
    with counted(engine) as seen:
        crowd.report(view)
    assert len(seen) == 5


def test_a_file_takes_one_statement_a_block_beside_its_own(crowd: Crowd, engine: Engine) -> None:
    mixed(crowd, 120)
    with counted(engine) as seen:
        assert len(crowd.file(View())) == 120
    assert len(seen) == 3 + -(-120 // FILE_PAGE_SIZE)


def test_another_cohorts_learners_never_stand_in_the_report(crowd: Crowd, session: Session, cast: Cast) -> None:
    crowd.add("Aoife")
    names = {row.name for row in build(session, cast.winter.id, view=View(), at=AT).rows}
    assert names == {cast.winter_learner.name}
