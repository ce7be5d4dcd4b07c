"""What a look at a text gives back: findings, and what was left alone with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trainer.language.lexicon import Entry, Severity

Reason = Literal[
    "quotation", "left out", "address", "name", "guard", "statutory", "diagnosis", "own word", "talk about words",
    "negated", "chosen",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the text worth a second thought. Offsets, ``line`` and ``column`` (from 1) count characters."""

    start: int
    end: int
    text: str
    line: int
    column: int
    about: Entry

    @property
    def entry(self) -> str:
        """The id of the entry, the same for ever."""
        return self.about.id

    @property
    def term(self) -> str:
        """The entry as people name it."""
        return self.about.term

    @property
    def category(self) -> str:
        """The id of its category."""
        return self.about.category

    @property
    def severity(self) -> Severity:
        """*avoid*, *reconsider* or *discuss*."""
        return self.about.severity

    @property
    def why(self) -> str:
        """What the word does, in one sentence."""
        return self.about.why

    @property
    def alternatives(self) -> tuple[str, ...]:
        """Other ways to say it: none fits everywhere."""
        return self.about.alternatives

    @property
    def fine_when(self) -> str:
        """Where the word is right."""
        return self.about.fine_when

    @property
    def example(self) -> str | None:
        """Another way in a whole sentence."""
        return self.about.example

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says so: keys of the lexicon's ``sources``."""
        return self.about.sources


@dataclass(frozen=True, slots=True)
class Spared:
    """A stretch that would have been a finding, and why it is none."""

    start: int
    end: int
    text: str
    entry: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a text found, in the order of the text."""

    findings: tuple[Finding, ...]
    spared: tuple[Spared, ...]
