"""Rows as a file that any spreadsheet opens: CSV as text in blocks, or a workbook. Pure.

Text that a spreadsheet would run as a formula is kept from it in both: an apostrophe in CSV, a text cell in a workbook.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from xlsxwriter import Workbook

BYTE_ORDER_MARK = "\ufeff"
BLOCK_CHARACTERS = 16_000
MOST_SHEET_NAME = 31  # what Excel allows
_FORMULA_STARTS = frozenset("=+-@\t\r")

Value = str | int | float | None


def csv_blocks(rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """UTF-8 CSV with a mark, for Excel; the first row holds the headings."""
    block = io.StringIO()
    block.write(BYTE_ORDER_MARK)
    writer = csv.writer(block, lineterminator="\r\n")
    for row in rows:
        # As ``safe_cell``; written out because a long file has a million cells.
        writer.writerow(["'" + one if isinstance(one, str) and one[:1] in _FORMULA_STARTS else one for one in row])
        if block.tell() > BLOCK_CHARACTERS:
            yield block.getvalue()
            block.seek(0)
            block.truncate()
    yield block.getvalue()


def workbook(rows: Iterable[Sequence[Value]], *, title: str) -> bytes:
    """One sheet with the headings frozen. Text stays text: no formula, no link."""
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet(
            "".join(sign for sign in title if sign not in "[]:*?/\\'")[:MOST_SHEET_NAME] or "Sheet"
        )
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, column, value, None if line else bold)
                elif value is not None:
                    sheet.write_number(line, column, value)
    return file.getvalue()


def safe_cell(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers."""
    if isinstance(value, str) and value[:1] in _FORMULA_STARTS:
        return "'" + value
    return value
