"""The rows of a report, once for every form they are taken in: page, CSV, workbook, JSON, paper. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from trainer.tables import Value, csv_blocks, workbook

Form = Literal["csv", "xlsx", "json"]
FORMS: tuple[Form, ...] = get_args(Form)
BLOCK_ROWS = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column; programs know it by its code, which never changes. ``is_content`` is text of the curriculum."""

    code: str
    label: str
    is_content: bool = False
    is_day: bool = False  # written as YYYY-MM-DD; a page says it in words

    @property
    def heading(self) -> str:
        """The heading in a file, as lists of people have it: ``Learner (NAME)``.

        English whatever the language of the page: a file goes from hand to hand and into other programs, and one
        that is opened beside last month's should have the same head. Programs go by the code.
        """
        return f"{self.label} ({self.code})"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report as a table. ``rows`` may be read once only, while a long file is sent."""

    name: str  # of the file, in lower case
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]

    @property
    def table(self) -> Iterator[Sequence[Value]]:
        """The headings, then the rows."""
        yield [column.heading for column in self.columns]
        yield from self.rows


def as_csv(sheet: Sheet) -> Iterator[str]:
    """The sheet as CSV, in blocks. A line break within a text stays within its quotation marks."""
    return csv_blocks(sheet.table)


def as_workbook(sheet: Sheet) -> bytes:
    """The sheet as an Excel file."""
    return workbook(sheet.table, title=sheet.name)


def as_json(sheet: Sheet, facts: Mapping[str, Value] | None = None) -> Iterator[str]:
    """The sheet as JSON, in blocks: what it is, its columns, and each row by code."""
    head = {
        "report": sheet.name,
        **(facts or {}),
        "columns": [{"code": column.code, "label": str(column.label)} for column in sheet.columns],
    }
    codes = [column.code for column in sheet.columns]
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    block: list[str] = []
    separator = "\n"
    for row in sheet.rows:
        block.append(separator + json.dumps(dict(zip(codes, row, strict=True)), ensure_ascii=False))
        separator = ",\n"
        if len(block) == BLOCK_ROWS:
            yield "".join(block)
            block.clear()
    yield "".join(block) + "\n]}\n"
