"""The frame around every page: product name, navigation, notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NoticeKind = Literal["done", "note", "problem"]


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main navigation."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that stays on the page until it is read; never a toast."""

    kind: NoticeKind
    text: str


@dataclass(frozen=True, slots=True)
class Switch:
    """The way to the other language, by its own name for itself.

    Browsers say where the button was pressed; ``back`` is set where they are told not to.
    """

    label: str
    language: str
    back: str | None
    is_draft: bool  # the language of this page still awaits a fluent reader's review


@dataclass(frozen=True, slots=True)
class Shell:
    """``person_name`` is None for a visitor, whose page touches no session."""

    lang: str
    switch: Switch
    words: str | None  # what the scripts say, as JSON; None where they speak English by themselves
    product_name: str
    nav: tuple[NavItem, ...]
    person_name: str | None
    owner: str | None  # whose answers may wait in this browser; says nothing to anybody else
    is_shared: bool  # a computer that others use too
    notices: tuple[Notice, ...]
    about: tuple[Crumb, ...]  # what stands beside the modules
    is_demo: bool
    preview_stamp: str | None  # set in an author's preview only
    preview_problems: int
    css_url: str
    desk_css_url: str
    js_url: str
    icon_url: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way back, shown above the heading."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class StateTag:
    """Where a module stands for one person; overdue is a flag beside the state."""

    state: Literal["not_started", "in_progress", "completed"]
    label: str
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """An error that says what happened and what to do next."""

    status: int
    heading: str
    message: str
    remedy: str
    back_url: str
    back_label: str
