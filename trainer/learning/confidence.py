"""How sure somebody is of an answer. It is asked without any consequence and shown to them alone. Pure."""

from __future__ import annotations

from enum import StrEnum


class Confidence(StrEnum):
    """In the order in which it is offered."""

    SURE = "sure"
    FAIRLY = "fairly"
    GUESSING = "guessing"


def confidence_of(written: str | None) -> Confidence | None:
    """What a form or a row says; None for nothing and for anything else."""
    return Confidence(written) if written in set(Confidence) else None
