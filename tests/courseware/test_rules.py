"""Every rule fires, at the right place, and the clean tree breaks none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.courseware.cases import CASES, ELSEWHERE, Case
from tests.courseware.trees import compiled, places
from trainer.courseware.rules import RULES


def test_the_clean_tree_has_no_problem(tmp_path: Path) -> None:
    compilation = compiled(tmp_path)
    assert compilation.diagnostics == ()
    assert compilation.catalogue is not None


@pytest.mark.parametrize("case", CASES, ids=[f"{case.code}-{number}" for number, case in enumerate(CASES)])
def test_a_broken_rule_is_reported_where_it_is_broken(tmp_path: Path, case: Case) -> None:
    found = compiled(tmp_path, case.files).diagnostics
    assert (case.code, case.path, case.line) in places(found), "\n".join(map(str, found))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.code}-{number}" for number, case in enumerate(CASES)])
def test_only_errors_stop_the_catalogue(tmp_path: Path, case: Case) -> None:
    compilation = compiled(tmp_path, case.files)
    has_errors = any(one.severity == "error" for one in compilation.diagnostics)
    assert (compilation.catalogue is None) == has_errors


def test_every_rule_has_a_case() -> None:
    assert {case.code for case in CASES} | ELSEWHERE == {rule.code for rule in RULES}


def test_codes_and_names_are_used_once_and_every_help_is_one_sentence() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"TC[0-9]{3}", rule.code)
        assert rule.help.endswith(".")
        assert "\n" not in rule.help
