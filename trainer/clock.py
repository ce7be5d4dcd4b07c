"""Time, as an argument: doors read the clock once and hand it down.

Rules and services never ask for the time themselves, so tests and replays choose it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Europe/Dublin")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def local_date(instant: datetime) -> date:
    """The calendar day of an instant where the services are (Ireland)."""
    return instant.astimezone(LOCAL_ZONE).date()


def local_moment(day: date, at: time) -> datetime:
    """The instant of a time on the clocks of Ireland; one that the clocks skip is an hour later."""
    return datetime.combine(day, at, tzinfo=LOCAL_ZONE).astimezone(UTC)


def start_of_local_day(day: date) -> datetime:
    """The instant at which a calendar day begins in Ireland; right on the days the clocks change."""
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL_ZONE).astimezone(UTC)


def end_of_local_day(day: date) -> datetime:
    """The first instant after a calendar day in Ireland."""
    return start_of_local_day(day + timedelta(days=1))
