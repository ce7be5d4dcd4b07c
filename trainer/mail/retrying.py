"""When a letter is tried again. Pure."""

from __future__ import annotations

from datetime import timedelta

MOST_TRIES = 5
# Longer than any mail server may keep us waiting for one letter; only after that may another worker take it.
CLAIM_LASTS = timedelta(minutes=10)
_GAPS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))


def gap_after(tries: int) -> timedelta | None:
    """How long to wait after so many failed tries; None when it is enough."""
    return _GAPS[tries - 1] if tries < MOST_TRIES else None
