"""What a reader of one revision finds different in another: passages, by section. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from trainer.courseware.catalogue import Module
from trainer.courseware.parts import Lenses, Part, RewriteTask
from trainer.courseware.quiz import Question
from trainer.courseware.render.plain import stretches_of
from trainer.courseware.scenario import Scenario

Status = Literal["new", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A passage as it was and as it is; one of the two is empty when it came or went."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """A section, a story or the opening that is not what it was."""

    id: str
    title: str
    status: Status
    passages: tuple[PassageChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """``question_count`` counts questions that are new, gone or differ; their keys are not shown here."""

    places: tuple[PlaceChange, ...]
    question_count: int

    @property
    def is_empty(self) -> bool:
        """True when nothing that is read or asked differs."""
        return not self.places and not self.question_count


@dataclass(frozen=True, slots=True)
class _Text:
    title: str
    passages: tuple[str, ...]


def changes_between(old: Module, new: Module) -> Changes:
    """What somebody who knew ``old`` would want to look at in ``new``."""
    before, after = _texts(old), _texts(new)
    found = [_change(key, before.get(key), after.get(key)) for key in (*after, *(k for k in before if k not in after))]
    return Changes(tuple(change for change in found if change is not None), _changed_questions(old, new))


def _change(key: str, old: _Text | None, new: _Text | None) -> PlaceChange | None:
    if old is None and new is not None:
        return PlaceChange(key, new.title, "new", tuple(PassageChange("", text) for text in new.passages))
    if new is None and old is not None:
        return PlaceChange(key, old.title, "gone", tuple(PassageChange(text, "") for text in old.passages))
    assert old is not None
    assert new is not None
    passages = _differences(old.passages, new.passages)
    if old.title != new.title:
        passages = (PassageChange(old.title, new.title), *passages)
    return PlaceChange(key, new.title, "changed", passages) if passages else None


def _differences(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[PassageChange, ...]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[PassageChange] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        was, now = old[old_start:old_end], new[new_start:new_end]
        length = max(len(was), len(now))
        padded = zip(_padded(was, length), _padded(now, length), strict=True)
        found += [PassageChange(before, after) for before, after in padded]
    return tuple(found)


def _padded(passages: tuple[str, ...], length: int) -> tuple[str, ...]:
    return (*passages, *[""] * (length - len(passages)))


def _texts(module: Module) -> Mapping[str, _Text]:
    """Everything to read, by place. Sections come first, so that their ids are plain."""
    texts = {section.id: _Text(section.title, _passages(section.parts)) for section in module.sections}
    opening = {"": _Text("The first page", _passages(module.opening))}
    stories = {f"story-{story.name}": _Text(story.title, _story(story)) for story in module.scenarios}
    return {**opening, **texts, **stories}


def _passages(parts: Iterable[Part]) -> tuple[str, ...]:
    found: list[str] = []
    for part in parts:
        pieces = [lens.html for lens in part.lenses] if isinstance(part, Lenses) else [part.html]
        if isinstance(part, RewriteTask):
            pieces.append(part.models_html)
        found += [stretch.text for piece in pieces for stretch in stretches_of(piece)]
    return tuple(found)


def _story(story: Scenario) -> tuple[str, ...]:
    found: list[str] = []
    for place in story.places:
        found += [place.title, *(stretch.text for stretch in stretches_of(place.html))]
        found += [choice.text for choice in place.choices]
    return tuple(found)


def _changed_questions(old: Module, new: Module) -> int:
    before, after = _questions(old), _questions(new)
    return sum(before.get(key) != after.get(key) for key in {*before, *after})


def _questions(module: Module) -> Mapping[str, Question]:
    return {question.id: question for question in module.quiz.questions} if module.quiz else {}
