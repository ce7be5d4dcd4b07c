"""A file becomes rows of cells, each with its line. Pure; the size of what is read is bounded on the way in."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from trainer.cohorts.roster.problems import LIMITS, MOST_BYTES, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, Unreadable
from trainer.cohorts.roster.text import decode
from trainer.wording import said

DELIMITERS = {",": ",", ";": ";", "\t": "Tab", "|": "|"}
MOST_UNPACKED = 80_000_000  # a workbook is a packed archive; a small one can hide a huge one
_ARCHIVE = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text; ``is_formula`` cells are refused where they matter."""

    text: str
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """``line`` is where the row begins in the file, from 1."""

    line: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """True for a row without any text."""
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that are not blank, and in words how the file was read."""

    rows: tuple[Row, ...]
    described: str


def read_sheet(data: bytes) -> Sheet:
    """Read a CSV file or the first sheet of a workbook. Raises Unreadable with the remedy."""
    if not data.strip():
        raise Unreadable(said("The file is empty."), said("Save the list again, then upload it."))
    if len(data) > MOST_BYTES:
        raise Unreadable(
            said("The file has %(size)s MB. %(limits)s", size=f"{len(data) / 1_000_000:.1f}", limits=LIMITS),
            said("Leave out columns that are not needed, or upload the list in parts."),
        )
    if data.startswith(_OLD_EXCEL):
        raise Unreadable(
            said("This is an older Excel file (.xls)."), said("Open it and save it as .xlsx or as CSV UTF-8.")
        )
    return _workbook(data) if data.startswith(_ARCHIVE) else _text(data)


def _text(data: bytes) -> Sheet:
    text, encoding = decode(data)
    lines = text.splitlines()
    declared = lines[0].lower() if lines else ""
    skipped = 0
    if declared.startswith("sep=") and len(declared) == 5 and declared[4] in DELIMITERS:
        delimiter, skipped = declared[4], 1
    else:
        delimiter = _delimiter_of(next((line for line in lines if line.strip()), ""))
    rows = tuple(_csv_rows(text, delimiter, skipped))
    return Sheet(
        rows,
        said(
            "A text file in %(encoding)s, its columns separated by “%(sign)s”.",
            encoding=encoding,
            sign=DELIMITERS[delimiter],
        ),
    )


def _delimiter_of(line: str) -> str:
    """What separates the headings: the candidate that stands there most often, outside quotation marks."""
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _csv_rows(text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, count = 1, 0
    try:
        for values in reader:
            row = Row(line, tuple(Cell(_tidy(value, line)) for value in values))
            line = reader.line_num + 1
            if row.line <= skipped or row.is_blank:
                continue
            count += 1
            _check_size(row, count)
            yield row
    except csv.Error:
        raise Unreadable(
            said("From line %(line)s on the quotation marks do not fit together.", line=line),
            said("Look for a quotation mark that is opened and never closed; write a mark inside a cell twice."),
            line,
        ) from None


def _workbook(data: bytes) -> Sheet:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable(
                    said("The workbook is far larger inside than it looks."), said("Save the list alone as CSV.")
                )
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise Unreadable(
            said("The workbook is damaged, or it is no Excel workbook."),
            said("Open it in your spreadsheet and save it again as .xlsx, or as CSV UTF-8."),
        ) from None
    try:
        sheet = book.worksheets[0]
        rows = tuple(_sheet_rows(sheet.iter_rows()))
        described = said(
            "The sheet “%(title)s”, the first of %(count)s.", title=sheet.title, count=len(book.worksheets)
        )
        return Sheet(rows, described)
    except Unreadable:
        raise
    except Exception:  # whatever the library meets in a damaged sheet
        raise Unreadable(
            said("The workbook cannot be read to its end."), said("Open it, save it again as .xlsx or as CSV UTF-8.")
        ) from None
    finally:
        book.close()


def _sheet_rows(rows: Iterator[tuple[object, ...]]) -> Iterator[Row]:
    count = 0
    for line, cells in enumerate(rows, start=1):
        row = Row(line, tuple(_sheet_cell(cell, line) for cell in cells))
        if row.is_blank:
            if line > 10 * MOST_ROWS:
                raise Unreadable(
                    said("The sheet has a million rows."), said("Delete the empty rows at its end, then save it.")
                )
            continue
        count += 1
        _check_size(row, count)
        yield row


def _sheet_cell(cell: object, line: int) -> Cell:
    value = getattr(cell, "value", None)
    if getattr(cell, "data_type", "") == "f":
        return Cell(_tidy(str(value), line), is_formula=True)
    return Cell(_tidy(_shown(value), line))


def _shown(value: object) -> str:
    """A cell as its reader sees it: a staff number has no decimal point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _tidy(text: str, line: int) -> str:
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(
            said(
                "A cell in line %(line)s has %(count)s characters; the limit is %(most)s.",
                line=line,
                count=f"{len(text):,}",
                most=f"{MOST_CHARACTERS:,}",
            ),
            said("A name, an address and a staff id are shorter. Look for a mark that joins many lines into one."),
            line,
        )
    return " ".join(text.split())


def _check_size(row: Row, count: int) -> None:
    if len(row.cells) > MOST_COLUMNS and any(cell.text for cell in row.cells[MOST_COLUMNS:]):
        raise Unreadable(
            said(
                "Line %(line)s has %(count)s columns; the limit is %(most)s.",
                line=row.line,
                count=len(row.cells),
                most=MOST_COLUMNS,
            ),
            said("Keep the columns with names, addresses and staff ids."),
            row.line,
        )
    if count > MOST_ROWS + 1:
        raise Unreadable(
            said("The list has more than %(most)s rows.", most=f"{MOST_ROWS:,}"), said("Upload it in parts."), row.line
        )
