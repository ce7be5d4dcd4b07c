"""A reader who knows who is in which cohort and sees every figure that is shown, and works out the rest.

All ways in which the learners of each cohort might stand are tried against the shown figures: the
tables are small, but no reasoning by subtraction is missed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from trainer.reporting.suppression import Counts, Released, ReleasedTable, release

Suppress = Callable[..., ReleasedTable]
World = tuple[int, ...]  # how many completed, by cohort


def leaks(sizes: Sequence[int], *, threshold: int, suppress: Suppress) -> Iterator[tuple[World, ReleasedTable, str]]:
    """Every world in which the reader learns a figure that may not be shown, or how somebody stands."""
    worlds = list(itertools.product(*(range(size + 1) for size in sizes)))
    judged: dict[ReleasedTable, str] = {}
    for world in worlds:
        table = suppress(list(map(Counts, sizes, world)), threshold=threshold)
        if table not in judged:
            judged[table] = learned(table, sizes, [other for other in worlds if fits(table, other)], threshold)
        if judged[table]:
            yield world, table, judged[table]


def fits(table: ReleasedTable, world: World) -> bool:
    """True if these completions could stand behind the shown figures."""
    pairs = zip((*table.groups, table.total), (*world, sum(world)), strict=True)
    return all(shown.completed in (None, completed) for shown, completed in pairs)


def learned(table: ReleasedTable, sizes: Sequence[int], fitting: Sequence[World], threshold: int) -> str:
    """What all fitting worlds agree on and the reader should not know; nothing if they differ."""
    for cohort, (shown, size) in enumerate(zip(table.groups, sizes, strict=True)):
        found = {world[cohort] for world in fitting}
        if shown.completed is None and size and len(found) == 1:
            only = found.pop()
            if release(Counts(size, only), threshold).completed is None:
                return f"in cohort {cohort}, {only} of {size} completed"
    return ""


def hides_only_small_cells(groups: Sequence[Counts], *, threshold: int) -> ReleasedTable:
    """The planted mistake that everybody makes first: no thought of subtraction."""
    return ReleasedTable(tuple(release(group, threshold) for group in groups), release(whole(groups), threshold))


def hides_one_more(groups: Sequence[Counts], *, threshold: int) -> ReleasedTable:
    """The second planted mistake: one more cohort is hidden, however little the hidden ones hold together."""
    shown = [release(group, threshold) for group in groups]
    hidden = [place for place, one in enumerate(shown) if one.completed is None]
    rest = [place for place, one in enumerate(shown) if one.completed is not None]
    if len(hidden) == 1 and rest:
        place = min(rest, key=lambda place: groups[place].learners)
        shown[place] = Released(shown[place].learners, None, None)
    return ReleasedTable(tuple(shown), release(whole(groups), threshold))


def whole(groups: Sequence[Counts]) -> Counts:
    """All groups together."""
    return Counts(sum(one.learners for one in groups), sum(one.completed for one in groups))
