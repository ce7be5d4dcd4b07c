"""The commands that run the service: what they do, what they print, and how they refuse."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.conftest import NOTEBOOK_KEY
from tests.samples import TREE
from trainer import __main__
from trainer.cli import service
from trainer.cli.service import Server
from trainer.config import Settings
from trainer.demo.cast import CAST, DEMO_PASSWORD
from trainer.extensions import database
from trainer.factory import create_app

Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the embedded database will be."""
    return tmp_path / "instance" / "alongside.sqlite"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command in an environment of its own; connections are closed afterwards."""
    apps: list[Flask] = []

    def remembered(settings: Settings) -> Flask:
        apps.append(create_app(settings))
        return apps[-1]

    monkeypatch.setattr(__main__, "create_app", remembered)
    base = {
        "TRAINER_DEMO": "1",
        "TRAINER_INSTANCE_PATH": str(tmp_path / "instance"),
        "TRAINER_CONTENT_PATH": str(TREE),
    }

    def command(*arguments: str, **environment: str) -> Result:
        result = CliRunner(env={**base, **environment}).invoke(__main__.main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    yield command
    for app in apps:
        with app.app_context():
            database.engine.dispose()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Server]:
    """The servers that would have been run."""
    found: list[Server] = []
    monkeypatch.setattr(Server, "run", lambda server: found.append(server))
    return found


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def numbers(file: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def count(file: Path, table: str) -> int:
    return int(str(numbers(file, f"SELECT count(*) FROM {table}")[0][0]))


def test_migrate_makes_the_database_and_says_so_once(run: Run, file: Path) -> None:
    first = run("migrate")
    assert first.exit_code == 0
    assert "The database is migrated." in first.output
    assert "4 module revisions stored." in first.output
    second = run("migrate")
    assert second.exit_code == 0
    assert second.output == "The database is up to date.\n"
    assert count(file, "module_revision") == 4
    assert count(file, "person") == 0  # real people come later; demo people only on request


def test_demo_prints_whom_to_look_around_as_and_can_be_repeated(run: Run, file: Path) -> None:
    first = run("demo")
    assert first.exit_code == 0
    assert all(member.email in first.output for member in CAST)
    assert DEMO_PASSWORD in first.output
    people = count(file, "person")
    assert people > len(CAST)
    assert run("demo").exit_code == 0
    assert count(file, "person") == people


@pytest.mark.parametrize("arguments", [(), ("--learners", "5")])
def test_demo_data_never_mixes_with_real_people(run: Run, file: Path, arguments: tuple[str, ...]) -> None:
    refused = run("demo", *arguments, TRAINER_DEMO="0", TRAINER_SECRET_KEY="k" * 32, TRAINER_NOTEBOOK_KEYS=NOTEBOOK_KEY)
    assert refused.exit_code == 2
    assert "TRAINER_DEMO=1" in refused.output
    assert not file.exists()


def test_synthetic_learners_come_in_the_number_asked_for(run: Run, file: Path) -> None:
    result = run("demo", "--learners", "12", "--organisations", "2", "--modules", "4")
    assert result.exit_code == 0
    assert "12 learners, 2 cohorts, " in result.output
    assert numbers(file, "SELECT count(*) FROM person WHERE email LIKE 'learner-%'") == [(12,)]


def test_a_second_helping_of_synthetic_learners_is_refused(run: Run, file: Path) -> None:
    assert run("demo", "--learners", "3").exit_code == 0
    before = count(file, "person")
    refused = run("demo", "--learners", "3")
    assert refused.exit_code == 2
    assert "Traceback" not in refused.output
    assert "DATABASE_URL" in refused.output
    assert count(file, "person") == before


def test_recompute_mends_a_projection_that_was_lost(run: Run, file: Path) -> None:
    run("demo")
    statement = "SELECT * FROM module_state ORDER BY person_id, module_id"
    before = numbers(file, statement)
    connection = sqlite3.connect(file)
    connection.execute("DELETE FROM module_state WHERE person_id % 2 = 0")
    connection.execute("UPDATE module_state SET state = 'in_progress', best_points = 1")
    connection.commit()
    connection.close()
    result = run("learning", "recompute")
    assert result.output == f"{len(before)} module states rebuilt.\n"
    assert numbers(file, statement) == before


def test_serve_prepares_everything_and_then_serves(run: Run, file: Path, served: list[Server], free_port: int) -> None:
    result = run("serve", PORT=str(free_port), TRAINER_THREADS="3")
    assert result.exit_code == 0, result.output
    assert f"http://127.0.0.1:{free_port}" in result.output
    assert "serves 4 modules" in result.output
    assert "psw@demo.example" in result.output
    assert count(file, "person") > 0
    [server] = served
    assert server.cfg.address == [("127.0.0.1", free_port)]
    assert (server.cfg.worker_class_str, server.cfg.workers, server.cfg.threads) == ("gthread", 1, 3)
    assert server.cfg.accesslog is None  # what somebody reads is written down nowhere
    assert server.load() is server.load()


def test_outside_demo_mode_serve_makes_and_prints_no_account(
    run: Run, file: Path, served: list[Server], free_port: int
) -> None:
    result = run(
        "serve", PORT=str(free_port), TRAINER_DEMO="0", TRAINER_SECRET_KEY="k" * 32, TRAINER_NOTEBOOK_KEYS=NOTEBOOK_KEY
    )
    assert result.exit_code == 0, result.output
    assert len(served) == 1
    assert count(file, "person") == 0
    assert DEMO_PASSWORD not in result.output
    assert "demo.example" not in result.output


def test_a_taken_port_is_one_sentence_and_nothing_is_started(run: Run, file: Path, served: list[Server]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("serve", PORT=str(port))
    assert result.exit_code == 2
    assert f"port {port}" in result.output
    assert "PORT=8001 make run" in result.output
    assert "Traceback" not in result.output
    assert not file.exists()
    assert served == []


def test_bad_settings_are_one_sentence(run: Run, served: list[Server]) -> None:
    result = run("serve", TRAINER_THREADS="many")
    assert result.exit_code == 2
    assert "TRAINER_THREADS" in result.output
    assert served == []


def test_broken_content_is_not_served(run: Run, served: list[Server], tmp_path: Path, free_port: int) -> None:
    (tmp_path / "broken").mkdir()
    result = run("serve", TRAINER_CONTENT_PATH=str(tmp_path / "broken"), PORT=str(free_port))
    assert result.exit_code == 2
    assert "trainer content check" in result.output
    assert served == []


def test_a_database_address_that_cannot_be_read_is_one_sentence(run: Run) -> None:
    result = run("migrate", DATABASE_URL="mysql://somewhere/else")
    assert result.exit_code == 2
    assert "DATABASE_URL" in result.output


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_port_is_free_again_once_its_user_has_gone(host: str) -> None:
    with socket.socket() as other:
        other.bind((host, 0))
        other.listen()
        settings = Settings(demo=True, host=host, PORT=other.getsockname()[1])
        with pytest.raises(service.PortTaken):
            service.check_port(settings)
    service.check_port(settings)


def test_work_freezes_the_week_and_sends_invitations(run: Run, file: Path, tmp_path: Path) -> None:
    run("demo")
    people = tmp_path / "people.csv"
    people.write_text("NAME,EMAIL\nAoibhinn Ní Dhuibhir,aoibhinn@new.example\n", encoding="utf-8")
    [first, *_] = json.loads(run("cohorts", "list", "--format", "json").output)
    run("cohorts", "import-roster", first["organisation"], first["cohort"], str(people), "--apply")
    with sqlite3.connect(file) as database:
        database.execute("DELETE FROM weekly_figures")
    database.close()
    assert run("work", "--once").output == "1 letter taken in hand.\n"
    assert count(file, "weekly_figures") > 0


def test_work_sends_what_is_due_and_says_how_much(run: Run, file: Path) -> None:
    run("demo")
    assert run("work", "--once").output == "0 letters taken in hand.\n"
    with sqlite3.connect(file) as database:
        database.execute(
            "INSERT INTO outgoing_mail (person_id, kind, subject, body, created_at, not_before, tries) "
            "SELECT id, 'reminder.own', 'Tea', 'At ten.', '2026-01-01', '2026-01-01 00:00:00.000000', 0 "
            "FROM person WHERE email IS NOT NULL LIMIT 1"
        )
    database.close()
    assert run("work", "--once").output == "1 letter taken in hand.\n"
    (letter,) = (file.parent / "mail").iterdir()
    assert "At ten." in letter.read_text()
