"""The organisation in figures, for its managers."""

from __future__ import annotations

from flask import Blueprint, url_for

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Role
from trainer.extensions import reading
from trainer.reporting.organisation_overview import OverviewLine, OverviewOfModule, build
from trainer.reporting.suppression.figures import Figure
from trainer.web.cohort_pages import titles_of
from trainer.web.identity import current_actor
from trainer.web.locales import translated
from trainer.web.pages.trainer import OverviewCell, OverviewModule, OverviewPage, OverviewRow
from trainer.web.shell import house, render
from trainer.web.words import day

blueprint = Blueprint("organisation", __name__, url_prefix="/organisations/<organisation>")


@blueprint.get("/")
def overview(organisation: str) -> str:
    """Counts by module and cohort; small groups hidden."""
    with reading() as db:
        found = organisation_for(db, current_actor(), organisation, Role.MANAGER)
        threshold = house().settings.suppression_threshold
        report = build(db, found.id, titles=titles_of(house().catalogue), threshold=threshold)
    page = OverviewPage(
        crumbs=(),
        organisation=found.name,
        week=day(report.week) if report.week else None,
        threshold=report.threshold,
        cohort_count=report.cohort_count,
        modules=tuple(_module(one) for one in report.modules),
        cohorts_url=url_for("cohorts.cohort_list", organisation=organisation),
    )
    return render("organisation/overview.html", page)


def _module(one: OverviewOfModule) -> OverviewModule:
    rows = tuple(_row(line, is_total=False) for line in one.cohorts)
    return OverviewModule(one.title, (*rows, _row(one.total, is_total=True)))


def _row(line: OverviewLine, *, is_total: bool) -> OverviewRow:
    figures = line.figures
    return OverviewRow(
        label=translated(line.label),
        learners=_cell(figures.learners),
        completed=_cell(figures.completed),
        not_yet=_cell(figures.not_yet),
        is_total=is_total,
        bar_ratio=figures.share,
    )


def _cell(figure: Figure) -> OverviewCell:
    return OverviewCell(translated(figure.words), figure.number is None)
