"""What the pages of live sessions show."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session in the list."""

    title: str
    when: str
    place: str
    modules: tuple[str, ...]
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """The live sessions of a cohort, and a form for another; None while no module is set."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    rows: tuple[SessionRow, ...]
    form: FlaskForm | None


@dataclass(frozen=True, slots=True)
class CameRow:
    """A learner with a box."""

    name: str
    enrolment_id: int
    came: bool


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session: who came, and its facts to change. ``ahead`` says why nobody can be ticked yet."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    title: str
    when: str
    place: str
    modules: tuple[str, ...]
    guides: tuple[Crumb, ...]
    is_cancelled: bool
    ahead: str | None
    learners: tuple[CameRow, ...]
    came_before: str
    attendance_url: str
    form: FlaskForm
    cancel_url: str | None
