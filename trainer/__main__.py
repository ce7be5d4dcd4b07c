"""The command ``trainer``: the composition root of the command door."""

from __future__ import annotations

import click

from trainer.cli import evidence, exchange, figures, publishing  # noqa: F401 - they add commands to a group
from trainer.cli.audit import audit_group
from trainer.cli.cohorts import cohorts_group
from trainer.cli.content import content_group
from trainer.cli.counters import counters_group
from trainer.cli.door import CarefulGroup, Door
from trainer.cli.lens import lens_group
from trainer.cli.report import report_group
from trainer.cli.service import demo, learning, migrate, serve, work
from trainer.factory import create_app, open_preview


@click.group(cls=CarefulGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Alongside: training for teams that employ peer support workers."""
    context.obj = Door(create_app, open_preview)


GROUPS = (content_group, lens_group, cohorts_group, audit_group, report_group, counters_group)

for command in (serve, migrate, work, demo, learning, *GROUPS):
    main.add_command(command)

if __name__ == "__main__":
    main(prog_name="trainer")
