"""Who opened my record: for the learner themselves."""

from __future__ import annotations

from flask import url_for

from trainer.extensions import reading
from trainer.reporting.access_log import Opening, openings_of
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import ngettext
from trainer.web.pages.reports import OpenedPage, OpeningRow
from trainer.web.pages.shell import Crumb
from trainer.web.shell import render
from trainer.web.words import day


def opened() -> str:
    """Names of viewers and days, newest first."""
    with reading() as db:
        openings = openings_of(db, current_actor(), at=request_time())
    page = OpenedPage(
        crumbs=(Crumb(_("Your profile"), url_for("profile.profile")),), rows=tuple(_row(one) for one in openings)
    )
    return render("account/opened.html", page)


def _row(one: Opening) -> OpeningRow:
    place = {"cohort": one.cohort, "organisation": one.organisation}
    if one.is_list:
        what = _(
            "Took a report of %(cohort)s (%(organisation)s) as a file, with names: yours may be among them", **place
        )
    else:
        what = _("Opened your record in %(cohort)s (%(organisation)s)", **place)
    if one.count > 1:
        times = ngettext("%(num)s time", "%(num)s times", one.count)
        what = _("%(what)s, %(times)s", what=what, times=times)
    return OpeningRow(one.viewer or _("Whoever runs this service"), what, day(one.on))
