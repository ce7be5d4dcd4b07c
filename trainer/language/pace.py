"""How often one address may look: counted in memory and forgotten, so that no row and no backup tells who looked."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

LOOKS_A_MINUTE = 60
MOST_ADDRESSES = 10_000


class Pace:
    """At most ``count`` looks of one address in a ``window``. Safe to share between threads.

    Not the table that slows down guessed passwords: each look would then be a durable write, with which anybody could
    hold up those who answer a quiz, and a trace of who pasted something. The price is that every server process
    counts for itself.
    """

    def __init__(self, count: int = LOOKS_A_MINUTE, window: timedelta = timedelta(minutes=1)) -> None:
        self.count = count
        self.window = window
        self._seen: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._one = Lock()

    def wait(self, address: str, *, at: datetime) -> int:
        """Count a look. 0 when it may be done now, else the seconds until the next one may."""
        with self._one:
            started, count = self._seen.get(address, (at, 0))
            if at - started >= self.window:
                started, count = at, 0
            self._seen[address] = (started, count + 1)
            self._seen.move_to_end(address)
            while len(self._seen) > MOST_ADDRESSES:
                self._seen.popitem(last=False)
        return 0 if count < self.count else max(1, ceil((started + self.window - at).total_seconds()))
