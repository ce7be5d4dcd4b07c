"""Lines and totals of one module, put together from released rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.reporting.suppression.figures import HIDDEN, Released, together
from trainer.reporting.suppression.rule import group_size, release_or_hide


@dataclass(frozen=True, slots=True)
class Counts:
    """Raw figures of one cohort: never to be shown as they are."""

    learners: int
    completed: int


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A module's lines in the order given; ``others`` are people of several lines who are only counted together.

    ``total`` is all that is shown here, which is everybody only if ``is_complete``.
    """

    lines: tuple[Released, ...]
    others: Released
    total: Released
    is_complete: bool


def release_table(groups: Sequence[Counts], *, threshold: int) -> ReleasedTable:
    """One table by itself, without weeks: cohorts that are too small are taken together. They share no people."""
    needed = group_size(threshold)
    small = [group for group in groups if group.learners < needed]
    lines = tuple(release_or_hide(one.learners, one.completed, threshold=threshold) for one in groups)
    number = sum(one.learners for one in small)
    others = release_or_hide(number, sum(one.completed for one in small), threshold=threshold)
    return ReleasedTable(lines, others, together([*lines, others]), others is not HIDDEN or not number)
