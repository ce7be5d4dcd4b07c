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
# A class joins from one address, several tries each; the codes are long enough for that.
JOIN_PER_ADDRESS = Limit("join-address", 300, timedelta(minutes=10))
JOIN_PER_ACCOUNT = Limit("join-account", 3, timedelta(hours=1))
WARD_PER_ACCOUNT = Limit("ward-account", 5, timedelta(minutes=10))
EARLIER_PIN_PER_ACCOUNT = Limit("earlier-pin", 5, timedelta(days=1))
WARD_PER_ADDRESS = Limit("ward-address", 60, timedelta(minutes=10))
API_PER_TOKEN = Limit("api-token", 300, timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many tries there were since ``since``, this one included."""

    count: int
    since: datetime


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


def may_try_code(session: Session, *, address: str, at: datetime) -> bool:
    """Count a try of a join code and say whether it may be looked up."""
    return count_try(session, JOIN_PER_ADDRESS, address, at=at)


def may_ask_for_letter(session: Session, *, email: str, at: datetime) -> bool:
    """Count a letter that somebody asks for with a join code, and say whether it may go out."""
    return count_try(session, JOIN_PER_ACCOUNT, email_key(email), at=at)


def may_sign_in_on_ward(session: Session, *, code: str, address: str, at: datetime) -> bool:
    """Count a sign-in on a shared computer and say whether it may be tried."""
    account = count_try(session, WARD_PER_ACCOUNT, f"{code}|{address}", at=at)
    place = count_try(session, WARD_PER_ADDRESS, address, at=at)
    return account and place


def may_try_earlier_pin(session: Session, *, person_id: int, at: datetime) -> bool:
    """Count a try to open the notebook with the PIN from before a slip."""
    return count_try(session, EARLIER_PIN_PER_ACCOUNT, str(person_id), at=at)


def clear_ward_sign_in(session: Session, *, code: str, address: str) -> None:
    """Forget the failed tries of somebody who has now signed in on a shared computer."""
    session.execute(delete(Throttle).where(Throttle.key == _key(WARD_PER_ACCOUNT, f"{code}|{address}")))


def clear_sign_in(session: Session, *, email: str, address: str) -> None:
    """Forget the failed tries of somebody who has now signed in."""
    key = _key(SIGN_IN_PER_ACCOUNT, f"{email_key(email)}|{address}")
    session.execute(delete(Throttle).where(Throttle.key == key))


def count_try(session: Session, limit: Limit, subject: str, *, at: datetime) -> bool:
    """Add one try in one statement, on either database; True while within the limit."""
    return count_tries(session, limit, subject, at=at).count <= limit.count


def count_tries(session: Session, limit: Limit, subject: str, *, at: datetime) -> Counted:
    """Add one try and tell how many there are in this window, and when it began."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(Throttle).values(key=_key(limit, subject), window_started_at=at, attempt_count=1)
    is_over = Throttle.window_started_at <= at - limit.window
    session.execute(
        delete(Throttle)
        .where(Throttle.key == _key(limit, subject), is_over)
        .execution_options(synchronize_session=False)
    )
    counted = session.execute(
        statement.on_conflict_do_update(
            index_elements=[Throttle.key], set_={"attempt_count": Throttle.attempt_count + 1}
        ).returning(Throttle.attempt_count, Throttle.window_started_at)
    ).one()
    return Counted(counted.attempt_count, counted.window_started_at)


def _key(limit: Limit, subject: str) -> str:
    # Hashed: an address in a table of failed sign-ins would tell who has an account here.
    return hashlib.sha256(f"{limit.name}|{subject}".encode()).hexdigest()
