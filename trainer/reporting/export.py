"""Rows as a file that any spreadsheet opens: UTF-8 with a mark, safe from formulas, stable headers. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from trainer.clock import local_date
from trainer.reporting.cohort_progress import Cell, Row
from trainer.reporting.views import AssignedModule
from trainer.tables import Value, csv_blocks


def cohort_progress_csv(
    modules: Sequence[AssignedModule], rows: Iterable[Row], titles: Mapping[str, str]
) -> Iterator[str]:
    """The cohort report as CSV text, in blocks. The code in brackets of a header never changes."""
    return csv_blocks(progress_rows(modules, rows, titles))


def progress_rows(
    modules: Sequence[AssignedModule], rows: Iterable[Row], titles: Mapping[str, str]
) -> Iterator[Sequence[Value]]:
    """The same rows for every kind of file, the headings first."""
    yield _headers(modules, titles)
    for row in rows:
        yield (row.name, row.email or "", row.completed_count, len(modules), *_cells(row.cells))


def _headers(modules: Sequence[AssignedModule], titles: Mapping[str, str]) -> list[Value]:
    headers: list[Value] = [
        "Learner (NAME)",
        "E-mail (EMAIL)",
        "Completed modules (COMPLETED_COUNT)",
        "Assigned modules (ASSIGNED_COUNT)",
    ]
    for module in modules:
        name, code = titles.get(module.module_id, ""), module.module_id
        label = f"{code} {name}".strip()
        headers += [
            f"{label}: state ({code}_STATE)",
            f"{label}: completed on ({code}_COMPLETED_ON)",
            f"{label}: best score % ({code}_BEST_PERCENT)",
            f"{label}: attempts ({code}_ATTEMPTS)",
            f"{label}: overdue ({code}_OVERDUE)",
        ]
    return headers


def _cells(cells: Sequence[Cell]) -> Iterator[str | int]:
    for cell in cells:
        yield cell.state.value
        yield local_date(cell.completed_at).isoformat() if cell.completed_at else ""
        yield "" if cell.best_percent is None else cell.best_percent
        yield cell.attempt_count
        yield "yes" if cell.is_overdue else "no"
