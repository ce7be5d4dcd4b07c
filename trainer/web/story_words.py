"""Addresses and words of stories, for their own pages and for the sections that open them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from trainer.courseware.catalogue import Module
from trainer.courseware.scenario import Scenario
from trainer.practice.scenarios import WalkOf
from trainer.web.locales import ngettext


def place_url(module: Module, scenario: Scenario, road: Sequence[str]) -> str:
    """The address of a road: the places in it, in order."""
    if not road:
        return url_for("scenarios.entrance", slug=module.slug, name=scenario.name)
    return url_for("scenarios.place", slug=module.slug, name=scenario.name, road="/".join(road))


def ends_found(scenario: Scenario, kept: Sequence[WalkOf]) -> str:
    """How many of the ends have been kept, in words; empty before the first."""
    known = {end.id for end in scenario.ends}
    found = {one.road[-1] for one in kept if one.outcome and one.road} & known
    if not found:
        return ""
    return ngettext(
        "You have found %(found)s of %(num)s end.",
        "You have found %(found)s of %(num)s ends.",
        len(known),
        found=len(found),
    )
