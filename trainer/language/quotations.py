"""Where somebody else speaks: quotation marks, quoted lines, addresses. Quotes never reach beyond their paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

Extent = tuple[int, int]
_MARK = re.compile("[\"“”„«»'‘’]|\n[ \t\r]*(?=\n)")
_MARKS = "\"“”„«»'‘’"
_QUOTED_LINE = re.compile(r"^[ \t]{0,3}>[^\n]*", re.MULTILINE)
_ADDRESS = re.compile(r"://|@|\bwww\.")
_SPACE = re.compile(r"[\s<>()\[\]\"]")
_CLOSERS = {"“": "”“", "„": "“”", "«": "»", "»": "«"}
_BEFORE_WORD = frozenset(' \t\n\r([{—–-/*_>“"«‘:\u00a0')
MOST_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Extents:
    """Stretches of a text in order and without overlap."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def holds(self, offset: int) -> bool:
        """True when the offset lies in one of them."""
        if not self.starts:
            return False
        place = bisect_right(self.starts, offset) - 1
        return place >= 0 and offset < self.ends[place]


def extents(found: Iterable[Extent]) -> Extents:
    """Joined where they touch or overlap."""
    joined: list[Extent] = []
    for start, end in sorted(one for one in found if one[1] > one[0]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return Extents(tuple(one[0] for one in joined), tuple(one[1] for one in joined))


def joined(*several: Extents) -> Extents:
    """All of them in one."""
    filled = [one for one in several if one.starts]
    if len(filled) == 1:
        return filled[0]
    return extents(pair for one in filled for pair in zip(one.starts, one.ends, strict=True))


def quotations(text: str) -> Extents:
    """“…”, ‘…’, "…", '…', «…» and lines that start with >. A quote never closed ends with its paragraph."""
    quoted_lines = [match.span() for match in _QUOTED_LINE.finditer(text)] if ">" in text else []
    if not any(mark in text for mark in _MARKS):
        return extents(quoted_lines)
    scan = _Scan(text)
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark[0] == "\n":
            scan.end_paragraph(match.start())
        else:
            scan.take(mark, match.start())
    scan.end_paragraph(len(text))
    return extents([*scan.found, *quoted_lines])


def addresses(text: str) -> Extents:
    """Web and e-mail addresses: a word inside one is no word."""
    found: list[Extent] = []
    if "@" not in text and "://" not in text and "www." not in text:
        return extents(found)
    behind = 0
    for match in _ADDRESS.finditer(text):
        if match.start() < behind:
            continue
        start = match.start()
        while start > behind and not _SPACE.match(text[start - 1]):
            start -= 1
        stop = _SPACE.search(text, match.end())
        behind = stop.start() if stop else len(text)
        found.append((start, behind))
    return extents(found)


class _Scan:
    """One pass over the quotation marks of a text. Every mark is handled in constant time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Extent] = []
        self.open: list[tuple[str, int]] = []
        self.single: tuple[str, int, int] | None = None

    def take(self, mark: str, at: int) -> None:
        if mark in "'‘’":
            self.take_single(mark, at)
        elif self.open and self.closes(mark, at):
            self.found.append((self.open.pop()[1], at + 1))
        elif self.opens(mark, at) and len(self.open) < MOST_DEPTH:
            self.open.append((mark, at))

    def opens(self, mark: str, at: int) -> bool:
        return mark in "“„«" or (mark == '"' and not self.is_inches(at))

    def closes(self, mark: str, at: int) -> bool:
        opener = self.open[-1][0]
        if opener == '"':
            return mark == '"'
        return mark in _CLOSERS[opener] and not (mark == opener and self.starts_word(at))

    def is_inches(self, at: int) -> bool:
        """5" is a measure, unless it closes what is open."""
        return self.before(at).isdigit()

    def before(self, at: int) -> str:
        return self.text[at - 1] if at else "\n"

    def after(self, at: int) -> str:
        return self.text[at + 1] if at + 1 < len(self.text) else "\n"

    def starts_word(self, at: int) -> bool:
        return self.before(at) in _BEFORE_WORD and not self.after(at).isspace()

    def take_single(self, mark: str, at: int) -> None:
        """Apostrophes are not quotes: an opening mark starts a word, a closing one ends it."""
        if self.single is None:
            if mark != "’" and self.starts_word(at) and not self.after(at).isdigit():
                self.single = (mark, at, -1)
            return
        opener, start, maybe = self.single
        if self.after(at).isalnum() or (mark == "‘") or (opener == "'" and mark == "’"):
            return
        if self.before(at) in "sS" and self.after(at) == " ":  # perhaps “the patients’ lounge”
            self.single = (opener, start, at if maybe < 0 else maybe)
            return
        self.found.append((start, at + 1))
        self.single = None

    def end_paragraph(self, at: int) -> None:
        if self.open:
            self.found.append((self.open[0][1], at))
            self.open.clear()
        if self.single and self.single[2] >= 0:
            self.found.append((self.single[1], self.single[2] + 1))
        elif self.single and self.single[0] == "‘":
            self.found.append((self.single[1], at))
        self.single = None
