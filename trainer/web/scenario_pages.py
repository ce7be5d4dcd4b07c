"""From a road to what its page says."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from trainer.courseware.catalogue import Module, Section
from trainer.courseware.parts import ScenarioDoor
from trainer.courseware.scenario import Scenario
from trainer.practice.scenarios import WalkOf
from trainer.practice.walking import Walk, walk
from trainer.web.locales import english, lazy_gettext, with_english
from trainer.web.locales import gettext as _
from trainer.web.module_pages import module_crumbs
from trainer.web.my_facts import section_url
from trainer.web.pages.scenario import ChoiceLink, EndView, RoadView, ScenarioPage, StepView
from trainer.web.pages.shell import Crumb
from trainer.web.story_words import ends_found, place_url
from trainer.web.words import day

OUTCOME_LABELS = {
    "best": lazy_gettext("A good road"),
    "workable": lazy_gettext("A road that works"),
    "risky": lazy_gettext("A road with a price"),
}


def scenario_page(module: Module, scenario: Scenario, walked: Walk, kept: Sequence[WalkOf]) -> ScenarioPage:
    """One place of the story, the way so far and, at an end, what each road did."""
    mine = [one for one in kept if one.scenario == scenario.name]
    home = home_of(module, scenario)
    outcome = walked.here.outcome
    return ScenarioPage(
        crumbs=module_crumbs(
            Crumb(english(module.title), url_for("learner.module", slug=module.slug)),
            *([Crumb(english(home.title), section_url(module, home))] if home else []),
        ),
        module_title=module.title,
        scenario_title=scenario.title,
        title=walked.here.title,
        html=walked.here.html,
        choices=tuple(
            ChoiceLink(choice.html, place_url(module, scenario, (*walked.road, choice.target)))
            for choice in walked.here.choices
        ),
        steps=tuple(
            StepView(step.place.title, step.choice.html, place_url(module, scenario, step.road))
            for step in walked.steps
        ),
        outcome=outcome,
        outcome_label=OUTCOME_LABELS[outcome] if outcome else None,
        ends=ends_of(scenario, walked, mine) if outcome else (),
        ends_found=ends_found(scenario, mine),
        roads=tuple(_road(module, scenario, one) for one in mine if one.outcome),
        kept_url=_kept_url(module, scenario, walked, mine),
        is_cut=walked.is_cut,
        is_start=not walked.road,
        keep_url=place_url(module, scenario, walked.road),
        start_url=place_url(module, scenario, ()),
        section_url=home_url(module, scenario),
        section_label=with_english(_("Back to “%(title)s”"), title=home.title if home else module.title),
    )


def home_of(module: Module, scenario: Scenario) -> Section | None:
    """The section that opens the story; None when it stands before the first one."""
    for section in module.sections:
        if any(isinstance(part, ScenarioDoor) and part.name == scenario.name for part in section.parts):
            return section
    return None


def home_url(module: Module, scenario: Scenario) -> str:
    """Back to where the story was opened."""
    home = home_of(module, scenario)
    base = section_url(module, home) if home else url_for("learner.module", slug=module.slug)
    return f"{base}#scenario-{scenario.name}"


def ends_of(scenario: Scenario, walked: Walk, kept: Sequence[WalkOf]) -> tuple[EndView, ...]:
    """Every end with what it did to the people in it; this one and those found before come first."""
    found = {walked.here.id, *(one.road[-1] for one in kept if one.outcome and one.road)}
    views = [
        EndView(end.title, end.outcome or "", OUTCOME_LABELS[end.outcome or "workable"], end.html, end.id in found)
        for end in scenario.ends
        if end.id != walked.here.id
    ]
    return tuple(sorted(views, key=lambda view: not view.is_walked))


def _road(module: Module, scenario: Scenario, kept: WalkOf) -> RoadView:
    end = walk(scenario, kept.road)
    outcome = kept.outcome or "workable"
    title = _("An end that the story no longer has") if end.is_cut else english(end.here.title)
    return RoadView(day(kept.walked_at), outcome, OUTCOME_LABELS[outcome], title, place_url(module, scenario, end.road))


def _kept_url(module: Module, scenario: Scenario, walked: Walk, kept: Sequence[WalkOf]) -> str | None:
    for one in kept:
        if one.outcome is None and one.road != walked.road:
            return place_url(module, scenario, walk(scenario, one.road).road)
    return None
