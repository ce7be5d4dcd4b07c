"""From the cohort report to its page, and from its address to what it should show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast, get_args

from flask import url_for

from trainer.clock import local_date
from trainer.cohorts.queries import CohortOf
from trainer.reporting.cohort_progress import Cell, CohortProgress, Row, StateCounts
from trainer.reporting.hand import Reason
from trainer.reporting.sheets import FORMS
from trainer.reporting.views import Sort, StateFilter, View
from trainer.web.cohort_pages import cohort_crumbs
from trainer.web.forms.cohorts import ReportFilterForm, choices, title_choices
from trainer.web.locales import gettext as _
from trainer.web.locales import language, lazy_gettext, ngettext, of_page, with_english
from trainer.web.pages.reports import FileLink
from trainer.web.pages.shell import StateTag
from trainer.web.pages.trainer import ColumnHead, MatrixCell, MatrixRow, ModuleCounts, PageLink, ReportPage
from trainer.web.report_files import LABELS
from trainer.web.report_head import report_links, where
from trainer.web.words import STATE_LABELS, day, day_and_time, due_words, listed, per_cent

WHO_SEES = lazy_gettext(
    "Only the trainers of this cohort can open this page. Which answers a learner chose is for that learner alone."
)


REASONS = {
    Reason.OVERDUE: lazy_gettext("its day has passed"),
    Reason.PAUSED: lazy_gettext("not touched for three weeks"),
    Reason.ATTEMPTS: lazy_gettext("three attempts or more, and not yet passed"),
}


def view_of(arguments: Mapping[str, str]) -> View:
    """What an address asks for; what makes no sense is left at its default.

    A module that is not set for the cohort is left out later, by the report, which knows what is set.
    """
    state, module_id = arguments.get("state", ""), arguments.get("module", "")
    sort, page = arguments.get("sort", "name"), arguments.get("page", "1")
    return View(
        state=cast(StateFilter, state) if state in get_args(StateFilter) else None,
        module_id=module_id or None,
        sort=cast(Sort, sort) if sort in get_args(Sort) else "name",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


def filter_form(progress: CohortProgress, titles: Mapping[str, str]) -> ReportFilterForm:
    """The filter as it stands."""
    view = progress.view
    form = ReportFilterForm(
        formdata=None, data={"state": view.state or "", "module": view.module_id or "", "sort": view.sort}
    )
    of_modules = [(one.module_id, titles.get(one.module_id, one.module_id)) for one in progress.modules]
    form.module.choices = [*choices([("", _("Any module"))]), *title_choices(of_modules)]
    return form


def report_page(
    cohort: CohortOf, progress: CohortProgress, form: ReportFilterForm, titles: Mapping[str, str]
) -> ReportPage:
    """The whole page."""
    view = progress.view
    return ReportPage(
        crumbs=cohort_crumbs(cohort),
        cohort=cohort.name,
        organisation=cohort.organisation_name,
        as_of=day_and_time(progress.as_of),
        learner_count=progress.learner_count,
        counts=tuple(_counts(one, progress, titles) for one in progress.counts),
        filter_form=form,
        is_filtered=view.state is not None,
        is_about_hand=view.state == "needs_a_hand",
        clear_url=_url(cohort, View(sort=view.sort)),
        csv_url=_url(cohort, view, endpoint="cohorts.report_csv"),
        files=tuple(FileLink(LABELS[form], _url(cohort, view, form=form)) for form in FORMS if form != "csv"),
        links=report_links(cohort, "cohorts.report"),
        columns=(
            _column(cohort, view, _("Learner"), "name", "-name"),
            _column(cohort, view, _("Completed"), "-progress", "progress"),
        ),
        module_titles=tuple(titles.get(one.module_id, one.module_id) for one in progress.modules),
        rows=tuple(_row(row, cohort, progress, titles) for row in progress.rows),
        row_count=progress.row_count,
        page_links=tuple(
            PageLink(str(number), _url(cohort, replace(view, page=number)), number == view.page)
            for number in _pages(view.page, progress.page_count)
        ),
        who_sees=WHO_SEES,
    )


def _pages(current: int, count: int) -> list[int]:
    """The first, the last and those around the current one."""
    return sorted({1, count, *range(max(1, current - 2), min(count, current + 2) + 1)})


def _counts(one: StateCounts, progress: CohortProgress, titles: Mapping[str, str]) -> ModuleCounts:
    return ModuleCounts(
        module_title=titles.get(one.module.module_id, one.module.module_id),
        due=due_words(one.module.due_on, today=local_date(progress.as_of)),
        not_started=one.not_started,
        in_progress=one.in_progress,
        completed=one.completed,
        overdue=one.overdue,
        learner_count=progress.learner_count,
    )


def _row(row: Row, cohort: CohortOf, progress: CohortProgress, titles: Mapping[str, str]) -> MatrixRow:
    return MatrixRow(
        name=row.name,
        email=row.email or "",
        completed_count=row.completed_count,
        module_count=len(row.cells),
        cells=tuple(_cell(cell) for cell in row.cells),
        record_url=url_for("cohorts.record", **where(cohort), enrolment=row.enrolment_id),
        hand=tuple(
            with_english(
                _("%(module)s: %(reasons)s"),
                module=titles.get(module.module_id, module.module_id),
                reasons=of_page(listed([str(REASONS[reason]) for reason in cell.reasons])),
            )
            for module, cell in zip(progress.modules, row.cells, strict=True)
            if cell.reasons
        ),
    )


def _cell(cell: Cell) -> MatrixCell:
    return MatrixCell(
        tag=StateTag(cell.state.value, STATE_LABELS[cell.state], cell.is_overdue),
        completed_on=day(cell.completed_at) if cell.completed_at else None,
        best=None if cell.best_percent is None else _best(cell.best_percent, cell.attempt_count, language()),
        is_assessed=cell.is_assessed,
    )


@lru_cache(maxsize=2_000)  # the same few words stand in hundreds of cells
def _best(percent: int, attempt_count: int, _tongue: str) -> str:
    best = per_cent(percent)
    return ngettext("best %(best)s, %(num)s attempt", "best %(best)s, %(num)s attempts", attempt_count, best=best)


def _column(cohort: CohortOf, view: View, label: str, first: Sort, second: Sort) -> ColumnHead:
    direction = None
    if view.sort in (first, second):
        direction = "descending" if view.sort.startswith("-") else "ascending"
    target = second if view.sort == first else first
    return ColumnHead(label, _url(cohort, replace(view, sort=target, page=1)), direction)


def _url(cohort: CohortOf, view: View, endpoint: str = "cohorts.report", form: str | None = None) -> str:
    """The address of a view; defaults are left out so that addresses stay short."""
    asked: dict[str, Any] = {"state": view.state, "module": view.module_id}
    if view.sort != "name":
        asked["sort"] = view.sort
    if form:
        asked["format"] = form
    elif view.page > 1 and endpoint == "cohorts.report":
        asked["page"] = str(view.page)
    return url_for(endpoint, organisation=cohort.organisation_slug, cohort=cohort.slug, **asked)
