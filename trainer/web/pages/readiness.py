"""What the pages of readiness actions show."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action in the list."""

    text: str
    owner: str
    due: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class ActionsPart:
    """What the overview says of the actions."""

    counts: str
    rows: tuple[ActionRow, ...]
    url: str


@dataclass(frozen=True, slots=True)
class ActionsPage:
    """The list, and a form for another."""

    crumbs: tuple[Crumb, ...]
    organisation: str
    counts: str
    rows: tuple[ActionRow, ...]
    module: Crumb | None  # where leaders work out what is missing
    form: FlaskForm


@dataclass(frozen=True, slots=True)
class ActionPage:
    """One action: done or open, its words, and taking it off."""

    crumbs: tuple[Crumb, ...]
    organisation: str
    text: str
    owner: str
    due: str
    state: str
    is_done: bool
    form: FlaskForm
    state_url: str
    remove_url: str
