"""The twelve statements of our own set on attitude and confidence. Pure.

Original wording, not validated, and a lived-experience panel has not read it yet. It describes a cohort, never a
person: nobody is told a score, and nobody passes or fails by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from trainer.errors import Invalid
from trainer.wording import said

INSTRUMENT = "RBT-12/1"
LOWEST, HIGHEST = 1, 5
Part = Literal["language", "boundaries", "team"]
SCALE = {1: "Strongly disagree", 2: "Disagree", 3: "Neither", 4: "Agree", 5: "Strongly agree"}


@dataclass(frozen=True, slots=True)
class Item:
    """One statement; agreeing with a reversed one counts the other way round."""

    number: int
    text: str
    part: Part
    is_reversed: bool = False


ITEMS: tuple[Item, ...] = (
    Item(1, "I can describe what happened without putting a label on the person.", "language"),
    Item(2, "When I do not know what a person wants to be called, I ask.", "language"),
    Item(3, "Careful wording is mostly about not getting complaints.", "language", is_reversed=True),
    Item(4, "I would be content for the person to read what I wrote today.", "language"),
    Item(5, "I know what I would do if someone I support asked for my personal number.", "boundaries"),
    Item(6, "A good boundary is the same for every role on the team.", "boundaries", is_reversed=True),
    Item(7, "I can say why I am sharing something about myself before I share it.", "boundaries"),
    Item(8, "I know whom I would talk to this week about a boundary question.", "boundaries"),
    Item(9, "Knowledge from living through distress changes decisions in my team.", "team"),
    Item(10, "Peer support workers need more protecting than other colleagues.", "team", is_reversed=True),
    Item(11, "I would speak up if a colleague were described as “just a peer”.", "team"),
    Item(12, "My team could explain the peer support role in two sentences.", "team"),
)


def read_answers(raw: Mapping[str, str]) -> dict[int, int]:
    """Answers by item number from form fields such as ``item-3``; statements left out are not in it.

    Raises Invalid for a value outside the scale.
    """
    found: dict[int, int] = {}
    for item in ITEMS:
        written = raw.get(f"item-{item.number}") or ""
        if not written:
            continue
        if written not in {str(step) for step in SCALE}:
            raise Invalid(said("One of the answers is not on the scale."), said("Reload the page and choose again."))
        found[item.number] = int(written)
    return found


def part_means(answers: Mapping[int, int]) -> dict[Part, Fraction]:
    """The mean of each part, reversed statements turned round; a part with a statement left out has none."""
    means: dict[Part, Fraction] = {}
    for part in ("language", "boundaries", "team"):
        items = [item for item in ITEMS if item.part == part]
        if all(item.number in answers for item in items):
            values = [LOWEST + HIGHEST - answers[i.number] if i.is_reversed else answers[i.number] for i in items]
            means[part] = Fraction(sum(values), len(values))
    return means
