"""``trainer cohorts``: what there is, and bringing a list of people in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.cli.conftest import environment_of
from trainer import __main__
from trainer.config import Settings
from trainer.extensions import database
from trainer.factory import create_app

Run = Callable[..., Result]


@pytest.fixture
def run(demo_files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command over the demo’s two organisations; connections are closed afterwards."""
    shutil.copytree(demo_files, tmp_path / "instance")
    apps: list[Flask] = []

    def remembered(settings: Settings) -> Flask:
        apps.append(create_app(settings))
        return apps[-1]

    monkeypatch.setattr(__main__, "create_app", remembered)
    environment = environment_of(tmp_path / "instance")

    def command(*arguments: str) -> Result:
        result = CliRunner(env=environment).invoke(__main__.main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    yield command
    for app in apps:
        with app.app_context():
            database.engine.dispose()


@pytest.fixture
def first(run: Run) -> tuple[str, str]:
    """The names by which other commands know the first cohort."""
    found = json.loads(run("cohorts", "list", "--format", "json").output)[0]
    return found["organisation"], found["cohort"]


def test_cohorts_are_listed_with_their_organisation(run: Run, first: tuple[str, str]) -> None:
    found = json.loads(run("cohorts", "list", "--format", "json").output)
    assert set(found[0]) == {"organisation", "cohort", "organisation_name", "name"}
    assert len({one["organisation"] for one in found}) == 2
    assert " ".join(first) in run("cohorts", "list").output


def test_a_list_is_looked_at_first_and_applied_when_told(run: Run, first: tuple[str, str], tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Name,Email\nBen Brady,ben@quay.example\n", encoding="utf-8")
    looked = json.loads(run("cohorts", "import-roster", *first, str(file), "--format", "json").output)
    assert (looked["counts"]["invite"], looked["applied"], looked["problems"]) == (1, False, [])
    assert looked["lines"][0] == {
        "line": 2,
        "name": "Ben Brady",
        "email": "ben@quay.example",
        "staff_id": None,
        "fate": "invite",
        "adds_staff_id": False,
    }
    done = run("cohorts", "import-roster", *first, str(file), "--apply")
    assert done.exit_code == 0
    assert "Applied." in done.output
    again = json.loads(run("cohorts", "import-roster", *first, str(file), "--apply", "--format", "json").output)
    assert (again["counts"]["unchanged"], again["counts"]["invite"]) == (1, 0)


def test_problems_are_named_and_nothing_is_applied(run: Run, first: tuple[str, str], tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Name,Email\nBen Brady,ben@quay.example\nCara,nowhere\n", encoding="utf-8")
    result = run("cohorts", "import-roster", *first, str(file), "--apply")
    assert result.exit_code == 1
    assert f"{file}:3: Email: “nowhere” is no e-mail address." in result.output
    assert "nothing was changed" in result.output
    looked = json.loads(run("cohorts", "import-roster", *first, str(file), "--format", "json").output)
    assert looked["problems"][0] | {"message": "", "remedy": ""} == {
        "line": 3,
        "column": "Email",
        "message": "",
        "remedy": "",
    }
    assert looked["counts"]["invite"] == 1


@pytest.mark.parametrize(
    ("organisation", "cohort", "file"), [("no-such-place", "x", "people.csv"), ("", "", "no-such-file.csv")]
)
def test_what_cannot_run_exits_with_2(
    run: Run, first: tuple[str, str], tmp_path: Path, organisation: str, cohort: str, file: str
) -> None:
    (tmp_path / "people.csv").write_text("Name,Email\nBen,ben@quay.example\n", encoding="utf-8")
    result = run("cohorts", "import-roster", organisation or first[0], cohort or first[1], str(tmp_path / file))
    assert result.exit_code == 2
