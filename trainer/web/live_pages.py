"""From live sessions to what their pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_wtf import FlaskForm

from trainer.clock import LOCAL_ZONE, local_date
from trainer.cohorts.live.queries import AttendanceLine, LiveSessionOf
from trainer.cohorts.queries import CohortOf
from trainer.courseware.catalogue import Catalogue
from trainer.web.cohort_pages import cohort_crumbs, titles_of
from trainer.web.forms.live import LiveSessionForm
from trainer.web.locales import gettext as _
from trainer.web.locales import ngettext
from trainer.web.pages.live import CameRow, SessionPage, SessionRow, SessionsPage
from trainer.web.pages.shell import Crumb
from trainer.web.words import day, day_and_time


def form_of(known: LiveSessionOf) -> LiveSessionForm:
    """The facts of a session, to be changed."""
    local = known.starts_at.astimezone(LOCAL_ZONE)
    return LiveSessionForm(
        title=known.title, on=local.date(), at=local.time(), place=known.place, modules=list(known.module_ids)
    )


def sessions_page(
    cohort: CohortOf, known: Sequence[LiveSessionOf], titles: Mapping[str, str], form: FlaskForm | None, *, at: datetime
) -> SessionsPage:
    """The list, the latest first."""
    rows = tuple(
        SessionRow(
            title=one.title,
            when=day_and_time(one.starts_at),
            place=one.place,
            modules=tuple(titles.get(module_id) or module_id for module_id in one.module_ids),
            state=_state(one, at),
            url=_url("live.session", cohort, one),
        )
        for one in known
    )
    return SessionsPage(cohort_crumbs(cohort), cohort.name, rows, form)


def session_page(
    cohort: CohortOf,
    known: LiveSessionOf,
    learners: Sequence[AttendanceLine],
    catalogue: Catalogue,
    form: FlaskForm,
    *,
    at: datetime,
) -> SessionPage:
    """One session."""
    here: dict[str, Any] = {"organisation": cohort.organisation_slug, "cohort": cohort.slug}
    modules = [catalogue.by_id[one] for one in known.module_ids if one in catalogue.by_id]
    written = [one for one in modules if catalogue.find_guide(one.slug)]
    is_ahead = local_date(at) < local_date(known.starts_at)
    ahead = _("From %(day)s on you can note here who came.", day=day(known.starts_at)) if is_ahead else None
    can_cancel = not known.is_cancelled and not any(one.came for one in learners)
    titles = titles_of(catalogue)
    return SessionPage(
        crumbs=(*cohort_crumbs(cohort), Crumb(_("Live sessions"), url_for("live.sessions", **here))),
        cohort=cohort.name,
        title=known.title,
        when=day_and_time(known.starts_at),
        place=known.place,
        modules=tuple(titles.get(one) or one for one in known.module_ids),
        guides=tuple(
            Crumb(titles[one.id], url_for("exchange.guide", organisation=cohort.organisation_slug, slug=one.slug))
            for one in written
        ),
        is_cancelled=known.is_cancelled,
        ahead=ahead,
        learners=tuple(CameRow(one.name, one.enrolment_id, one.came) for one in learners),
        came_before=" ".join(str(one.enrolment_id) for one in learners if one.came),
        attendance_url=_url("live.attendance", cohort, known),
        form=form,
        cancel_url=_url("live.cancel", cohort, known) if can_cancel else None,
    )


def _state(one: LiveSessionOf, at: datetime) -> str:
    if one.is_cancelled:
        return _("Called off")
    if one.starts_at > at:
        return _("Ahead")
    return ngettext("%(num)s came", "%(num)s came", one.came_count)


def _url(endpoint: str, cohort: CohortOf, one: LiveSessionOf) -> str:
    return url_for(endpoint, organisation=cohort.organisation_slug, cohort=cohort.slug, meeting=one.number)
