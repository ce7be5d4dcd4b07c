"""The mean of differences and its 95 % interval, as Student's paired t has it. Pure.

The quantile comes from the exact distribution for whole degrees of freedom: Abramowitz and Stegun (1964), Handbook of
Mathematical Functions, 26.7.3 and 26.7.4; the interval is Student's (1908), "The probable error of a mean",
Biometrika 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from math import atan, cos, pi, sin, sqrt, tan

LEVEL = 0.95


def t_share(t: float, freedom: int) -> float:
    """The share of the t distribution that lies between -t and t. ValueError: fewer than one degree of freedom."""
    if freedom < 1:
        raise ValueError(f"{freedom} degrees of freedom")
    return _share_at(atan(t / sqrt(freedom)), freedom)


@cache
def t_quantile(freedom: int) -> float:
    """The t for which 95 % lie between -t and t. ValueError: fewer than one degree of freedom."""
    if freedom < 1:
        raise ValueError(f"{freedom} degrees of freedom")
    low, high = 0.0, pi / 2  # by angle, which is bounded where t is not
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return tan(low) * sqrt(freedom)
        if _share_at(middle, freedom) < LEVEL:
            low = middle
        else:
            high = middle


def mean_and_half(differences: Sequence[Fraction]) -> tuple[Fraction, float]:
    """The mean, and how far the interval reaches to either side of it. ValueError: fewer than two differences."""
    count = len(differences)
    if count < 2:
        raise ValueError("an interval needs two differences")
    mean = sum(differences, Fraction(0)) / count
    variance = sum(((one - mean) ** 2 for one in differences), Fraction(0)) / (count - 1)
    return mean, t_quantile(count - 1) * sqrt(variance / count)


def _share_at(angle: float, freedom: int) -> float:
    """The finite series in powers of the cosine, 26.7.3 for odd and 26.7.4 for even degrees of freedom."""
    term, total, square = 1.0, 0.0, cos(angle) ** 2
    for step in range(2 + freedom % 2, freedom + 1, 2):
        total += term
        term *= square * (step - 1) / step
    if freedom % 2 == 0:
        return sin(angle) * total
    return 2 / pi * (angle + sin(angle) * cos(angle) * total)
