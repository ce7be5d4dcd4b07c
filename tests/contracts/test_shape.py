"""Ceilings, because taste shows in the tail."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent.parent / "trainer"
MAX_FILE_LINES = 250
MAX_FUNCTION_LINES = 40
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "handler"}


def python_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def test_no_file_is_too_long_to_keep_in_mind() -> None:
    lengths = {str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8").count("\n") for path in python_files()}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FILE_LINES} == {}


def test_no_function_is_too_long_to_see_at_once() -> None:
    long = {}
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    long[f"{path.relative_to(PACKAGE)}:{node.name}"] = lines
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in python_files() if path.stem in FORBIDDEN_NAMES] == []
