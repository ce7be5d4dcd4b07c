"""Who may get a reminder now. Pure; every letter passes here when it is queued.

At most one a week for each person, counted over all cohorts and senders; none for whoever wants none of the kind, has
no address, is not an active learner of the cohort, or whose account is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WEEK = timedelta(days=7)


class Kind(StrEnum):
    """What a letter is about; each can be stopped by itself. The values are stored and signed into links."""

    MODULE_OPENS = "reminder.module_opens"
    MODULE_DUE = "reminder.module_due"
    SESSION_NEAR = "reminder.session_near"
    OWN = "reminder.own"


class Audience(StrEnum):
    """Whom a trainer writes to."""

    ALL = "all"
    NOT_STARTED = "not_started"
    NOT_COMPLETED = "not_completed"


class Fate(StrEnum):
    """What becomes of somebody in a list of readers."""

    GETS_IT = "gets_it"
    NOT_MEANT = "not_meant"
    NOT_HERE = "not_here"  # invited, withdrawn, or the account is closed
    NO_ADDRESS = "no_address"
    WANTS_NONE = "wants_none"
    HAD_ONE = "had_one"


@dataclass(frozen=True, slots=True)
class Reader:
    """What the rule needs to know of one person."""

    person_id: int
    enrolment: str
    is_account_open: bool
    has_address: bool
    has_opted_out: bool
    is_one_waiting: bool  # a reminder of any sender is queued and not yet sent
    last_sent_at: datetime | None  # of any cohort and sender
    module_state: str | None  # of the module the audience is about; None is not started


def fate_of(reader: Reader, audience: Audience, *, at: datetime) -> Fate:
    """Whether somebody gets the letter, or the first reason why not."""
    if reader.enrolment != "active" or not reader.is_account_open:
        return Fate.NOT_HERE
    if not is_meant(reader.module_state, audience):
        return Fate.NOT_MEANT
    if not reader.has_address:
        return Fate.NO_ADDRESS
    if reader.has_opted_out:
        return Fate.WANTS_NONE
    if reader.is_one_waiting or (reader.last_sent_at is not None and at - reader.last_sent_at < WEEK):
        return Fate.HAD_ONE
    return Fate.GETS_IT


def is_meant(module_state: str | None, audience: Audience) -> bool:
    """True if somebody who stands there belongs to the audience."""
    if audience is Audience.NOT_STARTED:
        return module_state in (None, "not_started")
    return audience is Audience.ALL or module_state != "completed"
