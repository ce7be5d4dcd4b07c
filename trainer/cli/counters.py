"""The counters of cohorts from the command line: are they exact, and if ever not, write them anew."""

from __future__ import annotations

import sys

import click

from trainer.cli.door import CarefulGroup, Door, pass_door
from trainer.cohorts.counters import CounterCheck, check_counters, rebuild_counters
from trainer.extensions import reading, writing


@click.group("counters", cls=CarefulGroup)
def counters_group() -> None:
    """Check what cohorts' reports count from, or count everything anew."""


@counters_group.command("check")
@pass_door
def check(door: Door) -> None:
    """Count everything and compare; exit 0 exact, 1 something differs, 2 cannot run."""
    with door.app.app_context(), reading() as session:
        found = check_counters(session)
    say(found)
    if not found.is_exact:
        click.echo("Run trainer counters rebuild, and tell whoever looks after the program: this must never happen.")
        sys.exit(1)


@counters_group.command("rebuild")
@pass_door
def rebuild(door: Door) -> None:
    """Write every counter anew; what people do meanwhile waits for it, and nothing of it is lost."""
    with door.app.app_context(), writing() as session:
        found = rebuild_counters(session)
    say(found)
    click.echo("Every counter is written anew.")


def say(found: CounterCheck) -> None:
    """What was found, in two lines."""
    click.echo(f"{found.learners} counters of learners, {found.wrong_learners} wrong or missing.")
    click.echo(f"{found.modules} counters of modules, {found.wrong_modules} wrong or missing.")
