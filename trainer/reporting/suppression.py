"""Which figures about an organisation may be shown. Pure; every renderer gets only its result.

The rule of this release, per module, for cohorts and their total:

1. A cohort with fewer people than the threshold is hidden.
2. *Completed* and *not yet* are hidden together where either rests on fewer than the threshold,
   zero included: "nobody" and "everybody" tell about each person.
3. What is hidden must not follow by subtraction from the total: while the hidden cohorts together
   are one, or too few people, the smallest shown cohort is hidden with them; if that does not help,
   the total goes.

It errs towards hiding. Rounding, frozen snapshots and suppression across tables come on top later.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    released = [release(group, threshold) for group in groups]
    shown_total = release(total, threshold)
    if len(groups) == 1:
        # The total of one cohort is that cohort.
        return ReleasedTable(tuple(released), released[0])
    if shown_total.learners is not None and not _hide_sizes(groups, released, threshold):
        shown_total = HIDDEN
    if shown_total.completed is not None and not _hide_shares(groups, released, threshold):
        shown_total = Released(shown_total.learners, None, None)
    return ReleasedTable(tuple(released), shown_total)


def _hide_sizes(groups: Sequence[Counts], released: list[Released], threshold: int) -> bool:
    """Hide further cohorts until the hidden ones are safe in a sum; False if they cannot be."""
    while True:
        hidden = [group.learners for group, shown in zip(groups, released, strict=True) if shown.learners is None]
        if not is_derivable(hidden, threshold):
            return True
        candidates = [index for index, shown in enumerate(released) if shown.learners is not None]
        if not candidates:
            return False
        released[min(candidates, key=lambda index: groups[index].learners)] = HIDDEN


def _hide_shares(groups: Sequence[Counts], released: list[Released], threshold: int) -> bool:
    """The same for *completed* and *not yet*, which stand and fall together."""
    while True:
        hidden = [group for group, shown in zip(groups, released, strict=True) if shown.completed is None]
        gives_away = is_derivable([group.completed for group in hidden], threshold) or is_derivable(
            [group.not_yet for group in hidden], threshold
        )
        if not gives_away:
            return True
        candidates = [index for index, shown in enumerate(released) if shown.completed is not None]
        if not candidates:
            return False
        index = min(candidates, key=lambda one: groups[one].learners)
        released[index] = Released(released[index].learners, None, None)


def release(counts: Counts, threshold: int) -> Released:
    """One group by itself: all, only its size, or nothing."""
    if counts.learners < threshold:
        return HIDDEN
    if counts.completed < threshold or counts.not_yet < threshold:
        return Released(counts.learners, None, None)
    return Released(counts.learners, counts.completed, counts.not_yet)


def is_derivable(hidden: Sequence[int], threshold: int) -> bool:
    """True if total minus what is shown would say too much about the hidden groups.

    One hidden group follows exactly; several follow as a sum, which is safe only from the threshold up.
    """
    return bool(hidden) and (len(hidden) == 1 or sum(hidden) < threshold)
