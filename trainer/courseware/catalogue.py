"""What the compiler produces: frozen values that the rest of the house reads.

Every ``*html`` field is sanitised, ready to show. Nothing here can change after compilation, so a
catalogue may be shared between threads and replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from trainer.courseware.parts import Audience, Part
from trainer.courseware.quiz import Quiz
from trainer.courseware.scenario import Scenario

CompletionRule = Literal["read", "passed", "read_and_passed"]
ModuleStatus = Literal["draft", "live", "retired"]


@dataclass(frozen=True, slots=True)
class Source:
    """A reference; ``number`` counts from 1 in the order of the front matter."""

    id: str
    number: int
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Section:
    """One screen of a module. ``minutes`` is the computed reading time, at least 1."""

    id: str
    title: str
    parts: tuple[Part, ...]
    words: int
    minutes: int
    source_ids: tuple[str, ...]  # cited here, in the order of first citation


@dataclass(frozen=True, slots=True)
class Module:
    """A compiled module. ``revision`` is the hash of all that a learner can be shown or marked by."""

    id: str
    slug: str
    title: str
    summary: str
    track: str
    audience: tuple[Audience, ...]
    outcomes: tuple[str, ...]
    complete_when: CompletionRule
    cpd_minutes: int
    reading_minutes: int
    content_note: str | None
    status: ModuleStatus
    written_by: tuple[str, ...]
    reviewed_on: date
    review_due_on: date
    sources: tuple[Source, ...]
    opening: tuple[Part, ...]
    opening_source_ids: tuple[str, ...]
    sections: tuple[Section, ...]
    scenarios: tuple[Scenario, ...]
    quiz: Quiz | None
    revision: str

    def find_scenario(self, name: str) -> Scenario | None:
        """The scenario of that name."""
        return next((one for one in self.scenarios if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Track:
    """A theme: the modules listed under it, in order."""

    slug: str
    title: str
    summary: str
    module_slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StartingPath:
    """A suggested order for one group of people."""

    slug: str
    title: str
    module_slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SupportContact:
    """Somebody to talk to. ``is_unverified`` numbers await a check and say so on screen."""

    name: str
    phone: str
    when: str
    last_checked: date
    text: str | None = None
    url: str | None = None
    note: str | None = None
    is_unverified: bool = False


@dataclass(frozen=True, slots=True)
class SupportCountry:
    """The contacts of one country, most urgent first."""

    code: str
    name: str
    contacts: tuple[SupportContact, ...]


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term and its plain-English definition; ``slug`` is its anchor on the glossary page."""

    term: str
    slug: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """What stands under one ``##`` of a page or a guide; ``id`` is its anchor."""

    id: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Guide:
    """How to lead a live session on a module. Learners are not shown it: it may give answers away."""

    module_slug: str
    opening_html: str
    chapters: tuple[Chapter, ...]
    source_ids: tuple[str, ...]  # of the module, in the order of first citation


@dataclass(frozen=True, slots=True)
class Page:
    """A page beside the modules, such as what the evidence is; open to everybody."""

    slug: str
    title: str
    summary: str
    opening_html: str
    chapters: tuple[Chapter, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a module, held in memory; ``digest`` is the SHA-256 of its bytes in hex."""

    name: str
    media_type: str
    digest: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything published, compiled once and swapped as a whole."""

    tracks: tuple[Track, ...]
    paths: tuple[StartingPath, ...]
    modules: tuple[Module, ...]  # in track order; drafts come last
    support: tuple[SupportCountry, ...]
    glossary: tuple[GlossaryTerm, ...]
    images: Mapping[tuple[str, str], Image]  # by (module slug, file name)
    pages: tuple[Page, ...] = ()
    guides: tuple[Guide, ...] = ()
    by_slug: Mapping[str, Module] = field(init=False, repr=False, compare=False)
    by_id: Mapping[str, Module] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_slug", {module.slug: module for module in self.modules})
        object.__setattr__(self, "by_id", {module.id: module for module in self.modules})

    def find_page(self, slug: str) -> Page | None:
        """The page of that name."""
        return next((page for page in self.pages if page.slug == slug), None)

    def find_guide(self, module_slug: str) -> Guide | None:
        """The guide to a module's live session, if it has one."""
        return next((guide for guide in self.guides if guide.module_slug == module_slug), None)

    @property
    def live_modules(self) -> tuple[Module, ...]:
        """The modules a learner may find, in track order."""
        return tuple(module for module in self.modules if module.status == "live")
