"""Pages beside the modules: the evidence, how the course was made, every source."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.courseware.catalogue import Chapter
from trainer.web.pages.learner import SourceItem
from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class AboutPage:
    """A page of the content folder."""

    title: str
    summary: str
    opening_html: str
    chapters: tuple[Chapter, ...]
    sources: tuple[SourceItem, ...]
    others: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class SourceOf:
    """A reference and the modules that cite it."""

    html: str
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Every reference of the live modules, in the order of the alphabet."""

    sources: tuple[SourceOf, ...]
    others: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class GuidePage:
    """The guide to a module's live session."""

    crumbs: tuple[Crumb, ...]
    module_title: str
    module_url: str
    opening_html: str
    chapters: tuple[Chapter, ...]
    sources: tuple[SourceItem, ...]
