"""What is refused before Markdown is parsed: the hostile, which would take long, and what is never rendered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.lines import Line
from trainer.courseware.source import LINE_CHARACTERS

DEEPEST = 16
DEEPEST_INDENT = 4 * DEEPEST
MOST_LINES = 6_000
MOST_MARKS = 1_000  # asterisks, brackets, bars and so on in one paragraph, list or table
MARKER = re.compile(r"[ ]*(?:>|[-*+][ ]|[0-9]{1,9}[.)][ ])")
CODE_SPAN = re.compile(r"(`+)[^`]+\1(?!`)")
HTML = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>]|\Z)|!--|!\[CDATA|![A-Za-z]|\?)")
DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:")
MOST_MARKS_IN_ALL = 20_000
MARKS = re.compile(r"[*_`\[\]<&\\|]")
BRACKETS = re.compile(r"[\[\]()]")


def check_limits(path: str, lines: Sequence[Line], report: Report) -> bool:
    """Report what would make parsing slow or deep; True when the passage may be parsed."""
    if len(lines) > MOST_LINES:
        report.add(rules.TOO_LONG, path, lines[MOST_LINES].number, f"the file has more than {MOST_LINES} lines")
        return False
    marks = sum(map(_marks, lines))
    if marks > MOST_MARKS_IN_ALL:
        report.add(rules.TOO_LONG, path, lines[0].number, f"the file has {marks} marks such as * or [")
        return False
    is_safe = True
    paragraph: list[Line] = []
    for line in (*lines, Line(0, "", is_code=False)):
        if _nesting(line.text) > DEEPEST:
            report.add(rules.TOO_DEEP, path, line.number, f"this is nested more than {DEEPEST} deep")
            is_safe = False
        if not line.is_blank:
            paragraph.append(line)
        elif paragraph:
            is_safe = _check_paragraph(path, paragraph, report) and is_safe
            paragraph = []
    return is_safe


def check_raw(path: str, lines: Sequence[Line], report: Report) -> None:
    """Report raw HTML and reference definitions, outside code."""
    for line in lines:
        if line.is_code:
            continue
        visible = CODE_SPAN.sub("", line.text)
        for found in HTML.finditer(visible):
            report.add(rules.RAW_HTML, path, line.number, f"raw HTML stands here: {found.group()}")
        definition = DEFINITION.match(line.text)
        if definition:
            report.add(rules.DEFINITION, path, line.number, f"the line defines {definition.group().strip()}")


def _marks(line: Line) -> int:
    return 0 if line.is_code else len(MARKS.findall(line.text))


def _nesting(text: str) -> int:
    indent = len(text) - len(text.lstrip(" "))
    if indent > DEEPEST_INDENT:
        return DEEPEST + 1
    depth, position = 0, 0
    while depth <= DEEPEST:
        marker = MARKER.match(text, position)
        if not marker:
            return depth
        depth, position = depth + 1, marker.end()
    return depth


def _check_paragraph(path: str, paragraph: Sequence[Line], report: Report) -> bool:
    first = paragraph[0].number
    size = sum(len(line.text) for line in paragraph)
    if size > LINE_CHARACTERS:
        report.add(rules.TOO_LONG, path, first, f"this paragraph has {size} characters")
        return False
    marks = sum(map(_marks, paragraph))
    if marks > MOST_MARKS:
        report.add(rules.TOO_LONG, path, first, f"this paragraph has {marks} marks such as * or [")
        return False
    depths = {"[": 0, "(": 0}
    for line in paragraph:
        if line.is_code:
            continue
        for bracket in BRACKETS.findall(line.text):
            opener = {"]": "[", ")": "("}.get(bracket)
            if opener:
                depths[opener] = max(0, depths[opener] - 1)
            else:
                depths[bracket] += 1
        if max(depths.values()) > DEEPEST:
            report.add(rules.TOO_DEEP, path, line.number, f"brackets are open more than {DEEPEST} deep")
            return False
    return True
