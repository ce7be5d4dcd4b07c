"""The language lens: looking at one's words, browsing the lexicon, and the pocket guide."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text; ``number`` leads to what is said of it, the same for one entry; None for the rest."""

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
    also: tuple[str, ...] = ()  # other forms of it in the same text
    place_count: int = 1


@dataclass(frozen=True, slots=True)
class TeachingLink:
    """A module that teaches what the lens is about."""

    title: str
    url: str


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
    own_choices: tuple[str, ...]  # what was found, each word once, that could be the person's own
    spared: tuple[str, ...]  # "2 in quotation marks"
    words_url: str
    guide_url: str
    limits_url: str
    version: int
    teaching: tuple[TeachingLink, ...]


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
    """The whole lexicon by category; also the pocket guide, which has the figures and the limits."""

    status: str
    awaiting: str  # "81 of 194 entries still await a lived-experience panel."
    version: int
    severities: tuple[tuple[str, str], ...]  # label and meaning
    categories: tuple[CategoryView, ...]
    look_url: str
    guide_url: str
    limits_url: str
    words_url: str
    measured: str
    contested: tuple[str, ...]  # the terms of the entries that only ask
    teaching: tuple[TeachingLink, ...]


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
