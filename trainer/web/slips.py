"""Printing slips for a cohort's people without an address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.datastructures import MultiDict

from trainer.accounts.invitations import INVITATION_LASTS
from trainer.accounts.ward import Slip
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.queries import CohortOf
from trainer.cohorts.slips import SlipLine, print_slips, slip_lines
from trainer.errors import Invalid
from trainer.extensions import reading, writing
from trainer.web.cohort_pages import cohort_crumbs
from trainer.web.forms.strict import refuse_unknown_fields
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words
from trainer.web.pages.shell import Crumb
from trainer.web.pages.ward import PrintedPage, SlipChoice, SlipsPage, SlipView
from trainer.web.shell import house, render
from trainer.web.words import day

blueprint = Blueprint("slips", __name__, url_prefix="/organisations/<organisation>/cohorts/<cohort>/slips")


@blueprint.get("/")
def choose(organisation: str, cohort: str) -> str:
    """Choose people."""
    found, lines = _people(organisation, cohort)
    return render("ward/slips.html", _page(found, lines, None))


@blueprint.post("/")
def printed(organisation: str, cohort: str) -> str | tuple[str, int]:
    """The slips, once: the start codes are nowhere afterwards but on paper."""
    found, lines = _people(organisation, cohort)
    refuse_unknown_fields({"enrolment", "csrf_token"})
    try:
        with writing() as db:
            who: dict[str, Any] = {"actor": current_actor(), "organisation": organisation, "cohort": cohort}
            chosen = _numbers(request.form)
            _found, slips = print_slips(db, **who, enrolment_ids=chosen, at=request_time())
    except Invalid as problem:
        return render("ward/slips.html", _page(found, lines, in_words(problem))), 422
    return render("ward/printed.html", _printed_page(found, slips))


def _people(organisation: str, cohort: str) -> tuple[CohortOf, tuple[SlipLine, ...]]:
    with reading() as db:
        found = cohort_for(db, current_actor(), organisation, cohort, to=Permission.MANAGE)
        return found, slip_lines(db, found.id)


def _numbers(form: MultiDict[str, str]) -> list[int]:
    """The chosen numbers; what is none becomes one that nobody has."""
    return [int(one) if one.isascii() and one.isdigit() and len(one) < 10 else 0 for one in form.getlist("enrolment")]


def _page(found: CohortOf, lines: tuple[SlipLine, ...], problem: str | None) -> SlipsPage:
    return SlipsPage(
        crumbs=cohort_crumbs(found),
        cohort=found.name,
        choices=tuple(SlipChoice(str(line.enrolment_id), line.name, _note(line)) for line in lines),
        action=url_for("slips.printed", organisation=found.organisation_slug, cohort=found.slug),
        problem=problem,
    )


def _note(line: SlipLine) -> str:
    staff = _("Staff id %(id)s", id=line.staff_id) if line.staff_id else ""
    pin = _("has a PIN: a new slip replaces it, and they are told") if line.has_pin else ""
    return "; ".join(part for part in (staff, pin) if part)


def _printed_page(found: CohortOf, slips: tuple[Slip, ...]) -> PrintedPage:
    here: dict[str, Any] = {"organisation": found.organisation_slug, "cohort": found.slug}
    return PrintedPage(
        crumbs=(*cohort_crumbs(found), Crumb(_("Slips"), url_for("slips.choose", **here))),
        cohort=found.name,
        organisation=found.organisation_name,
        slips=tuple(SlipView(one.name, one.code, f"{one.start[:5]} {one.start[5:]}", one.is_new_pin) for one in slips),
        address=(house().settings.base_url + url_for("ward.start")).partition("://")[2],
        last_day=day(request_time() + INVITATION_LASTS),
    )
