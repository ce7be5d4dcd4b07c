"""Which figures about an organisation may be shown. Pure; every renderer gets only its result.

The rule of this release, per module, for cohorts and their total:

1. A cohort with fewer people than the threshold is hidden.
2. *Completed* and *not yet* are hidden together where either rests on fewer than the threshold,
   zero included: "nobody" and "everybody" tell about each person.
3. What is hidden must not follow by subtraction from the total: while the hidden cohorts together rest
   on fewer than the threshold, the smallest shown cohort is hidden too, until only the total is left.

It takes for granted that nobody is counted in two cohorts: a reader who knows who is in both could
subtract one cohort from the other. It errs towards hiding. Rounding, frozen snapshots, suppression
across tables, and readers who reason from this very rule (why is that cohort hidden and not a smaller
one?) come on top later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Raw figures of one group: never to be shown as they are."""

    learners: int
    completed: int

    @property
    def not_yet(self) -> int:
        """Everybody else."""
        return self.learners - self.completed

    def may_show_shares(self, threshold: int) -> bool:
        """True if *completed* and *not yet* both rest on enough people."""
        return min(self.completed, self.not_yet) >= threshold


@dataclass(frozen=True, slots=True)
class Released:
    """What may be shown: None is hidden."""

    learners: int | None
    completed: int | None
    not_yet: int | None


HIDDEN = Released(None, None, None)


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A module's groups in the order given, and their total."""

    groups: tuple[Released, ...]
    total: Released


def suppress(groups: Sequence[Counts], *, threshold: int) -> ReleasedTable:
    """Hide what rests on too few people, and what would give it away. Groups share no people."""
    shown = [release(group, threshold) for group in groups]
    total = release(_sum(groups), threshold)
    if total.learners is not None:
        _hide_sizes(groups, shown, threshold)
    if total.completed is not None:
        _hide_shares(groups, shown, threshold)
    return ReleasedTable(tuple(shown), total)


def release(counts: Counts, threshold: int) -> Released:
    """One group by itself: all, only its size, or nothing."""
    if counts.learners < threshold:
        return HIDDEN
    if not counts.may_show_shares(threshold):
        return Released(counts.learners, None, None)
    return Released(counts.learners, counts.completed, counts.not_yet)


def _hide_sizes(groups: Sequence[Counts], shown: list[Released], threshold: int) -> None:
    """Hide further cohorts until the hidden ones are safe in a sum, or all are hidden."""
    while True:
        hidden = _sum(group for group, one in zip(groups, shown, strict=True) if one.learners is None)
        candidates = [index for index, one in enumerate(shown) if one.learners is not None]
        # An empty cohort hides nobody.
        if not candidates or not hidden.learners or hidden.learners >= threshold:
            return
        shown[min(candidates, key=lambda index: groups[index].learners)] = HIDDEN


def _hide_shares(groups: Sequence[Counts], shown: list[Released], threshold: int) -> None:
    """The same for *completed* and *not yet*, which stand and fall together."""
    while True:
        hidden = _sum(group for group, one in zip(groups, shown, strict=True) if one.completed is None)
        candidates = [index for index, one in enumerate(shown) if one.completed is not None]
        if not candidates or not hidden.learners or hidden.may_show_shares(threshold):
            return
        smallest = min(candidates, key=lambda index: groups[index].learners)
        shown[smallest] = Released(shown[smallest].learners, None, None)


def _sum(groups: Iterable[Counts]) -> Counts:
    learners, completed = 0, 0
    for group in groups:
        learners, completed = learners + group.learners, completed + group.completed
    return Counts(learners, completed)
