"""Walking through a scenario: a road is the list of places reached, from the start. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.courseware.scenario import Choice, Place, Scenario

LONGEST_ROAD = 120


@dataclass(frozen=True, slots=True)
class Step:
    """A place that was left, and the choice that led on."""

    place: Place
    choice: Choice
    road: tuple[str, ...]  # to the place itself, without the start


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a road has led. ``is_cut`` when the story has changed and the road goes only so far."""

    steps: tuple[Step, ...]
    here: Place
    road: tuple[str, ...]
    is_cut: bool


def walk(scenario: Scenario, road: Sequence[str]) -> Walk:
    """Follow a road as far as choices lead; never raises."""
    here = scenario.places[0]
    steps: list[Step] = []
    for count, target in enumerate(road[:LONGEST_ROAD]):
        choice = next((one for one in here.choices if one.target == target), None)
        following = scenario.find(target)
        if choice is None or following is None:
            break
        steps.append(Step(here, choice, tuple(road[:count])))
        here = following
    reached = tuple(road[: len(steps)])
    return Walk(tuple(steps), here, reached, is_cut=len(steps) < len(road))
