"""The people of an organisation, their roles, its cohorts' trainers, and the log of changes."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm

from trainer.web.pages.shell import Crumb
from trainer.web.pages.trainer import PageLink


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A member; what they do at work and how far they are is not told here."""

    name: str
    url: str
    contact: str
    role: str
    state: str
    cohorts: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Members by name."""

    crumbs: tuple[Crumb, ...]
    organisation: str
    search: str
    rows: tuple[PersonRow, ...]
    found: str  # "312 people"
    waiting: str | None  # "8 people have been asked and have not answered."
    page_links: tuple[PageLink, ...]
    log_url: str
    tokens_url: str
    cohorts_url: str


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One member, to give a role or to take out of the organisation."""

    crumbs: tuple[Crumb, ...]
    name: str
    facts: tuple[tuple[str, str], ...]
    form: FlaskForm
    remove_url: str
    is_self: bool


@dataclass(frozen=True, slots=True)
class TrainerRow:
    """Somebody who runs a cohort; the address is None for who may not change that."""

    name: str
    remove_url: str | None


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """A cohort's name, trainers, and the ways into it."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    name_form: FlaskForm
    trainers: tuple[TrainerRow, ...]
    trainer_form: FlaskForm | None  # for managers, where somebody is left to name
    trainer_url: str
    is_manager: bool


@dataclass(frozen=True, slots=True)
class LogRow:
    """A change: when, who, what."""

    number: int
    when: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """The log of an organisation, the newest first."""

    crumbs: tuple[Crumb, ...]
    organisation: str
    rows: tuple[LogRow, ...]
    page_links: tuple[PageLink, ...]
