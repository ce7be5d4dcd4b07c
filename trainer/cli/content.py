"""Commands for authors: check the content, list the rules, start a module."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from trainer.cli.door import CarefulGroup
from trainer.clock import local_date, now
from trainer.courseware.compiler import compile_tree
from trainer.courseware.diagnostics import Diagnostic
from trainer.courseware.folder import content_folder
from trainer.courseware.rules import RULES
from trainer.courseware.skeleton import module_files
from trainer.courseware.source import is_slug
from trainer.courseware.tracks import first_track
from trainer.errors import Conflict, Invalid, NotFound
from trainer.exercise.situations import problems_in

FORMAT = click.Choice(["text", "json"])


@click.group("content", cls=CarefulGroup)
def content_group() -> None:
    """Check and start content: modules, quizzes, glossary, support numbers."""


@content_group.command()
@click.argument("path", required=False)
@click.option("--format", "form", type=FORMAT, default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
def check(path: str | None, form: str, strict: bool) -> None:
    """Compile PATH and print every problem, each with its file, line and remedy."""
    folder = folder_of(path)
    compilation = compile_tree(Path(folder), today=local_date(now()))
    diagnostics = sorted((*compilation.diagnostics, *problems_in(Path(folder))))
    found = [replace(one, path=path_shown(folder, one.path)) for one in diagnostics]
    error_count = sum(one.severity == "error" for one in found)
    warning_count = len(found) - error_count
    if form == "json":
        click.echo(as_json(found, compilation.file_count))
    else:
        for one in found:
            click.echo(str(one))
        counts = f"{counted(error_count, 'error')}, {counted(warning_count, 'warning')}"
        click.echo(f"{counts} in {counted(compilation.file_count, 'file')}")
    sys.exit(1 if error_count or (strict and warning_count) else 0)


@content_group.command("rules")
@click.option("--format", "form", type=FORMAT, default="text", show_default=True)
def list_rules(form: str) -> None:
    """List every rule with its severity and remedy."""
    if form == "json":
        click.echo(json.dumps([asdict(rule) for rule in RULES], ensure_ascii=False, indent=2))
        return
    for rule in RULES:
        click.echo(f"{rule.code} {rule.severity:7} {rule.name}\n    {rule.help}")


@content_group.command()
@click.argument("slug")
@click.option("--path", help="The content folder. Default: ./content, else the packaged one.")
def new(slug: str, path: str | None) -> None:
    """Start the module SLUG as a draft that passes the checker."""
    if not is_slug(slug):
        raise Invalid(
            f"“{slug}” cannot name a module.", "Use small letters, digits and single hyphens: why-words-matter."
        )
    root = Path(folder_of(path))
    folder = root / "modules" / slug
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise Conflict(f"There is a module “{slug}” already.", f"Choose another name, or edit {folder}.") from None
    except OSError as error:
        raise Invalid(f"{folder} cannot be made: {error.strerror}.", "Choose a folder that you may write to.") from None
    for name, text in module_files(slug, first_track(root) or "first-track", local_date(now())).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{folder / name}")
    click.echo(f"Write over it, then list “{slug}” under a track in catalogue.yaml and set status: live.")


def folder_of(path: str | None) -> str:
    """The folder as the author named it. Raises NotFound when there is none."""
    if path is None:
        path = "content" if Path("content").is_dir() else str(content_folder())
    if not Path(path).is_dir():
        raise NotFound(f"There is no folder {path}.", "Name the folder that holds catalogue.yaml.")
    return path


def path_shown(folder: str, path: str) -> str:
    """A diagnostic's path as the author would type it."""
    return folder if path == "." else f"{folder.rstrip('/')}/{path}"


def counted(number: int, noun: str) -> str:
    """“1 error”, “3 errors”."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def as_json(found: Sequence[Diagnostic], file_count: int) -> str:
    """One object for editors and CI."""
    errors = sum(one.severity == "error" for one in found)
    summary = {"files": file_count, "errors": errors, "warnings": len(found) - errors}
    return json.dumps({**summary, "diagnostics": [asdict(one) for one in found]}, ensure_ascii=False, indent=2)
