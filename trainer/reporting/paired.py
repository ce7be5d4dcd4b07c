"""Matched pairs, before and after: how a group changed, as it may be said. Pure.

Below the threshold there is nothing. How many pairs there are is rounded to 5, the mean to the step of its scale, the
interval outwards and never narrower than a few steps to either side: where everybody changed alike, an exact interval
would say how each of them changed. How many answered once only is rounded too, or not told apart from nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from trainer.reporting.parts import people_needed
from trainer.reporting.suppression.figures import rounded
from trainer.reporting.suppression.rule import effective

# The mean of differences and half of its 95 % interval. Handed in: the one we have belongs to another package.
Interval = Callable[[Sequence[Fraction]], tuple[Fraction, float]]


@dataclass(frozen=True, slots=True)
class Scale:
    """Differences are told in steps of ``step``, the interval reaches ``half_at_least`` steps to either side."""

    step: Fraction
    half_at_least: int


PER_CENT = Scale(Fraction(1), 5)
FIVE_STEPS = Scale(Fraction(1, 10), 2)  # for answers from 1 to 5


@dataclass(frozen=True, slots=True)
class Change:
    """After less before, in the scale's units. None for a count: fewer than the threshold, perhaps nobody."""

    pair_count: int
    only_before_count: int | None
    only_after_count: int | None
    mean: float
    low: float
    high: float


def change_of(
    before: Mapping[int, Fraction],
    after: Mapping[int, Fraction],
    *,
    scale: Scale,
    interval: Interval,
    threshold: int,
) -> Change | None:
    """The change of those who answered both times, by the id of the person; None if they are too few."""
    both = sorted(before.keys() & after.keys())
    if len(both) < people_needed(threshold):
        return None
    mean, half = interval([after[key] - before[key] for key in both])
    steps, reach = float(mean / scale.step), max(half / float(scale.step), scale.half_at_least)
    # A float may miss a step by a hair; nine decimals are far more than any of this means.
    low, high = floor(round(steps - reach, 9)), ceil(round(steps + reach, 9))
    size = float(scale.step)
    return Change(
        pair_count=rounded(len(both)),
        only_before_count=_told(len(before) - len(both), threshold),
        only_after_count=_told(len(after) - len(both), threshold),
        mean=round(round(steps) * size, 9),
        low=round(low * size, 9),
        high=round(high * size, 9),
    )


def _told(count: int, threshold: int) -> int | None:
    return None if count < effective(threshold) else rounded(count)
