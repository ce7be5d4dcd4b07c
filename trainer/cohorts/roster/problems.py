"""What a roster's reader has to say: where, what, and how to mend it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.wording import said

MOST_BYTES = 5_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 50
MOST_CHARACTERS = 10_000  # in one cell
LIMITS = said(
    "A list has at most %(size)s MB, %(rows)s rows, %(columns)s columns and %(characters)s characters in a cell.",
    size=MOST_BYTES // 1_000_000,
    rows=f"{MOST_ROWS:,}",
    columns=MOST_COLUMNS,
    characters=f"{MOST_CHARACTERS:,}",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps the file from being applied.

    ``line`` is the physical line of a text file or the row of a sheet, counted from 1; 0 means the whole file.
    ``column`` is the heading as the file has it, or empty.
    """

    line: int
    column: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know that stops nothing; ``line`` as in a problem."""

    line: int
    message: str


class Unreadable(Exception):
    """The file cannot be read at all; carries the one problem."""

    def __init__(self, message: str, remedy: str, line: int = 0) -> None:
        super().__init__(message)
        self.problem = Problem(line, "", message, remedy)
