"""The log of changes from the command line: note its head elsewhere, and check it against the note."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from trainer.accounts.audit_check import check_log, log_heads, read_heads
from trainer.cli.door import CarefulGroup, Door, pass_door
from trainer.errors import Invalid
from trainer.extensions import reading


@click.group("audit", cls=CarefulGroup)
def audit_group() -> None:
    """Check that nobody has changed the log of changes."""


@audit_group.command("head")
@pass_door
def head(door: Door) -> None:
    """Print the last row of every log. Keep it where this database cannot reach: a letter, another machine."""
    with door.app.app_context(), reading() as session:
        for one in log_heads(session):
            click.echo(str(one))


@audit_group.command("verify")
@click.option("--heads", type=click.Path(path_type=Path), help="A file that trainer audit head printed.")
@pass_door
def verify(door: Door, heads: Path | None) -> None:
    """Recompute every log; exit 0 whole, 1 tampered with, 2 cannot run."""
    try:
        anchors = read_heads(heads.read_text(encoding="utf-8")) if heads else ()
    except (OSError, UnicodeDecodeError):
        raise Invalid(f"{heads} cannot be read.", "Name a file that trainer audit head printed.") from None
    with door.app.app_context(), reading() as session:
        verdict = check_log(session, anchors)
    for one in verdict.found:
        click.echo(f"{one.organisation}, row {one.number}: {one.what}")
    if verdict.found:
        sys.exit(1)
    click.echo(f"{verdict.event_count} rows, {verdict.anchor_count} heads met: nothing was changed.")
    if not verdict.anchor_count:
        click.echo("Without --heads nobody can tell whether the end was cut off.")
