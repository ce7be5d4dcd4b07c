"""The progress report of a cohort, on screen and as a file: the same rows in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Response, request

from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.queries import CohortOf
from trainer.extensions import reading, writing
from trainer.reporting.access_log import note_report_taken
from trainer.reporting.cohort_progress import Row, build, iterate_rows, modules_of
from trainer.reporting.export import progress_sheet
from trainer.reporting.sheets import Form
from trainer.reporting.views import AssignedModule, View
from trainer.web.cohort_pages import titles_of
from trainer.web.identity import current_actor, request_time
from trainer.web.report_files import asked_form, file_response
from trainer.web.report_pages import filter_form, report_page, view_of
from trainer.web.shell import house, render


def report(organisation: str, cohort: str) -> str | Response:
    """Counts first, then the matrix; with ``?format=`` the rows as a file. For the cohort's trainers."""
    form = asked_form()
    if form:
        return _file(organisation, cohort, form)
    titles = titles_of(house().catalogue)
    with reading() as db:
        found = cohort_for(db, current_actor(), organisation, cohort, to=Permission.REPORT)
        progress = build(db, found.id, view=view_of(request.args), at=request_time())
    return render("trainer/report.html", report_page(found, progress, filter_form(progress, titles), titles))


def report_csv(organisation: str, cohort: str) -> Response:
    """The same rows as on the screen, all pages, as CSV."""
    return _file(organisation, cohort, "csv")


def _file(organisation: str, cohort: str, form: Form) -> Response:
    """Written down first, then sent while it is read."""
    actor, at = current_actor(), request_time()
    with writing() as db:
        found = cohort_for(db, actor, organisation, cohort, to=Permission.REPORT)
        note_report_taken(db, actor=actor, cohort=found, at=at)
    with reading() as db:
        modules = modules_of(db, found.id)
    view = view_of(request.args).within(modules)
    sheet = progress_sheet(modules, _rows(found, modules, view), titles_of(house().catalogue))
    asked = {"state": view.state, "module": view.module_id, "sort": view.sort}
    about = "-".join(part for part in (view.state, view.state and view.module_id) if part).replace("_", "-")
    return file_response(sheet, form, found, about.lower(), asked)


def _rows(cohort: CohortOf, modules: Sequence[AssignedModule], view: View) -> Iterator[Row]:
    """The head of the file stands already: its modules, and no later ones, are the columns of the rows."""
    with reading() as db:
        yield from iterate_rows(db, cohort.id, modules, view=view, at=request_time())
