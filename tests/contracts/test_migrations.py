"""Models equal migrations, on both databases and in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from tests.databases import PostgresSource, SqliteSource, open_engine
from trainer.db import Base
from trainer.schema import downgrade_schema, migration_config, migrations_folder, upgrade_schema


@pytest.mark.any_database
def test_the_migrations_make_exactly_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.any_database
def test_each_migration_goes_up_down_and_up_again(
    engine: Engine, source: SqliteSource | PostgresSource, database_url: str
) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM person"))
    script = ScriptDirectory.from_config(migration_config())
    for revision in script.walk_revisions():
        downgrade_schema(engine, revision.down_revision or "base")
        assert upgrade_schema(engine, revision.revision)
        downgrade_schema(engine, revision.down_revision or "base")
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    assert upgrade_schema(engine)
    assert not upgrade_schema(engine)


def revision_files() -> Iterator[Path]:
    yield from (migrations_folder() / "versions").glob("*.py")


def test_migrations_are_dated_and_import_nothing_of_ours() -> None:
    for path in revision_files():
        assert path.name[:8].isdigit(), path.name
        assert "import trainer" not in path.read_text(encoding="utf-8")
        assert "from trainer" not in path.read_text(encoding="utf-8")


@pytest.mark.any_database
def test_a_second_start_changes_nothing(database_url: str) -> None:
    engine = open_engine(database_url)
    assert upgrade_schema(engine) is False
    engine.dispose()


@pytest.mark.any_database
def test_checks_keys_and_partial_indexes_are_those_of_the_models(
    engine: Engine, source: SqliteSource | PostgresSource
) -> None:
    """What the comparison above cannot see: both schemas described by the database itself."""
    with source.empty() as url:
        fresh = open_engine(url)
        Base.metadata.create_all(fresh)
        expected = described(fresh)
        fresh.dispose()
    assert described(engine) == expected


def described(engine: Engine) -> dict[str, object]:
    inspector = inspect(engine)
    return {
        table: {
            "columns": sorted((str(c["name"]), str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)),
            "checks": sorted((str(c["name"]), c["sqltext"]) for c in inspector.get_check_constraints(table)),
            "unique": sorted(str(c["name"]) for c in inspector.get_unique_constraints(table)),
            "foreign": sorted(str(c["name"]) for c in inspector.get_foreign_keys(table)),
            "primary": inspector.get_pk_constraint(table)["name"],
            "indexes": sorted(
                (str(c["name"]), str(c["column_names"]), str(c["unique"]), conditions(c.get("dialect_options")))
                for c in inspector.get_indexes(table)
            ),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def conditions(options: dict[str, object] | None) -> str:
    return ", ".join(f"{name}={value}" for name, value in sorted((options or {}).items()))
