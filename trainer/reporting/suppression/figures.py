"""Figures as they may be shown. Nothing here knows a raw count, so whatever is made of these is safe to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trainer.wording import said

ROUNDING = 5


class Kind(StrEnum):
    """How a figure is said."""

    NUMBER = "number"
    FEWER = "fewer"  # perhaps nobody
    ALL_BUT_FEWER = "all but fewer"  # perhaps everybody
    BETWEEN = "between"  # a sum of parts some of which are at an end
    AT_MOST_5 = "at most 5 %"
    AT_LEAST_95 = "at least 95 %"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell: multiples of 5 between which it lies, the same one twice for a number."""

    kind: Kind
    low: int = 0
    high: int = 0

    @property
    def number(self) -> int | None:
        """The number to show, or None where words stand in its place."""
        return self.low if self.kind is Kind.NUMBER else None

    @property
    def words(self) -> str:
        """What a screen, file or chart says; a door may translate it."""
        return {
            Kind.NUMBER: f"{self.low:,}",
            Kind.FEWER: said("fewer than %(count)s", count=f"{self.high:,}"),
            Kind.ALL_BUT_FEWER: said("all but fewer than %(count)s", count=f"{self.high - self.low:,}"),
            Kind.BETWEEN: said("about %(low)s to %(high)s", low=f"{self.low:,}", high=f"{self.high:,}"),
            Kind.AT_MOST_5: "≤ 5 %",
            Kind.AT_LEAST_95: "≥ 95 %",
            Kind.HIDDEN: said("hidden"),
        }[self.kind]


HIDDEN_FIGURE = Figure(Kind.HIDDEN)


@dataclass(frozen=True, slots=True)
class Released:
    """A row: a group, or several together. ``as_of`` is the week of its oldest figure; None without weeks."""

    learners: Figure
    completed: Figure
    not_yet: Figure
    as_of: date | None = None

    @property
    def share(self) -> float | None:
        """Completed ÷ learners for a chart, from the rounded figures; None unless both are numbers."""
        if self.completed.number is None or not self.learners.number:
            return None
        return self.completed.number / self.learners.number


HIDDEN = Released(HIDDEN_FIGURE, HIDDEN_FIGURE, HIDDEN_FIGURE)


def row(learners: int, completed: Figure, as_of: date | None = None) -> Released:
    """A row of (rounded) learners. *Not yet* is what is left of them, so that the row adds up and tells no more."""
    not_yet = Figure(_OTHER_SIDE[completed.kind], learners - completed.high, learners - completed.low)
    return Released(Figure(Kind.NUMBER, learners, learners), completed, not_yet, as_of)


def together(rows: Sequence[Released]) -> Released:
    """Rows about different people as one, made of their released figures alone. HIDDEN rows are left out."""
    shown = [one for one in rows if one.learners.number is not None]
    if not shown:
        return HIDDEN
    if len(shown) == 1:
        return shown[0]
    learners = sum(one.learners.low for one in shown)
    low, high = sum(one.completed.low for one in shown), sum(one.completed.high for one in shown)
    as_of = min((one.as_of for one in shown if one.as_of), default=None)
    return row(learners, Figure(_kind(learners, low, high, {one.completed.kind for one in shown}), low, high), as_of)


def rounded(count: int) -> int:
    """The nearest multiple of 5: the same count always gives the same figure."""
    return (count + ROUNDING // 2) // ROUNDING * ROUNDING


def rounded_up(count: int) -> int:
    """The next multiple of 5."""
    return -(-count // ROUNDING) * ROUNDING


def _kind(learners: int, low: int, high: int, parts: set[Kind]) -> Kind:
    if len(parts) == 1 and parts <= {Kind.NUMBER, Kind.AT_MOST_5, Kind.AT_LEAST_95}:
        return parts.pop()
    if low == 0:
        return Kind.FEWER
    return Kind.ALL_BUT_FEWER if high == learners else Kind.BETWEEN


_OTHER_SIDE = {
    Kind.NUMBER: Kind.NUMBER,
    Kind.FEWER: Kind.ALL_BUT_FEWER,
    Kind.ALL_BUT_FEWER: Kind.FEWER,
    Kind.BETWEEN: Kind.BETWEEN,
    Kind.AT_MOST_5: Kind.AT_LEAST_95,
    Kind.AT_LEAST_95: Kind.AT_MOST_5,
}
