"""How often one address may look: generous, forgetful, and bounded in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from trainer.language import pace
from trainer.language.pace import Pace

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_as_many_looks_as_the_limit_then_a_wait_then_looks_again() -> None:
    counted = Pace(3, timedelta(minutes=1))
    assert [counted.wait("a", at=AT) for _ in range(3)] == [0, 0, 0]
    assert counted.wait("a", at=AT) == 60
    assert counted.wait("a", at=AT + timedelta(seconds=59.5)) == 1
    assert counted.wait("a", at=AT + timedelta(seconds=60)) == 0


def test_asking_while_waiting_does_not_make_the_wait_longer() -> None:
    counted = Pace(1, timedelta(minutes=1))
    for second in range(60):
        counted.wait("a", at=AT + timedelta(seconds=second))
    assert counted.wait("a", at=AT + timedelta(minutes=1)) == 0


def test_addresses_are_counted_one_by_one() -> None:
    counted = Pace(1)
    assert counted.wait("a", at=AT) == 0
    assert counted.wait("b", at=AT) == 0
    assert counted.wait("a", at=AT) > 0


def test_a_flood_of_addresses_takes_no_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_ADDRESSES", 10)
    counted = Pace(1)
    for number in range(1_000):
        assert counted.wait(str(number), at=AT) == 0
    assert len(counted._seen) == 10
    assert counted.wait("999", at=AT) > 0
