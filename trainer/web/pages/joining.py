"""Invitations, from both sides; and joining with a code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask_wtf import FlaskForm

from trainer.web.pages.shell import Crumb
from trainer.web.pages.trainer import PageLink


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What somebody is invited to. ``way`` says what they have to do to accept."""

    way: Literal["new", "sign in", "accept"]
    organisation: str
    cohorts: str  # "Autumn and Winter"; empty where none waits
    inviter: str | None
    form: FlaskForm
    sign_in_url: str


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Somebody who was asked into the cohort."""

    name: str
    contact: str
    state: str  # "Waits for an answer since 3 November 2026"
    again_url: str | None
    again_label: str
    revoke_url: str | None


@dataclass(frozen=True, slots=True)
class InvitationsPage:
    """Whom a cohort has asked, and what became of it."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    rows: tuple[AskedRow, ...]
    total: int
    page_links: tuple[PageLink, ...]
    send_url: str
    unsent: str | None  # "12 letters wait to be sent."
    slips_url: str


@dataclass(frozen=True, slots=True)
class JoinPage:
    """Where a code leads. ``form`` carries the code on; ``way`` says what is still needed."""

    way: Literal["letter", "join"]
    organisation: str
    cohort: str
    form: FlaskForm
    action: str
    sign_in_url: str
    person_name: str | None


@dataclass(frozen=True, slots=True)
class JoinCodePage:
    """The code of a cohort, to switch on, print, renew and switch off."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    organisation: str
    code: str | None  # None while joining is switched off
    spoken_code: str  # the same in two halves, easier to copy
    address: str
    qr_path: str  # the dark squares as one SVG path
    qr_size: int
    facts: tuple[str, ...]
    form: FlaskForm
    make_url: str
    end_url: str
