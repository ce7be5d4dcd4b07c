"""The organisation in figures, for its managers."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Role
from trainer.clock import local_date
from trainer.cohorts.readiness.queries import actions_of
from trainer.extensions import reading
from trainer.reporting.organisation_overview import LeadersOfModule, OverviewLine, OverviewOfModule, build
from trainer.reporting.pack.contents import pack_of
from trainer.reporting.pack.printing import print_pack
from trainer.reporting.suppression.figures import Figure, Released
from trainer.web.cohort_pages import titles_of
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import translated
from trainer.web.pages.trainer import OverviewCell, OverviewModule, OverviewPage, OverviewRow
from trainer.web.readiness_pages import actions_part
from trainer.web.shell import house, render
from trainer.web.words import day

blueprint = Blueprint("organisation", __name__, url_prefix="/organisations/<organisation>")


@blueprint.get("/")
def overview(organisation: str) -> str:
    """Counts by module and cohort; small groups hidden."""
    with reading() as db:
        found = organisation_for(db, current_actor(), organisation, Role.MANAGER)
        threshold = house().settings.suppression_threshold
        agreed = actions_of(db, found.id)
        report = build(db, found.id, titles=titles_of(house().catalogue), threshold=threshold)
    page = OverviewPage(
        crumbs=(),
        organisation=found.name,
        week=day(report.week) if report.week else None,
        threshold=report.threshold,
        cohort_count=report.cohort_count,
        modules=tuple(_module(one) for one in report.modules),
        leaders=tuple(_beside(one) for one in report.leaders),
        leaders_needed=report.leaders_needed,
        cohorts_url=url_for("cohorts.cohort_list", organisation=organisation),
        actions=actions_part(organisation, agreed, at=request_time()),
    )
    return render("organisation/overview.html", page)


@blueprint.get("/evidence-pack.pdf")
def evidence_pack(organisation: str) -> Response:
    """The same figures for a commissioner or an auditor, with how they were made. In English; names nobody."""
    here, at = house(), request_time()
    with reading() as db:
        found = organisation_for(db, current_actor(), organisation, Role.MANAGER)
        threshold = here.settings.suppression_threshold
        overview = build(db, found.id, titles=titles_of(here.catalogue), threshold=threshold)
        agreed = actions_of(db, found.id)
    pack = pack_of(
        product=here.settings.product_name,
        organisation=found.name,
        overview=overview,
        modules=here.catalogue.live_modules,
        actions=agreed,
        made_on=local_date(at),
    )
    response = Response(print_pack(pack, at=at), mimetype="application/pdf")
    name = f"{found.slug}-evidence-pack-{local_date(at).isoformat()}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _beside(one: LeadersOfModule) -> OverviewModule:
    return OverviewModule(one.title, (_group(_("Leaders"), one.leaders), _group(_("Learners"), one.learners)))


def _module(one: OverviewOfModule) -> OverviewModule:
    rows = tuple(_row(line, is_total=False) for line in one.cohorts)
    return OverviewModule(one.title, (*rows, _row(one.total, is_total=True)))


def _row(line: OverviewLine, *, is_total: bool) -> OverviewRow:
    return _group(translated(line.label), line.figures, is_total=is_total)


def _group(label: str, figures: Released, *, is_total: bool = False) -> OverviewRow:
    return OverviewRow(
        label=label,
        learners=_cell(figures.learners),
        completed=_cell(figures.completed),
        not_yet=_cell(figures.not_yet),
        is_total=is_total,
        bar_ratio=figures.share,
    )


def _cell(figure: Figure) -> OverviewCell:
    return OverviewCell(translated(figure.words), figure.number is None)
