"""What stands above every report of a cohort: where one is, who sees it, the other reports, the files."""

from __future__ import annotations

from typing import Any

from flask import url_for

from trainer.cohorts.queries import CohortOf
from trainer.web.cohort_pages import cohort_crumbs
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext
from trainer.web.pages.reports import FileLink, ReportHead, ReportLink
from trainer.web.pages.shell import Crumb

ENDPOINTS = {
    "cohorts.report": lazy_gettext("Progress"),
    "cohorts.week": lazy_gettext("Last seven days"),
    "cohorts.question_list": lazy_gettext("Questions"),
    "cohorts.change": lazy_gettext("Before and after"),
}


def where(cohort: CohortOf) -> dict[str, Any]:
    """The parameters of every address of a cohort."""
    return {"organisation": cohort.organisation_slug, "cohort": cohort.slug}


def report_links(cohort: CohortOf, current: str) -> tuple[ReportLink, ...]:
    """The reports of a cohort."""
    return tuple(
        ReportLink(str(label), url_for(endpoint, **where(cohort)), endpoint == current)
        for endpoint, label in ENDPOINTS.items()
    )


def report_head(
    cohort: CohortOf,
    current: str,
    heading: str,
    *,
    lead: str,
    who_sees: str,
    files: tuple[FileLink, ...] = (),
    crumbs: tuple[Crumb, ...] = (),
) -> ReportHead:
    """The head of a report below the cohort's page."""
    progress = Crumb(_("Progress"), url_for("cohorts.report", **where(cohort)))
    return ReportHead(
        crumbs=(*cohort_crumbs(cohort), progress, *crumbs),
        organisation=cohort.organisation_name,
        heading=heading,
        lead=lead,
        who_sees=who_sees,
        links=report_links(cohort, current),
        files=files,
    )
