"""The stage: databases, the app, the cast, and somebody to go through the door.

``@pytest.mark.any_database`` runs a test on SQLite and on PostgreSQL. Where PostgreSQL or a browser
is missing, tests are skipped and the summary says so loudly; in CI they fail.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.cast import Cast, Someone
from tests.databases import BOTH, PostgresSource, SqliteSource, counted, open_engine
from tests.door import sign_in
from tests.postgres import NoPostgres, postgres
from tests.samples import AT, sample_catalogue
from trainer.config import Settings
from trainer.courseware.catalogue import Catalogue
from trainer.db import begin_writing
from trainer.extensions import database
from trainer.factory import create_app
from trainer.web.mailing import wait_until_sent

NOT_TESTED = "NOT TESTED: "
IS_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
NOTEBOOK_KEY = "QSBub3RlYm9vayBrZXkgb25seSBmb3IgdGVzdHMuIC4="  # 32 bytes
HAS_TIME = bool(os.environ.get("TRAINER_LONG_TESTS"))

# The short run asks the same questions every time; the long run asks new and more ones.
hypothesis.settings.register_profile("short", deadline=None, derandomize=True, database=None, max_examples=60)
hypothesis.settings.register_profile("long", deadline=None, max_examples=1_000)
hypothesis.settings.load_profile("long" if HAS_TIME else "short")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "any_database: run on SQLite and on PostgreSQL")
    config.addinivalue_line("markers", "browser: needs chromium")
    for name in list(os.environ):
        # The tests decide how the app runs, not the shell they were started from.
        if (name.startswith("TRAINER_") and name != "TRAINER_LONG_TESTS") or name in ("DATABASE_URL", "PORT"):
            del os.environ[name]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("any_database") and "database_url" in metafunc.fixturenames:
        metafunc.parametrize("database_url", BOTH, indirect=True)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reasons = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(reasons):
        if NOT_TESTED in reason:
            terminalreporter.write_line(reason.removeprefix("Skipped: "), red=True, bold=True)


def not_tested(what: str, why: str) -> None:
    """Skip with a line in the summary; in CI, fail."""
    words = f"{NOT_TESTED}{what} ({why})"
    if IS_CI:
        pytest.fail(words, pytrace=False)
    pytest.skip(words)


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once() -> Iterator[None]:
    """Werkzeug writes two functions for each address of each app: half of what making an app takes.

    Thousands of apps with one map need them once. They hold nothing of an app but its converters, which are in the key.
    """
    compiled: dict[tuple[object, ...], Any] = {}
    original = Rule._compile_builder

    def remembered(rule: Rule, append_unknown: bool = True) -> Any:
        converters = tuple((name, type(one)) for name, one in rule._converters.items())
        key = (rule.rule, rule.host, rule.subdomain, append_unknown, repr(rule.defaults), converters)
        if key not in compiled:
            compiled[key] = original(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", remembered)
        yield


@pytest.fixture(scope="session")
def sqlite_source(tmp_path_factory: pytest.TempPathFactory) -> SqliteSource:
    """A migrated SQLite file with the cast."""
    return SqliteSource(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_or_why() -> Iterator[PostgresSource | str]:
    """A PostgreSQL with the cast in a template database, or why there is none."""
    with contextlib.ExitStack() as stack:
        try:
            address = stack.enter_context(postgres())
        except NoPostgres as problem:
            yield str(problem)
        else:
            yield PostgresSource(address)


@pytest.fixture
def postgres_source(postgres_or_why: PostgresSource | str) -> PostgresSource:
    """PostgreSQL, or a skip that the summary names."""
    if isinstance(postgres_or_why, str):
        not_tested("PostgreSQL", postgres_or_why)
    assert isinstance(postgres_or_why, PostgresSource)
    return postgres_or_why


@pytest.fixture
def source(request: pytest.FixtureRequest) -> SqliteSource | PostgresSource:
    """Where this test's database is copied from."""
    kind = request.node.callspec.params.get("database_url") if hasattr(request.node, "callspec") else None
    found: SqliteSource | PostgresSource = request.getfixturevalue(
        "postgres_source" if kind == "postgresql" else "sqlite_source"
    )
    return found


@pytest.fixture
def database_url(source: SqliteSource | PostgresSource) -> Iterator[str]:
    """The address of a fresh database with the cast, and nothing learned yet."""
    with source.copy() as url:
        yield url


@pytest.fixture
def cast(source: SqliteSource | PostgresSource) -> Cast:
    """Who is who in this test's database."""
    return source.cast


@pytest.fixture
def catalogue() -> Catalogue:
    """The sample curriculum."""
    return sample_catalogue()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on this test's database, without the app."""
    found = open_engine(database_url)
    yield found
    found.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session that may write; nothing is committed unless the test does."""
    with Session(engine) as found:
        begin_writing(found)
        yield found


class Clock:
    """The time that the doors read: it stands still until a test moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self.at += by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Monday 23 November 2026, 10:00."""
    found = Clock(AT)
    for reader in ("trainer.web.identity", "trainer.upkeep", "trainer.api.lens", "trainer.api.gate"):
        monkeypatch.setattr(f"{reader}.now", found)
    return found


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """How the app under test runs: like a real one, not like the demo."""
    return Settings(
        secret_key=SecretStr("a key that is only ever used by tests"),
        notebook_keys=SecretStr(NOTEBOOK_KEY),
        database_url=database_url,
        instance_path=tmp_path / "instance",
        base_url="http://localhost",
    )


@contextlib.contextmanager
def running(settings: Settings, catalogue: Catalogue) -> Iterator[Flask]:
    """An app for as long as the block lasts; every connection is closed afterwards."""
    app = create_app(settings, catalogue=catalogue)
    try:
        yield app
    finally:
        wait_until_sent()
        with app.app_context():
            database.engine.dispose()


@pytest.fixture
def app(settings: Settings, catalogue: Catalogue, clock: Clock) -> Iterator[Flask]:
    """The whole app on this test's database, with CSRF protection on."""
    with running(settings, catalogue) as found:
        yield found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()


@pytest.fixture
def client_for(app: Flask, clock: Clock) -> Callable[[Someone], FlaskClient]:
    """A browser in which somebody is signed in."""

    def browser(person: Someone) -> FlaskClient:
        found = app.test_client()
        sign_in(found, person, at=clock.at)
        return found

    return browser


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL that runs while the test does; clear it before what is to be counted."""
    with app.app_context():
        engine = database.engine
    with counted(engine) as seen:
        yield seen
