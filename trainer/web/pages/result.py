"""After submission: what was achieved, and every question explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trainer.web.pages.lens import FindingView
from trainer.web.pages.shell import Crumb

ShownVerdict = Literal["right", "not_right", "best", "workable", "risky"]
Layout = Literal["options", "lines", "written", "dilemma"]


@dataclass(frozen=True, slots=True)
class ResultOption:
    """An option after submission, with its explanation."""

    html: str
    is_chosen: bool
    verdict: ShownVerdict
    verdict_label: str  # "Right", "Not this one", "Best", "Workable", "Risky"
    explanation_html: str


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A line of order or match in its right place, beside what was given."""

    html: str
    given_html: str  # empty when nothing was given
    right_html: str
    is_right: bool
    explanation_html: str


@dataclass(frozen=True, slots=True)
class PanelBar:
    """How a panel chose: “3 of 6 peer support workers”."""

    label: str
    chosen: int
    asked: int


@dataclass(frozen=True, slots=True)
class DilemmaChoice:
    """An option without right or wrong, with how the panels chose."""

    html: str
    is_chosen: bool
    explanation_html: str
    bars: tuple[PanelBar, ...]


@dataclass(frozen=True, slots=True)
class ResultQuestion:
    """A question after submission. ``mark`` goes with ``mark_label`` and a shape, never colour alone.

    ``layout`` says which of the fields below it are filled.
    """

    position: int
    prompt_html: str
    intro_html: str
    is_safety: bool
    mark: Literal["full", "part", "none", "unmarked"]
    mark_label: str  # "Right", "Partly right", "Not yet", "Never marked"
    confidence: str | None  # "You were sure"
    layout: Layout
    options: tuple[ResultOption, ...] = ()
    lines: tuple[ResultLine, ...] = ()
    heads: tuple[str, str, str] = ("", "", "")
    quoted_html: str = ""
    own_text: str = ""
    accepted: tuple[str, ...] = ()
    models_html: str = ""
    choices: tuple[DilemmaChoice, ...] = ()
    explanation_html: str = ""
    advice: tuple[FindingView, ...] = ()  # what the lens would ask about the learner's own words; never stored


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What was achieved and what comes next; *not yet* rather than failed."""

    crumbs: tuple[Crumb, ...]
    module_title: str
    heading: str  # "You passed" / "Not yet"
    is_passed: bool
    score: str | None  # "88 %"; None when nothing was marked
    score_detail: str  # "7 of 8 questions fully right; the pass mark is 80 %"
    encouragement: str
    safety_note: str | None
    confidence_note: str | None  # where they were sure and mistaken
    surprises: tuple[int, ...]  # the positions of those questions
    module_is_completed: bool
    completion: str | None
    submitted_at: str
    number: int
    revision: str
    questions: tuple[ResultQuestion, ...]
    next_label: str
    next_url: str
    try_again_url: str | None
    module_url: str
    who_sees: str
