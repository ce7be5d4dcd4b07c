"""Ordinary Markdown and ``/// name | argument`` blocks, in turn.

The syntax is that of ``pymdownx.blocks``. It is split here, line by line, because that library turns a block with a
mistake silently into text, forgets the line numbers, and takes time that grows with the square of a block's length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report, Rule
from trainer.courseware.frontmatter import Passage
from trainer.courseware.lines import Line, joined, lines_of
from trainer.courseware.source import is_slug

BLOCK_LINE = re.compile(r"(/{3,})[ ]*(?:([\w-]+)[ ]*(?:\|(.*))?)?\Z")
STRAY = re.compile(r"\s+/{3}")
ROLES = ("psw", "clinician", "leader")
NAMES = frozenset({"role", "reflect", "rewrite", "scenario", "try", "instead"})
NAMED = frozenset({"reflect", "rewrite", "scenario"})


@dataclass(frozen=True, slots=True)
class Block:
    """A block that may be rendered: ``name`` is known and ``argument`` fits it."""

    name: str
    argument: str
    body: Passage
    line: int


Segment = Passage | Block


def split_segments(path: str, passage: Passage, report: Report) -> tuple[Segment, ...]:
    """The passage in order. Blocks with a mistake are reported and left out."""
    splitting = _Splitting(path, report)
    for line in lines_of(passage):
        splitting.take(line)
    return splitting.finish()


def refuse_blocks(path: str, lines: Sequence[Line], report: Report) -> None:
    """Report every block of a file that has none."""
    for line in lines:
        if not line.is_code and line.text.lstrip().startswith("///"):
            report.add(rules.BLOCK_UNKNOWN, path, line.number, "blocks belong in module.md")


class _Splitting:
    def __init__(self, path: str, report: Report) -> None:
        self.path = path
        self.report = report
        self.segments: list[Segment] = []
        self.gathered: list[Line] = []
        self.opened: Line | None = None

    def take(self, line: Line) -> None:
        if line.is_code or not line.text.startswith("///"):
            if not line.is_code and STRAY.match(line.text):
                self.report.add(rules.BLOCK_LEFT, self.path, line.number, "/// does not begin at the edge of the line")
            self.gathered.append(line)
            return
        match = BLOCK_LINE.match(line.text.rstrip())
        if not match or len(match.group(1)) > 3:
            self.report.add(
                rules.BLOCK_LEFT, self.path, line.number, "this line is neither the start nor the end of a block"
            )
        elif match.group(2) is None:
            self.close(line)
        else:
            self.open(line)

    def open(self, line: Line) -> None:
        if self.opened is not None:
            self.refuse_open("is not closed before the next one opens")
        else:
            self.keep_passage()
        self.gathered = []
        self.opened = line

    def close(self, line: Line) -> None:
        if self.opened is None:
            self.report.add(rules.BLOCK_OPEN, self.path, line.number, "this /// closes nothing")
            return
        block = self.block_of(self.opened)
        if block is not None:
            self.segments.append(block)
        self.opened, self.gathered = None, []

    def finish(self) -> tuple[Segment, ...]:
        if self.opened is not None:
            self.refuse_open("is not closed before the section ends")
        else:
            self.keep_passage()
        return tuple(self.segments)

    def refuse_open(self, message: str) -> None:
        assert self.opened is not None
        self.report.add(
            rules.BLOCK_OPEN, self.path, self.opened.number, f"the block “{self.opened.text.strip()}” {message}"
        )
        self.block_of(self.opened)

    def keep_passage(self) -> None:
        if any(not line.is_blank for line in self.gathered):
            self.segments.append(joined(self.gathered, self.gathered[0].number))

    def block_of(self, opened: Line) -> Block | None:
        match = BLOCK_LINE.match(opened.text.rstrip())
        assert match
        name, argument = match.group(2), (match.group(3) or "").strip()
        rule, problem = _problem_of(name, argument)
        if rule is not None:
            self.report.add(rule, self.path, opened.number, problem)
            return None
        return Block(name, argument, joined(self.gathered, opened.number), opened.number)


def _problem_of(name: str, argument: str) -> tuple[Rule | None, str]:
    if name not in NAMES:
        return rules.BLOCK_UNKNOWN, f"there is no block “{name}”"
    if name == "role" and argument not in ROLES:
        return rules.BLOCK_ARGUMENT, f"“{argument}” is no role: write psw, clinician or leader"
    if name in NAMED and not is_slug(argument):
        return rules.BLOCK_ARGUMENT, f"{name} needs a name in small letters and hyphens, not “{argument}”"
    if name == "instead" and not argument:
        return rules.BLOCK_ARGUMENT, "instead needs a few words on what the section mentions"
    if name == "try" and argument:
        return rules.BLOCK_ARGUMENT, "try takes no argument"
    return None, ""
