"""The shape of a Markdown file: what comes first, then one part for each ``##`` heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.courseware import rules
from trainer.courseware.attributes import Attributes, split_attributes
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.guards import check_limits, check_raw
from trainer.courseware.lines import Line, check_fences, joined, lines_of

HEADING = re.compile(r"(#{1,6})(.*)\Z")
INDENTED_HEADING = re.compile(r" {1,3}#{1,6} ")
UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,}) *\Z")
PART_LEVEL = 2
DEEPEST_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading without its marks; ``level`` is the number of them."""

    level: int
    text: str
    attributes: Attributes
    line: int


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one ``##`` heading."""

    heading: Heading
    body: Passage


@dataclass(frozen=True, slots=True)
class Outline:
    """The file in parts. Only ``is_sound`` text may be rendered: the rest would be slow or misread."""

    opening: Passage
    parts: tuple[Part, ...]
    is_sound: bool


def read_outline(path: str, passage: Passage, report: Report, *, deepest: int = DEEPEST_LEVEL) -> Outline:
    """Split at the ``##`` headings and check headings, limits, fences, raw HTML and definitions."""
    lines = lines_of(passage)
    is_sound = check_limits(path, lines, report)
    if not is_sound:
        return Outline(Passage("", passage.line), (), is_sound=False)
    is_sound = check_fences(path, passage, report)
    check_raw(path, lines, report)
    _check_heading_forms(path, lines, report)
    headings = _headings(path, lines, report)
    _check_levels(path, headings, deepest, report)
    starts = [heading for heading in headings if heading.level == PART_LEVEL]
    return Outline(*_split(lines, starts, passage.line), is_sound=is_sound)


def _split(lines: Sequence[Line], starts: Sequence[Heading], first: int) -> tuple[Passage, tuple[Part, ...]]:
    edges = [heading.line - first for heading in starts]
    ends = [*edges, len(lines)][1:]
    opening = joined(list(lines[: edges[0] if edges else len(lines)]), first)
    parts = tuple(
        Part(heading, joined(list(lines[edge + 1 : end]), heading.line + 1))
        for heading, edge, end in zip(starts, edges, ends, strict=True)
    )
    return opening, parts


def _headings(path: str, lines: Sequence[Line], report: Report) -> list[Heading]:
    found: list[Heading] = []
    for line in lines:
        match = None if line.is_code else HEADING.match(line.text)
        if not match:
            continue
        marks, rest = match.groups()
        text, attributes = split_attributes(rest.strip().rstrip("#"))
        if not rest.startswith(" ") or not text:
            report.add(rules.HEADING_FORM, path, line.number, "a heading needs a space after # and then words")
        elif len(marks) != PART_LEVEL and attributes != Attributes():
            report.add(rules.HEADING_FORM, path, line.number, "only a ## heading carries an id")
        found.append(Heading(len(marks), text, attributes, line.number))
    return found


def _check_heading_forms(path: str, lines: Sequence[Line], report: Report) -> None:
    previous: Line | None = None
    for line in lines:
        if not line.is_code and INDENTED_HEADING.match(line.text):
            report.add(rules.HEADING_FORM, path, line.number, "this heading does not begin at the edge of the line")
        is_under_text = previous is not None and not previous.is_blank and not previous.is_code
        if not line.is_code and is_under_text and UNDERLINE.match(line.text):
            report.add(rules.HEADING_FORM, path, line.number, "a heading is not made by underlining")
        previous = line


def _check_levels(path: str, headings: Sequence[Heading], deepest: int, report: Report) -> None:
    level = 1
    for heading in headings:
        if heading.level == 1:
            report.add(rules.TITLE_HEADING, path, heading.line, f"“{heading.text}” is a # heading")
        elif heading.level > deepest:
            report.add(rules.HEADING_FORM, path, heading.line, "this file has ## headings only")
        elif heading.level > level + 1:
            report.add(rules.SKIPPED_LEVEL, path, heading.line, f"“{heading.text}” skips a heading level")
        level = max(heading.level, 1)
