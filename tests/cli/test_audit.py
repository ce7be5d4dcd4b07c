"""``trainer audit``: a head to keep elsewhere, and a check that meets it. And letters from the command line."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_cohorts import Run, run
from trainer.demo.seed import SECOND

__all__ = ["run"]  # the fixture


@pytest.fixture
def changed(run: Run, tmp_path: Path) -> Path:
    """A list was imported into a cohort of the demo; the file of its database."""
    people = tmp_path / "people.csv"
    people.write_text("Name,Email,Staff id\nÓrla Nic Eoin,orla@new.example,\nTomasz,,10517\n", encoding="utf-8")
    listed = run("cohorts", "list").output.split()
    assert run("cohorts", "import-roster", listed[0], listed[1], str(people), "--apply").exit_code == 0
    return tmp_path / "instance" / "alongside.sqlite"


def kept_head(run: Run, tmp_path: Path) -> Path:
    file = tmp_path / "heads.txt"
    file.write_text(run("audit", "head").output, encoding="utf-8")
    return file


def execute(file: Path, statement: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    connection.close()


def test_an_import_is_one_line_for_the_list_and_one_for_the_letters(run: Run, changed: Path, tmp_path: Path) -> None:
    lines = kept_head(run, tmp_path).read_text(encoding="utf-8").splitlines()
    line = next(one for one in lines if one.startswith(SECOND[0]))  # the first of the list, by name
    slug, number, digest = line.split()
    assert (number, len(digest)) == ("2", 64)
    assert slug


def test_a_whole_log_says_what_it_cannot_see_without_a_head(run: Run, changed: Path, tmp_path: Path) -> None:
    alone = run("audit", "verify")
    assert alone.exit_code == 0
    assert "Without --heads" in alone.output
    kept = run("audit", "verify", "--heads", str(kept_head(run, tmp_path)))
    assert kept.exit_code == 0
    assert "3 rows, 2 heads met: nothing was changed." in kept.output
    assert "Without" not in kept.output


def test_a_changed_row_and_a_cut_tail_are_found(run: Run, changed: Path, tmp_path: Path) -> None:
    heads = kept_head(run, tmp_path)
    execute(changed, "DELETE FROM audit_event WHERE number = 2")
    assert run("audit", "verify").exit_code == 0
    cut = run("audit", "verify", "--heads", str(heads))
    assert cut.exit_code == 1
    assert "the end was cut off" in cut.output
    execute(changed, "UPDATE audit_event SET detail = '{}' WHERE number = 1")
    found = run("audit", "verify")
    assert found.exit_code == 1
    assert "row 1: this row was changed" in found.output


@pytest.mark.parametrize("text", ["no head", None])
def test_a_file_that_holds_no_heads_is_refused(run: Run, changed: Path, tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "odd.txt"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert run("audit", "verify", "--heads", str(file)).exit_code == 2


def test_letters_of_an_imported_list_leave_by_command_and_once(run: Run, changed: Path, tmp_path: Path) -> None:
    assert "1 letters sent." in run("cohorts", "send-invitations").output
    assert "0 letters sent." in run("cohorts", "send-invitations").output
    (letter,) = (tmp_path / "instance" / "mail").glob("*")
    assert b"orla@new.example" in letter.read_bytes()
