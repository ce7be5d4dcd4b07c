"""Shared computers: signing in there, slips to print, one's own PIN."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class WardPage:
    """Signing in with code and PIN."""

    form: FlaskForm
    start_url: str
    ordinary_url: str


@dataclass(frozen=True, slots=True)
class SlipChoice:
    """Somebody to print a slip for."""

    value: str
    name: str
    note: str  # "Staff id 1234; has a PIN"


@dataclass(frozen=True, slots=True)
class SlipsPage:
    """Choosing people."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    choices: tuple[SlipChoice, ...]
    action: str
    problem: str | None


@dataclass(frozen=True, slots=True)
class SlipView:
    """One slip, between two cut lines."""

    name: str
    code: str
    start: str
    is_new_pin: bool


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The slips, shown once."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    organisation: str
    slips: tuple[SlipView, ...]
    address: str
    last_day: str


@dataclass(frozen=True, slots=True)
class PinPage:
    """One's own code, PIN, and the slips that were printed."""

    crumbs: tuple[Crumb, ...]
    code: str | None
    form: FlaskForm
    slips: tuple[str, ...]  # "3 November 2026 at 10:42, by Cathal Mac Suibhne; used"
    void_url: str | None
