"""Who might like a hand, rule by rule."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.samples import AT
from trainer.learning.progress import State
from trainer.reporting.hand import Reason, reasons_of

STARTED, DONE, NOT = State.IN_PROGRESS, State.COMPLETED, State.NOT_STARTED
THREE_WEEKS = AT - timedelta(weeks=3)


@pytest.mark.parametrize(
    ("state", "is_overdue", "last", "attempts", "has_passed", "reasons"),
    [
        (NOT, False, None, 0, False, ()),
        (NOT, True, None, 0, False, (Reason.OVERDUE,)),
        (STARTED, False, AT, 0, False, ()),
        (STARTED, False, THREE_WEEKS, 0, False, (Reason.PAUSED,)),
        (STARTED, False, THREE_WEEKS + timedelta(seconds=1), 0, False, ()),
        (STARTED, False, AT, 2, False, ()),
        (STARTED, False, AT, 3, False, (Reason.ATTEMPTS,)),
        (STARTED, False, AT, 3, True, ()),
        (STARTED, True, THREE_WEEKS, 5, False, (Reason.OVERDUE, Reason.PAUSED, Reason.ATTEMPTS)),
        (DONE, False, THREE_WEEKS, 5, True, ()),
    ],
)
def test_the_rule(
    state: State, is_overdue: bool, last: datetime | None, attempts: int, has_passed: bool, reasons: tuple[Reason, ...]
) -> None:
    found = reasons_of(
        state, is_overdue=is_overdue, last_activity_at=last, attempt_count=attempts, has_passed=has_passed, at=AT
    )
    assert found == reasons
