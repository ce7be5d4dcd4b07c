"""Cohorts for trainers, and the overview for managers."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm

from trainer.web.pages.exercise import ExercisePanel
from trainer.web.pages.readiness import ActionsPart
from trainer.web.pages.reports import FileLink, ReportLink
from trainer.web.pages.shell import Crumb, StateTag


@dataclass(frozen=True, slots=True)
class CohortCard:
    """A cohort in a list. Addresses are None where the reader has no right to the page."""

    name: str
    url: str
    report_url: str | None
    learner_count: int
    module_count: int
    trainers: str
    next_due: str | None  # "Next due 30 November 2026: Why words matter"


@dataclass(frozen=True, slots=True)
class CohortsPage:
    """The cohorts of one organisation that the reader may open."""

    crumbs: tuple[Crumb, ...]
    organisation: str
    cards: tuple[CohortCard, ...]
    overview_url: str | None


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """A module set for the cohort."""

    module_title: str
    module_url: str
    opens_on: str
    due_on: str | None
    is_past_due: bool
    remove_url: str


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A learner of the cohort; no progress and no role here."""

    name: str
    email: str  # or the staff id, of somebody without an address
    state: str  # "Active", "Invited", "Withdrawn"
    since: str
    withdraw_url: str | None
    restore_url: str | None


@dataclass(frozen=True, slots=True)
class CohortPage:
    """One cohort: who, what, by when."""

    crumbs: tuple[Crumb, ...]
    name: str
    organisation: str
    trainers: str
    report_url: str | None
    assignments: tuple[AssignmentRow, ...]
    roster: tuple[RosterRow, ...]
    assign_form: FlaskForm
    assign_url: str
    enrol_form: FlaskForm
    roster_url: str
    enrol_url: str
    survey_form: FlaskForm
    survey_url: str
    exercise: ExercisePanel | None  # for the trainers of the cohort alone


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """A question before something is taken away; the form has a CSRF token and one button."""

    crumbs: tuple[Crumb, ...]
    heading: str
    paragraphs: tuple[str, ...]
    form: FlaskForm
    submit_label: str
    cancel_url: str


@dataclass(frozen=True, slots=True)
class ModuleCounts:
    """Counts per state for one module of the cohort; they add up to ``learner_count``."""

    module_title: str
    due: str | None
    not_started: int
    in_progress: int
    completed: int
    overdue: int
    learner_count: int


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One learner and one module."""

    tag: StateTag
    completed_on: str | None
    best: str | None  # "best 88 %, 2 attempts"
    is_assessed: bool = False  # completed, and came to a live session about it


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One learner; ``completed_count`` of ``module_count`` assigned modules."""

    name: str
    email: str  # or the staff id, of somebody without an address
    completed_count: int
    module_count: int
    cells: tuple[MatrixCell, ...]
    record_url: str = ""
    hand: tuple[str, ...] = ()  # what may be worth a word


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A sortable column: ``direction`` is how it is sorted now."""

    label: str
    url: str
    direction: str | None  # "ascending", "descending"


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of a long list."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Counts first, then the matrix; the same filter serves screen and file."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    organisation: str
    as_of: str
    learner_count: int
    counts: tuple[ModuleCounts, ...]
    filter_form: FlaskForm  # GET form: state, module, sort
    is_filtered: bool
    is_about_hand: bool
    clear_url: str
    csv_url: str
    files: tuple[FileLink, ...]
    links: tuple[ReportLink, ...]
    columns: tuple[ColumnHead, ...]  # learner, progress
    module_titles: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    row_count: int  # after filtering, over all pages
    page_links: tuple[PageLink, ...]
    who_sees: str


@dataclass(frozen=True, slots=True)
class OverviewCell:
    """A figure that may be shown, or the words that stand in its place."""

    text: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One cohort, or all of them together, for one module."""

    label: str
    learners: OverviewCell
    completed: OverviewCell
    not_yet: OverviewCell
    is_total: bool
    bar_ratio: float | None  # completed ÷ learners, for the chart; None when hidden


@dataclass(frozen=True, slots=True)
class OverviewModule:
    """One module with its rows."""

    module_title: str
    rows: tuple[OverviewRow, ...]


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The organisation in counts; never a name."""

    crumbs: tuple[Crumb, ...]
    organisation: str
    week: str | None  # None before the first figures
    threshold: int
    cohort_count: int
    modules: tuple[OverviewModule, ...]
    leaders: tuple[OverviewModule, ...]  # leaders beside learners; empty while there are too few leaders
    leaders_needed: int
    cohorts_url: str
    actions: ActionsPart  # what was agreed for readiness
