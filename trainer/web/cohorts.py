"""Cohorts: list, one cohort, its report, and changing who studies what."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Role
from trainer.clock import local_date
from trainer.cohorts.access import Permission, cohort_for, may_report
from trainer.cohorts.queries import (
    AssignmentOf,
    CohortOf,
    RosterLine,
    assignments_of,
    cohorts_of,
    cohorts_trained_by,
    roster_of,
    trainer_names,
)
from trainer.cohorts.services import (
    assign_module,
    enrol_member,
    remove_assignment,
    restore_enrolment,
    withdraw_enrolment,
)
from trainer.errors import Invalid, NotFound
from trainer.exercise.queries import rounds_of
from trainer.exercise.services import forget_who_left
from trainer.extensions import reading, writing
from trainer.web import cohort_report, reports
from trainer.web.cohort_pages import cohort_page, cohorts_page, confirm_page, titles_of
from trainer.web.exercise_panel import exercise_panel
from trainer.web.forms.cohorts import AssignForm, EnrolForm, title_choices
from trainer.web.forms.strict import ConfirmForm
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, with_english
from trainer.web.shell import house, notify, render
from trainer.wording import said

blueprint = Blueprint("cohorts", __name__, url_prefix="/organisations/<organisation>/cohorts")


@blueprint.get("/")
def cohort_list(organisation: str) -> str:
    """Trainers see their own cohorts, managers all of the organisation's."""
    actor = current_actor()
    with reading() as db:
        found = organisation_for(db, actor, organisation, Role.TRAINER, Role.MANAGER)
        is_manager = actor.role_in(found.id) is Role.MANAGER
        only = None if is_manager else actor.person_id
        lines = cohorts_of(db, found.id, trainer_id=only, on=local_date(request_time()))
        own = cohorts_trained_by(db, found.id, actor.person_id)
    return render("trainer/cohorts.html", cohorts_page(found, lines, own, is_manager, _titles()))


@blueprint.get("/<cohort>/")
def cohort(organisation: str, cohort: str) -> str:
    """One cohort: who, what, by when."""
    return _cohort_page(organisation, cohort, _assign_form(blank=True), EnrolForm(formdata=None))


def _cohort_page(organisation: str, cohort: str, assign_form: AssignForm, enrol_form: EnrolForm) -> str:
    actor = current_actor()
    with reading() as db:
        found = cohort_for(db, actor, organisation, cohort, to=Permission.VIEW)
        assignments = assignments_of(db, found.id)
        roster = roster_of(db, found.id)
        trainers = trainer_names(db, found.organisation_id).get(found.id, ())
        can_report = may_report(db, actor, found)
        exercise = exercise_panel(found, rounds_of(db, found.id)) if can_report else None
    page = cohort_page(
        found,
        assignments=assignments,
        roster=roster,
        trainers=trainers,
        can_report=can_report,
        assign_form=assign_form,
        enrol_form=enrol_form,
        catalogue=house().catalogue,
        today=local_date(request_time()),
        exercise=exercise,
    )
    return render("trainer/cohort.html", page)


def _assign_form(*, blank: bool = False) -> AssignForm:
    form = AssignForm(formdata=None) if blank else AssignForm()
    form.module.choices = title_choices([(m.id, f"{m.id} {m.title}") for m in house().catalogue.live_modules])
    if blank:
        form.opens_on.data = local_date(request_time())
    return form


@blueprint.post("/<cohort>/assignments")
def assign(organisation: str, cohort: str) -> BaseResponse | tuple[str, int]:
    """Set a module for the cohort, or change its dates."""
    _check(organisation, cohort)
    form = _assign_form()
    if form.validate_on_submit():
        try:
            with writing() as db:
                dates = {"opens_on": form.opens_on.data, "due_on": form.due_on.data}
                assign_module(db, **_target(organisation, cohort), module_id=form.module.data, **dates)
        except Invalid as problem:
            form.due_on.errors = [in_words(problem)]
        else:
            notify("done", _("“%(module)s” is set for this cohort.", module=_titles()[form.module.data]))
            return redirect(_url(organisation, cohort), code=303)
    return _cohort_page(organisation, cohort, form, EnrolForm(formdata=None)), 422


@blueprint.post("/<cohort>/enrolments")
def enrol(organisation: str, cohort: str) -> BaseResponse | tuple[str, int]:
    """Enrol a member of the organisation by address."""
    _check(organisation, cohort)
    form = EnrolForm()
    if form.validate_on_submit():
        try:
            with writing() as db:
                enrol_member(db, **_target(organisation, cohort), email=form.email.data, at=request_time())
        except Invalid as problem:
            form.email.errors = [in_words(problem)]
        else:
            notify("done", _("%(email)s is enrolled.", email=form.email.data))
            return redirect(_url(organisation, cohort), code=303)
    return _cohort_page(organisation, cohort, _assign_form(blank=True), form), 422


@blueprint.route("/<cohort>/assignments/<int:assignment>/remove", methods=["GET", "POST"])
def remove(organisation: str, cohort: str, assignment: int) -> str | BaseResponse:
    """Ask, then take a module off the cohort's list."""
    found, chosen = _assignment(organisation, cohort, assignment)
    title = _titles().get(chosen.module_id, chosen.module_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        with writing() as db:
            remove_assignment(db, **_target(organisation, cohort), assignment_id=assignment)
        notify("done", _("“%(module)s” is no longer set for this cohort.", module=title))
        return redirect(_url(organisation, cohort), code=303)
    paragraphs = (
        with_english(_("“%(module)s” leaves this cohort’s list and its report."), module=title),
        _("Nothing that anybody learned is lost: set the module again and the report is as it was."),
    )
    page = confirm_page(
        found,
        with_english(_("Take “%(module)s” off the list?"), module=title),
        paragraphs,
        form,
        _("Take off the list"),
    )
    return render("trainer/confirm.html", page)


@blueprint.route("/<cohort>/enrolments/<int:enrolment>/withdraw", methods=["GET", "POST"])
def withdraw(organisation: str, cohort: str, enrolment: int) -> str | BaseResponse:
    """Ask, then withdraw a learner from the cohort."""
    found, line = _enrolment(organisation, cohort, enrolment)
    form = ConfirmForm()
    if form.validate_on_submit():
        with writing() as db:
            withdraw_enrolment(db, **_target(organisation, cohort), enrolment_id=enrolment, at=request_time())
            forget_who_left(db, cohort_id=found.id)
        notify("done", _("%(name)s is withdrawn from this cohort.", name=line.name))
        return redirect(_url(organisation, cohort), code=303)
    paragraphs = (
        _("%(name)s leaves the cohort and its report, and you can no longer see their progress.", name=line.name),
        _("What they learned stays theirs, and they can go on learning. You can bring them back at any time."),
    )
    page = confirm_page(found, _("Withdraw %(name)s?", name=line.name), paragraphs, form, _("Withdraw"))
    return render("trainer/confirm.html", page)


@blueprint.post("/<cohort>/enrolments/<int:enrolment>/restore")
def restore(organisation: str, cohort: str, enrolment: int) -> BaseResponse:
    """Bring a withdrawn learner back."""
    _found, line = _enrolment(organisation, cohort, enrolment)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        restore_enrolment(db, **_target(organisation, cohort), enrolment_id=enrolment, at=request_time())
    notify("done", _("%(name)s is back in this cohort.", name=line.name))
    return redirect(_url(organisation, cohort), code=303)


# The reports have files of their own.
blueprint.add_url_rule("/<cohort>/report", view_func=cohort_report.report)
blueprint.add_url_rule("/<cohort>/report.csv", view_func=cohort_report.report_csv)
for rule, view, method in reports.RULES:
    blueprint.add_url_rule(rule, view_func=view, methods=[method])


def _titles() -> dict[str, str]:
    return titles_of(house().catalogue)


def _url(organisation: str, cohort: str) -> str:
    return url_for("cohorts.cohort", organisation=organisation, cohort=cohort)


def _target(organisation: str, cohort: str) -> dict[str, Any]:
    """Who wants to change which cohort, as every service asks."""
    return {"actor": current_actor(), "organisation": organisation, "cohort": cohort}


def _check(organisation: str, cohort: str) -> CohortOf:
    """The gate before a form is even looked at, so that a refusal never echoes what was typed."""
    with reading() as db:
        return cohort_for(db, current_actor(), organisation, cohort, to=Permission.MANAGE)


def _assignment(organisation: str, cohort: str, assignment_id: int) -> tuple[CohortOf, AssignmentOf]:
    found = _check(organisation, cohort)
    with reading() as db:
        for one in assignments_of(db, found.id):
            if one.id == assignment_id:
                return found, one
    raise NotFound(said("This module is not on the cohort’s list."))


def _enrolment(organisation: str, cohort: str, enrolment_id: int) -> tuple[CohortOf, RosterLine]:
    found = _check(organisation, cohort)
    with reading() as db:
        for line in roster_of(db, found.id):
            if line.enrolment_id == enrolment_id:
                return found, line
    raise NotFound(said("There is no such learner in this cohort."))
