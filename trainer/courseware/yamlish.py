"""YAML without its traps: text, numbers, dates, lists and maps, each with the line it stands on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report, Rule
from trainer.courseware.source import FORBIDDEN

DEEPEST = 16
WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}\Z")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
WORDS = {"true": True, "false": False, "": None, "~": None}
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A map and the line of each of its places, such as ("sources", 2, "id")."""

    value: Mapping[str, Any]
    lines: Mapping[Place, int]

    def line_of(self, *place: str | int) -> int:
        """The line of a place, or of the nearest place around it that exists."""
        for end in range(len(place), 0, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return self.lines[()]


class _Loader(yaml.SafeLoader):
    """Resolves nothing by itself, so that ``no`` stays text and 010 stays 010."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, Any]]] = {}  # noqa: RUF012 (the library's own name)


def read_yaml(path: str, text: str, first_line: int, report: Report) -> Document | None:
    """The document, or None with a diagnostic for every reason why not. ``first_line`` counts from 1."""
    reading = _Reading(path, first_line, report)
    for offset, line in enumerate(text.split("\n")):
        if "\t" in line:
            reading.refuse(rules.YAML_FORBIDDEN, offset, "a tab stands in this line")
    if reading.is_broken or not reading.is_plain(text):
        return None
    node = reading.compose(text)
    if node is None:
        return None
    value = reading.value_of(node, ())
    return None if reading.is_broken else Document(value, reading.lines)


class _Reading:
    def __init__(self, path: str, first_line: int, report: Report) -> None:
        self.path = path
        self.first_line = first_line
        self.report = report
        self.lines: dict[Place, int] = {}
        self.is_broken = False

    def refuse(self, rule: Rule, offset: int, message: str) -> None:
        self.is_broken = True
        self.report.add(rule, self.path, self.first_line + offset, message)

    def is_plain(self, text: str) -> bool:
        """Look at the stream of events only, so that nothing is expanded or nested before it is allowed."""
        depth = 0
        try:
            for event in yaml.parse(text, Loader=_Loader):
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                offset = event.start_mark.line if event.start_mark else 0
                if depth > DEEPEST:
                    self.refuse(rules.TOO_DEEP, offset, f"this is nested more than {DEEPEST} deep")
                    return False
                if getattr(event, "anchor", None) is not None:
                    self.refuse(rules.YAML_FORBIDDEN, offset, "an anchor or alias stands in this line")
                if getattr(event, "tag", None) is not None:
                    self.refuse(rules.YAML_FORBIDDEN, offset, "a tag stands in this line")
        except (yaml.YAMLError, ValueError) as error:
            self.refuse_error(error)
        return not self.is_broken

    def compose(self, text: str) -> yaml.MappingNode | None:
        try:
            node = yaml.compose(text, Loader=_Loader)
        except (yaml.YAMLError, ValueError) as error:
            self.refuse_error(error)
            return None
        if not isinstance(node, yaml.MappingNode):
            self.refuse(rules.YAML_BROKEN, 0, "this is no list of “key: value” lines")
            return None
        return node

    def refuse_error(self, error: Exception) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        self.refuse(
            rules.YAML_BROKEN, mark.line if isinstance(mark, yaml.Mark) else 0, f"this YAML cannot be read: {problem}"
        )

    def value_of(self, node: yaml.Node, place: Place) -> Any:
        self.lines.setdefault(place, self.first_line + node.start_mark.line)
        if isinstance(node, yaml.MappingNode):
            return self.map_of(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value_of(item, (*place, index)) for index, item in enumerate(node.value)]
        return self.scalar_of(node)

    def map_of(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, item in node.value:
            offset = key.start_mark.line
            if not isinstance(key, yaml.ScalarNode):
                self.refuse(rules.YAML_BROKEN, offset, "a key must be a word")
            elif key.value in found:
                self.refuse(rules.YAML_DUPLICATE, offset, f"the key “{key.value}” stands here for the second time")
            else:
                self.lines[(*place, key.value)] = self.first_line + offset
                found[key.value] = self.value_of(item, (*place, key.value))
        return found

    def scalar_of(self, node: yaml.Node) -> Any:
        text = str(node.value)
        if FORBIDDEN.search(text):  # written as an escape, such as "\u202e"
            self.refuse(rules.CONTROL_CHARACTER, node.start_mark.line, "an invisible character is written here")
        if isinstance(node, yaml.ScalarNode) and node.style is not None:  # quoted, or a block of text
            return text
        if text in WORDS:
            return WORDS[text]
        if WHOLE.match(text):
            return int(text)
        if DECIMAL.match(text):
            return float(text)
        if DATE.match(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self.refuse(rules.BAD_VALUE, node.start_mark.line, f"“{text}” is no day of the calendar")
        return text
