"""Which figures about an organisation may be shown. Pure; every renderer gets only its result.

The rule of this release, per module, for cohorts and their total over distinct people:

1. A cohort with fewer people than the threshold is hidden.
2. *Completed* and *not yet* are hidden together where either rests on fewer than the threshold,
   zero included: "nobody" and "everybody" tell about each person.
3. What is hidden must not follow by subtraction. What the hidden cohorts hold together, and what the
   total leaves over beside the shown ones, must rest on the threshold or more; while they do not, the
   smallest shown cohort is hidden too, until in the end only the total is left.
4. People in two cohorts are a group of their own: the cohorts add up to more than the total by exactly
   them, and a manager knows who they are. Where too few of them completed, or have not yet, a cohort
   is hidden, so that the sum no longer tells.

It errs towards hiding. Rounding, frozen snapshots, suppression across tables, and readers who reason
from this very rule (why was that cohort hidden and not a smaller one?) come on top later.
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

    def minus(self, other: Counts) -> Counts:
        """What is left of one group beside another."""
        return Counts(self.learners - other.learners, self.completed - other.completed)

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


def suppress(groups: Sequence[Counts], total: Counts, *, threshold: int) -> ReleasedTable:
    """Hide what rests on too few people, and what would give it away."""
    shown = [release(group, threshold) for group in groups]
    shown_total = release(total, threshold)
    if shown_total.learners is not None:
        _hide_sizes(groups, shown, total, threshold)
    if shown_total.completed is not None:
        _hide_shares(groups, shown, total, threshold)
    return ReleasedTable(tuple(shown), shown_total)


def release(counts: Counts, threshold: int) -> Released:
    """One group by itself: all, only its size, or nothing."""
    if counts.learners < threshold:
        return HIDDEN
    if not counts.may_show_shares(threshold):
        return Released(counts.learners, None, None)
    return Released(counts.learners, counts.completed, counts.not_yet)


def _hide_sizes(groups: Sequence[Counts], shown: list[Released], total: Counts, threshold: int) -> None:
    """Hide further cohorts until the hidden ones are safe in a sum, or all are hidden."""
    while True:
        hidden = _sum(group for group, one in zip(groups, shown, strict=True) if one.learners is None)
        left_over = total.minus(_sum(groups).minus(hidden))
        candidates = [index for index, one in enumerate(shown) if one.learners is not None]
        # An empty cohort hides nobody.
        is_safe = not hidden.learners or min(hidden.learners, left_over.learners) >= threshold
        if is_safe or not candidates:
            return
        shown[min(candidates, key=lambda index: groups[index].learners)] = HIDDEN


def _hide_shares(groups: Sequence[Counts], shown: list[Released], total: Counts, threshold: int) -> None:
    """The same for *completed* and *not yet*, which stand and fall together."""
    in_two = _sum(groups).minus(total)
    while True:
        hidden = _sum(group for group, one in zip(groups, shown, strict=True) if one.completed is None)
        left_over = total.minus(_sum(groups).minus(hidden))
        candidates = [index for index, one in enumerate(shown) if one.completed is not None]
        if hidden.learners:
            is_safe = hidden.may_show_shares(threshold) and left_over.may_show_shares(threshold)
        else:
            is_safe = not in_two.learners or in_two.may_show_shares(threshold)
        if is_safe or not candidates:
            return
        smallest = min(candidates, key=lambda index: groups[index].learners)
        shown[smallest] = Released(shown[smallest].learners, None, None)


def _sum(groups: Iterable[Counts]) -> Counts:
    learners, completed = 0, 0
    for group in groups:
        learners, completed = learners + group.learners, completed + group.completed
    return Counts(learners, completed)
