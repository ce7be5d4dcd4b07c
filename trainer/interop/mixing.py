"""An order that gives nothing away and is the same every time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def mixed(ids: Sequence[str], seed: str) -> list[str]:
    """The ids in an order made from the seed, and never the one given: neither paper nor every platform shuffles."""
    found = sorted(ids, key=lambda one: hashlib.sha256(f"{seed} {one}".encode()).digest())
    return [*found[1:], found[0]] if found == list(ids) else found
