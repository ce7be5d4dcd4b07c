"""What the checker reports: numbered rules, and diagnostics that name place and remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


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
