"""Pages beside the modules, and facilitators' guides, as the compiler sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.courseware.trees import CLEAN, GUIDE, changed, clean_catalogue, compiled, places

PAGE = "pages/the-evidence.md"
PAGE_TEXT = """---
title: The evidence
summary: What we know.
sources:
  - id: one
    text: One 2020
---
First words.[^one]

## What it shows

[First steps](modules/first-steps/module.md)
"""
GUIDE_TEXT = """Led by two.

## Before the day

Meet once.[^goddu2018]
"""


def test_a_page_is_part_of_the_catalogue(tmp_path: Path) -> None:
    page = clean_catalogue(tmp_path, changed(add={PAGE: PAGE_TEXT})).find_page("the-evidence")
    assert page is not None
    assert (page.title, page.summary) == ("The evidence", "What we know.")
    assert 'href="#source-one"' in page.opening_html
    assert [(chapter.id, chapter.title) for chapter in page.chapters] == [("what-it-shows", "What it shows")]
    assert 'href="/modules/first-steps/"' in page.chapters[0].html


def test_a_guide_is_part_of_the_catalogue_and_not_of_the_revision(tmp_path: Path) -> None:
    without = clean_catalogue(tmp_path / "without")
    with_guide = clean_catalogue(tmp_path / "with", changed(add={GUIDE: GUIDE_TEXT}))
    guide = with_guide.find_guide("first-steps")
    assert guide is not None
    assert without.find_guide("first-steps") is None
    assert "Led by two." in guide.opening_html
    assert [chapter.id for chapter in guide.chapters] == ["before-the-day"]
    assert guide.source_ids == ("goddu2018",)
    assert with_guide.by_slug["first-steps"].revision == without.by_slug["first-steps"].revision


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("title: The evidence\n", "", "TC017", 2),
        ("First words.[^one]", "First words.", "TC063", 5),
        ("First words.[^one]", "First words.[^one] And more.[^two]", "TC062", 8),
        ("modules/first-steps/", "modules/last-steps/", "TC068", 12),
        ("## What it shows", "### What it shows", "TC045", 10),
        ("First words.[^one]", "/// try\nRead.[^one]\n///", "TC050", 8),
        ("## What it shows\n", "## What it shows\n\nOne.\n\n## What it shows\n", "TC042", 14),
        ("  - id: one\n    text: One 2020\n", "  - id: one\n    text: A\n  - id: one\n    text: B\n", "TC042", 7),
    ],
)
def test_a_mistake_in_a_page_is_named(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    assert PAGE_TEXT.count(old) == 1
    found = compiled(tmp_path, changed(add={PAGE: PAGE_TEXT.replace(old, new)})).diagnostics
    assert (code, PAGE, line) in places(found), found


def test_only_pages_with_plain_names_stand_in_the_folder(tmp_path: Path) -> None:
    found = compiled(tmp_path, changed(add={"pages/A Page.md": PAGE_TEXT, "pages/notes.txt": "x"})).diagnostics
    assert places(found) == {("TC003", "pages/A Page.md", 1), ("TC003", "pages/notes.txt", 1)}


def test_no_page_is_needed(tmp_path: Path) -> None:
    assert clean_catalogue(tmp_path, CLEAN).pages == ()
