"""Markdown as numbered lines, knowing which of them are code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage

FENCE_START = re.compile(r"(`{3,}|~{3,})(.*)\Z")
FENCE_WORD = re.compile(r" *[A-Za-z0-9_+-]* *\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` counts from 1 in the file; lines of a code fence, and the fence itself, are code."""

    number: int
    text: str
    is_code: bool

    @property
    def is_blank(self) -> bool:
        """True when nothing but spaces stands here."""
        return not self.text.strip()


def lines_of(passage: Passage) -> tuple[Line, ...]:
    """The lines of a passage whose fences have been checked; an unclosed fence is no fence."""
    return tuple(_numbered(passage)[0])


def check_fences(path: str, passage: Passage, report: Report) -> bool:
    """Report fences that are not closed or not opened plainly; True when there is none."""
    problems = _numbered(passage)[1]
    for number, message in problems:
        report.add(rules.FENCE, path, number, message)
    return not problems


def joined(lines: Iterator[Line] | list[Line] | tuple[Line, ...], otherwise: int) -> Passage:
    """Neighbouring lines as a passage again; ``otherwise`` is the line of an empty one."""
    kept = list(lines)
    return Passage("\n".join(line.text for line in kept), kept[0].number if kept else otherwise)


def _numbered(passage: Passage) -> tuple[list[Line], list[tuple[int, str]]]:
    found: list[Line] = []
    problems: list[tuple[int, str]] = []
    fence: str | None = None
    opened = 0
    for number, text in enumerate(passage.text.split("\n"), start=passage.line):
        start = FENCE_START.match(text)
        if fence is not None:
            found.append(Line(number, text, is_code=True))
            # The renderer closes with exactly the fence that opened.
            if text.rstrip(" ") == fence:
                fence = None
        elif start:
            found.append(Line(number, text, is_code=True))
            fence, opened = start.group(1), number
            if not FENCE_WORD.match(start.group(2)):
                problems.append((number, "this code fence says more than one word"))
        else:
            found.append(Line(number, text, is_code=False))
    if fence is not None:
        problems.append((opened, "this code fence is never closed"))
    return found, problems
