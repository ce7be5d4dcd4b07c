"""Around a module: questions beforehand, what changed since, a module that is no longer offered."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.web.pages.quiz import PastAttempt, QuestionView
from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class BeforePage:
    """All questions of the set on one page, each with its own field name; none of them required."""

    crumbs: tuple[Crumb, ...]
    module_title: str
    questions: tuple[tuple[str, QuestionView], ...]  # field name and question
    problem: str | None
    send_url: str
    skip_url: str
    who_sees: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage as it was and as it is."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A section, story or opening that changed."""

    title: str
    status_label: str  # "New", "No longer there", "Changed"
    url: str | None
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What changed since the module was completed; nothing earned is touched."""

    crumbs: tuple[Crumb, ...]
    module_title: str
    since: str
    places: tuple[PlaceView, ...]
    questions: str | None  # "3 questions are new or worded differently."
    mark_url: str
    module_url: str


@dataclass(frozen=True, slots=True)
class RetiredPage:
    """A module that is no longer offered, for somebody who has a record of it."""

    crumbs: tuple[Crumb, ...]
    title: str
    completion: str | None
    attempts: tuple[PastAttempt, ...]
