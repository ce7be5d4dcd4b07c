"""My learning, the catalogue, a module, a section."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.web.pages.notebook import NoteBox
from trainer.web.pages.parts import DetourView, PartView
from trainer.web.pages.shell import Crumb, StateTag


@dataclass(frozen=True, slots=True)
class ContinueCard:
    """The one thing to do: go on exactly where the learner left."""

    module_title: str
    place: str  # for example "Section 2 of 4: What trials show"
    url: str
    label: str  # "Continue" or "Start"
    is_new: bool  # then ``place`` is the summary of the module
    minutes_left: int
    done_count: int
    step_count: int


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """A module in a list, with its state for this learner."""

    title: str
    summary: str
    url: str
    minutes: int
    tag: StateTag
    due: str | None  # "Due 30 November 2026"
    best: str | None  # "Best score 88 %"
    for_whom: str  # "For peer support workers and clinicians"
    is_assessed: bool = False  # completed, and came to a live session about it


@dataclass(frozen=True, slots=True)
class MyLearningPage:
    """``assigned`` and ``other`` hold what is not completed yet."""

    first_name: str
    continue_card: ContinueCard | None
    cohort_names: str  # "Autumn and Winter"; empty for somebody in no cohort
    sessions: tuple[str, ...]  # live sessions ahead, a sentence each
    surveys: tuple[Crumb, ...]  # open now, voluntary
    exercises: tuple[Crumb, ...]  # open now, voluntary
    fresh: tuple[str, ...]  # titles of modules of which a few questions may be asked again
    fresh_url: str
    assigned: tuple[ModuleCard, ...]
    other: tuple[ModuleCard, ...]
    completed: tuple[ModuleCard, ...]


@dataclass(frozen=True, slots=True)
class TrackGroup:
    """A track of the catalogue with its modules."""

    slug: str
    title: str
    summary: str
    cards: tuple[ModuleCard, ...]


@dataclass(frozen=True, slots=True)
class PathGroup:
    """A suggested order: module titles with their addresses."""

    title: str
    steps: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """All live modules by track."""

    tracks: tuple[TrackGroup, ...]
    paths: tuple[PathGroup, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A section or the quiz in a module's list of steps."""

    title: str
    url: str
    minutes: int
    is_done: bool
    is_current: bool
    note: str | None = None  # "Best score 88 %", "Attempt under way"
    is_quiz: bool = False


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A reference at the foot of a page; ``anchor`` is what citations point at."""

    number: int
    anchor: str
    html: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who made a module, and when somebody last looked at it."""

    written_by: str
    review_note: str  # honest: "drafted editorially, awaiting lived-experience panel review"
    reviewed_on: str
    review_due_on: str
    is_review_overdue: bool
    revision: str


@dataclass(frozen=True, slots=True)
class ModulePage:
    """A module's first page."""

    crumbs: tuple[Crumb, ...]
    title: str
    summary: str
    tag: StateTag
    minutes: int
    for_whom: str
    outcomes: tuple[str, ...]
    content_note: str | None
    opening: tuple[PartView, ...]
    steps: tuple[Step, ...]
    action_label: str  # "Start", "Continue", "Look again"
    action_url: str
    action_place: str
    minutes_left: int
    completion: str | None  # "You completed this on 3 November 2026 (revision 1a2b3c4d)."
    changes_url: str | None  # something changed since
    before_url: str | None  # a few questions may be answered first
    completion_rule: str  # "Complete when you have read every section and passed the quiz."
    provenance: Provenance
    due: str | None
    sources: tuple[SourceItem, ...]
    lens_url: str | None = None  # where a module is about words: the lens, to try on one's own


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section. The form posts to ``continue_url``; there is nothing to type."""

    crumbs: tuple[Crumb, ...]
    module_title: str
    title: str
    position: int
    section_count: int
    minutes: int
    minutes_left: int
    parts: tuple[PartView, ...]
    detour: DetourView | None
    note: NoteBox | None
    steps: tuple[Step, ...]
    is_done: bool
    continue_url: str
    continue_label: str  # "Continue to “What trials show”", "Continue to the quiz"
    previous_url: str
    previous_label: str
    sources: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True)
class GlossaryItem:
    """A term with its anchor."""

    term: str
    slug: str
    html: str


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """All terms, in alphabetical order."""

    items: tuple[GlossaryItem, ...]
