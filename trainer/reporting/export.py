"""The cohort report as a sheet: one row a learner, five columns a module, stable codes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from trainer.clock import local_date
from trainer.reporting.cohort_progress import Row
from trainer.reporting.sheets import Column, Sheet, as_csv
from trainer.reporting.views import AssignedModule
from trainer.tables import Value

PEOPLE = (
    Column("NAME", "Learner"),
    Column("EMAIL", "E-mail"),
    Column("COMPLETED_COUNT", "Completed modules"),
    Column("ASSIGNED_COUNT", "Assigned modules"),
)
HAND = Column("HAND", "Perhaps a word about")


def cohort_progress_csv(
    modules: Sequence[AssignedModule], rows: Iterable[Row], titles: Mapping[str, str]
) -> Iterator[str]:
    """The cohort report as CSV text, in blocks. The code in brackets of a header never changes."""
    return as_csv(progress_sheet(modules, rows, titles))


def progress_sheet(modules: Sequence[AssignedModule], rows: Iterable[Row], titles: Mapping[str, str]) -> Sheet:
    """The same rows for every kind of file."""
    days = _Days()
    return Sheet("progress", (*PEOPLE, *_columns(modules, titles), HAND), (_values(row, modules, days) for row in rows))


class _Days(dict[int, str]):
    """The local day of an instant in UTC, found once an hour: a long file has a hundred thousand of them."""

    def of(self, instant: datetime) -> str:
        hour = instant.toordinal() * 24 + instant.hour
        return self.get(hour) or self.setdefault(hour, local_date(instant).isoformat())


def _columns(modules: Sequence[AssignedModule], titles: Mapping[str, str]) -> Iterator[Column]:
    for module in modules:
        code = module.module_id
        label = f"{code} {titles.get(code, '')}".strip()
        yield Column(f"{code}_STATE", f"{label}: state")
        yield Column(f"{code}_COMPLETED_ON", f"{label}: completed on")
        yield Column(f"{code}_BEST_PERCENT", f"{label}: best score %")
        yield Column(f"{code}_ATTEMPTS", f"{label}: attempts")
        yield Column(f"{code}_OVERDUE", f"{label}: overdue")
        yield Column(f"{code}_ASSESSED", f"{label}: assessed")


def _values(row: Row, modules: Sequence[AssignedModule], days: _Days) -> Sequence[Value]:
    words: list[str] = []
    values: list[Value] = [row.name, row.email or "", row.completed_count, len(modules)]
    for module, cell in zip(modules, row.cells, strict=True):
        completed_on = days.of(cell.completed_at) if cell.completed_at else None
        overdue = "yes" if cell.is_overdue else "no"
        values += (
            cell.state,
            completed_on,
            cell.best_percent,
            cell.attempt_count,
            overdue,
            "yes" if cell.is_assessed else "no",
        )
        if cell.reasons:
            words.append(f"{module.module_id}: {', '.join(cell.reasons)}")
    values.append("; ".join(words))
    return values
