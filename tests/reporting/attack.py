"""A reader who knows who is in which cohort and sees every figure that is shown, and works out the rest.

People who are in the same cohorts are alike to the reader, so a world is how many of each such group
completed. All worlds that fit the shown figures are tried: small tables, but no reasoning is missed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trainer.reporting.suppression import Counts, Released, ReleasedTable, release

Suppress = Callable[..., ReleasedTable]
World = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """How many people are in exactly these cohorts."""

    cohorts: frozenset[int]
    people: int


def tables(memberships: Sequence[Membership], world: World, cohort_count: int) -> tuple[tuple[Counts, ...], Counts]:
    """What the database would hold: the cohorts, and the total over distinct people."""
    groups = tuple(
        Counts(
            sum(one.people for one in memberships if cohort in one.cohorts),
            sum(done for one, done in zip(memberships, world, strict=True) if cohort in one.cohorts),
        )
        for cohort in range(cohort_count)
    )
    return groups, Counts(sum(one.people for one in memberships), sum(world))


def leaks(
    memberships: Sequence[Membership], cohort_count: int, *, threshold: int, suppress: Suppress
) -> Iterator[tuple[str, World, ReleasedTable]]:
    """Every world in which the reader learns how a person stands, or a figure that may not be shown."""
    worlds = list(itertools.product(*(range(one.people + 1) for one in memberships)))
    raw = {world: tables(memberships, world, cohort_count) for world in worlds}
    judged: dict[ReleasedTable, str] = {}
    for world in worlds:
        groups, total = raw[world]
        table = suppress(groups, total, threshold=threshold)
        if table not in judged:
            fitting = [other for other in worlds if fits(table, *raw[other])]
            judged[table] = learned(table, memberships, fitting, {one: raw[one][0] for one in fitting}, threshold)
        if judged[table]:
            yield judged[table], world, table


def fits(table: ReleasedTable, groups: Sequence[Counts], total: Counts) -> bool:
    """True if these counts could stand behind the shown figures."""
    pairs = zip((*table.groups, table.total), (*groups, total), strict=True)
    return all(shown.completed is None or shown.completed == counts.completed for shown, counts in pairs)


def learned(
    table: ReleasedTable,
    memberships: Sequence[Membership],
    fitting: Sequence[World],
    groups: Mapping[World, Sequence[Counts]],
    threshold: int,
) -> str:
    """What all fitting worlds agree on and the reader should not know; nothing if they differ."""
    for place, one in enumerate(memberships):
        found = {world[place] for world in fitting}
        if one.people and found in ({0}, {one.people}):
            return f"how each of the {one.people} in {sorted(one.cohorts)} stands"
    for cohort, shown in enumerate(table.groups):
        figures = {groups[world][cohort] for world in fitting}
        only = next(iter(figures))
        if (
            shown.completed is None
            and len(figures) == 1
            and only.learners
            and release(only, threshold).completed is None
        ):
            return f"a figure of cohort {cohort} that rests on too few"
    return ""


def hides_only_small_cells(groups: Sequence[Counts], total: Counts, *, threshold: int) -> ReleasedTable:
    """The planted mistake that everybody makes first: no thought of subtraction."""
    return ReleasedTable(tuple(release(group, threshold) for group in groups), release(total, threshold))


def hides_one_more(groups: Sequence[Counts], total: Counts, *, threshold: int) -> ReleasedTable:
    """The second planted mistake: one more cohort is hidden, however little the hidden ones hold together."""
    shown = [release(group, threshold) for group in groups]
    hidden = [place for place, one in enumerate(shown) if one.completed is None]
    rest = [place for place, one in enumerate(shown) if one.completed is not None]
    if len(hidden) == 1 and rest:
        place = min(rest, key=lambda place: groups[place].learners)
        shown[place] = Released(shown[place].learners, None, None)
    return ReleasedTable(tuple(shown), release(total, threshold))
