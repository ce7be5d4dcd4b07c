"""The language lens: looking at one's words, browsing the lexicon, and the pocket guide."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text; ``number`` is that of its finding, None for the rest."""

    text: str
    number: int | None
    severity: str = ""


@dataclass(frozen=True, slots=True)
class FindingView:
    """What the lens points at: why, other ways in context, and when the word is fine. Never a grade."""

    number: int
    text: str
    severity: str
    severity_label: str
    why: str
    alternatives: tuple[str, ...]
    example: str | None
    fine_when: str
    url: str
    is_own_word: bool = False


@dataclass(frozen=True, slots=True)
class LookPage:
    """``stretches`` is empty until something was looked at. Nothing of it is stored."""

    text: str
    most_characters: int
    problem: str | None
    was_looked_at: bool
    summary: str
    stretches: tuple[Stretch, ...]
    findings: tuple[FindingView, ...]
    own_words: tuple[str, ...]
    spared: tuple[str, ...]  # "2 in quotation marks"
    words_url: str
    guide_url: str
    version: int


@dataclass(frozen=True, slots=True)
class EntryLink:
    """An entry in a list."""

    term: str
    severity: str
    severity_label: str
    url: str
    why: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CategoryView:
    """The entries of one category."""

    slug: str
    title: str
    entries: tuple[EntryLink, ...]


@dataclass(frozen=True, slots=True)
class WordsPage:
    """The whole lexicon by category; also the pocket guide."""

    status: str
    awaiting: str  # "81 of 194 entries still await a lived-experience panel."
    version: int
    severities: tuple[tuple[str, str], ...]  # label and meaning
    categories: tuple[CategoryView, ...]
    look_url: str
    guide_url: str
    words_url: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry, whole."""

    crumbs: tuple[Crumb, ...]
    term: str
    category: str
    severity: str
    severity_label: str
    severity_meaning: str
    why: str
    alternatives: tuple[str, ...]
    example: str | None
    fine_when: str
    sources: tuple[str, ...]
    awaits_panel: bool
    suggestion: str  # a text to send, prepared
    look_url: str
