"""From compiled parts to what the reader sees: their own role's lens first, all of them readable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import url_for

from trainer.courseware.catalogue import Module, Section
from trainer.courseware.parts import Detour, Lenses, Part, Prose, Reflection, RewriteTask, ScenarioDoor
from trainer.practice.scenarios import WalkOf
from trainer.web.pages.parts import DetourView, LensView, PartView
from trainer.web.story_words import ends_found, place_url

ROLE_LABELS = {
    "psw": "If you are a peer support worker",
    "clinician": "If you are a clinician",
    "leader": "If you lead a team or service",
}


def part_views(
    module: Module, parts: Iterable[Part], own_role: str | None, walks: Sequence[WalkOf] = ()
) -> tuple[PartView, ...]:
    """The parts in reading order. ``walks`` are the roads kept in the module's stories."""
    return tuple(_view(module, part, own_role, walks) for part in parts if not isinstance(part, Detour))


def detour_view(module: Module, section: Section, *, is_taken: bool) -> DetourView | None:
    """The shorter way around a section, if it has one."""
    found = next((part for part in section.parts if isinstance(part, Detour)), None)
    if found is None:
        return None
    way = None if is_taken else "short"
    other = url_for("learner.section", slug=module.slug, section=section.id, way=way)
    return DetourView(found.note, found.html, is_taken, other)


def _view(module: Module, part: Part, own_role: str | None, walks: Sequence[WalkOf]) -> PartView:
    if isinstance(part, Prose):
        return PartView("prose", part.html)
    if isinstance(part, Lenses):
        return PartView("lenses", lenses=_lenses(part, own_role))
    if isinstance(part, Reflection):
        return PartView("reflect", part.html, name=part.name)
    if isinstance(part, RewriteTask):
        return PartView("rewrite", part.html, name=part.name, models_html=part.models_html)
    if isinstance(part, ScenarioDoor):
        return _door(module, part, walks)
    return PartView("try", part.html)


def _lenses(part: Lenses, own_role: str | None) -> tuple[LensView, ...]:
    views = [LensView(lens.role, ROLE_LABELS[lens.role], lens.html, lens.role == own_role) for lens in part.lenses]
    return tuple(sorted(views, key=lambda view: not view.is_own))


def _door(module: Module, part: ScenarioDoor, walks: Sequence[WalkOf]) -> PartView:
    scenario = module.find_scenario(part.name)
    if scenario is None:
        return PartView("scenario", part.html, name=part.name)
    return PartView(
        "scenario",
        part.html,
        name=part.name,
        title=scenario.title,
        url=place_url(module, scenario, ()),
        note=ends_found(scenario, [walk for walk in walks if walk.scenario == scenario.name]),
    )
