"""``trainer report``: what the pages show, for programs; nobody is named without its being written down."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.test_cohorts import Run, first, run
from trainer.cli import report

__all__ = ["first", "run"]  # the fixtures
OURS = ("sli-na-farraige", "autumn-2026")


def as_json(run: Run, *arguments: str) -> dict[str, Any]:
    result = run("report", *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def as_csv(run: Run, *arguments: str) -> list[list[str]]:
    result = run("report", *arguments, "--format", "csv")
    assert result.exit_code == 0, result.output
    return list(csv.reader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"), newline="")))


def said(value: object) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize(
    "arguments",
    [("cohort", *OURS), ("questions", *OURS, "S1"), ("overview", OURS[0])],
    ids=["cohort", "questions", "all"],
)
def test_every_form_has_the_same_rows(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    told, (head, *rows) = as_json(run, *arguments), as_csv(run, *arguments)
    file = tmp_path / "report.xlsx"
    assert run("report", *arguments, "--format", "xlsx", "--output", str(file)).exit_code == 0
    codes = [column["code"] for column in told["columns"]]
    assert [name.rsplit("(", 1)[1].rstrip(")") for name in head] == codes
    assert rows
    assert [[said(row[code]) for code in codes] for row in told["rows"]] == rows
    book = [[said(cell.value) for cell in line] for line in load_workbook(file).worksheets[0].iter_rows()]
    assert book == [head, *rows]


def test_what_is_listed_can_be_reported(run: Run) -> None:
    for one in json.loads(run("cohorts", "list", "--format", "json").output):
        told = as_json(run, "cohort", one["organisation"], one["cohort"])
        assert (told["organisation"], told["cohort"]) == (one["organisation"], one["cohort"])
        assert told["rows"]


def test_taking_a_list_is_written_down_and_a_question_report_is_not(run: Run, tmp_path: Path) -> None:
    as_json(run, "questions", *OURS, "S1")
    as_json(run, "overview", OURS[0])
    with sqlite3.connect(tmp_path / "instance" / "alongside.sqlite") as database:
        assert database.execute("SELECT count(*) FROM record_view").fetchone() == (0,)
        as_json(run, "cohort", *OURS)
        assert database.execute("SELECT viewer_id, person_id FROM record_view").fetchall() == [(None, None)]
        kinds = database.execute("SELECT kind FROM audit_event").fetchall()
    database.close()
    assert ("report.exported",) in kinds


def test_questions_are_counted_and_named_by_id_or_slug(run: Run) -> None:
    told = as_json(run, "questions", *OURS, "S1")
    assert told["rows"] == as_json(run, "questions", *OURS, "kind-words")["rows"]
    assert {"module", "revision", "needed", "as_of"} <= told.keys()
    assert not {"NAME", "EMAIL"} & told["rows"][0].keys()


def test_the_overview_names_nobody(run: Run, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "instance" / "alongside.sqlite") as database:
        names = [name for (name,) in database.execute("SELECT name FROM person")]
    database.close()
    output = run("report", "overview", OURS[0], "--format", "json").output
    assert names
    assert not [name for name in names if name in output]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("cohort", "nowhere", "autumn-2026"), "nowhere"),
        (("cohort", OURS[0], "nowhere"), "nowhere"),
        (("cohort", "lagan-bridge", "spring-2026"), "spring-2026"),
        (("overview", "nowhere"), "nowhere"),
        (("questions", *OURS, "nowhere"), "nowhere"),
        (("questions", *OURS), "Missing argument"),
        (("cohort", *OURS, "--format", "pdf"), "pdf"),
        (("cohort", *OURS, "--output", "/nowhere/at/all.csv"), "cannot be written"),
    ],
)
def test_what_cannot_be_reported_is_a_sentence_and_exit_2(run: Run, arguments: tuple[str, ...], words: str) -> None:
    result = run("report", *arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_file_has_what_standard_output_has(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "progress.csv"
    assert run("report", "cohort", *OURS, "--output", str(file)).exit_code == 0
    assert file.read_bytes() == run("report", "cohort", *OURS).stdout_bytes


def test_a_file_is_whole_or_as_it_was(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    file = folder / "progress.csv"
    file.write_text("last month's")

    def breaks_off(_sheet: object) -> Iterator[str]:
        yield "half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(report, "as_csv", breaks_off)
    result = run("report", "cohort", *OURS, "--output", str(file))
    assert result.exit_code == 2
    assert "cannot be written: No space left on device." in result.output
    assert file.read_text() == "last month's"
    assert list(folder.iterdir()) == [file]


def test_what_could_not_be_written_was_not_taken(run: Run, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "no" / "such" / "folder.csv"):
        assert run("report", "cohort", *OURS, "--output", str(place)).exit_code == 2
    with sqlite3.connect(tmp_path / "instance" / "alongside.sqlite") as database:
        assert database.execute("SELECT count(*) FROM record_view").fetchone() == (0,)
    database.close()


def test_a_workbook_is_not_poured_into_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "is_terminal", lambda: True)
    result = run("report", "cohort", *OURS, "--format", "xlsx")
    assert result.exit_code == 2
    assert "--output" in result.output
    assert run("report", "cohort", *OURS, "--format", "csv").exit_code == 0
    monkeypatch.undo()
    assert run("report", "overview", OURS[0], "--format", "xlsx").stdout_bytes.startswith(b"PK")


@pytest.mark.parametrize("which", ["cohort", "questions", "overview"])
def test_help_says_what_is_asked_for(run: Run, which: str) -> None:
    told = run("report", which, "--help")
    assert told.exit_code == 0
    assert "ORGANISATION" in told.output
    assert "--format [csv|xlsx|json]" in told.output
    assert "--output" in told.output
    assert which in run("report", "--help").output


def test_the_evidence_pack_is_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "pack.pdf"
    result = run("report", "evidence", OURS[0], "--output", str(file))
    assert (result.exit_code, result.output) == (0, f"{file} is written.\n")
    assert file.read_bytes().startswith(b"%PDF-")
    assert run("report", "evidence", "nowhere", "--output", str(file)).exit_code == 2
    assert run("report", "evidence", OURS[0], "--output", str(tmp_path / "no" / "such.pdf")).exit_code == 2
