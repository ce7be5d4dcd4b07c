"""``trainer counters``: what is exact, what was changed by hand, and the way back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_cohorts import Run, run

__all__ = ["run"]  # the fixture


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE learner_count SET completed_count = completed_count + 1 WHERE cohort_id = 1", "counters of learners"),
        ("DELETE FROM learner_count WHERE cohort_id = 1", "counters of learners"),
        ("UPDATE learner_count SET name_key = 'zzz' WHERE cohort_id = 1", "counters of learners"),
        ("UPDATE module_count SET in_progress = in_progress + 1 WHERE cohort_id = 1", "counters of modules"),
        ("DELETE FROM module_count", "counters of modules"),
    ],
)
def test_what_was_changed_by_hand_is_found_and_mended(run: Run, tmp_path: Path, statement: str, line: str) -> None:
    assert run("counters", "check").exit_code == 0
    with sqlite3.connect(tmp_path / "instance" / "alongside.sqlite") as connection:
        assert connection.execute(statement).rowcount
    connection.close()
    found = run("counters", "check")
    assert found.exit_code == 1
    (told,) = [one for one in found.output.splitlines() if line in one]
    assert ", 0 wrong" not in told
    assert "trainer counters rebuild" in found.output
    assert "written anew" in run("counters", "rebuild").output
    assert run("counters", "check").exit_code == 0
