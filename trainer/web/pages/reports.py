"""Reports about a cohort beside its progress: the last week, one learner, questions, two roles, change."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class FileLink:
    """The same rows as a file."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ReportLink:
    """Another report of the cohort."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell; ``is_content`` is text of the curriculum, in English; ``day`` is what files write for a day in words."""

    text: str
    is_content: bool = False
    is_number: bool = False
    day: str | None = None


@dataclass(frozen=True, slots=True)
class SheetView:
    """A report's rows as a table; the files have the same."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[CellView, ...], ...]
    empty: str


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What stands above every report."""

    crumbs: tuple[Crumb, ...]
    organisation: str
    heading: str
    lead: str
    who_sees: str
    links: tuple[ReportLink, ...]
    files: tuple[FileLink, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A report that is one table, with what is to be known about it."""

    head: ReportHead
    sheet: SheetView
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekCount:
    """One module in the last week."""

    module_title: str
    completed: int
    started: int


@dataclass(frozen=True, slots=True)
class WeekPage:
    """What changed in the last seven days."""

    head: ReportHead
    counts: tuple[WeekCount, ...]
    sheet: SheetView
    line_count: int
    most_lines: int


@dataclass(frozen=True, slots=True)
class ModuleOfQuestions:
    """A module in the list; addresses are None where nothing was counted."""

    title: str
    words: str
    url: str
    two_roles_url: str


@dataclass(frozen=True, slots=True)
class QuestionListPage:
    """The modules of the cohort whose questions can be looked at."""

    head: ReportHead
    modules: tuple[ModuleOfQuestions, ...]
    needed: int


@dataclass(frozen=True, slots=True)
class FacilityChart:
    """The share of right answers with its interval, in per cent, and the same in words."""

    share: int
    low: int
    high: int
    title: str


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option with how many chose it; ``bar`` is a share in per cent, None where no number is shown."""

    text: str
    verdict: str | None
    chosen: str
    bar: int | None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question in words, then in figures."""

    position: int
    prompt: str
    why: str
    is_flagged: bool
    reading: tuple[str, ...]
    chart: FacilityChart | None
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True)
class RevisionLink:
    """Another version of the module that people have taken."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """Question analysis. ``status`` says how many are counted and how many wait; ``next_count`` when they will be."""

    head: ReportHead
    module_title: str
    status: tuple[str, ...]
    next_count: str
    revisions: tuple[RevisionLink, ...]
    questions: tuple[QuestionView, ...]
    not_shown: tuple[str, ...]  # the prompts of questions without figures
    sheet: SheetView
    two_roles_url: str
    needed: int


@dataclass(frozen=True, slots=True)
class OptionOfRoles:
    """An option as both groups chose it."""

    text: str
    clinicians: str
    psws: str
    more_often: str | None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A question for the joint session."""

    position: int
    prompt: str
    options: tuple[OptionOfRoles, ...]


@dataclass(frozen=True, slots=True)
class TwoRolesPage:
    """An agenda for a joint session; ``nothing`` says why there is none."""

    head: ReportHead
    module_title: str
    items: tuple[AgendaItem, ...]
    nothing: str | None
    sheet: SheetView


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """Who opened one's record, or took a list that one is on."""

    who: str
    what: str
    on: str


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """Who opened my record."""

    crumbs: tuple[Crumb, ...]
    rows: tuple[OpeningRow, ...]
