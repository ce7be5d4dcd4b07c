"""Keep it fresh: a few questions of finished modules, offered and never nagged."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm

from trainer.web.pages.quiz import QuestionView
from trainer.web.pages.result import ResultQuestion
from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class Offer:
    """A module whose questions may be asked again; ``when`` is None when it is ready now."""

    module_title: str
    label: str  # "Three to five questions" or "Go on where you stopped"
    when: str | None  # "from about 3 December 2026"
    start_url: str


@dataclass(frozen=True, slots=True)
class FreshPage:
    """What is ready, what comes later, and one's own switch."""

    ready: tuple[Offer, ...]
    later: tuple[Offer, ...]
    has_completed: bool
    is_on: bool
    paused_until: str | None
    form: FlaskForm
    who_sees: str


@dataclass(frozen=True, slots=True)
class RefresherPage:
    """One question of a sitting, or what became of it: then ``result`` is filled and ``question`` is None."""

    crumbs: tuple[Crumb, ...]
    module_title: str
    position: int
    question_count: int
    answered_count: int
    question: QuestionView | None
    result: ResultQuestion | None
    problem: str | None
    url: str
    next_url: str
    next_label: str
    module_url: str
    who_sees: str
