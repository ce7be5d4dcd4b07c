"""Commands that make content live, show it to its author first, and draw its stories."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from trainer.cli.content import content_group, counted, folder_of, path_shown
from trainer.cli.door import Door, pass_door
from trainer.cli.service import Server, check_port
from trainer.clock import local_date, now
from trainer.config import settings_from
from trainer.courseware.catalogue import Catalogue
from trainer.courseware.compiler import compile_tree
from trainer.courseware.diagnostics import Diagnostic
from trainer.courseware.places import place_of_question
from trainer.courseware.storymap import as_dot, as_svg, as_text
from trainer.errors import NotFound
from trainer.extensions import database, writing
from trainer.learning.publications import Incompatible, publish_catalogue
from trainer.schema import upgrade_schema

DRAWINGS = {"text": as_text, "dot": as_dot, "svg": as_svg}


@content_group.command()
@click.argument("path", required=False)
@pass_door
def publish(door: Door, path: str | None) -> None:
    """Check PATH against what learners have answered, and make it live; running servers follow within seconds."""
    began = time.monotonic()
    folder = folder_of(path or (str(door.settings.content_path) if door.settings.content_path else None))
    catalogue = compiled(folder)
    app = door.create_app(door.settings, catalogue=catalogue)
    with app.app_context():
        upgrade_schema(database.engine)
        try:
            with writing() as session:
                done = publish_catalogue(session, catalogue, at=now())
        except Incompatible as refused:
            say_conflicts(folder, refused)
            sys.exit(1)
    seconds = time.monotonic() - began
    if not done.is_new:
        click.echo(f"{counted(done.module_count, 'module')}: exactly this is live already ({seconds:.1f} s).")
        return
    fresh = counted(done.new_revision_count, "new revision")
    click.echo(f"{counted(done.module_count, 'module')} live, {fresh} ({seconds:.1f} s).")


def compiled(folder: str) -> Catalogue:
    """The catalogue of a folder; with errors, prints them and leaves with 1."""
    compilation = compile_tree(Path(folder), today=local_date(now()))
    if compilation.catalogue is None:
        for one in compilation.diagnostics:
            if one.severity == "error":
                click.echo(str(one), err=True)
        click.echo("Nothing was published.", err=True)
        sys.exit(1)
    return compilation.catalogue


def say_conflicts(folder: str, refused: Incompatible) -> None:
    """Each conflict with its file, line and remedy, as the checker prints them."""
    for conflict in refused.conflicts:
        path, line = place_of_question(Path(folder), conflict.module_slug, conflict.question_id)
        rule = conflict.rule
        found = Diagnostic(path_shown(folder, path), line, rule.code, conflict.message, rule.severity, rule.help)
        click.echo(str(found), err=True)
    click.echo("Nothing was published.", err=True)


@content_group.command("map")
@click.argument("slug")
@click.argument("name", required=False)
@click.option("--format", "form", type=click.Choice(sorted(DRAWINGS)), default="text", show_default=True)
@click.option("--path", help="The content folder. Default: ./content, else the packaged one.")
def draw_map(slug: str, name: str | None, form: str, path: str | None) -> None:
    """Draw the stories of the module SLUG as graphs."""
    compilation = compile_tree(Path(folder_of(path)), today=local_date(now()))
    if compilation.catalogue is None:
        raise NotFound("The content has errors, so it has no map yet.", "Run trainer content check first.")
    module = compilation.catalogue.by_slug.get(slug)
    stories = [one for one in module.scenarios if name in (None, one.name)] if module else []
    if not stories:
        wanted = f"“{slug}”" if name is None else f"“{slug}” called “{name}”"
        raise NotFound(f"There is no story in {wanted}.", "Check the names, or leave the second one out.")
    click.echo("\n\n".join(DRAWINGS[form](story) for story in stories))


@content_group.command()
@click.argument("path", required=False)
@pass_door
def preview(door: Door, path: str | None) -> None:
    """Show PATH as learners would see it, drafts too, and reload the page whenever a file changes."""
    folder = folder_of(path)
    settings = settings_from({"demo": True, "workers": 1})  # invented people only, and no key to ask for
    check_port(settings)
    with door.open_preview(Path(folder), settings) as app:
        click.echo(f"Preview of {folder} on http://{settings.host}:{settings.port}/preview/")
        click.echo("It uses a database of its own that is thrown away at the end. Stop with Ctrl-C.")
        Server(app, settings).run()
