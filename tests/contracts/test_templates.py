"""Every template is rendered by some page, with StrictUndefined: a misspelt field cannot hide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import template_rendered
from jinja2 import StrictUndefined
from pydantic import SecretStr

from tests.conftest import Clock, running
from tests.databases import SqliteSource
from tests.samples import sample_catalogue
from tests.security.matrix import ROWS
from tests.security.world import World
from trainer.config import Settings

TEMPLATES = Path(__file__).parent.parent.parent / "trainer/web/templates"
NAMES = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")}
COMPONENTS = {name for name in NAMES if name.startswith("components/")}
LAYOUTS = {"layout.html", "desk.html"}
# Shown in a preview, for a retired module or in answer to a form: tests/web has test_preview.py, test_practice.py,
# test_notebook.py, test_join.py and test_ward.py for them.
SHOWN_ELSEWHERE = {
    "preview/overview.html",
    "learner/retired.html",
    "joining/join.html",
    "ward/printed.html",
    "notebook/conflict.html",
    "notebook/problem.html",
    "notebook/sheet.html",
    "rosters/progress.html",  # only a long list is applied while one watches
}
# Enough people to open every page: a learner, a trainer, a manager, somebody outside.
VISITORS = ("visitor", "psw", "trainer", "manager")


@pytest.fixture
def world(sqlite_source: SqliteSource, tmp_path: Path, clock: Clock) -> Iterator[World]:
    """The demo, so that the gallery is there too."""
    with sqlite_source.copy() as url:
        settings = Settings(
            demo=True,
            secret_key=SecretStr("a key that is only ever used by tests"),
            database_url=url,
            instance_path=tmp_path,
            base_url="http://localhost",
        )
        with running(settings, sample_catalogue()) as app:
            yield World(app, sqlite_source.cast, Path(url.removeprefix("sqlite:///")))


def test_every_page_template_is_rendered_by_some_address(world: World) -> None:
    seen: set[str] = set()

    def note(_app: object, template: object, **_: object) -> None:
        seen.add(str(getattr(template, "name", "")))

    assert world.app.jinja_env.undefined is StrictUndefined
    with template_rendered.connected_to(note, world.app):
        for row in ROWS:
            if row.method == "GET":
                for key in VISITORS:
                    response = world.browser(key).get(world.url(row.rule, row.target, key))
                    assert response.get_data() is not None  # read to the end: the file is made while it is sent
                    assert response.status_code < 500
    assert NAMES - COMPONENTS - LAYOUTS - SHOWN_ELSEWHERE - seen == set()


def test_every_component_is_used_by_some_template() -> None:
    sources = {name: (TEMPLATES / name).read_text(encoding="utf-8") for name in NAMES}
    for component in COMPONENTS:
        folder = component.rpartition("/")[0]
        by_kind = f'"{folder}/" ~ page.question.kind' in sources["quiz/question.html"]
        used = any(f'"{component}"' in text for name, text in sources.items() if name != component)
        assert used or (by_kind and folder.endswith("questions")), component


def test_no_template_holds_what_the_policy_forbids() -> None:
    for name in NAMES:
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text), name
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), name
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text), name


def test_only_fields_named_html_are_shown_as_they_are() -> None:
    allowed = re.compile(r"(?:_html|\bhtml|\banswer)\s*$")
    for name in NAMES:
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        for shown in re.findall(r"\{\{(.*?)\|\s*safe", text):
            assert allowed.search(shown), f"{name}: {shown.strip()}"
        assert "autoescape" not in text, name
