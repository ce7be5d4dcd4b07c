"""What a quiz and its questions are like, from a table of attempts × questions. Pure.

The definitions are those of Moodle, so that figures can be compared: variances and covariances divide
by s - 1, discrimination is between a question and the *rest* of the quiz. Choosing the attempts (first
ones are advised) is the caller's part.

A score is the mark a question earned in an attempt; None counts as 0. Scores are taken as the decimal
numbers they are written as and all sums are kept in whole numbers, so "never varies" is a fact and not
a rounding. Only the last step, a division or a root, gives a float. None is "undefined".
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite, lcm, sqrt
from operator import mul

Mark = int | float | Fraction
Scores = Sequence[Sequence[Mark | None]]

DUBIOUS_EFFICIENCY = 15.0  # per cent; a lower discriminative efficiency is worth a look at the question
_Z = 1.959963984540054  # the 97.5 % point of the normal distribution


@dataclass(frozen=True, slots=True)
class QuestionStatistics:
    """One question. Percentages run to 100, ``facility_index`` is a share, ``question_sd`` is in marks."""

    attempt_count: int  # s
    facility_index: float | None  # share, 0 to 1 (below 0 where marks are); 0 without attempts
    question_sd: float | None  # marks; from two attempts
    intended_weight: float | None  # per cent of the quiz's maximum
    effective_weight: float | None  # per cent; None with a negative covariance
    discrimination_index: float | None  # per cent, -100 to 100
    discriminative_efficiency: float | None  # per cent
    is_negative_covariance: bool  # the question goes against the total

    @property
    def is_dubious(self) -> bool:
        """True if the question hardly tells apart those who know from those who do not."""
        efficiency = self.discriminative_efficiency
        return efficiency is not None and efficiency < DUBIOUS_EFFICIENCY


@dataclass(frozen=True, slots=True)
class QuizStatistics:
    """The whole quiz. Mean, median, SD and standard error are in marks, out of ``quiz_maximum``."""

    attempt_count: int  # s
    quiz_maximum: float
    mean: float | None
    median: float | None
    sd_of_quiz: float | None  # from two attempts
    skewness: float | None  # from three
    kurtosis: float | None  # excess, 0 for a normal distribution; from four
    cic: float | None  # coefficient of internal consistency (Cronbach's alpha), per cent; may be negative
    error_ratio: float | None  # per cent; above 100 when the CIC is negative
    standard_error: float | None


def question_statistics(scores: Scores, maximums: Sequence[Mark]) -> tuple[QuestionStatistics, ...]:
    """One per question, in the table's order. ValueError: a row of another length, a maximum below 0, no number."""
    table = _Table.of(scores, maximums)
    columns = [_Column(table, column) for column in table.columns]
    # Relative to the largest, so that roots of huge whole numbers stay within a float.
    largest = max((one.with_total for one in columns), default=0)
    roots = [sqrt(one.with_total / largest) if largest > 0 and one.with_total >= 0 else 0.0 for one in columns]
    whole = sum(roots)
    return tuple(
        QuestionStatistics(
            attempt_count=table.s,
            facility_index=_facility(table, column.total, maximum),
            question_sd=sqrt(column.variance / table.of_squares) if table.s > 1 else None,
            intended_weight=100 * maximum / table.quiz_maximum if table.quiz_maximum else None,
            effective_weight=100 * root / whole if whole and column.with_total >= 0 else None,
            discrimination_index=column.discrimination(),
            discriminative_efficiency=column.efficiency(),
            is_negative_covariance=column.with_total < 0,
        )
        for column, root, maximum in zip(columns, roots, table.maximums, strict=True)
    )


def quiz_statistics(scores: Scores, maximums: Sequence[Mark]) -> QuizStatistics:
    """The quiz as a whole. ValueError as for ``question_statistics``."""
    table = _Table.of(scores, maximums)
    s, scale, totals = table.s, table.scale, table.totals
    sd = sqrt(_spread(totals, totals) / table.of_squares) if s > 1 else None
    skewness, kurtosis = _shape(totals)
    consistency = _consistency(table)
    # 1 - alpha is never negative: no set of questions agrees better than perfectly.
    error_share = sqrt(1 - consistency) if consistency is not None else None
    return QuizStatistics(
        attempt_count=s,
        quiz_maximum=table.quiz_maximum / scale,
        mean=sum(totals) / (s * scale) if s else None,
        median=_middle(sorted(totals)) / (2 * scale) if s else None,
        sd_of_quiz=sd,
        skewness=skewness,
        kurtosis=kurtosis,
        cic=float(100 * consistency) if consistency is not None else None,
        error_ratio=100 * error_share if error_share is not None else None,
        standard_error=error_share * sd if error_share is not None and sd is not None else None,
    )


def wilson_interval(count: int, of: int) -> tuple[float, float] | None:
    """The 95 % interval of the share ``count / of`` as two shares; None without anybody. ValueError outside 0..of.

    Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22; it stays
    within 0 to 1 and holds for small groups and shares near the ends, where the textbook interval does not.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is not a share")
    if not of:
        return None
    middle = (count + _Z**2 / 2) / (of + _Z**2)
    half = _Z / (of + _Z**2) * sqrt(count * (of - count) / of + _Z**2 / 4)
    # At the ends the interval touches them exactly; a float may miss by a hair.
    return (max(0.0, middle - half) if count else 0.0), (min(1.0, middle + half) if count < of else 1.0)


def option_counts(choices: Iterable[Iterable[Hashable]], options: Sequence[Hashable]) -> tuple[int, ...]:
    """How many chose each option, in the order given; each choice holds what one attempt chose, once each.

    ValueError: something chosen that is no option.
    """
    found = dict.fromkeys(options, 0)
    for chosen in choices:
        for option in set(chosen):
            if option not in found:
                raise ValueError(f"{option!r} is not an option")
            found[option] += 1
    return tuple(found[option] for option in options)


@dataclass(frozen=True, slots=True)
class _Table:
    """The scores in whole numbers: each is a mark times ``scale``."""

    columns: tuple[tuple[int, ...], ...]
    totals: tuple[int, ...]  # by attempt
    maximums: tuple[int, ...]
    scale: int

    @classmethod
    def of(cls, scores: Scores, maximums: Sequence[Mark]) -> _Table:
        limits = [_exact(one) for one in maximums]
        if any(limit < 0 for limit in limits):
            raise ValueError("a maximum is below 0")
        if any(len(row) != len(limits) for row in scores):
            raise ValueError("every attempt needs one score per question")
        known = {mark: _exact(mark) for row in scores for mark in row if mark is not None}
        scale = lcm(*(one.denominator for one in (*limits, *known.values())))
        whole: dict[Mark | None, int] = {mark: int(one * scale) for mark, one in known.items()}
        whole[None] = 0
        rows = [[whole[mark] for mark in row] for row in scores]
        columns = tuple(zip(*rows, strict=True)) if rows else ((),) * len(limits)
        return cls(columns, tuple(map(sum, rows)), tuple(int(one * scale) for one in limits), scale)

    @property
    def s(self) -> int:
        return len(self.totals)

    @property
    def quiz_maximum(self) -> int:
        return sum(self.maximums)

    @property
    def of_squares(self) -> int:
        """What turns ``_spread`` into a variance or covariance of marks."""
        return self.s * (self.s - 1) * self.scale**2


class _Column:
    """One question beside the rest of the quiz; every figure is s(s - 1) times the (co)variance."""

    def __init__(self, table: _Table, scores: tuple[int, ...]) -> None:
        rest = tuple(total - score for total, score in zip(table.totals, scores, strict=True))
        self.total = sum(scores)
        self.variance = _spread(scores, scores)
        self.with_total = _spread(scores, table.totals)
        self.with_rest = self.with_total - self.variance
        self.variance_of_rest = _spread(rest, rest)
        self.largest_with_rest = _spread(sorted(scores), sorted(rest))

    def discrimination(self) -> float | None:
        product = self.variance * self.variance_of_rest
        if not product:
            return None
        size = 100 * sqrt(self.with_rest**2 / product)
        return size if self.with_rest >= 0 else -size

    def efficiency(self) -> float | None:
        return 100 * self.with_rest / self.largest_with_rest if self.largest_with_rest else None


def _exact(mark: Mark) -> Fraction:
    if isinstance(mark, float):
        if not isfinite(mark):
            raise ValueError(f"{mark} is not a score")
        return Fraction(float.__repr__(mark))
    return Fraction(mark)


def _spread(first: Sequence[int], second: Sequence[int]) -> int:
    """s·Σxy - Σx·Σy, which is s(s - 1) times the covariance."""
    products: int = sum(map(mul, first, second))
    return len(first) * products - sum(first) * sum(second)


def _facility(table: _Table, total: int, maximum: int) -> float | None:
    if not maximum:
        return None
    return total / (table.s * maximum) if table.s else 0.0


def _middle(ordered: Sequence[int]) -> int:
    """Twice the median."""
    return ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]


def _shape(totals: Sequence[int]) -> tuple[float | None, float | None]:
    """Skewness and kurtosis. Distances are taken s-fold, which leaves both as they are and all numbers whole."""
    s, whole = len(totals), sum(totals)
    distances = [s * total - whole for total in totals]
    squares, cubes, fourths = (sum(one**power for one in distances) for power in (2, 3, 4))
    if s < 3 or not squares:
        return None, None
    k2 = Fraction(squares, s - 1)
    k3 = Fraction(s * cubes, (s - 1) * (s - 2))
    size = sqrt(k3**2 / k2**3)
    skewness = size if k3 >= 0 else -size
    if s < 4:
        return skewness, None
    k4 = Fraction(s * (s + 1) * fourths - 3 * (s - 1) * squares**2, (s - 1) * (s - 2) * (s - 3))
    return skewness, float(k4 / k2**2)


def _consistency(table: _Table) -> Fraction | None:
    """Cronbach's alpha as a share."""
    p, of_totals = len(table.columns), _spread(table.totals, table.totals)
    if p < 2 or table.s < 3 or not of_totals:
        return None
    within = sum(_spread(column, column) for column in table.columns)
    return Fraction(p, p - 1) * (1 - Fraction(within, of_totals))
