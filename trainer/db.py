"""The database's ground rules: base class, names, instants, and how SQLite is opened.

SQLite: one writer at a time, declared at the start of the transaction (``BEGIN IMMEDIATE``), so that
a thousand people starting a quiz wait for each other instead of failing; ``synchronous=FULL``, so
that what the page calls saved is on the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import DateTime, Dialect, Engine, MetaData, Table, event, text
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

BUSY_TIMEOUT_MS = 20_000
WRITES = "trainer_writes"


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Only aware values go in; aware UTC values come out, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """SQLite takes text: written in one step, as it is read."""
        return _write_instant if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """SQLite gives text: read in one step, because a long report holds a hundred thousand instants."""
        return _read_instant if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _write_instant(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]  # without +00:00


def _read_instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text + "+00:00")


class Base(DeclarativeBase):
    """The parent of every table; constraints get predictable names for the migrations."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime()}


def prepare_engine(engine: Engine) -> None:
    """Attach the SQLite rules to an engine; PostgreSQL needs none."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        # The driver's own transaction handling is switched off: it begins too late and too weakly.
        connection.isolation_level = None
        # busy_timeout stands first: switching to WAL itself may have to wait for a lock.
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def begin_writing(session: Session) -> None:
    """Start a transaction that may write; on SQLite this waits for the write lock at once."""
    session.rollback()
    session.connection(execution_options={WRITES: True})


def commit_and_go_on(session: Session) -> None:
    """Commit what is done of something long, and start the next transaction that may write."""
    session.commit()
    begin_writing(session)


def table_of(model: type[Base]) -> Table:
    """The table behind a model, for statements on a hot path that need rows and no objects."""
    return cast(Table, model.__table__)


def has_row_locks(session: Session) -> bool:
    """True where SELECT … FOR UPDATE means something; on SQLite the whole write transaction is the lock."""
    return session.get_bind().dialect.name != "sqlite"


def ping(session: Session) -> None:
    """Ask the database for a sign of life. Raises OperationalError if there is none."""
    session.execute(text("SELECT 1"))
