"""Documentation that fails the build when it lies."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.samples import TODAY
from trainer.__main__ import main
from trainer.config import Settings
from trainer.courseware.compiler import compile_tree

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def variable(field: str) -> str:
    return {"database_url": "DATABASE_URL", "port": "PORT"}.get(field, f"TRAINER_{field.upper()}")


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_stands_in_the_readme_in_its_own_words(field: str) -> None:
    description = Settings.model_fields[field].description
    assert description
    assert f"| `{variable(field)}` |" in README
    assert description in README


def commands(group: click.Group, path: str = "trainer") -> list[str]:
    found = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += commands(command, f"{path} {name}")
        else:
            found.append(f"{path} {name}")
    return found


@pytest.mark.parametrize("command", commands(main))
def test_every_command_stands_in_the_readme_and_explains_itself(command: str) -> None:
    assert f"`{command}" in README
    shown = CliRunner().invoke(main, [*command.split()[1:], "--help"])
    assert shown.exit_code == 0
    assert "Usage:" in shown.output


def test_the_shipped_content_has_no_problem_at_all() -> None:
    compilation = compile_tree(ROOT / "content", today=TODAY)
    assert [str(one) for one in compilation.diagnostics] == []


def test_the_demo_accounts_of_the_readme_are_the_cast() -> None:
    for key in ("psw", "clinician", "trainer", "manager", "stranger"):
        assert f"`{key}@demo.example`" in README


def test_nothing_tracked_names_a_machine_or_a_registry() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    banned = ("/home/", "/root/", "pypi.org", "pythonhosted", "registry.npmjs")
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".png", ".svg"} or not path.is_file() or path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not any(word in text for word in banned), name
