"""What the checker reports: numbered rules, and diagnostics that name place and remedy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

PROBLEMS_PER_FILE = 200
LONGEST_MESSAGE = 300


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the content format: ``code`` is permanent, ``help`` is one sentence of remedy."""

    code: str
    name: str
    severity: Severity
    help: str


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One problem: ``path`` is relative to the content folder, ``line`` counts from 1."""

    path: str
    line: int
    code: str
    message: str
    severity: Severity
    help: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.severity}: {self.message}\n    help: {self.help}"


class Report:
    """Collects problems while a tree is compiled; a hostile file cannot fill the memory with them."""

    def __init__(self, overflow: Rule) -> None:
        """``overflow`` is the error that stands for all problems beyond PROBLEMS_PER_FILE."""
        self._overflow = overflow
        self._found: set[Diagnostic] = set()
        self._counts: Counter[str] = Counter()

    def add(self, rule: Rule, path: str, line: int, message: str) -> None:
        """Note a problem. The same one twice counts once."""
        if self._counts[path] > PROBLEMS_PER_FILE:
            return
        if self._counts[path] == PROBLEMS_PER_FILE:
            rule, line, message = self._overflow, line, "too many problems in this file to list them all"
        one = Diagnostic(path, max(line, 1), rule.code, shown(message), rule.severity, rule.help)
        if one not in self._found:
            self._found.add(one)
            self._counts[path] += 1

    @property
    def has_errors(self) -> bool:
        """True when the tree cannot be published."""
        return any(one.severity == "error" for one in self._found)

    def has_errors_in(self, path: str) -> bool:
        """True when this file has an error."""
        return any(one.severity == "error" and one.path == path for one in self._found)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Everything found, by file and line."""
        return tuple(sorted(self._found))


def shown(text: str) -> str:
    """The text without line breaks and invisible characters, shortened: safe to print on a terminal."""
    flat = " ".join(text.split())
    safe = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in flat)
    return safe if len(safe) <= LONGEST_MESSAGE else safe[:LONGEST_MESSAGE] + "…"
