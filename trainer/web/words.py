"""Dates, numbers and names as the screens say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from trainer.clock import LOCAL_ZONE
from trainer.courseware.catalogue import Module
from trainer.learning.marking import percent_of
from trainer.learning.progress import Standing, State, is_overdue
from trainer.web.pages.shell import StateTag

STATE_LABELS = {
    State.NOT_STARTED: "Not started",
    State.IN_PROGRESS: "In progress",
    State.COMPLETED: "Completed",
}
_AUDIENCES = {"psw": "peer support workers", "clinician": "clinicians", "leader": "people who lead teams"}


def day(value: date | datetime) -> str:
    """22 November 2026, where the services are."""
    local = value.astimezone(LOCAL_ZONE) if isinstance(value, datetime) else value
    return f"{local.day} {local:%B %Y}"


def clock_time(value: datetime) -> str:
    """10:42, where the services are."""
    return f"{value.astimezone(LOCAL_ZONE):%H:%M}"


def day_and_time(value: datetime) -> str:
    """22 November 2026 at 10:42."""
    return f"{day(value)} at {clock_time(value)}"


def percent(points: int | None, possible: int | None) -> str | None:
    """88 %, or None where nothing was submitted; rounded down."""
    if points is None or possible is None:
        return None
    return f"{percent_of(points, possible)} %"


def listed(names: Sequence[str]) -> str:
    """a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def counted(count: int, one: str, many: str) -> str:
    """1 question, 8 questions."""
    return f"{count:,} {one if count == 1 else many}"


def for_whom(module: Module) -> str:
    """Who a module is written for."""
    return f"For {listed([_AUDIENCES[name] for name in module.audience])}"


def state_tag(standing: Standing | None, *, due_at: datetime | None, at: datetime) -> StateTag:
    """The state in words, with its overdue flag."""
    state = standing.state if standing else State.NOT_STARTED
    return StateTag(state.value, STATE_LABELS[state], is_overdue(state, due_at=due_at, at=at))


def due_words(due_on: date | None, *, today: date) -> str | None:
    """Due today, or by when."""
    if due_on is None:
        return None
    if due_on == today:
        return "Due today"
    if due_on == today + timedelta(days=1):
        return "Due tomorrow"
    return f"{'Was due' if due_on < today else 'Due'} {day(due_on)}"
