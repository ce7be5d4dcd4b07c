"""The demo as ``trainer demo`` leaves it, made once and copied for each test that begins with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.samples import TREE
from trainer import __main__
from trainer.config import Settings
from trainer.extensions import database
from trainer.factory import create_app


def environment_of(instance: Path) -> dict[str, str]:
    """Demo mode over the sample content, with its database in a folder."""
    return {"TRAINER_DEMO": "1", "TRAINER_INSTANCE_PATH": str(instance), "TRAINER_CONTENT_PATH": str(TREE)}


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance folder of a demo."""
    instance = tmp_path_factory.mktemp("demo") / "instance"
    apps = []

    def remembered(settings: Settings) -> object:
        apps.append(create_app(settings))
        return apps[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(__main__, "create_app", remembered)
        result = CliRunner(env=environment_of(instance)).invoke(__main__.main, ["demo"])
    assert result.exit_code == 0, result.output
    for app in apps:
        with app.app_context():
            database.engine.dispose()
    return instance
