"""The people of an organisation and the log of its changes, for managers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Role
from trainer.accounts.audit_check import log_lines
from trainer.accounts.queries import OrganisationOf
from trainer.cohorts.members import change_role, remove_member
from trainer.cohorts.people import (
    PEOPLE_A_PAGE,
    MemberLine,
    cohort_names,
    find_member_line,
    member_lines,
    names_in,
    waiting_count,
)
from trainer.errors import Conflict, NotFound
from trainer.exercise.services import forget_who_left
from trainer.extensions import reading, writing
from trainer.web.forms.joining import RoleForm
from trainer.web.forms.strict import ConfirmForm
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words
from trainer.web.pages.trainer import ConfirmPage
from trainer.web.paging import page_number
from trainer.web.people_pages import log_page, member_page, people_crumbs, people_page
from trainer.web.shell import notify, render
from trainer.wording import said

blueprint = Blueprint("people", __name__, url_prefix="/organisations/<organisation>")
MOST_SEARCH = 100


@blueprint.get("/people/")
def people(organisation: str) -> str:
    """Members by name, fifty at a time."""
    search, page = request.args.get("search", "").strip()[:MOST_SEARCH], page_number()
    with reading() as db:
        found = organisation_for(db, current_actor(), organisation, Role.MANAGER)
        lines, total = member_lines(db, found.id, search=search, first=(page - 1) * PEOPLE_A_PAGE)
        waiting = waiting_count(db, found.id)
    return render("people/people.html", people_page(found, lines, total, waiting, search=search, page=page))


@blueprint.route("/people/<int:member>", methods=["GET", "POST"])
def member(organisation: str, member: int) -> str | Response | tuple[str, int]:
    """One member and the role they have."""
    home, line = _member(organisation, member)
    form = RoleForm(role=line.role.value)
    is_self = line.person_id == current_actor().person_id
    if form.validate_on_submit():
        try:
            with writing() as db:
                change_role(db, **_who(organisation, member), role=Role(form.role.data), at=request_time())
        except Conflict as problem:
            form.role.errors = [in_words(problem)]
        else:
            notify("done", _("The role of %(name)s is changed, from their next click on.", name=line.name))
            onwards = url_for("learner.my_learning" if is_self else "people.people", organisation=organisation)
            return redirect(onwards.partition("?")[0], code=303)
    page = member_page(home, line, form, is_self=is_self)
    return render("people/member.html", page), 422 if form.errors else 200


@blueprint.route("/people/<int:member>/remove", methods=["GET", "POST"])
def remove(organisation: str, member: int) -> str | Response | tuple[str, int]:
    """Ask, then take somebody out of the organisation."""
    home, line = _member(organisation, member)
    form = ConfirmForm()
    if form.validate_on_submit():
        with writing() as db:
            _line, left = remove_member(db, **_who(organisation, member), at=request_time())
            for cohort_id in left:
                forget_who_left(db, cohort_id=cohort_id)
        notify("done", _("%(name)s no longer belongs to %(organisation)s.", name=line.name, organisation=home.name))
        return redirect(url_for("people.people", organisation=organisation), code=303)
    page = ConfirmPage(
        crumbs=people_crumbs(home),
        heading=_("Take %(name)s out of %(organisation)s?", name=line.name, organisation=home.name),
        paragraphs=(
            _("They leave every cohort here, and nobody here sees their progress any longer."),
            _("What they learned stays theirs, and their account stays open."),
        ),
        form=form,
        submit_label=_("Take out"),
        cancel_url=url_for("people.member", organisation=organisation, member=member),
    )
    return render("trainer/confirm.html", page)


@blueprint.get("/log")
def log(organisation: str) -> str:
    """Who changed what, the newest first."""
    page = page_number()
    with reading() as db:
        found = organisation_for(db, current_actor(), organisation, Role.MANAGER)
        lines, total = log_lines(db, found.id, first=(page - 1) * PEOPLE_A_PAGE, count=PEOPLE_A_PAGE)
        people_meant = {line.actor_id for line in lines} | {line.subject_id for line in lines if line.subject_id}
        names = names_in(db, found.id, people_meant)
        cohorts = cohort_names(db, found.id)
    return render("people/log.html", log_page(found, lines, total, names, cohorts, page=page))


def _who(organisation: str, member_id: int) -> dict[str, Any]:
    return {"actor": current_actor(), "organisation": organisation, "member_id": member_id}


def _member(organisation: str, member_id: int) -> tuple[OrganisationOf, MemberLine]:
    with reading() as db:
        home = organisation_for(db, current_actor(), organisation, Role.MANAGER)
        line = find_member_line(db, home.id, member_id)
    if line is None:
        raise NotFound(said("There is no such person in this organisation."))
    return home, line
