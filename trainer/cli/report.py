"""Reports from the command line: the rows that the pages show, as CSV, Excel or JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import EISDIR
from pathlib import Path
from typing import Any, BinaryIO

import click

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Actor
from trainer.cli.door import CarefulGroup, Door, pass_door
from trainer.cli.places import known
from trainer.clock import local_date, now
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.queries import assignments_of
from trainer.courseware.catalogue import Catalogue, Module
from trainer.errors import Invalid, NotFound
from trainer.extensions import reading, writing
from trainer.reporting import organisation_overview, question_analysis
from trainer.reporting.access_log import note_report_taken
from trainer.reporting.cohort_progress import iterate_rows, modules_of
from trainer.reporting.counted import close_batches
from trainer.reporting.export import progress_sheet
from trainer.reporting.report_sheets import overview_sheet, question_sheet
from trainer.reporting.sheets import FORMS, Form, Sheet, as_csv, as_json, as_workbook
from trainer.reporting.views import View
from trainer.tables import Value

Facts = Mapping[str, Value]


def report_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every report has."""
    command = click.option(
        "--format", "form", type=click.Choice(FORMS), default="csv", show_default=True, help="The kind of file."
    )(command)
    return click.option(
        "--output", type=click.Path(path_type=Path), help="Write to this file instead of standard output."
    )(command)


@click.group("report", cls=CarefulGroup)
def report_group() -> None:
    """Print a report: exit 0 done, 2 cannot run."""


@report_group.command("cohort")
@click.argument("organisation")
@click.argument("cohort")
@report_options
@pass_door
def cohort_report(door: Door, organisation: str, cohort: str, form: Form, output: Path | None) -> None:
    """The progress of COHORT, learner by learner. It names people: its learners can read that it was taken."""
    actor, at, titles = Actor.system(), now(), _titles(door.catalogue)
    # The place first: what could not be written was not taken.
    with door.app.app_context(), destination(form, output) as place:
        with writing() as session:
            with known(f"cohort {cohort} in {organisation}"):
                found = cohort_for(session, actor, organisation, cohort, to=Permission.REPORT)
            note_report_taken(session, actor=actor, cohort=found, at=at)
        with reading() as session:
            modules = modules_of(session, found.id)
            rows = iterate_rows(session, found.id, modules, view=View(), at=at)
            facts = {"organisation": organisation, "cohort": cohort, "as_of": local_date(at).isoformat()}
            write(progress_sheet(modules, rows, titles), form, facts, place)


@report_group.command("questions")
@click.argument("organisation")
@click.argument("cohort")
@click.argument("module")
@report_options
@pass_door
def questions_report(door: Door, organisation: str, cohort: str, module: str, form: Form, output: Path | None) -> None:
    """The questions of MODULE (L1, or why-words-matter) as COHORT answered them: counted first attempts, no names."""
    actor, at, threshold = Actor.system(), now(), door.settings.suppression_threshold
    here: dict[str, Any] = {"organisation": organisation, "cohort": cohort}
    with door.app.app_context(), writing() as session:
        with known(f"cohort {cohort} in {organisation}"):
            found = cohort_for(session, actor, organisation, cohort, to=Permission.REPORT)
        chosen = _module(door.catalogue, module, {one.module_id for one in assignments_of(session, found.id)})
        close_batches(session, actor=actor, **here, module_ids=[chosen.id], threshold=threshold, at=at)
        report = question_analysis.build(
            session, found.id, catalogue=door.catalogue, module_id=chosen.id, threshold=threshold, at=at
        )
    facts = {
        "organisation": organisation,
        "cohort": cohort,
        "module": chosen.id,
        "revision": report.tally.revision if report.tally else None,
        "needed": report.needed,
        "as_of": local_date(at).isoformat(),
    }
    with destination(form, output) as place:
        write(question_sheet(report), form, facts, place)


@report_group.command("overview")
@click.argument("organisation")
@report_options
@pass_door
def overview_report(door: Door, organisation: str, form: Form, output: Path | None) -> None:
    """The figures of ORGANISATION, by module and cohort, as they were released for this week: no names."""
    threshold = door.settings.suppression_threshold
    with door.app.app_context(), reading() as session:
        with known(f"organisation {organisation}"):
            found = organisation_for(session, Actor.system(), organisation)
        report = organisation_overview.build(session, found.id, titles=_titles(door.catalogue), threshold=threshold)
    week = report.week.isoformat() if report.week else None
    facts: dict[str, Any] = {"organisation": organisation, "threshold": report.threshold, "week": week}
    with destination(form, output) as place:
        write(overview_sheet(report), form, facts, place)


@contextmanager
def destination(form: Form, output: Path | None) -> Iterator[BinaryIO]:
    """Where the report goes: standard output, or a file that is there when it is whole and not before.

    Raises Invalid where it cannot be written.
    """
    if output is None:
        if form == "xlsx" and is_terminal():
            raise Invalid("An Excel file cannot be shown in a terminal.", "Name a file with --output.")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = output.with_name(f".{output.name}.part") if output.name else output
    try:
        if output.is_dir():
            raise IsADirectoryError(EISDIR, "it is a folder")
        with part.open("wb") as file:
            yield file
        part.replace(output)
    except OSError as error:
        raise Invalid(f"{output} cannot be written: {error.strerror}.", "Name another file with --output.") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def is_terminal() -> bool:
    """True if somebody looks at what is written to standard output."""
    return sys.stdout.isatty()


def write(sheet: Sheet, form: Form, facts: Facts, place: BinaryIO) -> None:
    """The report, block by block."""
    if form == "xlsx":
        place.write(as_workbook(sheet))
        return
    for block in as_csv(sheet) if form == "csv" else as_json(sheet, facts):
        place.write(block.encode())


def _titles(catalogue: Catalogue) -> dict[str, str]:
    return {module.id: module.title for module in catalogue.modules}


def _module(catalogue: Catalogue, name: str, ids: set[str]) -> Module:
    found = catalogue.by_id.get(name) or catalogue.by_slug.get(name)
    if found is None or found.id not in ids or found.quiz is None:
        raise NotFound(
            f"{name} is not set for this cohort, or has no quiz.", f"These are set: {', '.join(sorted(ids)) or 'none'}."
        )
    return found
