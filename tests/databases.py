"""Migrated databases with the cast in them, copied afresh for every test."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests.cast import Cast, seed_cast
from tests.postgres import fast_folder
from tests.samples import AT, sample_catalogue
from trainer.db import begin_writing, prepare_engine
from trainer.learning.revisions import publish_revisions
from trainer.schema import upgrade_schema

BOTH = ("sqlite", "postgresql")


def open_engine(url: str) -> Engine:
    """An engine with the house's rules."""
    engine = create_engine(url)
    prepare_engine(engine)
    return engine


def fill(url: str) -> Cast:
    """Migrate, store the sample curriculum's revisions, write the cast."""
    engine = open_engine(url)
    try:
        upgrade_schema(engine)
        with Session(engine) as session:
            begin_writing(session)
            publish_revisions(session, sample_catalogue(), at=AT)
            cast = seed_cast(session, at=AT)
            session.commit()
        if engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return cast
    finally:
        engine.dispose()


class SqliteSource:
    """Copies of one file."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.sqlite"
        self.cast = fill(f"sqlite:///{self.template}")

    @contextlib.contextmanager
    def copy(self) -> Iterator[str]:
        """The address of a fresh copy, removed afterwards."""
        with self.folder() as folder:
            target = folder / "copy.sqlite"
            shutil.copyfile(self.template, target)
            yield f"sqlite:///{target}"

    @contextlib.contextmanager
    def empty(self) -> Iterator[str]:
        """The address of a database without a table, removed afterwards."""
        with self.folder() as folder:
            yield f"sqlite:///{folder / 'empty.sqlite'}"

    @contextlib.contextmanager
    def folder(self) -> Iterator[Path]:
        """A folder for one database, in memory if there is room: tests wait for many commits."""
        with tempfile.TemporaryDirectory(prefix="sqlite-", dir=fast_folder()) as found:
            yield Path(found)


class PostgresSource:
    """Copies of one template database."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.numbers = itertools.count(1)
        self.admin = create_engine(self.of("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self.run("CREATE DATABASE template_with_cast")
        self.cast = fill(self.of("template_with_cast"))

    def of(self, database: str) -> str:
        """The address of a database of this server."""
        return self.address.format(database=database)

    def run(self, statement: str) -> None:
        """Run an administrator's statement."""
        with self.admin.connect() as connection:
            connection.execute(text(statement))

    @contextlib.contextmanager
    def copy(self) -> Iterator[str]:
        """The address of a fresh copy, dropped afterwards."""
        name = f"copy_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE template_with_cast STRATEGY FILE_COPY")
        try:
            yield self.of(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextlib.contextmanager
    def empty(self) -> Iterator[str]:
        """The address of a database without a table, dropped afterwards."""
        name = f"empty_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name}")
        try:
            yield self.of(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements that run on an engine; opening a transaction is not one."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "ROLLBACK", "COMMIT")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
