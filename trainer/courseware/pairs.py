"""A Markdown table by line: the head first, then its rows, each cell in its raw words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trainer.courseware.frontmatter import Passage
from trainer.courseware.lines import Line

CELL_EDGE = re.compile(r"(?<!\\)\|")
SEPARATOR = re.compile(r":?-{3,}:?\Z")


def read_rows(lines: Sequence[Line]) -> tuple[tuple[Passage, ...], ...]:
    """The rows without the line of dashes; nothing when that line is missing."""
    rows = [tuple(Passage(cell, line.number) for cell in _cells(line.text)) for line in lines]
    if len(rows) < 2 or not all(SEPARATOR.match(cell.text) for cell in rows[1]):
        return ()
    return (rows[0], *rows[2:])


def _cells(text: str) -> list[str]:
    inner = text.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip().replace("\\|", "|") for cell in CELL_EDGE.split(inner)]
