"""The stages of a round and the steps between them. Pure.

Whoever has met the second situation cannot go back to the first, so neither can the round; and a round that has
ended is never opened again: two analyses of nearly the same people would tell the difference between them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from trainer.exercise.assignment import Wave
from trainer.exercise.situations import Pair


class Stage(StrEnum):
    """Where the exercise of a cohort stands."""

    NONE = "none"  # no round, or the last one has ended
    BEFORE = "before"  # the first note may be written
    BETWEEN = "between"  # no note may be written
    AFTER = "after"  # the second note may be written


STEPS: Mapping[Stage, frozenset[Stage]] = {
    Stage.NONE: frozenset({Stage.BEFORE}),
    Stage.BEFORE: frozenset({Stage.BETWEEN, Stage.AFTER}),
    Stage.BETWEEN: frozenset({Stage.BEFORE, Stage.AFTER}),
    Stage.AFTER: frozenset(),
}
WAVES: Mapping[Stage, Wave] = {Stage.BEFORE: "before", Stage.AFTER: "after"}


def stage_of(wave: str | None, *, is_running: bool) -> Stage:
    """The stage, from the wave that is open and whether a round has begun and not ended."""
    if not is_running:
        return Stage.NONE
    return Stage.BETWEEN if wave is None else Stage(wave)


def next_pair(pairs: Collection[Pair], used: Collection[str]) -> Pair | None:
    """The first pair that the cohort has not met; None when it has met them all."""
    return next((pair for pair in pairs if pair.id not in used), None)
