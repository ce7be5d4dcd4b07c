"""Commands that give content to other platforms and to paper, and take GIFT in."""

from __future__ import annotations

import sys
from base64 import b64encode
from functools import cache
from importlib.resources import files
from pathlib import Path

import click
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from trainer.cli.content import content_group, folder_of
from trainer.clock import local_date, now
from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.compiler import compile_tree
from trainer.errors import Conflict, Invalid, NotFound
from trainer.interop.formats import EXPORTERS, export_module
from trainer.interop.gift_import import LARGEST_FILE, import_gift
from trainer.interop.print_pack import build_print_pack

FORM = click.Choice(list(EXPORTERS))
STANDARD_OUTPUT = "-"
STYLES = ("tokens", "base", "layout", "prose", "paper", "print")
CONTENT = click.option("--path", help="The content folder. Default: ./content, else the packaged one.")


@content_group.command()
@click.argument("slug")
@click.option("--format", "form", type=FORM, required=True)
@click.option("--output", help="The file to write, or - for standard output. Default: a name made from SLUG.")
@CONTENT
def export(slug: str, form: str, output: str | None, path: str | None) -> None:
    """Write the questions of the module SLUG as a file for another platform. Exit 1 when it cannot hold everything."""
    catalogue, module = module_of(slug, path)
    exported = export_module(module, form, catalogue.images)
    write(exported.data, output or exported.name)
    for one in exported.left_out:
        click.echo(f"{slug}: “{one.question_id}” {one.reason}", err=True)
    sys.exit(1 if exported.left_out else 0)


@content_group.command("import-gift")
@click.argument("file")
@click.option("--output", default=STANDARD_OUTPUT, help="The quiz.md to write; it must not be there yet.")
def take_gift(file: str, output: str) -> None:
    """Turn a GIFT FILE into a quiz.md, and list every line that has no place in one. Exit 1 when there is any."""
    if output != STANDARD_OUTPUT and Path(output).exists():
        raise Conflict(f"{output} is there already.", "Name a new file, then move the questions over by hand.")
    imported = import_gift(read(file))
    for note in imported.notes:
        click.echo(f"{file}:{note}", err=True)
    if not imported.question_count:
        raise Invalid("No question came across.", "Nothing was written.")
    write(imported.text.encode(), output)
    sys.exit(1 if imported.notes else 0)


@content_group.command("print")
@click.argument("slug")
@click.option("--output", help="The file to write, or - for standard output. Default: SLUG.html.")
@CONTENT
def print_module(slug: str, output: str | None, path: str | None) -> None:
    """Write the module SLUG as one page for paper: all there is to read, questions with boxes, an answer sheet."""
    catalogue, module = module_of(slug, path)
    pack = build_print_pack(module, catalogue, lambda name: inlined(catalogue, slug, name))
    html = environment().get_template("paper.html").render(pack=pack, css=style())
    write(html.encode(), output or f"{slug}.html")


def module_of(slug: str, path: str | None) -> tuple[Catalogue, Module]:
    """The module, drafts too. Raises NotFound, and Invalid when the content has errors."""
    folder = folder_of(path)
    catalogue = compile_tree(Path(folder), today=local_date(now())).catalogue
    if catalogue is None:
        raise Invalid(f"The content in {folder} has errors.", "Run trainer content check for the list.")
    module = catalogue.by_slug.get(slug)
    if module is None:
        raise NotFound(f"There is no module “{slug}”.", f"Choose one of {', '.join(catalogue.by_slug)}.")
    return catalogue, module


def read(file: str) -> bytes:
    """The file, at most one byte more than is read of it. Raises NotFound and Invalid."""
    try:
        with open(file, "rb") as handle:
            return handle.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise NotFound(f"There is no file {file}.", "Name the GIFT file.") from None
    except OSError as error:
        raise Invalid(f"{file} cannot be read: {error.strerror}.", "Name a text file.") from None


def write(data: bytes, output: str) -> None:
    """To the file, or to standard output. Raises Invalid."""
    if output == STANDARD_OUTPUT:
        click.echo(data, nl=False)
        return
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        raise Invalid(f"{output} cannot be written: {error.strerror}.", "Name a file that you may write.") from None
    click.echo(output)


def inlined(catalogue: Catalogue, slug: str, name: str) -> str | None:
    """A picture inside the page itself."""
    image = catalogue.images.get((slug, name))
    return f"data:{image.media_type};base64,{b64encode(image.data).decode()}" if image else None


@cache
def environment() -> Environment:
    """The page of this command and the components of the site."""
    package = Path(str(files("trainer")))
    loader = FileSystemLoader([package / "cli/templates", package / "web/templates"])
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def style() -> str:
    """The site's own style, as far as paper needs it."""
    folder = Path(str(files("trainer"))) / "web/static/css"
    return "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
