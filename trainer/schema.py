"""Bringing a database to the schema of this release, with Alembic. All of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from trainer.db import WRITES
from trainer.errors import DomainError


class DatabaseUnreachable(DomainError):
    """The database does not answer, or its file cannot be written."""


def migrations_folder() -> Path:
    """The migrations beside the package in a checkout, or inside it when installed."""
    packaged = Path(__file__).parent / "_migrations"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "migrations"


def migration_config() -> Config:
    """Alembic's settings; the connection is handed in by whoever runs a command."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    return config


class BrokenReferences(DomainError):
    """A migration left rows that point at nothing; it was taken back."""


@contextmanager
def changing_tables(engine: Engine) -> Iterator[Connection]:
    """One transaction for changing the schema.

    SQLite changes a table by writing a new one and dropping the old, which its foreign keys would take for deleting
    every row. They are off meanwhile, checked as a whole at the end, and on again afterwards.
    """
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        is_sqlite = engine.dialect.name == "sqlite"
        raw = connection.connection.dbapi_connection
        assert raw is not None
        if is_sqlite:
            raw.cursor().execute("PRAGMA foreign_keys=OFF")  # has no effect once a transaction has begun
        try:
            with connection.begin():
                yield connection
                if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise BrokenReferences("The migration would break references.", "Nothing was changed.")
        finally:
            if is_sqlite:
                raw.cursor().execute("PRAGMA foreign_keys=ON")


def upgrade_schema(engine: Engine, target: str = "head") -> bool:
    """Run the migrations that are missing, in one transaction; True if there were any.

    Raises DatabaseUnreachable with what to check.
    """
    config = migration_config()
    try:
        with changing_tables(engine) as connection:
            before = MigrationContext.configure(connection).get_current_revision()
            if target == "head" and before == ScriptDirectory.from_config(config).get_current_head():
                return False
            config.attributes["connection"] = connection
            command.upgrade(config, target)
    except OperationalError as error:
        raise unreachable(engine, error) from None
    return True


def downgrade_schema(engine: Engine, target: str) -> None:
    """Run migrations backwards; for tests and for an operator who must."""
    config = migration_config()
    with changing_tables(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, target)


def unreachable(engine: Engine, error: OperationalError) -> DatabaseUnreachable:
    """The failure in one sentence, without the password."""
    reason = str(error.orig).strip().splitlines()[0] if error.orig else "no reason given"
    address = engine.url.render_as_string(hide_password=True)
    if engine.dialect.name == "sqlite":
        remedy = "Check that its folder exists, can be written and has room, or name another with DATABASE_URL."
    else:
        remedy = "Check that the server runs and that DATABASE_URL names its host, database, user and password."
    return DatabaseUnreachable(f"The database {address} cannot be used: {reason}.", remedy)
