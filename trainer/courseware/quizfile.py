"""quiz.md by line: which lines are the text of a question, its options and their explanations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trainer.courseware import rules
from trainer.courseware.attributes import Attributes, split_attributes
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.lines import Line, joined, lines_of
from trainer.courseware.outline import Part

OPTION = re.compile(r"[-*+] \[([^\[\]]{0,20})\](?: (.*))?\Z")
QUOTED = re.compile(r" {1,}> ?(.*)\Z")
INDENTED = re.compile(r" {2,}(\S.*)\Z")


@dataclass(frozen=True, slots=True)
class OptionLines:
    """An option in its raw words; ``explanation`` has lost its > marks."""

    mark: str
    text: Passage
    attributes: Attributes
    explanation: Passage
    line: int


@dataclass(frozen=True, slots=True)
class QuestionLines:
    """A question in its raw words."""

    intro: Passage
    options: tuple[OptionLines, ...]


class _Gathering:
    """The option that is being read."""

    def __init__(self, mark: str, text: str, line: int) -> None:
        self.mark = mark
        self.line = line
        self.words: list[Line] = [Line(line, text, is_code=False)]
        self.explanation: list[Line] = []

    def finished(self) -> OptionLines:
        passage = joined(self.words, self.line)
        text, attributes = split_attributes(passage.text)
        explanation = joined(self.explanation, self.line)
        return OptionLines(self.mark, Passage(text, self.line), attributes, explanation, self.line)


def read_question(path: str, part: Part, report: Report) -> QuestionLines:
    """Sort the lines of a question; a line that fits nowhere is a diagnostic."""
    intro: list[Line] = []
    gathered: list[_Gathering] = []
    for line in lines_of(part.body):
        option = None if line.is_code else OPTION.match(line.text.rstrip())
        if option:
            gathered.append(_Gathering(option.group(1).strip().lower(), option.group(2) or "", line.number))
        elif not gathered:
            intro.append(line)
        elif not _take(gathered[-1], line):
            report.add(rules.STRAY_TEXT, path, line.number, f"this line belongs to no option: {line.text.strip()}")
    return QuestionLines(joined(intro, part.body.line), tuple(option.finished() for option in gathered))


def _take(option: _Gathering, line: Line) -> bool:
    """Add the line to the option's explanation or words; False when it is neither."""
    quoted, indented = QUOTED.match(line.text), INDENTED.match(line.text)
    if quoted:
        option.explanation.append(Line(line.number, quoted.group(1), is_code=False))
    elif line.is_blank:
        if option.explanation:
            option.explanation.append(Line(line.number, "", is_code=False))
    elif indented:
        into = option.explanation if option.explanation else option.words
        into.append(Line(line.number, indented.group(1), is_code=False))
    else:
        return False
    return True
