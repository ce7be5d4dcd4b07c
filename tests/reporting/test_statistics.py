"""Quiz statistics: a worked case, the edges where a figure is undefined, and laws that hold for any table."""

from __future__ import annotations

import random
from dataclasses import fields
from fractions import Fraction
from math import isclose, isnan, nan, sqrt
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.reporting.statistics import (
    Scores,
    option_counts,
    question_statistics,
    quiz_statistics,
    wilson_interval,
)

CASE = [[int(digit) for digit in row] for row in ("1120", "1011", "0121", "1000", "0010", "1121")]
CASE_MAXIMUMS = [1, 1, 2, 1]


def near(value: float) -> Any:
    return pytest.approx(value, abs=5e-7)


def test_questions_of_the_worked_case() -> None:
    expected = [
        (0.666667, 51.6398, -7.905694, -9.090909, 20, 13.924589),
        (0.500000, 54.7723, 74.535599, 100.000000, 20, 27.849178),
        (0.666667, 40.8248, 63.245553, 72.727273, 40, 34.108138),
        (0.500000, 54.7723, 39.735971, 42.857143, 20, 24.118095),
    ]
    found = question_statistics(CASE, CASE_MAXIMUMS)
    for one, maximum, (facility, sd_percent, index, efficiency, intended, effective) in zip(
        found, CASE_MAXIMUMS, expected, strict=True
    ):
        assert one.attempt_count == 6
        assert one.facility_index == near(facility)
        assert one.question_sd is not None
        assert 100 * one.question_sd / maximum == pytest.approx(sd_percent, abs=5e-5)
        assert one.discrimination_index == near(index)
        assert one.discriminative_efficiency == near(efficiency)
        assert one.intended_weight == near(intended)
        assert one.effective_weight == near(effective)
        assert not one.is_negative_covariance
    assert [one.is_dubious for one in found] == [True, False, False, False]


def test_the_quiz_of_the_worked_case() -> None:
    found = quiz_statistics(CASE, CASE_MAXIMUMS)
    assert (found.attempt_count, found.quiz_maximum) == (6, 5)
    assert found.mean == 3
    assert found.median == 3.5
    assert found.sd_of_quiz == near(1.673320)
    assert found.skewness == near(-0.384181)
    assert found.kurtosis == near(-1.785714)
    assert found.cic == near(60.317460)
    assert found.error_ratio == near(62.994079)
    assert found.standard_error == near(1.054093)


@pytest.mark.parametrize(
    ("count", "defined"),
    [
        (0, set()),
        (1, {"mean", "median"}),
        (2, {"mean", "median", "sd_of_quiz"}),
        (3, {"mean", "median", "sd_of_quiz", "skewness", "cic", "error_ratio", "standard_error"}),
        (4, {"mean", "median", "sd_of_quiz", "skewness", "kurtosis", "cic", "error_ratio", "standard_error"}),
    ],
)
def test_each_figure_of_the_quiz_needs_enough_attempts(count: int, defined: set[str]) -> None:
    found = quiz_statistics(CASE[:count], CASE_MAXIMUMS)
    shown = {one.name for one in fields(found) if getattr(found, one.name) is not None}
    assert shown - {"attempt_count", "quiz_maximum"} == defined


def test_without_attempts_questions_have_weights_only() -> None:
    (first, *_rest) = question_statistics([], CASE_MAXIMUMS)
    assert (first.attempt_count, first.facility_index, first.intended_weight) == (0, 0.0, 20.0)
    assert first.question_sd is first.effective_weight is first.discrimination_index is None
    assert first.discriminative_efficiency is None
    assert not first.is_negative_covariance


def test_one_attempt_has_no_spread() -> None:
    (first, *_rest) = question_statistics(CASE[:1], CASE_MAXIMUMS)
    assert first.facility_index == 1
    assert first.question_sd is first.effective_weight is first.discrimination_index is None


def test_two_attempts_have_a_spread() -> None:
    (first, *_rest) = question_statistics([[1, 0], [0, 1]], [1, 1])
    assert first.question_sd == near(sqrt(0.5))
    assert first.discrimination_index == near(-100)


def test_a_question_on_which_all_score_the_same_discriminates_nothing() -> None:
    # Tenths do not add up exactly as floats; 'never varies' is exact all the same.
    found = question_statistics([[0.1, 1, 0.2], [0.1, 0, 0.3], [0.1, 1, 0.4]], [1, 1, 1])
    assert found[0].question_sd == 0
    assert found[0].discrimination_index is found[0].discriminative_efficiency is None
    assert found[0].effective_weight == 0
    assert found[1].discrimination_index is not None


def test_a_rest_that_never_varies_is_seen_although_floats_would_vary() -> None:
    # 0.1 + 0.2 and 0.3 + 0 are the same number, but not as floats.
    (first, *_rest) = question_statistics([[1, 0.1, 0.2], [0, 0.3, 0.0], [1, 0.2, 0.1]], [1, 1, 1])
    assert first.discrimination_index is first.discriminative_efficiency is None


def test_where_all_attempts_are_the_same_the_quiz_has_no_shape() -> None:
    found = quiz_statistics([[1, 2]] * 5, [1, 2])
    assert (found.mean, found.median, found.sd_of_quiz) == (3, 3, 0)
    assert found.skewness is found.kurtosis is found.cic is found.error_ratio is found.standard_error is None
    assert all(one.effective_weight is None for one in question_statistics([[1, 2]] * 5, [1, 2]))


def test_one_question_has_no_inner_consistency() -> None:
    found = quiz_statistics([[0], [1], [1], [0]], [1])
    assert found.cic is found.error_ratio is found.standard_error is None
    assert found.skewness == 0
    (only,) = question_statistics([[0], [1], [1], [0]], [1])
    assert only.discrimination_index is None
    assert only.effective_weight == 100


def test_a_question_worth_nothing_has_no_facility() -> None:
    found = question_statistics([[0, 1], [0, 0]], [0, 1])
    assert (found[0].facility_index, found[0].intended_weight) == (None, 0)
    assert found[1].intended_weight == 100
    assert question_statistics([[0]], [0])[0].intended_weight is None


def test_a_question_against_the_total_is_flagged_and_the_others_share_the_weight() -> None:
    scores = [[0, 1, 1, 1], [0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 0], [0, 1, 1, 1]]
    found = question_statistics(scores, [1, 1, 1, 1])
    assert [one.is_negative_covariance for one in found] == [True, False, False, False]
    assert found[0].effective_weight is None
    assert sum(one.effective_weight or 0 for one in found) == near(100)
    cic = quiz_statistics(scores, [1, 1, 1, 1]).cic
    assert cic is not None
    assert cic < 0


def test_a_missing_mark_counts_as_nothing() -> None:
    assert question_statistics([[None, 1], [1, 0]], [1, 1]) == question_statistics([[0, 1], [1, 0]], [1, 1])


def test_marks_may_be_negative() -> None:
    assert question_statistics([[-1], [-0.5]], [1])[0].facility_index == -0.75


@pytest.mark.parametrize(
    ("scores", "maximums"),
    [([[1]], [1, 1]), ([[1, 2], [1]], [1, 2]), ([[nan]], [1]), ([[float("inf")]], [1]), ([[1]], [-1])],
)
def test_what_is_no_table_of_scores_is_refused(scores: Scores, maximums: list[int]) -> None:
    for compute in (question_statistics, quiz_statistics):
        with pytest.raises(ValueError):
            compute(scores, maximums)


MARKS = st.one_of(st.integers(-2, 4), st.sampled_from([0.1, 0.25, 1.5, Fraction(1, 3), None]))
TABLES = st.integers(1, 5).flatmap(lambda p: st.lists(st.lists(MARKS, min_size=p, max_size=p), max_size=12))


@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_attempts_changes_nothing(scores: list[list[Any]], chance: random.Random) -> None:
    mixed = chance.sample(scores, len(scores))
    maximums = [4] * width(scores)
    assert question_statistics(mixed, maximums) == question_statistics(scores, maximums)
    assert quiz_statistics(mixed, maximums) == quiz_statistics(scores, maximums)


@given(TABLES, st.sampled_from([2, 5, Fraction(1, 3)]))
def test_marks_on_another_scale_change_only_what_is_in_marks(scores: list[list[Any]], factor: Any) -> None:
    maximums = [4] * width(scores)
    larger = [[None if mark is None else _exact(mark) * factor for mark in row] for row in scores]
    in_marks = {"question_sd", "mean", "median", "sd_of_quiz", "standard_error", "quiz_maximum"}
    pairs = [
        *zip(
            question_statistics(scores, maximums),
            question_statistics(larger, [one * factor for one in maximums]),
            strict=True,
        ),
        (quiz_statistics(scores, maximums), quiz_statistics(larger, [one * factor for one in maximums])),
    ]
    for before, after in pairs:
        for one in fields(before):
            value, scaled = getattr(before, one.name), getattr(after, one.name)
            if value is None or one.name not in in_marks:
                assert scaled == (value if value is None else pytest.approx(value, abs=1e-9))
            else:
                assert scaled == pytest.approx(value * factor, abs=1e-9)


@given(TABLES)
def test_weights_add_up_to_a_hundred(scores: list[list[Any]]) -> None:
    found = question_statistics(scores, [4] * width(scores))
    assert sum(one.intended_weight or 0 for one in found) == near(100)
    shown = [one.effective_weight for one in found if one.effective_weight is not None]
    assert not any(shown) or sum(shown) == near(100)


@given(TABLES)
def test_the_same_comes_out_of_plain_formulas(scores: list[list[Any]]) -> None:
    maximums = [4] * width(scores)
    plain = [[float(mark or 0) for mark in row] for row in scores]
    for place, one in enumerate(question_statistics(scores, maximums)):
        for name, value in plain_question(plain, maximums, place).items():
            assert agrees(getattr(one, name), value), name
    quiz = quiz_statistics(scores, maximums)
    for name, value in plain_quiz(plain).items():
        assert agrees(getattr(quiz, name), value), name


def test_ten_thousand_attempts_are_as_exact_as_ten() -> None:
    many = CASE * 1_700
    once, often = question_statistics(CASE, CASE_MAXIMUMS), question_statistics(many, CASE_MAXIMUMS)
    for few, lots in zip(once, often, strict=True):
        assert lots.discrimination_index == near(few.discrimination_index or 0)
        assert lots.effective_weight == near(few.effective_weight or 0)


@pytest.mark.parametrize(("count", "of"), [(0, 10), (6, 24), (10, 10), (1, 1), (500, 1_000)])
def test_the_interval_of_a_share_holds_the_shares_that_explain_it(count: int, of: int) -> None:
    found = wilson_interval(count, of)
    assert found is not None
    low, high = found
    assert 0 <= low <= count / of <= high <= 1
    z = NormalDist().inv_cdf(0.975)
    for end in (low, high):  # each end lies just z standard errors of its own away from what was seen
        if 0 < end < 1:
            assert abs(count / of - end) == pytest.approx(z * sqrt(end * (1 - end) / of), rel=1e-9)
    assert (low == 0) == (count == 0)
    assert (high == 1) == (count == of)


def test_the_interval_of_nobody_is_none() -> None:
    assert wilson_interval(0, 0) is None
    with pytest.raises(ValueError):
        wilson_interval(3, 2)


def test_options_are_counted_once_per_attempt_that_chose_them() -> None:
    assert option_counts([["a"], ["b", "a"], [], ["a", "a"]], ["c", "b", "a"]) == (0, 1, 3)
    with pytest.raises(ValueError):
        option_counts([["d"]], ["a"])


def width(scores: list[list[Any]]) -> int:
    return len(scores[0]) if scores else 2


def _exact(mark: Any) -> Fraction:
    return Fraction(str(mark))


def agrees(found: float | None, plain: float) -> bool:
    return isnan(plain) if found is None else isclose(found, plain, rel_tol=1e-6, abs_tol=1e-6)


def covariance(first: list[float], second: list[float]) -> float:
    s = len(first)
    if s < 2:
        return nan
    mean_first, mean_second = sum(first) / s, sum(second) / s
    found = sum((a - mean_first) * (b - mean_second) for a, b in zip(first, second, strict=True)) / (s - 1)
    return 0.0 if abs(found) < 1e-10 else found


def plain_question(scores: list[list[float]], maximums: list[int], place: int) -> dict[str, float]:
    """An independent way to the same figures, straight from the formulas, in floats."""
    totals = [sum(row) for row in scores]
    mine = [row[place] for row in scores]
    rest = [total - score for total, score in zip(totals, mine, strict=True)]
    with_rest, own, others = covariance(mine, rest), covariance(mine, mine), covariance(rest, rest)
    best = covariance(sorted(mine), sorted(rest))
    against = [covariance([row[one] for row in scores], totals) for one in range(len(maximums))]
    whole = sum(sqrt(one) for one in against if one >= 0)
    return {
        "facility_index": sum(mine) / len(mine) / maximums[place] if mine else 0.0,
        "question_sd": sqrt(own) if own >= 0 else nan,
        "discrimination_index": 100 * with_rest / sqrt(own * others) if own * others > 0 else nan,
        "discriminative_efficiency": 100 * with_rest / best if best else nan,
        "effective_weight": 100 * sqrt(against[place]) / whole if against[place] >= 0 and whole else nan,
        "is_negative_covariance": float(against[place] < 0),
    }


def plain_quiz(scores: list[list[float]]) -> dict[str, float]:
    """The same for the quiz."""
    totals, s, p = [sum(row) for row in scores], len(scores), width(scores)
    if not s:
        return {"mean": nan, "median": nan}
    mean, ordered = sum(totals) / s, sorted(totals)
    m2, m3, m4 = (sum((one - mean) ** power for one in totals) / s for power in (2, 3, 4))
    found = {"mean": mean, "median": (ordered[(s - 1) // 2] + ordered[s // 2]) / 2}
    k2 = s * m2 / (s - 1) if s > 1 and m2 > 1e-12 else nan
    found["skewness"] = s * s * m3 / ((s - 1) * (s - 2)) / k2**1.5 if s > 2 else nan
    fourth = s * s * ((s + 1) * m4 - 3 * (s - 1) * m2 * m2)
    found["kurtosis"] = fourth / ((s - 1) * (s - 2) * (s - 3)) / k2**2 if s > 3 else nan
    within = sum(covariance([row[one] for row in scores], [row[one] for row in scores]) for one in range(p))
    found["cic"] = 100 * p / (p - 1) * (1 - within / k2) if p > 1 and s > 2 else nan
    return found
