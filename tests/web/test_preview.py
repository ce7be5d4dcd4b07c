"""An author's preview: drafts shown, errors kept from the pages, a page that follows the folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.samples import TREE
from trainer.config import settings_from
from trainer.factory import open_preview


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TREE, tmp_path / "content"))


@pytest.fixture
def author(tree: Path) -> Iterator[FlaskClient]:
    with open_preview(tree, settings_from({"demo": True})) as app:
        yield app.test_client()


def get(author: FlaskClient, url: str) -> str:
    response = author.get(url, follow_redirects=True)
    assert response.status_code == 200
    return response.text


def save(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000))


def test_drafts_are_shown_and_named_as_such(author: FlaskClient) -> None:
    page = get(author, "/preview/")
    assert "draft: only this preview shows it" in page
    assert "Preview, drafts too" in get(author, "/modules/a-draft/")


def test_stories_are_drawn_with_every_text_escaped(author: FlaskClient, tree: Path) -> None:
    save(tree / "modules/every-kind/scenario-handover.md", "## By noon {", "## By noon & later {")
    page = get(author, "/preview/")
    assert 'role="img" aria-label="Map of Ten past nine: 4 places, 2 ends"' in page
    assert "By noon &amp; later" in page


def test_a_saved_file_is_on_the_page_and_in_the_stamp(author: FlaskClient, tree: Path) -> None:
    get(author, "/preview/")
    before = author.get("/preview/stamp").json
    save(tree / "modules/kind-words/module.md", "At five in the morning", "At six in the morning")
    assert "At six in the morning" in get(author, "/modules/kind-words/")
    assert author.get("/preview/stamp").json != before


def test_a_broken_tree_keeps_the_last_sound_one_and_says_where(author: FlaskClient, tree: Path) -> None:
    get(author, "/preview/")
    save(tree / "modules/kind-words/module.md", "[^invented2026]", "[^nobody]")
    assert "At five in the morning" in get(author, "/modules/kind-words/")
    page = get(author, "/preview/")
    assert "modules/kind-words/module.md:" in page
    assert "TC062" in page


def test_a_draft_can_be_walked_like_a_live_module(author: FlaskClient) -> None:
    assert "Canary" not in get(author, "/modules/every-kind/quiz")


def test_a_served_app_has_no_preview(client: FlaskClient) -> None:
    assert client.get("/preview/").status_code == 302  # to sign-in, like any address that is not public
