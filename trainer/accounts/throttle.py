"""Slowing down guesses: a counter per account and address, kept as rows so that all workers share it.

Counted per account *and* address, so that nobody can lock a colleague out from elsewhere, and per
address alone with a wider limit.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from trainer.accounts.models import Throttle
from trainer.accounts.passwords import email_key


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` tries in a ``window``."""

    name: str
    count: int
    window: timedelta


SIGN_IN_PER_ACCOUNT = Limit("sign-in-account", 8, timedelta(minutes=10))
SIGN_IN_PER_ADDRESS = Limit("sign-in-address", 200, timedelta(minutes=10))
RESET_PER_ACCOUNT = Limit("reset-account", 3, timedelta(hours=1))
RESET_PER_ADDRESS = Limit("reset-address", 60, timedelta(hours=1))


def may_sign_in(session: Session, *, email: str, address: str, at: datetime) -> bool:
    """Count a sign-in and say whether it may be tried."""
    account = count_try(session, SIGN_IN_PER_ACCOUNT, f"{email_key(email)}|{address}", at=at)
    place = count_try(session, SIGN_IN_PER_ADDRESS, address, at=at)
    return account and place


def may_request_reset(session: Session, *, email: str, address: str, at: datetime) -> bool:
    """Count a reset request and say whether a mail may go out."""
    account = count_try(session, RESET_PER_ACCOUNT, email_key(email), at=at)
    place = count_try(session, RESET_PER_ADDRESS, address, at=at)
    return account and place


def clear_sign_in(session: Session, *, email: str, address: str) -> None:
    """Forget the failed tries of somebody who has now signed in."""
    key = _key(SIGN_IN_PER_ACCOUNT, f"{email_key(email)}|{address}")
    session.execute(delete(Throttle).where(Throttle.key == key))


def count_try(session: Session, limit: Limit, subject: str, *, at: datetime) -> bool:
    """Add one try in one statement, on either database; True while within the limit."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(Throttle).values(key=_key(limit, subject), window_started_at=at, attempt_count=1)
    is_over = Throttle.window_started_at <= at - limit.window
    session.execute(
        delete(Throttle)
        .where(Throttle.key == _key(limit, subject), is_over)
        .execution_options(synchronize_session=False)
    )
    counted = session.scalar(
        statement.on_conflict_do_update(
            index_elements=[Throttle.key], set_={"attempt_count": Throttle.attempt_count + 1}
        ).returning(Throttle.attempt_count)
    )
    return counted is not None and counted <= limit.count


def _key(limit: Limit, subject: str) -> str:
    # Hashed: an address in a table of failed sign-ins would tell who has an account here.
    return hashlib.sha256(f"{limit.name}|{subject}".encode()).hexdigest()
