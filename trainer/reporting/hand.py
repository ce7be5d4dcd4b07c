"""Who might like a hand: a stated rule, shown as an invitation to talk. Pure.

It looks at what is set and where somebody stands, and never at the time of day or at how fast anybody is.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from trainer.learning.progress import State

PAUSE = timedelta(weeks=3)
MANY_ATTEMPTS = 3


class Reason(StrEnum):
    """Why a module may be worth a word."""

    OVERDUE = "overdue"  # its day has passed
    PAUSED = "paused"  # begun, and not touched for three weeks
    ATTEMPTS = "attempts"  # three attempts or more, and none passed


def reasons_of(
    state: State,
    *,
    is_overdue: bool,
    last_activity_at: datetime | None,
    attempt_count: int,
    has_passed: bool,
    at: datetime,
) -> tuple[Reason, ...]:
    """The reasons that one module gives; a completed one gives none."""
    if state is State.COMPLETED:
        return ()
    is_paused = state is State.IN_PROGRESS and last_activity_at is not None and last_activity_at <= at - PAUSE
    found = {
        Reason.OVERDUE: is_overdue,
        Reason.PAUSED: is_paused,
        Reason.ATTEMPTS: attempt_count >= MANY_ATTEMPTS and not has_passed,
    }
    return tuple(reason for reason, holds in found.items() if holds)
