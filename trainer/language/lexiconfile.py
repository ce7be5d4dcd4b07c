"""Reading lexicon.yaml: a small strict part of YAML that any YAML reader reads alike, read here in a few milliseconds.

Every line is ``key: value``, ``- value`` or ``- key: value``; every value a whole number, text in double quotes, or a
list of texts in square brackets on one line. There are no anchors, tags, tabs, blocks of text or bare words.
"""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from trainer.language.problems import LexiconProblem, LexiconProblems

MOST_BYTES = 1024 * 1024
DEEPEST = 12
_LINE = re.compile(r"( *)(- +)?(?:([A-Za-z][A-Za-z0-9_-]*):(?: +|\Z))?(.*)\Z")
_PLAIN_ITEM = re.compile(r'( *)- "([^"\\]*)"\Z')
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,8})\Z")
_STRANGE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_REMEDY = 'Write key: "text", key: ["text", "text"] or - "text", with two spaces for each level.'
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class LexiconText:
    """What the file says: maps, tuples, text and numbers, and the line of each place."""

    value: dict[str, Any]
    lines: dict[Place, int]

    def line_of(self, place: Place) -> int:
        """The line of a place, or of the nearest place around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_lexicon_file(path: Path) -> LexiconText:
    """Raises LexiconProblems when there is no such file, it is too large, or it is not in the house form."""
    try:
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as handle:
            if not stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
                raise OSError(0, "it is no plain file")
            data = handle.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is strange"
        raise _refusal(path, 1, f"the file cannot be read: {reason}", "Name a lexicon.yaml that exists.") from None
    if len(data) > MOST_BYTES:
        raise _refusal(path, 1, f"the file is over {MOST_BYTES // 1024} KB", "A lexicon is a few hundred entries.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refusal(path, line, "this line is not written in UTF-8", "Save the file as UTF-8.") from None
    return read_lexicon_text(str(path), text)


def read_lexicon_text(path: str, text: str) -> LexiconText:
    """The same for text that is already here."""
    reader = _Reader()
    text = text.replace("\r\n", "\n")
    strange = () if text.replace("\n", "").isprintable() else islice(_STRANGE.finditer(text), 20)
    for match in strange:
        number = text.count("\n", 0, match.start()) + 1
        reader.refuse(number, "a tab or an invisible character stands here", "Write spaces and visible letters only.")
    for number, line in enumerate(text.split("\n"), start=1):
        reader.take(number, line)
        if len(reader.problems) >= 20:
            break
    if reader.problems:
        raise LexiconProblems(path, reader.problems)
    return LexiconText(reader.finished(reader.root), reader.lines)


def _refusal(path: Path, line: int, message: str, remedy: str) -> LexiconProblems:
    return LexiconProblems(str(path), [LexiconProblem(line, message, remedy)])


class _Reader:
    """Keeps the open maps and lists, outermost first, each with the indentation of its lines."""

    def __init__(self) -> None:
        self.root: dict[str, Any] = {}
        self.open: list[tuple[int, Any, Place]] = [(0, self.root, ())]
        self.waiting: tuple[int, Place] | None = None
        self.lines: dict[Place, int] = {(): 1}
        self.problems: list[LexiconProblem] = []

    def refuse(self, number: int, message: str, remedy: str = _REMEDY) -> None:
        self.problems.append(LexiconProblem(number, message, remedy))

    def take(self, number: int, line: str) -> None:
        item = _PLAIN_ITEM.match(line)
        indent, items, around = self.open[-1]
        if item and not self.waiting and item.end(1) == indent and isinstance(items, list):
            self.lines[(*around, len(items))] = number  # by far the most common line
            items.append(item.group(2))
            return
        bare = line.strip()
        if not bare or bare[0] == "#":
            return
        match = _LINE.match(line)
        if match is None:
            return
        spaces, dash, key, rest = match.groups()
        indent = len(spaces)
        if dash:
            self.item(number, indent, len(dash), key, rest)
        elif key:
            self.pair(number, indent, key, rest)
        else:
            self.refuse(number, "this line is neither “key: value” nor “- value”")

    def container(self, number: int, indent: int, kind: type) -> tuple[Any, Place] | None:
        """The open map or list whose lines are indented like this one; opened now if its key waits for it."""
        if self.waiting:
            outer, place = self.waiting
            self.waiting = None
            if indent > outer and len(place) < DEEPEST:
                self.put(place, kind())
                self.open.append((indent, self.at(place), place))
            else:
                self.refuse(self.lines[place], f"“{place[-1]}” has no value")
                self.put(place, kind())
        while self.open and self.open[-1][0] > indent:
            self.open.pop()
        if not self.open or self.open[-1][0] != indent or not isinstance(self.open[-1][1], kind):
            self.refuse(number, "the indentation of this line does not fit")
            self.open = self.open or [(0, self.root, ())]
            return None
        return self.open[-1][1], self.open[-1][2]

    def item(self, number: int, indent: int, dash: int, key: str | None, rest: str) -> None:
        found = self.container(number, indent, list)
        if found is None:
            return
        items, around = found
        place = (*around, len(items))
        self.lines[place] = number
        if key is None:
            items.append(self.value(number, rest))
            return
        items.append({})
        self.open.append((indent + dash, items[-1], place))
        self.pair(number, indent + dash, key, rest)

    def pair(self, number: int, indent: int, key: str, rest: str) -> None:
        found = self.container(number, indent, dict)
        if found is None:
            return
        into, around = found
        place = (*around, key)
        if key in into:
            self.refuse(number, f"the key “{key}” stands here for the second time", "Keep one of the two.")
            return
        self.lines[place] = number
        into[key] = None
        if rest:
            into[key] = self.value(number, rest)
        else:
            self.waiting = (indent, place)

    def value(self, number: int, rest: str) -> Any:
        if _NUMBER.match(rest):
            return int(rest)
        if rest[:1] == '"' == rest[-1:] and len(rest) > 1 and "\\" not in rest and '"' not in rest[1:-1]:
            return rest[1:-1]
        try:
            found = json.loads(rest) if rest[:1] in ('"', "[") else None
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            found = tuple(found)
        elif not isinstance(found, str):
            self.refuse(number, "this value is not in the form it needs")
            return None
        if "\\" in rest and _STRANGE.search("".join(found)):  # written as an escape, such as "\u202e"
            self.refuse(number, "an invisible character is written here", "Write visible letters only.")
        return found

    def at(self, place: Place) -> Any:
        found: Any = self.root
        for step in place:
            found = found[step]
        return found

    def put(self, place: Place, value: Any) -> None:
        self.at(place[:-1])[place[-1]] = value

    def finished(self, value: Any) -> Any:
        """Lists become tuples, so that nothing can change them."""
        if isinstance(value, dict):
            return {key: self.finished(one) for key, one in value.items()}
        if isinstance(value, list):
            return tuple(self.finished(one) for one in value)
        return value
