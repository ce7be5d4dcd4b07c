"""Several dates at once, letters to a cohort, and stopping letters."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A module in a plan; dates as they are typed."""

    module_id: str
    title: str
    opens: str
    due: str
    present: str | None  # "opens 2 November 2026, due 30 November 2026", if it has dates already
    is_ticked: bool
    error: str | None


@dataclass(frozen=True, slots=True)
class SchedulePage:
    """Two ways to plan, and the plan, if there is one."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    path_form: FlaskForm
    copy_form: FlaskForm | None  # None where there is no other cohort
    rows: tuple[PlanRow, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """A letter as its readers get it."""

    subject: str
    body: str
    reader_count: int
    left_out_count: int
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndeliveredRow:
    """Letters that were given up."""

    subject: str
    names: str
    when: str


@dataclass(frozen=True, slots=True)
class ReadyChoice:
    """A ready text to begin with."""

    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class RemindersPage:
    """Writing to a cohort."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    ready: tuple[ReadyChoice, ...]
    form: FlaskForm
    preview: LetterPreview | None
    undelivered: tuple[UndeliveredRow, ...]


@dataclass(frozen=True, slots=True)
class StopPage:
    """No more letters of a kind: asked, or done."""

    kind: str
    is_done: bool
    profile_url: str
