"""A new cohort, a cohort's name, and who runs it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Role
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.members import add_cohort_trainer, found_cohort, remove_cohort_trainer, rename_cohort
from trainer.cohorts.people import possible_trainers, trainers_of
from trainer.cohorts.queries import CohortOf
from trainer.errors import Invalid
from trainer.extensions import reading, writing
from trainer.web.cohort_pages import cohort_crumbs, cohort_url
from trainer.web.forms.joining import CohortNameForm, NameTrainerForm
from trainer.web.forms.strict import ConfirmForm
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words
from trainer.web.pages.account import FormPage
from trainer.web.pages.people import SettingsPage, TrainerRow
from trainer.web.pages.shell import Crumb
from trainer.web.shell import notify, render

blueprint = Blueprint("cohort_settings", __name__, url_prefix="/organisations/<organisation>")


@blueprint.route("/new-cohort", methods=["GET", "POST"])
def new(organisation: str) -> str | Response | tuple[str, int]:
    """Make a cohort; a trainer who makes one runs it."""
    with reading() as db:
        home = organisation_for(db, current_actor(), organisation, Role.TRAINER, Role.MANAGER)
    form = CohortNameForm()
    if form.validate_on_submit():
        with writing() as db:
            who: dict[str, Any] = {"actor": current_actor(), "organisation": organisation}
            cohort = found_cohort(db, **who, name=form.name.data, at=request_time())
        notify("done", _("%(cohort)s is made. Set modules for it and bring people in.", cohort=cohort.name))
        return redirect(cohort_url(cohort), code=303)
    page = FormPage(
        crumbs=(Crumb(_("Cohorts"), url_for("cohorts.cohort_list", organisation=organisation)),),
        heading=_("A new cohort"),
        lead=_(
            "A group studying together at %(organisation)s. A trainer who makes a cohort runs it and reads its "
            "progress report; managers make cohorts for others and name their trainers.",
            organisation=home.name,
        ),
        form=form,
        submit_label=_("Make the cohort"),
    )
    return render("account/form.html", page), 422 if form.errors else 200


@blueprint.route("/cohorts/<cohort>/settings", methods=["GET", "POST"])
def settings(organisation: str, cohort: str) -> str | Response | tuple[str, int]:
    """Name and trainers of a cohort."""
    found = _cohort(organisation, cohort)
    form = CohortNameForm(name=found.name)
    if form.validate_on_submit():
        with writing() as db:
            rename_cohort(db, **_target(organisation, cohort), name=form.name.data)
        notify("done", _("The cohort is called %(name)s now. Its address stays.", name=form.name.data))
        return redirect(cohort_url(found), code=303)
    return _page(found, form), 422 if form.errors else 200


@blueprint.post("/cohorts/<cohort>/trainers")
def add_trainer(organisation: str, cohort: str) -> Response | tuple[str, int]:
    """Name somebody who runs the cohort from now on."""
    found = _cohort(organisation, cohort)
    _require_manager(found)
    form = _trainer_form(found)
    if not form.validate_on_submit():
        return _page(found, CohortNameForm(formdata=None, name=found.name), form), 422
    try:
        with writing() as db:
            add_cohort_trainer(db, **_target(organisation, cohort), member_id=form.member.data)
    except Invalid as problem:
        notify("problem", in_words(problem))
    else:
        notify("done", _("The trainer is named, and can open the cohort’s report from now on."))
    return redirect(_settings_url(found), code=303)


@blueprint.post("/cohorts/<cohort>/trainers/<int:member>/remove")
def remove_trainer(organisation: str, cohort: str, member: int) -> Response:
    """Let somebody run the cohort no longer."""
    found = _cohort(organisation, cohort)
    _require_manager(found)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        remove_cohort_trainer(db, **_target(organisation, cohort), member_id=member)
    notify("done", _("They no longer run this cohort and cannot open its report."))
    return redirect(_settings_url(found), code=303)


def _page(found: CohortOf, name_form: CohortNameForm, trainer_form: NameTrainerForm | None = None) -> str:
    is_manager = current_actor().role_in(found.organisation_id) is Role.MANAGER
    here: dict[str, Any] = {"organisation": found.organisation_slug, "cohort": found.slug}
    with reading() as db:
        trainers = trainers_of(db, found.id, found.organisation_id)
    form = trainer_form or _trainer_form(found, blank=True)
    page = SettingsPage(
        crumbs=cohort_crumbs(found),
        cohort=found.name,
        name_form=name_form,
        trainers=tuple(
            TrainerRow(
                one.name,
                url_for("cohort_settings.remove_trainer", member=one.member_id, **here) if is_manager else None,
            )
            for one in trainers
        ),
        trainer_form=form if is_manager and form.member.choices else None,
        trainer_url=url_for("cohort_settings.add_trainer", **here),
        is_manager=is_manager,
    )
    return render("trainer/settings.html", page)


def _trainer_form(found: CohortOf, *, blank: bool = False) -> NameTrainerForm:
    with reading() as db:
        people = possible_trainers(db, found.id, found.organisation_id)
    form = NameTrainerForm(formdata=None) if blank else NameTrainerForm()
    form.member.choices = [(one.member_id, one.name) for one in people]
    return form


def _require_manager(found: CohortOf) -> None:
    """The same refusal as the service's, before the form is looked at."""
    with reading() as db:
        organisation_for(db, current_actor(), found.organisation_slug, Role.MANAGER)


def _cohort(organisation: str, cohort: str) -> CohortOf:
    with reading() as db:
        return cohort_for(db, current_actor(), organisation, cohort, to=Permission.MANAGE)


def _target(organisation: str, cohort: str) -> dict[str, Any]:
    return {"actor": current_actor(), "organisation": organisation, "cohort": cohort, "at": request_time()}


def _settings_url(found: CohortOf) -> str:
    return url_for("cohort_settings.settings", organisation=found.organisation_slug, cohort=found.slug)
