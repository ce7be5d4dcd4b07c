"""``trainer report evidence``: the pack for a commissioner or an auditor, as a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Actor
from trainer.cli.door import Door, pass_door
from trainer.cli.places import known
from trainer.cli.report import destination, report_group
from trainer.clock import local_date, now
from trainer.cohorts.readiness.queries import actions_of
from trainer.extensions import reading
from trainer.reporting import organisation_overview
from trainer.reporting.pack.contents import pack_of
from trainer.reporting.pack.printing import print_pack


@report_group.command("evidence")
@click.argument("organisation")
@click.option("--output", required=True, type=click.Path(path_type=Path), help="Write the PDF to this file.")
@pass_door
def evidence_report(door: Door, organisation: str, output: Path) -> None:
    """The evidence pack of ORGANISATION as PDF/UA: the course, released figures, agreed actions; no names."""
    at, catalogue = now(), door.catalogue
    titles = {module.id: module.title for module in catalogue.modules}
    with door.app.app_context(), reading() as session:
        with known(f"organisation {organisation}"):
            found = organisation_for(session, Actor.system(), organisation)
        overview = organisation_overview.build(
            session, found.id, titles=titles, threshold=door.settings.suppression_threshold
        )
        actions = actions_of(session, found.id)
    pack = pack_of(
        product=door.settings.product_name,
        organisation=found.name,
        overview=overview,
        modules=catalogue.live_modules,
        actions=actions,
        made_on=local_date(at),
    )
    with destination("csv", output) as place:
        place.write(print_pack(pack, at=at))
    click.echo(f"{output} is written.")
