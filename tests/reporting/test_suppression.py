"""What may be shown of an organisation: by example, by rule, and against a reader who works things out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reporting.attack import Suppress, hides_one_more, hides_only_small_cells, leaks, whole
from trainer.reporting.suppression import HIDDEN, Counts, Released, ReleasedTable, suppress


def shown(learners: int, completed: int) -> Released:
    return Released(learners, completed, learners - completed)


def size_only(learners: int) -> Released:
    return Released(learners, None, None)


def table(*groups: tuple[int, int]) -> ReleasedTable:
    return suppress([Counts(*group) for group in groups], threshold=10)


def test_what_rests_on_enough_people_is_shown() -> None:
    assert table((20, 10), (40, 25)) == ReleasedTable((shown(20, 10), shown(40, 25)), shown(60, 35))


@pytest.mark.parametrize(("completed", "is_shown"), [(0, False), (9, False), (10, True), (15, True), (16, False)])
def test_completed_and_not_yet_are_hidden_together(completed: int, is_shown: bool) -> None:
    (only,) = table((25, completed)).groups
    assert only == (shown(25, completed) if is_shown else size_only(25))


def test_a_small_cohort_is_hidden_whole_and_its_smallest_neighbour_with_it() -> None:
    found = table((40, 20), (4, 2), (22, 11))
    assert found == ReleasedTable((shown(40, 20), HIDDEN, HIDDEN), shown(66, 33))


def test_hiding_goes_on_until_the_hidden_ones_hold_enough_together() -> None:
    found = table((3, 0), (2, 0), (11, 1), (30, 15), (50, 25))
    assert found.groups == (HIDDEN, HIDDEN, HIDDEN, size_only(30), shown(50, 25))
    assert found.total == shown(96, 41)


def test_exactly_the_threshold_is_enough() -> None:
    assert table((10, 5)).groups == (size_only(10),)
    assert table((5, 2), (5, 3), (40, 20)).groups == (HIDDEN, HIDDEN, size_only(40))
    assert table((5, 5), (15, 5), (40, 20)).groups == (HIDDEN, HIDDEN, shown(40, 20))


def test_a_share_cannot_be_worked_out_from_the_total() -> None:
    found = table((30, 30), (25, 12), (40, 20))
    assert found == ReleasedTable((size_only(30), size_only(25), shown(40, 20)), shown(95, 62))


def test_the_total_of_one_cohort_says_no_more_than_the_cohort() -> None:
    for group in ((4, 2), (25, 3), (25, 12)):
        found = table(group)
        assert found.total == found.groups[0]


def test_everything_small_shows_nothing_but_a_total_that_is_large_enough() -> None:
    assert table((5, 1), (4, 1)) == ReleasedTable((HIDDEN, HIDDEN), HIDDEN)
    assert table((9, 5), (9, 5), (9, 5)) == ReleasedTable((HIDDEN,) * 3, shown(27, 15))


def test_an_empty_cohort_costs_nobody_their_figures() -> None:
    assert table((0, 0), (25, 12), (40, 20)).groups == (HIDDEN, shown(25, 12), shown(40, 20))
    assert suppress([], threshold=10) == ReleasedTable((), HIDDEN)


@given(st.lists(st.integers(min_value=0, max_value=6), min_size=1, max_size=3), st.sampled_from([2, 3]))
@settings(max_examples=60, deadline=None)
def test_nobody_can_work_out_what_is_hidden(sizes: list[int], threshold: int) -> None:
    assert next(leaks(sizes, threshold=threshold, suppress=suppress), None) is None


@pytest.mark.parametrize(
    ("mistaken", "sizes", "threshold"),
    [(hides_only_small_cells, (4, 5), 2), (hides_only_small_cells, (1, 6, 6), 3), (hides_one_more, (5, 6, 6), 3)],
)
def test_the_attack_finds_planted_mistakes(mistaken: Suppress, sizes: tuple[int, ...], threshold: int) -> None:
    assert list(leaks(sizes, threshold=threshold, suppress=mistaken))
    assert not list(leaks(sizes, threshold=threshold, suppress=suppress))


GROUP = st.integers(min_value=0, max_value=60).flatmap(
    lambda learners: st.builds(Counts, st.just(learners), st.integers(min_value=0, max_value=learners))
)


@given(st.lists(GROUP, max_size=8), st.sampled_from([5, 10, 20]))
def test_no_figure_shown_or_subtracted_rests_on_fewer_than_the_threshold(groups: list[Counts], threshold: int) -> None:
    found = suppress(groups, threshold=threshold)
    cells = [cell for row in (*found.groups, found.total) for cell in (row.learners, row.completed, row.not_yet)]
    assert all(cell is None or cell >= threshold for cell in cells)
    for kind in ("learners", "completed", "not_yet"):
        whole = getattr(found.total, kind)
        parts = [getattr(row, kind) for row in found.groups]
        if whole is not None and hides_somebody(found.groups, groups, kind):
            assert whole - sum(part or 0 for part in parts) >= threshold


def hides_somebody(rows: Sequence[Released], groups: Sequence[Counts], kind: str) -> bool:
    return any(getattr(row, kind) is None and group.learners for row, group in zip(rows, groups, strict=True))


@given(st.lists(GROUP, max_size=8))
def test_cells_of_a_row_stand_and_fall_together(groups: list[Counts]) -> None:
    found = suppress(groups, threshold=10)
    for row, group in zip((*found.groups, found.total), (*groups, whole(groups)), strict=True):
        assert (row.completed is None) == (row.not_yet is None)
        assert row.learners in (None, group.learners)
        assert row.completed in (None, group.completed)
        assert row.learners is not None or row.completed is None
