"""quiz.md by line: which lines are the text of a question, its entries, its table and its explanations."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from trainer.courseware import rules
from trainer.courseware.attributes import Attributes, split_attributes
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.lines import Line, joined, lines_of
from trainer.courseware.outline import Part

OPTION = re.compile(r"[-*+] \[([^\[\]]{0,20})\](?: (.*))?\Z")
NUMBERED = re.compile(r"()\d{1,3}[.)] (.*)\Z")
BULLET = re.compile(r"()[-*+] (.*)\Z")
# What begins an entry in questions of these kinds; in all others it is an option with its mark.
ENTRIES = {"order": NUMBERED, "rewrite": BULLET}
QUOTED = re.compile(r" {1,}> ?(.*)\Z")
CLOSING = re.compile(r">(?: |\Z)(.*)\Z")
INDENTED = re.compile(r" {2,}(\S.*)\Z")
PANEL = re.compile(r" {2,}panel:(.*)\Z")
# Kinds that are explained as a whole, by a quotation after the entries or the table.
EXPLAINED_WHOLE = frozenset({"order", "match", "text"})


@dataclass(frozen=True, slots=True)
class OptionLines:
    """An entry in its raw words; ``explanation`` has lost its > marks, ``panel`` its key."""

    mark: str
    text: Passage
    attributes: Attributes
    explanation: Passage
    panel: Passage | None
    line: int


@dataclass(frozen=True, slots=True)
class QuestionLines:
    """A question in its raw words."""

    intro: Passage
    options: tuple[OptionLines, ...]
    table: tuple[Line, ...]
    closing: Passage


class _Gathering:
    """The entry that is being read."""

    def __init__(self, mark: str, text: str, line: int) -> None:
        self.mark = mark
        self.line = line
        self.words: list[Line] = [Line(line, text, is_code=False)]
        self.explanation: list[Line] = []
        self.panel: Passage | None = None

    def finished(self) -> OptionLines:
        passage = joined(self.words, self.line)
        text, attributes = split_attributes(passage.text)
        explanation = joined(self.explanation, self.line)
        return OptionLines(self.mark, Passage(text, self.line), attributes, explanation, self.panel, self.line)

    def take(self, line: Line) -> bool:
        """Add the line to the panel, the explanation or the words; False when it is none of them."""
        quoted, indented, panel = QUOTED.match(line.text), INDENTED.match(line.text), PANEL.match(line.text)
        if panel and self.panel is None and not self.explanation:
            self.panel = Passage(panel.group(1).strip(), line.number)
        elif quoted:
            self.explanation.append(Line(line.number, quoted.group(1), is_code=False))
        elif line.is_blank:
            if self.explanation:
                self.explanation.append(Line(line.number, "", is_code=False))
        elif indented:
            into = self.explanation if self.explanation else self.words
            into.append(Line(line.number, indented.group(1), is_code=False))
        else:
            return False
        return True


class _QuestionReader:
    def __init__(self, path: str, kind: str | None, report: Report) -> None:
        self.path = path
        self.kind = kind
        self.entry = ENTRIES.get(kind or "", OPTION)
        self.report = report
        self.intro: list[Line] = []
        self.entries: list[_Gathering] = []
        self.table: list[Line] = []
        self.closing: list[Line] = []

    def take(self, line: Line) -> None:
        """Sort one line."""
        entry = None if line.is_code else self.entry.match(line.text.rstrip())
        is_over = bool(self.closing)
        if self.kind == "match" and line.text.startswith("|") and not is_over:
            self.table.append(line)
        elif entry and not is_over:
            self.entries.append(_Gathering(entry.group(1).strip().lower(), entry.group(2) or "", line.number))
        elif self.may_close() and (CLOSING.match(line.text) or (is_over and line.is_blank)):
            match = CLOSING.match(line.text)
            self.closing.append(Line(line.number, match.group(1) if match else "", is_code=False))
        elif not self.entries and not self.table and not is_over:
            self.intro.append(line)
        elif self.entries and not is_over and self.entries[-1].take(line):
            pass
        elif not line.is_blank:
            message = f"this line belongs to no part of the question: {line.text.strip()}"
            self.report.add(rules.STRAY_TEXT, self.path, line.number, message)

    def may_close(self) -> bool:
        """True once a > at the edge explains the whole question."""
        has_text = bool(self.entries) and (self.kind in EXPLAINED_WHOLE or any(one.mark == "=" for one in self.entries))
        return has_text or bool(self.table)


def read_question(path: str, part: Part, kind: str | None, report: Report) -> QuestionLines:
    """Sort the lines of a question; a line that fits nowhere is a diagnostic. ``kind`` is the one it names, if any."""
    reader = _QuestionReader(path, kind, report)
    for line in lines_of(part.body):
        reader.take(line)
    return QuestionLines(
        joined(reader.intro, part.body.line),
        tuple(entry.finished() for entry in reader.entries),
        tuple(reader.table),
        joined(reader.closing, part.body.line),
    )


def split_quoted(intro: Passage) -> tuple[Passage, Passage]:
    """The quotation with which a rewrite begins, without its marks, and what follows."""
    lines = list(lines_of(intro))
    start = next((index for index, line in enumerate(lines) if not line.is_blank), len(lines))
    end = next((i for i, line in enumerate(lines[start:], start) if not line.text.startswith(">")), len(lines))
    quoted = [replace(line, text=line.text[1:].removeprefix(" ")) for line in lines[start:end]]
    return joined(quoted, intro.line), joined(lines[end:], intro.line)
