"""One world for each file of security tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.conftest import NOTEBOOK_KEY, Clock, running
from tests.databases import SqliteSource
from tests.samples import AT, sample_catalogue
from tests.security.world import World
from trainer.config import Settings


@pytest.fixture(scope="module")
def world(sqlite_source: SqliteSource, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The app with everybody signed in; requests that change something are followed by ``put_back``."""
    folder: Path = tmp_path_factory.mktemp("world")
    with pytest.MonkeyPatch.context() as patch, sqlite_source.copy() as url:
        for reader in ("trainer.web.identity", "trainer.api.gate"):
            patch.setattr(f"{reader}.now", Clock(AT))
        settings = Settings(
            secret_key=SecretStr("a key that is only ever used by tests"),
            notebook_keys=SecretStr(NOTEBOOK_KEY),
            database_url=url,
            instance_path=folder / "instance",
            base_url="http://localhost",
        )
        with running(settings, sample_catalogue()) as app:
            yield World(app, sqlite_source.cast, Path(url.removeprefix("sqlite:///")))
