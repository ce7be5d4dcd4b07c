"""A story with choices."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class ChoiceLink:
    """A choice is a link; nothing is hidden behind a script."""

    html: str
    url: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A place that was left, the choice that led on, and the way back to it."""

    title: str
    choice_html: str
    url: str


@dataclass(frozen=True, slots=True)
class EndView:
    """An end of the story: what that road did."""

    title: str
    outcome: str
    outcome_label: str
    html: str
    is_walked: bool


@dataclass(frozen=True, slots=True)
class RoadView:
    """A road kept earlier."""

    walked_on: str
    outcome: str
    outcome_label: str
    end_title: str
    url: str


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    """One place. ``ends`` is filled at an end only, so that nothing is told before."""

    crumbs: tuple[Crumb, ...]
    module_title: str
    scenario_title: str
    title: str
    html: str
    choices: tuple[ChoiceLink, ...]
    steps: tuple[StepView, ...]
    outcome: str | None
    outcome_label: str | None
    ends: tuple[EndView, ...]
    ends_found: str
    roads: tuple[RoadView, ...]
    kept_url: str | None  # the place kept for later, if it is another one
    is_cut: bool
    is_start: bool
    keep_url: str
    start_url: str
    section_url: str
    section_label: str
