"""Where front matter ends and Markdown begins."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.source import TextFile
from trainer.courseware.yamlish import Document, read_yaml

FRONT_MATTER_BYTES = 32 * 1024


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of Markdown and the line of the file on which it begins."""

    text: str
    line: int


def split_front_matter(file: TextFile, report: Report) -> tuple[Document | None, Passage]:
    """The front matter, or None with a diagnostic, and the Markdown after it."""
    lines = file.text.split("\n")
    if lines[0].rstrip() != "---":
        report.add(rules.NO_FRONT_MATTER, file.path, 1, "the file does not begin with front matter")
        return None, Passage(file.text, 1)
    end = next((index for index, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
    if end is None:
        report.add(rules.NO_FRONT_MATTER, file.path, 1, "the front matter has no second line ---")
        return None, Passage("", len(lines))
    yaml_text = "\n".join(lines[1:end])
    body = Passage("\n".join(lines[end + 1 :]), end + 2)
    return read_small_yaml(file.path, yaml_text, 2, report), body


def read_small_yaml(path: str, text: str, first_line: int, report: Report) -> Document | None:
    """YAML of a size that is read at once: the reader is slow, and nobody writes 32 KB of it by hand."""
    if len(text) > FRONT_MATTER_BYTES:
        report.add(rules.TOO_LARGE, path, first_line, "the YAML here is over 32 KB")
        return None
    return read_yaml(path, text, first_line, report)
