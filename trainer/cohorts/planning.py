"""The dates of several modules at once: along a starting path, or as another cohort had them. Pure.

Whole days only. A date opens at the first and is over at the last moment of its day in Ireland; see ``trainer.clock``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from trainer.errors import Invalid
from trainer.wording import said

MOST_GAP_WEEKS = 26
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class PlannedModule:
    """A module and the dates it would get."""

    module_id: str
    opens_on: date
    due_on: date | None


def check_dates(opens_on: date, due_on: date | None) -> None:
    """Raises Invalid if it is due before it opens, or in another century."""
    if not all(EARLIEST <= day <= LATEST for day in (opens_on, due_on or opens_on)):
        raise Invalid(said("One of the dates lies in another century."), said("Check the years."))
    if due_on is not None and due_on < opens_on:
        raise Invalid(
            said("The due date lies before the opening date."),
            said("Choose a due date on or after the opening date."),
        )


def path_plan(
    module_ids: Sequence[str], *, opens_on: date, first_due_on: date, gap_weeks: int
) -> tuple[PlannedModule, ...]:
    """A path one after the other: each is due ``gap_weeks`` after the one before, and opens when that one is due."""
    plan = []
    for place, module_id in enumerate(module_ids):
        due_on = first_due_on + timedelta(weeks=gap_weeks * place)
        plan.append(PlannedModule(module_id, opens_on, due_on))
        opens_on = due_on
    return tuple(plan)


def shifted_plan(modules: Iterable[PlannedModule], *, weeks: int) -> tuple[PlannedModule, ...]:
    """The same dates some whole weeks later (or earlier, below nought), so that every weekday stays."""
    by = timedelta(weeks=weeks)
    return tuple(
        replace(one, opens_on=one.opens_on + by, due_on=one.due_on + by if one.due_on else None) for one in modules
    )


def weeks_between(first: date, wanted: date) -> int:
    """How many whole weeks later the week of ``wanted`` is than the week of ``first``; weeks begin on Monday."""
    return (_monday(wanted) - _monday(first)).days // 7


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
