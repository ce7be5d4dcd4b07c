"""``trainer content figures``: the table an author shows the panel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.courseware.trees import QUIZ, Swap, changed, write_tree
from trainer.__main__ import main


def figures(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["content", "figures", *arguments])


def test_one_line_a_module(tmp_path: Path) -> None:
    result = figures(str(write_tree(tmp_path)))
    assert result.exit_code == 0
    assert "| L1 First steps |" in result.output
    assert "Of 2 questions with one best answer" in result.output


def test_what_is_offered_twice_is_named(tmp_path: Path) -> None:
    swap = Swap(QUIZ, "- [workable] Wait", "- [workable] The tone")
    told = json.loads(figures(str(write_tree(tmp_path, changed(swap))), "--format", "json").output)
    assert told["repeated"] == {"the tone": ["L1 changed", "L1 do"]}
    assert told["modules"][0]["questions"] == {"single": 1, "multiple": 1, "judgement": 1}


@pytest.mark.parametrize("form", ["text", "json"])
def test_broken_content_is_mended_first(tmp_path: Path, form: str) -> None:
    result = figures(str(write_tree(tmp_path, changed(drop="catalogue.yaml"))), "--format", form)
    assert result.exit_code != 0
    assert "trainer content check" in result.output
