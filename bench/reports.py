"""Part C: a cohort's report, its file, the organisation's figures and a list of people, in a large service.

``python -m bench.reports --learners 1000000 --organisations 10`` is the million; ``--database-url`` another database,
which must be empty. Every figure of the app stands beside its floor: the same rows by the driver alone, in one run.
"""

from __future__ import annotations

import argparse
import base64
import csv
import http.client
import io
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import text

from bench.figures import number, print_table
from bench.server import Serving, free_port, serving
from bench.stage import KEY, Browser, browser_of, environment_of
from bench.tree import write_tree
from bench.wire import HOST
from trainer.accounts.actor import Actor
from trainer.accounts.queries import find_actor_by_email
from trainer.accounts.services import open_session
from trainer.clock import now
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.roster.applying import apply_roster
from trainer.cohorts.roster.planning import plan_roster
from trainer.cohorts.roster.reading import parse_roster
from trainer.config import Settings, settings_from
from trainer.extensions import database, reading, writing
from trainer.factory import create_app

PLACE = "/organisations/bench-1/"
REPORT = f"{PLACE}cohorts/bench/report"
PAGE, FILE = f"{REPORT}?sort=progress", f"{REPORT}.csv?sort=progress"
WARM_UP, PAGES, FILES = 10, 40, 5
ROSTER = 10_000
STATES = "SELECT module_id, state, completed_at, best_points, best_possible, attempt_count FROM module_state"
LEARNERS = (
    "SELECT person.id, person.name, person.email FROM enrolment JOIN person ON person.id = enrolment.person_id"
    " WHERE enrolment.cohort_id = :cohort AND enrolment.state = 'active'"
)
EVERYTHING = (
    "SELECT person.name, person.email, s.module_id, s.state, s.completed_at, s.best_points, s.best_possible,"
    " s.attempt_count FROM enrolment JOIN person ON person.id = enrolment.person_id"
    " LEFT JOIN module_state s ON s.person_id = person.id"
    " WHERE enrolment.cohort_id = :cohort AND enrolment.state = 'active' ORDER BY person.name_key, person.id"
)


@dataclass(frozen=True, slots=True)
class Service:
    """A large service, and its trainer's browser."""

    app: Flask
    settings: Settings
    trainer: Browser
    cohort_id: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came, how soon, and how much memory the server took for it. Seconds and megabytes."""

    status: int
    first: float
    whole: float
    size: int
    more: float


def run_reports(folder: Path, *, learners: int, organisations: int, address: str | None = None) -> list[str]:
    """Make the service, measure, print; returns what was wrong."""
    settings = _settings(folder, address)
    made, frozen = _prepare(settings, learners, organisations)
    service = _open(settings)
    environment = environment_of(settings)
    with serving(["trainer", "serve"], environment, port=settings.port, first="/healthz", log=folder / "c.log") as ours:
        memory = ours.memory_megabytes()
        pages = _fetch_often(ours, service, PAGE, PAGES)
        cpu = _cpu_of(ours, service, PAGE)
        figures = _fetch_often(ours, service, PLACE, PAGES)
        files = _fetch_often(ours, service, FILE, FILES)
    with service.app.app_context():
        floors = _floors(service.cohort_id)
        imported = _import_people(service)
        database.engine.dispose()
    size = sum(file.stat().st_size for file in folder.glob("large.sqlite*")) / 1e6
    kind = "SQLite" if address is None else settings.database_url.partition(":")[0]
    rows = [
        [
            "report, first page by progress",
            _ms(pages),
            number(cpu),
            _floor(floors["page"]),
            _ratio(pages, floors["page"]),
        ],
        ["whole CSV", _ms(files), "", _floor(floors["file"]), _ratio(files, floors["file"])],
        ["CSV, first byte", number(median(one.first for one in files) * 1000), "", "", ""],
        ["organisation's figures", _ms(figures), "", "", ""],
        [
            f"import of {ROSTER:,}",
            number(imported * 1000),
            "",
            _floor(floors["import"]),
            number(imported / floors["import"]),
        ],
    ]
    heading = f"C. {learners:,} learners in {organisations} organisations, cohorts of at most 10,000, {kind}"
    print_table(heading, ("", "wall ms", "server CPU ms", "floor ms", "ratio"), rows)
    more = max(one.more for one in files)
    print(
        f"\nMade in {made[0]:.0f} s, at most {made[1]:.0f} MB; figures frozen in {frozen[0]:.1f} s, {frozen[1]:.0f} MB."
    )
    print(f"Server {memory:.0f} MB, at most {more:.1f} MB more while a file is sent; disk {size:,.0f} MB.")
    wrong = sorted({one.status for one in (*pages, *figures, *files)} - {200})
    return [f"C: {status} instead of a page" for status in wrong]


def _settings(folder: Path, address: str | None) -> Settings:
    port = free_port()
    return settings_from(
        {
            "demo": True,
            "secret_key": KEY,
            "notebook_keys": base64.b64encode(secrets.token_bytes(32)).decode(),
            "database_url": address or f"sqlite:///{folder / 'large.sqlite'}",
            "instance_path": folder,
            "content_path": write_tree(folder / "content-c"),
            "base_url": f"http://{HOST}:{port}",
            "port": port,
            "workers": 1,
        }
    )


def _prepare(settings: Settings, learners: int, organisations: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Make the learners and freeze the week's figures: seconds and the most memory of each."""
    size = ["--learners", str(learners), "--organisations", str(organisations)]
    return _run(settings, ["demo", *size]), _run(settings, ["work", "--once"])


def _run(settings: Settings, command: list[str]) -> tuple[float, float]:
    began = time.perf_counter()
    environment = {**environment_of(settings), "TRAINER_DEMO": "1", "PATH": "/usr/bin:/bin"}
    process = subprocess.Popen([sys.executable, "-m", "trainer", *command], env=environment, stdout=subprocess.DEVNULL)
    most = 0.0
    while process.poll() is None:
        most = max(most, Serving(process.pid, 0, 0).memory_megabytes())
        time.sleep(0.1)
    if process.returncode:
        raise RuntimeError(f"trainer {' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - began, most


def _open(settings: Settings) -> Service:
    app = create_app(settings)
    with app.app_context():
        with writing() as session:
            actor = find_actor_by_email(session, "trainer@bench-1.example")
            assert actor is not None  # the demo made them
            # Only managers see the organisation's figures, and only trainers of a cohort its report: this one is both.
            session.execute(
                text("UPDATE membership SET role = 'manager' WHERE person_id = :id"), {"id": actor.person_id}
            )
            opened = open_session(session, person_id=actor.person_id, device="bench", is_remembered=False, at=now())
            cohort = cohort_for(session, Actor.system(), "bench-1", "bench", to=Permission.MANAGE)
        database.engine.dispose()
    return Service(app, settings, browser_of(app, actor.person_id, opened.token), cohort.id)


def _fetch_often(ours: Serving, service: Service, path: str, count: int) -> list[Fetched]:
    for _ in range(WARM_UP if count > WARM_UP else 1):
        _fetch(ours, service, path)
    return [_fetch(ours, service, path) for _ in range(count)]


def _cpu_of(ours: Serving, service: Service, path: str) -> float:
    before = ours.cpu_seconds()
    for _ in range(PAGES):
        _fetch(ours, service, path)
    return (ours.cpu_seconds() - before) * 1000 / PAGES


def _fetch(ours: Serving, service: Service, path: str) -> Fetched:
    connection = http.client.HTTPConnection(HOST, ours.port, timeout=120)
    with _watched(ours if path == FILE else None) as most:
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": service.trainer.cookie})
        answer = connection.getresponse()
        size = len(answer.read(1))
        first = time.perf_counter() - began
        size += len(answer.read())
        whole = time.perf_counter() - began
    connection.close()
    return Fetched(answer.status, first, whole, size, most[0])


@contextmanager
def _watched(ours: Serving | None) -> Iterator[list[float]]:
    """How much more memory the server takes meanwhile, looked at again and again."""
    most, over = [0.0], threading.Event()
    before = ours.memory_megabytes() if ours else 0.0

    def watch() -> None:
        while ours and not over.wait(0.02):
            most[0] = max(most[0], ours.memory_megabytes() - before)

    thread = threading.Thread(target=watch)
    thread.start()
    yield most
    over.set()
    thread.join()


def _floors(cohort_id: int) -> dict[str, float]:
    """The same rows by the driver alone, and 10,000 people and enrolments by plain inserts that are taken back."""
    with database.engine.connect() as connection:
        chosen = {"cohort": cohort_id}

        def page() -> None:
            people = connection.execute(text(f"{LEARNERS} LIMIT 50"), chosen).all()
            ids = ", ".join(str(row[0]) for row in people)
            connection.execute(text(f"{STATES} WHERE person_id IN ({ids})")).all()

        def file() -> None:
            csv.writer(io.StringIO()).writerows(connection.execute(text(EVERYTHING), chosen))

        def people() -> None:
            words = "INSERT INTO person (name, name_key, email, email_key, is_active, created_at)"
            values = [
                {"n": f"floor {i}", "e": f"floor{i}@floor.example", "y": True, "at": "2026-11-23 10:00:00"}
                for i in range(ROSTER)
            ]
            connection.execute(text(f"{words} VALUES (:n, :n, :e, :e, :y, :at)"), values)
            connection.rollback()

        return {"page": _seconds(page, 20), "file": _seconds(file, 5), "import": _seconds(people, 3)}


def _seconds(work: Callable[[], Any], count: int) -> float:
    def once() -> float:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return median(once() for _ in range(count))


def _import_people(service: Service) -> float:
    """Reading, planning and applying a list of people whom nobody knows yet, in the second cohort or the first."""
    lines = [f"Person {i},person{i}@import.example,{900_000 + i}" for i in range(ROSTER)]
    data = "\n".join(["NAME,EMAIL,STAFF_ID", *lines]).encode()
    began = time.perf_counter()
    where: dict[str, Any] = {"actor": Actor.system(), "organisation": "bench-1", "cohort": "bench"}
    roster = parse_roster(data)
    with reading() as session:
        target = cohort_for(session, *where.values(), to=Permission.MANAGE)
        digest = plan_roster(session, target, roster).digest
    with writing() as session:
        apply_roster(session, **where, roster=roster, digest=digest, at=now())
    return time.perf_counter() - began


def _ms(found: list[Fetched]) -> str:
    return number(median(one.whole for one in found) * 1000)


def _floor(seconds: float) -> str:
    return number(seconds * 1000)


def _ratio(found: list[Fetched], floor: float) -> str:
    return number(median(one.whole for one in found) / floor)


def main() -> int:
    """Run part C alone."""
    parser = argparse.ArgumentParser(prog="python -m bench.reports", description=__doc__)
    parser.add_argument("--learners", type=int, default=10_000)
    parser.add_argument("--organisations", type=int, default=1)
    parser.add_argument("--database-url", help="an empty database; without it SQLite in a temporary folder")
    parser.add_argument("--folder", type=Path, help="where the database is written; name one on a real disk")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=given.folder) as folder:
        size = {"learners": given.learners, "organisations": given.organisations}
        problems = run_reports(Path(folder), **size, address=given.database_url)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
