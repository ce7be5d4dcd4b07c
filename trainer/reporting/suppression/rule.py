"""The rule for one closed group: which of its figures is shown. The package says why it is this rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trainer.reporting.suppression.figures import (
    HIDDEN,
    Figure,
    Kind,
    Released,
    rounded,
    rounded_up,
    row,
)

LOWEST_THRESHOLD = 5
BAND = 20  # one in twenty is 5 %


@dataclass(frozen=True, slots=True)
class Ends:
    """How wide the ends of a group are: counts up to ``lower`` or within ``upper`` of everybody are not told apart."""

    learners: int
    lower: int
    upper: int

    @property
    def are_apart(self) -> bool:
        """True if there are counts between the ends, so that a figure tells something."""
        return self.learners > self.lower + self.upper


def effective(threshold: int) -> int:
    """The threshold in force: a multiple of 5, so that no rounded figure falls below it, and never under 5."""
    return max(LOWEST_THRESHOLD, rounded_up(threshold))


def group_size(threshold: int) -> int:
    """How many people a publication group needs, so that both ends and something between find room."""
    return 2 * effective(threshold)


def ends_of(learners: int, left: int, threshold: int) -> Ends:
    """Depends on how many there are and how many have left, never on how they stand."""
    narrowest = effective(threshold) - 1
    share = learners // BAND
    return Ends(learners, max(narrowest, share), max(narrowest + rounded_up(left), share))


def release(
    learners: int, completed: int, *, threshold: int, left: int = 0, as_of: date | None = None
) -> Released | None:
    """The row of a closed group, of whom ``left`` are no longer there but counted. None: no (new) figure may be shown.

    ValueError: counts that cannot be.
    """
    if not (0 <= completed <= learners and 0 <= left <= learners):
        raise ValueError(f"{completed} of {learners} with {left} gone is no group")
    ends = ends_of(learners, left, threshold)
    if learners < group_size(threshold) or not ends.are_apart:
        return None
    size = rounded(learners)
    if completed <= ends.lower:
        return row(size, _lower_end(ends), as_of)
    if learners - completed <= ends.upper:
        return row(size, _upper_end(ends, size), as_of)
    number = rounded(completed)
    return row(size, Figure(Kind.NUMBER, number, number), as_of)


def release_or_hide(learners: int, completed: int, *, threshold: int) -> Released:
    """The same for a figure without weeks, hidden where none may be shown."""
    return release(learners, completed, threshold=threshold) or HIDDEN


def _lower_end(ends: Ends) -> Figure:
    kind = Kind.AT_MOST_5 if ends.lower == ends.learners // BAND else Kind.FEWER
    return Figure(kind, 0, rounded_up(ends.lower + 1))


def _upper_end(ends: Ends, size: int) -> Figure:
    kind = Kind.AT_LEAST_95 if ends.upper == ends.learners // BAND else Kind.ALL_BUT_FEWER
    return Figure(kind, size - rounded_up(ends.upper + 1), size)
