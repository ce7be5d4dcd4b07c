"""The change of a group: matched pairs, and what is never told about one of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from trainer.exercise.interval import mean_and_half
from trainer.reporting.paired import FIVE_STEPS, PER_CENT, Change, Scale, change_of

# Ten differences with mean 4 and standard deviation 6; t for nine degrees of freedom is 2.262.
DIFFERENCES = (-5, -4, 0, 1, 3, 5, 6, 8, 12, 14)
BEFORE = {person: Fraction(50) for person in range(10)}


def after(differences: tuple[int, ...] = DIFFERENCES) -> dict[int, Fraction]:
    return {person: Fraction(50 + by) for person, by in enumerate(differences)}


def change(
    first: dict[int, Fraction], second: dict[int, Fraction], scale: Scale = PER_CENT, threshold: int = 10
) -> Change | None:
    return change_of(first, second, scale=scale, interval=mean_and_half, threshold=threshold)


def test_the_mean_of_the_pairs_and_its_interval_rounded_outwards() -> None:
    found = change(BEFORE, after())
    assert found is not None
    # By hand: the squares of the deviations add up to 356, so the interval is 4 ± 2.262 · √(356/9) / √10 = 4 ± 4.50;
    # it is widened to five points to either side.
    assert (found.pair_count, found.mean, found.low, found.high) == (10, 4, -1, 9)
    wide = change(BEFORE, after(tuple(4 * one for one in DIFFERENCES)))
    assert wide is not None
    assert (wide.mean, wide.low, wide.high) == (16, -2, 34)  # 16 ± 17.996


def test_everybody_changing_alike_is_not_said_exactly() -> None:
    found = change(BEFORE, after((7,) * 10))
    assert found is not None
    assert (found.mean, found.low, found.high) == (7, 2, 12)


@pytest.mark.parametrize("size", [0, 1, 9])
def test_too_few_pairs_say_nothing(size: int) -> None:
    second = {person: value for person, value in after().items() if person < size}
    assert change(BEFORE, second) is None


def test_who_answered_once_only_is_counted_and_left_out() -> None:
    first = BEFORE | {person: Fraction(0) for person in range(100, 113)}
    second = after() | {person: Fraction(100) for person in range(200, 204)}
    found = change(first, second)
    assert found is not None
    assert (found.pair_count, found.mean) == (10, 4)
    assert (found.only_before_count, found.only_after_count) == (15, None)  # 13, rounded; 4 may be nobody


def test_steps_of_a_scale_from_1_to_5() -> None:
    first = {person: Fraction(3) for person in range(12)}
    second = {person: Fraction(3) + Fraction(person % 2) for person in range(12)}
    found = change(first, second, FIVE_STEPS)
    assert found is not None
    assert found.mean == 0.5
    assert (found.low, found.high) == (0.1, 0.9)  # 0.5 ± 2.201 · 0.5222 / √12
