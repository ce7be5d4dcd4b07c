"""What an author sees beside the pages themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PreviewProblem:
    """One thing to mend, with its place and remedy."""

    severity: str
    place: str
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class StoryMap:
    """A story with its graph; ``map_html`` is drawn by us, every text in it escaped."""

    title: str
    url: str
    map_html: str


@dataclass(frozen=True, slots=True)
class PreviewModule:
    """A module of the tree, drafts too."""

    title: str
    url: str
    status: str
    stories: tuple[StoryMap, ...]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The whole tree."""

    problems: tuple[PreviewProblem, ...]
    error_count: int
    modules: tuple[PreviewModule, ...]
