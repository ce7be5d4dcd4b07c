"""The static tools, run as tests so that one command checks everything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CODE = [name for name in ("trainer", "tests", "bench", "migrations", "wsgi.py") if (ROOT / name).exists()]

COMMANDS = {
    "ruff": ["ruff", "check", "--no-cache", *CODE],
    "ruff format": ["ruff", "format", "--check", "--no-cache", *CODE],
    "mypy": ["mypy", "--strict", "trainer"],
    "djlint": ["djlint", "--lint", "trainer/web/templates"],
    "codespell": ["codespell", "trainer", "content", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
}


@pytest.mark.parametrize("tool", COMMANDS)
def test_the_tool_is_content(tool: str) -> None:
    program, *arguments = COMMANDS[tool]
    done = subprocess.run(
        [sys.executable, "-m", program.replace("codespell", "codespell_lib"), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
