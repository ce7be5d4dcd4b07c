"""A report's sheet as a file, or as the table of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from flask import Response, request, stream_with_context, url_for

from trainer.clock import local_date
from trainer.cohorts.queries import CohortOf
from trainer.reporting.sheets import FORMS, Column, Form, Sheet, as_csv, as_json, as_workbook
from trainer.tables import Value
from trainer.web.identity import request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import translated
from trainer.web.pages.reports import CellView, FileLink, SheetView
from trainer.web.words import day

MEDIA: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
LABELS: dict[Form, str] = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


def asked_form() -> Form | None:
    """What ``?format=`` asks for; None for the page, and for what makes no sense."""
    asked = request.args.get("format", "")
    return next((form for form in FORMS if form == asked), None)


def file_response(
    sheet: Sheet, form: Form, cohort: CohortOf, about: str = "", asked: Mapping[str, Value] | None = None
) -> Response:
    """The file, sent while it is made where its kind allows; kept nowhere. ``asked`` is what it was filtered by."""
    today = local_date(request_time()).isoformat()
    facts = {"organisation": cohort.organisation_slug, "cohort": cohort.slug, "as_of": today, **(asked or {})}
    data = as_workbook(sheet) if form == "xlsx" else _text(sheet, form, facts)
    response = Response(data, content_type=MEDIA[form])
    parts = (cohort.organisation_slug, cohort.slug, sheet.name, about, today)
    name = "-".join(part for part in parts if part)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _text(sheet: Sheet, form: Form, facts: Mapping[str, Value]) -> Iterator[str]:
    return stream_with_context(as_csv(sheet) if form == "csv" else as_json(sheet, facts))


def file_links(endpoint: str, **values: object) -> tuple[FileLink, ...]:
    """The addresses of the files with the rows of a page."""
    return tuple(FileLink(LABELS[form], url_for(endpoint, format=form, **values)) for form in FORMS)  # type: ignore[arg-type]


def sheet_view(sheet: Sheet, caption: str) -> SheetView:
    """The sheet as a table in the language of the page."""
    return SheetView(
        caption=caption,
        heads=tuple(translated(column.label) for column in sheet.columns),
        rows=tuple(
            tuple(_cell(value, column) for value, column in zip(row, sheet.columns, strict=True)) for row in sheet.rows
        ),
        empty=_("There is nothing to show yet."),
    )


def _cell(value: Value, column: Column) -> CellView:
    if isinstance(value, str):
        if column.is_day:
            return CellView(day(date.fromisoformat(value)), day=value)
        return CellView(translated(value), is_content=column.is_content)
    return CellView("" if value is None else f"{value:,}", is_number=value is not None)
