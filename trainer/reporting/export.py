"""Rows as a file that any spreadsheet opens: UTF-8 with a mark, safe from formulas, stable headers. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trainer.clock import local_date
from trainer.reporting.cohort_progress import Cell, Row
from trainer.reporting.views import AssignedModule

BYTE_ORDER_MARK = "\ufeff"
BLOCK_CHARACTERS = 16_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def cohort_progress_csv(
    modules: Sequence[AssignedModule], rows: Iterable[Row], titles: Mapping[str, str]
) -> Iterator[str]:
    """The cohort report as CSV text, in blocks. The code in brackets of a header never changes."""
    block = io.StringIO()
    block.write(BYTE_ORDER_MARK)
    writer = csv.writer(block, lineterminator="\r\n")
    writer.writerow(map(safe_cell, _headers(modules, titles)))
    for row in rows:
        values = (row.name, row.email, row.completed_count, len(modules), *_cells(row.cells))
        writer.writerow(map(safe_cell, values))
        if block.tell() > BLOCK_CHARACTERS:
            yield block.getvalue()
            block.seek(0)
            block.truncate()
    yield block.getvalue()


def _headers(modules: Sequence[AssignedModule], titles: Mapping[str, str]) -> list[str | int]:
    headers: list[str | int] = [
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


def safe_cell(value: str | int) -> str | int:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value
