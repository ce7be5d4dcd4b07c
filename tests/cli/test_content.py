"""The commands that authors use."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.courseware.trees import CATALOGUE_TEXT, MODULE, QUIZ, Swap, changed, write_tree
from trainer.cli import content
from trainer.cli.content import content_group
from trainer.courseware.rules import RULES

WARNING = Swap(MODULE, "cpd_minutes: 2", "cpd_minutes: 30")
ERROR = Swap(QUIZ, "- [x] The treatment", "- [ ] The treatment")


@pytest.fixture(autouse=True)
def _in_a_folder_on_a_known_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(content, "local_date", lambda _instant: date(2026, 11, 23))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(content_group, arguments)


def test_clean_content_is_a_summary_and_exit_0() -> None:
    write_tree(Path("content"))
    result = run("check")
    assert (result.exit_code, result.output) == (0, "0 errors, 0 warnings in 6 files\n")


def test_a_problem_is_a_place_a_sentence_and_a_remedy() -> None:
    write_tree(Path("mine"), changed(ERROR, WARNING))
    result = run("check", "mine")
    assert result.exit_code == 1
    assert (
        "mine/modules/first-steps/quiz.md:6: TC021 error: question “changed” has no correct option\n    help: "
        in result.output
    )
    assert result.output.endswith("\n1 error, 1 warning in 6 files\n")


def test_warnings_fail_only_when_strict() -> None:
    write_tree(Path("content"), changed(WARNING))
    assert run("check").exit_code == 0
    assert run("check", "--strict").exit_code == 1


def test_editors_get_json() -> None:
    write_tree(Path("content"), changed(ERROR))
    result = run("check", "--format", "json")
    assert result.exit_code == 1
    told = json.loads(result.output)
    assert (told["files"], told["errors"], told["warnings"]) == (6, 1, 0)
    [one] = told["diagnostics"]
    assert (one["path"], one["line"], one["code"]) == ("content/modules/first-steps/quiz.md", 6, "TC021")
    assert one["severity"] == "error"
    assert one["message"]
    assert one["help"]


def test_a_folder_that_is_not_there_is_a_sentence_and_exit_2() -> None:
    result = run("check", "nowhere")
    assert result.exit_code == 2
    assert "There is no folder nowhere." in result.output


def test_without_content_here_the_curriculum_of_the_product_is_checked() -> None:
    assert "modules" in os.listdir(content.folder_of(None))


def test_every_rule_is_listed() -> None:
    text = run("rules").output
    listed = json.loads(run("rules", "--format", "json").output)
    assert [one["code"] for one in listed] == [rule.code for rule in RULES]
    assert all(f"{rule.code} {rule.severity}" in text and rule.help in text for rule in RULES)


def test_a_new_module_is_a_draft_without_a_problem_listed_or_not() -> None:
    write_tree(Path("content"))
    made = run("new", "second-steps")
    assert made.exit_code == 0, made.output
    assert Path("content/modules/second-steps/module.md").is_file()
    assert run("check", "--strict").exit_code == 0
    listed = CATALOGUE_TEXT.replace(
        "room.\n    modules: [first-steps]", "room.\n    modules: [first-steps, second-steps]"
    )
    Path("content/catalogue.yaml").write_text(listed)
    assert run("check", "--strict").exit_code == 0


@pytest.mark.parametrize("slug", ["First", "a_b", "-a", "a--b", "../a", "a/b", "", "a" * 81])
def test_a_bad_name_is_refused_with_a_sentence(slug: str) -> None:
    write_tree(Path("content"))
    result = run("new", "--", slug)
    assert result.exit_code == 2
    assert "cannot name a module" in result.output
    assert os.listdir("content/modules") == ["first-steps"]


def test_a_module_that_is_there_is_not_touched() -> None:
    write_tree(Path("content"))
    before = Path("content", MODULE).read_bytes()
    result = run("new", "first-steps")
    assert result.exit_code == 2
    assert "already" in result.output
    assert Path("content", MODULE).read_bytes() == before


def test_a_new_module_may_lie_elsewhere() -> None:
    write_tree(Path("mine"))
    assert run("new", "10-minutes", "--path", "mine").exit_code == 0
    assert run("check", "mine", "--strict").exit_code == 0
