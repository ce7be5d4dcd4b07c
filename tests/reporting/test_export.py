"""The file: what a spreadsheet finds in it, and what it must never run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest

from trainer.learning.progress import State
from trainer.reporting.cohort_progress import Cell, Row
from trainer.reporting.export import cohort_progress_csv
from trainer.reporting.hand import Reason
from trainer.reporting.views import AssignedModule
from trainer.tables import BLOCK_CHARACTERS, safe_cell

MODULES = (AssignedModule("L1", date(2026, 11, 20), None), AssignedModule("gone", None, None))
TITLES = {"L1": "Why words matter"}
LATE_AT_NIGHT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # 1 July in Ireland
DONE = Cell(State.COMPLETED, False, LATE_AT_NIGHT, 88, 2)
NOT_STARTED = Cell(State.NOT_STARTED, True, None, None, 0, (Reason.OVERDUE,))


def learner(name: str = "Aoife", email: str = "a@x.example") -> Row:
    return Row(name, email, 1, (DONE, NOT_STARTED))


def file_of(rows: Iterable[Row]) -> str:
    return "".join(cohort_progress_csv(MODULES, rows, TITLES))


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_headers_carry_codes_that_never_change() -> None:
    assert read(file_of([]))[0] == [
        "Learner (NAME)",
        "E-mail (EMAIL)",
        "Completed modules (COMPLETED_COUNT)",
        "Assigned modules (ASSIGNED_COUNT)",
        "L1 Why words matter: state (L1_STATE)",
        "L1 Why words matter: completed on (L1_COMPLETED_ON)",
        "L1 Why words matter: best score % (L1_BEST_PERCENT)",
        "L1 Why words matter: attempts (L1_ATTEMPTS)",
        "L1 Why words matter: overdue (L1_OVERDUE)",
        "L1 Why words matter: assessed (L1_ASSESSED)",
        "gone: state (gone_STATE)",
        "gone: completed on (gone_COMPLETED_ON)",
        "gone: best score % (gone_BEST_PERCENT)",
        "gone: attempts (gone_ATTEMPTS)",
        "gone: overdue (gone_OVERDUE)",
        "gone: assessed (gone_ASSESSED)",
        "Perhaps a word about (HAND)",
    ]


def test_a_row_has_irelands_day_and_nothing_where_nothing_is() -> None:
    first = ["completed", "2026-07-01", "88", "2", "no", "no"]
    second = ["not_started", "", "", "0", "yes", "no"]
    assert read(file_of([learner()]))[1] == ["Aoife", "a@x.example", "1", "2", *first, *second, "gone: overdue"]


def test_utf_8_with_a_mark_and_line_ends_that_excel_knows() -> None:
    data = file_of([learner("Éamonn Ó Súilleabháin")]).encode()
    assert data.startswith(b"\xef\xbb\xbfLearner (NAME),")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    assert "Éamonn Ó Súilleabháin".encode() in data


@pytest.mark.parametrize("name", ['Quote "Q"', "Comma, Name", "Two\nlines", "a;b", "", "𝒜 ó", "-"])
def test_any_name_comes_back_whole(name: str) -> None:
    assert read(file_of([learner(name)]))[1][0].removeprefix("'") == name


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_only_text(start: str) -> None:
    formula = f'{start}HYPERLINK("http://evil.example")'
    row = read(file_of([learner(name=formula, email=formula)]))[1]
    assert row[:2] == ["'" + formula, "'" + formula]


def test_numbers_and_ordinary_text_stay_as_they_are() -> None:
    assert [safe_cell(value) for value in (-5, 0, "a=b", "1-2", "", "O'Brien")] == [-5, 0, "a=b", "1-2", "", "O'Brien"]


def test_a_title_is_no_formula_either() -> None:
    risky = AssignedModule("=1+1", None, None)
    header = read("".join(cohort_progress_csv((risky,), [], {})))[0]
    assert header[4] == "'=1+1: state (=1+1_STATE)"


def test_a_long_file_is_handed_out_in_blocks_while_it_is_read() -> None:
    taken = 0

    def rows() -> Iterable[Row]:
        nonlocal taken
        for number in range(2_000):
            taken += 1
            yield learner(f"Learner {number}")

    blocks = cohort_progress_csv(MODULES, rows(), TITLES)
    first = next(iter(blocks))
    assert taken < 500
    rest = list(blocks)
    assert max(map(len, rest)) < 2 * BLOCK_CHARACTERS
    assert [row[0] for row in read(first + "".join(rest))[1:]] == [f"Learner {number}" for number in range(2_000)]
