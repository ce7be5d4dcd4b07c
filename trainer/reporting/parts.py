"""How a group divides among several answers, as it may be shown. Pure; rests on the suppression package.

A group is a closed batch of first attempts. Each part is a figure of ``suppression.rule`` with half the threshold: a
group needs as many people as the threshold, and parts of fewer than half of it, or of all but so few, are not told
apart. The parts of a group add up to everybody, so a small part might follow from the others: where it would, none of
them is shown. Whether it would is decided from the figures that would be shown, never from the counts behind them, so
that hiding tells no more than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.reporting.suppression.figures import HIDDEN, ROUNDING, Figure, Kind, Released, row, together
from trainer.reporting.suppression.rule import LOWEST_THRESHOLD, effective, ends_of, group_size, release

LOW_KINDS = (Kind.FEWER, Kind.AT_MOST_5)
HIGH_KINDS = (Kind.ALL_BUT_FEWER, Kind.AT_LEAST_95)
STILL_OPEN = 1  # a small part must leave open whether it is nobody or somebody


def part_threshold(threshold: int) -> int:
    """Half the threshold in force, as a multiple of 5 and never below 5."""
    return effective(max(LOWEST_THRESHOLD, -(-threshold // 2)))


def people_needed(threshold: int) -> int:
    """How many first attempts a batch needs before anything of it is shown."""
    return group_size(part_threshold(threshold))


def release_share(group: int, count: int, *, threshold: int) -> Released:
    """A yes-or-no figure of one batch; HIDDEN where the batch is too small.

    How many there are is told exactly: the trainers of a cohort know who has taken the quiz.
    """
    found = release(group, count, threshold=part_threshold(threshold))
    if found is None:
        return HIDDEN
    figure = found.completed
    if figure.kind in HIGH_KINDS:
        figure = Figure(figure.kind, group - (figure.high - figure.low), group)
    return row(group, figure)


def release_parts(group: int, counts: Sequence[int], *, threshold: int) -> tuple[Released, ...]:
    """Parts of one batch that add up to it: all of them, or none. ValueError where they do not add up."""
    if sum(counts) != group:
        raise ValueError(f"{sum(counts)} of {group}")
    parts = tuple(release_share(group, count, threshold=threshold) for count in counts)
    if HIDDEN in parts or _follows([_Range.of(one.completed, group, threshold) for one in parts], group):
        return (HIDDEN,) * len(parts)
    return parts


def is_open(sizes: Sequence[int], first: Figure, second: Figure, total: int, *, threshold: int) -> bool:
    """True if two figures about two groups, beside that of everybody, tell nothing about the people of neither.

    ``sizes`` are those of the two groups and of the rest; ``total`` is everybody's raw count.
    """
    everybody, rest = sum(sizes), sizes[2]
    if not rest:
        return True
    whole = release_share(everybody, total, threshold=threshold)
    if whole is HIDDEN:
        return True
    of_all = _Range.of(whole.completed, everybody, threshold)
    one, other = _Range.of(first, sizes[0], threshold), _Range.of(second, sizes[1], threshold)
    return of_all.low - one.high - other.high <= 0 and of_all.high - one.low - other.low >= rest


def add_batches(batches: Sequence[Sequence[Released]]) -> tuple[Released, ...]:
    """The same parts over several batches, of released figures alone; what one batch hides stays hidden."""
    shown = [parts for parts in batches if any(part is not HIDDEN for part in parts)]
    if not shown:
        return tuple(HIDDEN for _ in batches[0]) if batches else ()
    return tuple(HIDDEN if HIDDEN in same else together(same) for same in zip(*shown, strict=True))


@dataclass(frozen=True, slots=True)
class _Range:
    """The counts that a figure leaves open, both ends included."""

    low: int
    high: int
    is_small: bool = False

    @classmethod
    def of(cls, figure: Figure, group: int, threshold: int) -> _Range:
        ends = ends_of(group, 0, part_threshold(threshold))
        if figure.kind in LOW_KINDS:
            return cls(0, ends.lower, is_small=True)
        if figure.kind in HIGH_KINDS:
            return cls(group - ends.upper, group)
        half = ROUNDING // 2
        return cls(max(ends.lower + 1, figure.low - half), min(group - ends.upper - 1, figure.high + half))


def _follows(ranges: Sequence[_Range], group: int) -> bool:
    """True if the others tell that somebody must, or that hardly anybody can, be in a small part."""
    low, high = sum(one.low for one in ranges), sum(one.high for one in ranges)
    return any(group - (high - one.high) > 0 or group - (low - one.low) < STILL_OPEN for one in ranges if one.is_small)
