"""Counting tries: exactly the limit gets through, and time forgives."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.samples import AT
from trainer.accounts.models import Throttle
from trainer.accounts.throttle import (
    RESET_PER_ACCOUNT,
    SIGN_IN_PER_ACCOUNT,
    SIGN_IN_PER_ADDRESS,
    Limit,
    clear_sign_in,
    count_try,
    may_request_reset,
    may_sign_in,
)

pytestmark = pytest.mark.any_database
HERE, THERE = "192.0.2.1", "198.51.100.7"
SMALL = Limit("small", 3, timedelta(minutes=10))


def test_exactly_the_limit_gets_through(session: Session) -> None:
    assert [count_try(session, SMALL, "a", at=AT) for _ in range(5)] == [True, True, True, False, False]


def test_another_subject_and_another_limit_count_for_themselves(session: Session) -> None:
    for _ in range(4):
        count_try(session, SMALL, "a", at=AT)
    assert count_try(session, SMALL, "b", at=AT)
    assert count_try(session, Limit("other", 3, timedelta(minutes=10)), "a", at=AT)


def test_the_window_begins_with_the_first_try_and_then_ends(session: Session) -> None:
    for minutes in (0, 4, 8):
        assert count_try(session, SMALL, "a", at=AT + timedelta(minutes=minutes))
    assert not count_try(session, SMALL, "a", at=AT + timedelta(minutes=10) - timedelta(seconds=1))
    assert count_try(session, SMALL, "a", at=AT + timedelta(minutes=10))


def test_tries_do_not_prolong_the_wait(session: Session) -> None:
    for minutes in range(10):
        count_try(session, SMALL, "a", at=AT + timedelta(minutes=minutes))
    assert count_try(session, SMALL, "a", at=AT + timedelta(minutes=10))


def test_sign_in_is_counted_per_account_and_address(session: Session) -> None:
    for _ in range(SIGN_IN_PER_ACCOUNT.count):
        assert may_sign_in(session, email="psw@quay.example", address=HERE, at=AT)
    assert not may_sign_in(session, email=" PSW@quay.example", address=HERE, at=AT)
    assert may_sign_in(session, email="psw@quay.example", address=THERE, at=AT)
    assert may_sign_in(session, email="clinician@quay.example", address=HERE, at=AT)


def test_one_address_cannot_try_everybody(session: Session) -> None:
    results = [
        may_sign_in(session, email=f"{number}@quay.example", address=HERE, at=AT)
        for number in range(SIGN_IN_PER_ADDRESS.count + 1)
    ]
    assert results == [True] * SIGN_IN_PER_ADDRESS.count + [False]


def test_success_forgives_the_account_and_not_the_address(session: Session) -> None:
    for _ in range(SIGN_IN_PER_ACCOUNT.count):
        may_sign_in(session, email="psw@quay.example", address=HERE, at=AT)
    clear_sign_in(session, email="PSW@quay.example", address=HERE)
    assert may_sign_in(session, email="psw@quay.example", address=HERE, at=AT)
    counts = sorted(session.scalars(select(Throttle.attempt_count)))
    assert counts == [1, SIGN_IN_PER_ACCOUNT.count + 1]


def test_reset_requests_are_counted_per_account_from_anywhere(session: Session) -> None:
    for number in range(RESET_PER_ACCOUNT.count):
        assert may_request_reset(session, email="psw@quay.example", address=f"192.0.2.{number}", at=AT)
    assert not may_request_reset(session, email="PSW@quay.example", address=THERE, at=AT)


def test_the_table_tells_nobody_who_tried(session: Session) -> None:
    may_sign_in(session, email="psw@quay.example", address=HERE, at=AT)
    for key in session.scalars(select(Throttle.key)):
        assert "psw" not in key
        assert "192" not in key
        assert len(key) == 64
