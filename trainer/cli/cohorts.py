"""Cohorts from the command line: list them, and bring a list of people in."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from trainer.accounts.actor import Actor
from trainer.cli.door import CarefulGroup, Door, pass_door
from trainer.cli.places import known
from trainer.clock import now
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.listed import invite_listed
from trainer.cohorts.queries import all_cohorts
from trainer.cohorts.roster.applying import apply_roster
from trainer.cohorts.roster.planning import Plan, plan_roster
from trainer.cohorts.roster.reading import Roster, parse_roster
from trainer.errors import Invalid
from trainer.extensions import reading, writing

FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.group("cohorts", cls=CarefulGroup)
def cohorts_group() -> None:
    """List cohorts and bring people in."""


@cohorts_group.command("list")
@FORMAT
@pass_door
def list_cohorts(door: Door, form: str) -> None:
    """Every cohort with its organisation, as the other commands name them."""
    with door.app.app_context(), reading() as session:
        found = all_cohorts(session)
    if form == "json":
        lines = [
            {
                "organisation": one.organisation_slug,
                "cohort": one.slug,
                "organisation_name": one.organisation_name,
                "name": one.name,
            }
            for one in found
        ]
        click.echo(json.dumps(lines, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one.organisation_slug} {one.slug}  {one.name}, {one.organisation_name}")


@cohorts_group.command("import-roster")
@click.argument("organisation")
@click.argument("cohort")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--apply", "is_applied", is_flag=True, help="Do it. Without this, only say what would happen.")
@FORMAT
@pass_door
def import_roster(door: Door, organisation: str, cohort: str, file: Path, is_applied: bool, form: str) -> None:
    """Read FILE (.csv, .xlsx) into a cohort; exit 0 nothing wrong, 1 problems found, 2 cannot run."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Invalid(f"{file} cannot be read: {error.strerror}.", "Name a .csv or .xlsx file.") from None
    roster, actor, at = parse_roster(data), Actor.system(), now()
    with door.app.app_context():
        with reading() as session:
            with known(f"cohort {cohort} in {organisation}"):
                target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
            plan = plan_roster(session, target, roster)
        is_applied = is_applied and not plan.problems
        if is_applied and plan.changes:
            where: dict[str, Any] = {"organisation": organisation, "cohort": cohort}
            with writing() as session:
                done = apply_roster(session, actor=actor, **where, roster=roster, digest=plan.digest, at=at)
                invite_listed(session, actor=actor, cohort=target, done=done, at=at)
    told = {"organisation": organisation, "cohort": cohort, **as_facts(roster, plan), "applied": is_applied}
    click.echo(
        json.dumps(told, ensure_ascii=False, indent=2) if form == "json" else in_words(str(file), plan, is_applied)
    )
    sys.exit(1 if plan.problems else 0)


@cohorts_group.command("send-invitations")
@pass_door
def send_invitations(door: Door) -> None:
    """Send every invitation that waits, such as those of an imported list; what cannot leave waits on."""
    count = door.app.extensions["send_invitations"]()
    click.echo(f"{count} letters sent.")


def as_facts(roster: Roster, plan: Plan) -> dict[str, Any]:
    """The plan for a program."""
    return {
        "described": roster.described,
        "rows": roster.row_count,
        "counts": {fate.value: count for fate, count in plan.counts.items()},
        "missing": plan.missing_count,
        "problems": [asdict(one) for one in plan.problems],
        "notes": [asdict(one) for one in plan.notes],
        "lines": [
            {
                "line": one.person.line,
                "name": one.person.name,
                "email": one.person.email,
                "staff_id": one.person.staff_id,
                "fate": one.fate.value,
                "adds_staff_id": one.adds_staff_id,
            }
            for one in plan.lines
        ],
    }


def in_words(file: str, plan: Plan, is_applied: bool) -> str:
    """The plan for a reader: what must be mended, what is worth knowing, the counts."""
    lines = [
        f"{file}:{one.line}: {one.column + ': ' if one.column else ''}{one.message} {one.remedy}"
        for one in plan.problems
    ]
    lines += [f"{file}:{one.line}: note: {one.message}" for one in plan.notes]
    counts = ", ".join(f"{count} {fate.value}" for fate, count in plan.counts.items())
    lines.append(f"{counts}; {plan.missing_count} in the cohort and not in the file")
    if plan.problems:
        lines.append(f"{len(plan.problems)} problems: nothing was changed.")
    else:
        lines.append("Applied." if is_applied else "Nothing was changed. Say --apply to do it.")
    return "\n".join(lines)
