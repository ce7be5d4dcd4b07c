"""A sheet in its forms: the same rows in each."""

from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from trainer.reporting.sheets import BLOCK_ROWS, Column, Sheet, as_csv, as_json, as_workbook

COLUMNS = (Column("NAME", "Learner"), Column("COUNT", "How many"))
ROWS = [("Éamonn", 3), ("=1+1", None), ('Two\nlines, and “quotes” "too"', 0), ("", 1.5)]


def sheet(rows: list[tuple[object, ...]] = ROWS) -> Sheet:  # type: ignore[assignment]
    return Sheet("sample", COLUMNS, rows)  # type: ignore[arg-type]


def test_csv_keeps_line_breaks_and_runs_no_formula() -> None:
    read = list(csv.reader(io.StringIO("".join(as_csv(sheet())).removeprefix("\ufeff"), newline="")))
    assert read[0] == ["Learner (NAME)", "How many (COUNT)"]
    assert read[1:] == [["Éamonn", "3"], ["'=1+1", ""], [ROWS[2][0], "0"], ["", "1.5"]]


def test_a_workbook_has_the_same_cells_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(as_workbook(sheet())))
    found = list(book.worksheets[0].iter_rows(values_only=True))
    assert found[0] == ("Learner (NAME)", "How many (COUNT)")
    assert found[1:] == ROWS
    assert {cell.data_type for row in book.worksheets[0] for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("size", [0, 1, BLOCK_ROWS, BLOCK_ROWS + 1, 3 * BLOCK_ROWS])
def test_json_is_whole_whatever_its_length(size: int) -> None:
    rows = [(f"Learner {number}", number) for number in range(size)]
    read = json.loads("".join(as_json(sheet(rows), {"cohort": "autumn"})))  # type: ignore[arg-type]
    assert read["report"] == "sample"
    assert read["cohort"] == "autumn"
    assert [column["code"] for column in read["columns"]] == ["NAME", "COUNT"]
    assert [tuple(row.values()) for row in read["rows"]] == rows
