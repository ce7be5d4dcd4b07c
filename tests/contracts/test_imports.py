"""Who may import whom, checked by import-linter with the contracts in pyproject.toml."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent.parent.parent / "trainer"


def test_imports_point_downwards_only() -> None:
    """The rings, the pure parts, the doors without SQL, the independent reports."""
    # In a process of its own: the linter switches off every logger it finds.
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PACKAGE.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_no_import_hides_inside_a_function() -> None:
    """A local import is how a cycle is hidden."""
    hidden = [
        f"{path.relative_to(PACKAGE)}:{inner.lineno}"
        for path in PACKAGE.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_the_doors_do_not_talk_to_the_database() -> None:
    """Flask-SQLAlchemy's session needs no import, so the linter cannot see it used."""
    forbidden = (".execute(", ".scalars(", ".scalar(", ".query(", "database.session", "select(")
    found = [
        f"{path.relative_to(PACKAGE)}: {call}"
        for door in ("web", "cli")
        for path in (PACKAGE / door).rglob("*.py")
        for call in forbidden
        if call in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_every_package_says_what_it_promises_and_nothing_else() -> None:
    """An ``__init__`` holds a docstring; nothing is re-exported."""
    for path in PACKAGE.rglob("__init__.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert len(body) == 1, path
        assert isinstance(body[0], ast.Expr), path
