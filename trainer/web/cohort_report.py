"""The progress report of a cohort, on screen and as a file: the same rows in the same order."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, request, stream_with_context

from trainer.clock import local_date
from trainer.cohorts.access import Permission, cohort_for
from trainer.extensions import reading
from trainer.reporting.cohort_progress import build, iterate_rows, modules_of
from trainer.reporting.export import cohort_progress_csv
from trainer.web.cohort_pages import titles_of
from trainer.web.identity import current_actor, request_time
from trainer.web.report_pages import filter_form, report_page, view_of
from trainer.web.shell import house, render


def report(organisation: str, cohort: str) -> str:
    """Counts first, then the matrix. For the cohort's trainers."""
    titles = titles_of(house().catalogue)
    with reading() as db:
        found = cohort_for(db, current_actor(), organisation, cohort, to=Permission.REPORT)
        progress = build(db, found.id, view=view_of(request.args), at=request_time())
    return render("trainer/report.html", report_page(found, progress, filter_form(progress, titles), titles))


def report_csv(organisation: str, cohort: str) -> Response:
    """The same rows as on the screen, all pages, as a file that is sent while it is read."""
    at, view = request_time(), view_of(request.args)
    with reading() as db:
        found = cohort_for(db, current_actor(), organisation, cohort, to=Permission.REPORT)

    def blocks() -> Iterator[str]:
        with reading() as db:
            modules = modules_of(db, found.id)
            rows = iterate_rows(db, found.id, modules, view=view, at=at)
            yield from cohort_progress_csv(modules, rows, titles_of(house().catalogue))

    name = f"{found.organisation_slug}-{found.slug}-progress-{local_date(at).isoformat()}.csv"
    response = Response(stream_with_context(blocks()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
