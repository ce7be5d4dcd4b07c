"""Where Markdown is not prose: front matter, code, comments, tags, addresses, block quotes. One pass over the lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.language.quotations import Extent

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r" {0,3}(?:[-*+] {1,3})?>")
_LIST = re.compile(r" {0,3}(?:[-*+]|[0-9]{1,9}[.)])(?: |\Z)")
_BREAKS_QUOTE = re.compile(r" {0,3}(?:#{1,6} |[-*+] |[0-9]{1,9}[.)] |`{3}|~{3}|:{3}|\|)")
# What a line that opens or closes anything can begin with, beside a space.
_MEANT = frozenset(">`~#-*+|:0123456789")
_TICKS = re.compile(r"`+")
_TAG = re.compile(r"<[A-Za-z/!?][^<>]{0,2000}>")
# Attributes such as {#name} and the fences of our own blocks (“/// note | name”) are for machines.
_ATTRIBUTES = re.compile(r"\{[#:.][^{}\n]{0,500}\}|^ {0,3}/{3,}[^\n]*", re.MULTILINE)
_TARGET = re.compile(r"\]\(([^()\s]{0,2000})[^()]{0,500}\)|^ {0,3}\[[^\]\n]{1,200}\]:[^\n]*", re.MULTILINE)


def not_prose(text: str) -> list[Extent]:
    """The stretches of a Markdown text that the lens must leave out."""
    found = list(_blocks(text))
    found += _comments(text)
    found += _inline_code(text)
    found += [match.span() for match in _TAG.finditer(text)]
    found += [match.span() for match in _ATTRIBUTES.finditer(text)]
    found += [match.span(1) if match.group(1) else match.span() for match in _TARGET.finditer(text)]
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line
        start += len(line)


def _blocks(text: str) -> Iterator[Extent]:
    """Front matter, fenced and indented code, block quotes with the lines that lazily belong to them."""
    body = _front_matter(text)
    if body:
        yield 0, body
    lines = _Lines()
    for start, line in _lines(text[body:]):
        if not lines.is_prose(line):
            yield body + start, body + start + len(line)


class _Lines:
    """What the lines so far have opened: a fence, a quotation, a list."""

    def __init__(self) -> None:
        self.fence = ""
        self.is_quote = False
        self.in_list = False
        self.is_blank = True

    def is_prose(self, line: str) -> bool:
        """Take in the next line."""
        if not (self.fence or line[0] in _MEANT or line[0].isspace()):  # words, or more words of a quotation
            self.is_blank = self.in_list = False
            return not self.is_quote
        match = _FENCE.match(line)
        if self.fence:
            if match and match.group(1).startswith(self.fence) and not line.strip().strip(self.fence[0]):
                self.fence = ""
            return False
        if match:
            self.fence = match.group(1)
            return False
        if not line.strip():
            self.is_quote, self.is_blank = False, True
            return True
        self.is_quote = bool(_QUOTE.match(line)) or (self.is_quote and not _BREAKS_QUOTE.match(line))
        is_code = self.is_blank and not self.in_list and line.startswith(("    ", "\t"))
        self.in_list = bool(_LIST.match(line)) or (self.in_list and line[0].isspace())
        self.is_blank = is_code
        return not (self.is_quote or is_code)


def _front_matter(text: str) -> int:
    """Where the text behind “---” lines starts; 0 when it has none."""
    if not text.startswith(("---\n", "---\r\n")):
        return 0
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE).search(text, 4)
    return closing.end() if closing else 0


def _comments(text: str) -> Iterator[Extent]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            yield start, len(text)
            return
        yield start, end + 3
        start = text.find("<!--", end)


def _inline_code(text: str) -> Iterator[Extent]:
    """`code` between equal runs of backticks in one paragraph."""
    if "`" not in text:
        return
    waiting: dict[int, int] = {}
    paragraph_end = -1
    for run in _TICKS.finditer(text):
        if run.start() > paragraph_end:
            waiting.clear()
            paragraph_end = text.find("\n\n", run.start())
            paragraph_end = len(text) if paragraph_end < 0 else paragraph_end
        length = len(run.group())
        if length in waiting:
            yield waiting.pop(length), run.end()
            waiting.clear()
        else:
            waiting[length] = run.start()
