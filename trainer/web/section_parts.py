"""From compiled parts to what the reader sees: their own role's lens first, all of them readable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import url_for

from trainer.courseware.catalogue import Module, Section
from trainer.courseware.parts import Detour, Lenses, Part, Prose, Reflection, RewriteTask, ScenarioDoor
from trainer.practice.scenarios import WalkOf
from trainer.web.locales import lazy_gettext
from trainer.web.pages.notebook import NoteBox
from trainer.web.pages.parts import DetourView, LensView, PartView
from trainer.web.story_words import ends_found, place_url

ROLE_LABELS = {
    "psw": lazy_gettext("If you are a peer support worker"),
    "clinician": lazy_gettext("If you are a clinician"),
    "leader": lazy_gettext("If you lead a team or service"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """What the parts need to know of who reads: their role if given, roads kept in stories, boxes to write in."""

    own_role: str | None
    walks: Sequence[WalkOf] = ()
    boxes: Mapping[str, NoteBox] = field(default_factory=dict)


def part_views(module: Module, parts: Iterable[Part], reader: Reader) -> tuple[PartView, ...]:
    """The parts in reading order."""
    return tuple(_view(module, part, reader) for part in parts if not isinstance(part, Detour))


def detour_view(module: Module, section: Section, *, is_taken: bool) -> DetourView | None:
    """The shorter way around a section, if it has one."""
    found = next((part for part in section.parts if isinstance(part, Detour)), None)
    if found is None:
        return None
    way = None if is_taken else "short"
    other = url_for("learner.section", slug=module.slug, section=section.id, way=way)
    return DetourView(found.note, found.html, is_taken, other)


def _view(module: Module, part: Part, reader: Reader) -> PartView:
    if isinstance(part, Prose):
        return PartView("prose", part.html)
    if isinstance(part, Lenses):
        return PartView("lenses", lenses=_lenses(part, reader.own_role))
    if isinstance(part, Reflection):
        return PartView("reflect", part.html, name=part.name, box=reader.boxes.get(f"reflect:{part.name}"))
    if isinstance(part, RewriteTask):
        box = reader.boxes.get(f"rewrite:{part.name}")
        return PartView("rewrite", part.html, name=part.name, models_html=part.models_html, box=box)
    if isinstance(part, ScenarioDoor):
        return _door(module, part, reader.walks)
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
