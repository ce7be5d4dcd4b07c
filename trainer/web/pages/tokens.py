"""Tokens for other systems: what a manager makes, sees once, and ends."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class FreshToken:
    """A token that was made a moment ago: the only time it can be read."""

    name: str
    token: str
    last_day: str


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token in the list. ``end_url`` is None for one that opens nothing any longer."""

    number: str  # as the log of changes names it
    name: str
    begins: str  # its first characters
    may: tuple[str, ...]
    made: str
    used: str
    state: str
    end_url: str | None


@dataclass(frozen=True, slots=True)
class TokensPage:
    """All tokens of an organisation, and the form for another."""

    crumbs: tuple[Crumb, ...]
    organisation: str
    fresh: FreshToken | None
    form: FlaskForm
    rows: tuple[TokenRow, ...]
    document_url: str
