"""From notes to what may be said of a cohort. Pure; texts go in, and only counts come out of ``measure``.

A figure is made only of as many people as the threshold asks for. It is kept to one decimal, its interval rounded
outwards and never narrower than HALF_AT_LEAST to either side: where everybody changed alike, an exact interval would
say how each of them changed. How many wrote one note only is rounded down to 5, or not told apart from nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from trainer.exercise.interval import mean_and_half
from trainer.language.matcher import Lens
from trainer.language.words import split_words

COUNTED = ("avoid", "reconsider")  # what is open to discussion is not counted
PER_WORDS = 100
HALF_AT_LEAST = 0.5  # marked words per 100 words
ROUNDING = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """One note in numbers. Lives in memory for the length of an analysis and nowhere else."""

    words: int
    marked: int

    @property
    def rate(self) -> Fraction:
        """Marked words per 100 words."""
        return Fraction(PER_WORDS * self.marked, max(self.words, 1))


@dataclass(frozen=True, slots=True)
class Change:
    """What may be said of a cohort: second note less first, in tenths of marked words per 100 words.

    ``only_before_count`` and ``only_after_count`` are rounded; None means fewer than the threshold, perhaps nobody.
    """

    pair_count: int
    only_before_count: int | None
    only_after_count: int | None
    mean_tenths: int
    low_tenths: int
    high_tenths: int


def measure(lens: Lens, text: str) -> Measured:
    """What the lens counts in a note: each phrase it points at is one marked word."""
    marked = sum(finding.severity in COUNTED for finding in lens.look(text).findings)
    return Measured(split_words(text).count, marked)


def effective(threshold: int) -> int:
    """The threshold in force: a multiple of 5, as in reports, so that no rounded count falls below it."""
    return -(-threshold // ROUNDING) * ROUNDING


def change_of(before: Mapping[int, Measured], after: Mapping[int, Measured], *, threshold: int) -> Change | None:
    """The change of those who wrote both notes, or None when they are fewer than the threshold (at least two)."""
    least = max(effective(threshold), 2)
    both = sorted(before.keys() & after.keys())
    if len(both) < least:
        return None
    mean, half = mean_and_half([after[key].rate - before[key].rate for key in both])
    low, high = _outwards(mean, max(half, HALF_AT_LEAST))
    return Change(
        pair_count=len(both),
        only_before_count=_rounded(len(before) - len(both), least),
        only_after_count=_rounded(len(after) - len(both), least),
        mean_tenths=round(mean * 10),
        low_tenths=low,
        high_tenths=high,
    )


def _outwards(mean: Fraction, half: float) -> tuple[int, int]:
    # A float may miss a tenth by a hair; nine decimals are far more than any of this means.
    low, high = (round(10 * (float(mean) + side * half), 9) for side in (-1, 1))
    return floor(low), ceil(high)


def _rounded(count: int, least: int) -> int | None:
    return None if count < least else count // ROUNDING * ROUNDING
