"""Organisations and cohorts by the names that are typed at the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from trainer.errors import NotFound


@contextmanager
def known(what: str) -> Iterator[None]:
    """Say which name was not found, instead of speaking of an address. Raises NotFound."""
    try:
        yield
    except NotFound:
        raise NotFound(f"There is no {what}.", "`trainer cohorts list` prints the names.") from None
