"""Publishing, mapping and refusing from the command line, as an author or operator meets it."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.factories import take_quiz
from tests.samples import AT, TREE
from trainer import __main__
from trainer.accounts.actor import Actor
from trainer.accounts.services import create_person
from trainer.config import Settings, settings_from
from trainer.extensions import database, writing
from trainer.factory import create_app

Run = Callable[..., Result]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TREE, tmp_path / "content"))


@pytest.fixture
def run(tmp_path: Path, tree: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command in an environment of its own; connections are closed afterwards."""
    apps: list[Flask] = []

    def remembered(settings: Settings, **options: object) -> Flask:
        apps.append(create_app(settings, **options))  # type: ignore[arg-type]
        return apps[-1]

    monkeypatch.setattr(__main__, "create_app", remembered)
    base = {
        "TRAINER_DEMO": "1",
        "TRAINER_INSTANCE_PATH": str(tmp_path / "instance"),
        "TRAINER_CONTENT_PATH": str(tree),
    }

    def command(*arguments: str) -> Result:
        result = CliRunner(env=base).invoke(__main__.main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    yield command
    for app in apps:
        with app.app_context():
            database.engine.dispose()


def save(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_publishing_says_what_went_live_and_the_second_time_that_nothing_did(run: Run) -> None:
    first = run("content", "publish")
    assert first.exit_code == 0, first.output
    assert "4 modules live, 4 new revisions" in first.output
    assert "exactly this is live already" in run("content", "publish").output


def test_a_broken_tree_publishes_nothing(run: Run, tree: Path) -> None:
    save(tree / "modules/kind-words/module.md", "[^invented2026]", "[^nobody]")
    result = run("content", "publish", str(tree))
    assert result.exit_code == 1
    assert "TC062" in result.output
    assert "Nothing was published." in result.output


def test_what_contradicts_answers_is_named_with_file_line_and_remedy(run: Run, tree: Path, tmp_path: Path) -> None:
    assert run("content", "publish").exit_code == 0
    settings = settings_from({"demo": True, "instance_path": tmp_path / "instance", "content_path": tree})
    app = create_app(settings)
    with app.app_context(), writing() as session:
        catalogue = app.extensions["house"].catalogue
        person = create_person(session, name="Somebody", email="somebody@answers.example", at=AT)
        actor = Actor(person_id=person, name="", email="")
        take_quiz(session, actor, catalogue.by_slug["kind-words"], catalogue=catalogue)
    with app.app_context():
        database.engine.dispose()
    quiz = tree / "modules/kind-words/quiz.md"
    save(quiz, "- [x] The one that says what happened", "- [x] The one that tells it")
    refused = run("content", "publish")
    assert refused.exit_code == 1
    assert "modules/kind-words/quiz.md:6: TC121 error: question “which-note” no longer has" in refused.output
    assert "help: Bring the option back" in refused.output
    migrating = run("migrate")
    assert migrating.exit_code == 2
    assert "TC121 kind-words" in migrating.output
    option = refused.output.partition("known as {#")[2].partition("}")[0]
    save(quiz, "- [x] The one that tells it", f"- [x] The one that tells it {{#{option}}}")
    assert run("content", "publish").exit_code == 0


@pytest.mark.parametrize(
    ("form", "shown"), [("text", "-> ask: Ask what happened"), ("dot", 'digraph "handover"'), ("svg", "<svg ")]
)
def test_stories_are_drawn(run: Run, tree: Path, form: str, shown: str) -> None:
    result = run("content", "map", "every-kind", "--format", form, "--path", str(tree))
    assert result.exit_code == 0
    assert shown in result.output
    if form == "svg":
        assert ElementTree.fromstring(result.output).tag.endswith("svg")


@pytest.mark.parametrize("names", [("kind-words",), ("every-kind", "nowhere"), ("no-such-module",)])
def test_a_story_that_is_not_there_is_said(run: Run, tree: Path, names: tuple[str, ...]) -> None:
    result = run("content", "map", *names, "--path", str(tree))
    assert result.exit_code == 2
    assert "There is no story" in result.output
