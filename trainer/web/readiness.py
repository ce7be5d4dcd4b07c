"""What an organisation agreed to do to be ready. For its managers, after the module on readiness."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Role
from trainer.accounts.queries import OrganisationOf
from trainer.cohorts.readiness.queries import action_of, actions_of
from trainer.cohorts.readiness.services import ActionWish, add_action, change_action, remove_action, settle_action
from trainer.errors import Conflict
from trainer.extensions import reading, writing
from trainer.web.forms.readiness import ActionForm
from trainer.web.forms.strict import ConfirmForm, refuse_unknown_fields
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words
from trainer.web.readiness_pages import action_page, actions_page
from trainer.web.shell import house, notify, render

blueprint = Blueprint("readiness", __name__, url_prefix="/organisations/<organisation>/readiness")


@blueprint.route("/", methods=["GET", "POST"])
def actions(organisation: str) -> str | Response | tuple[str, int]:
    """The list, and a form for another."""
    home = _home(organisation)
    form = ActionForm()
    if form.validate_on_submit():
        try:
            with writing() as db:
                add_action(db, **_who(organisation), wish=_wish(form), at=request_time())
        except Conflict as problem:
            form.text.errors = [in_words(problem)]
        else:
            notify("done", _("The action is on the list."))
            return redirect(url_for("readiness.actions", organisation=organisation), code=303)
    with reading() as db:
        known = actions_of(db, home.id)
    page = actions_page(home, known, house().catalogue, form, at=request_time())
    return render("organisation/readiness.html", page), 422 if form.errors else 200


@blueprint.route("/<int:action>", methods=["GET", "POST"])
def action(organisation: str, action: int) -> str | Response | tuple[str, int]:
    """One action, to be changed."""
    home = _home(organisation)
    with reading() as db:
        known = action_of(db, home.id, action)
    form = ActionForm(text=known.text, owner=known.owner, due=known.due_month)
    if form.validate_on_submit():
        with writing() as db:
            change_action(db, **_who(organisation), number=action, wish=_wish(form))
        notify("done", _("The action is changed."))
        return redirect(url_for("readiness.action", organisation=organisation, action=action), code=303)
    page = action_page(home, known, form, at=request_time())
    return render("organisation/readiness_action.html", page), 422 if form.errors else 200


@blueprint.post("/<int:action>/state")
def settle(organisation: str, action: int) -> Response:
    """Done, or open after all: what the button said, whatever another page did meanwhile."""
    _home(organisation)
    refuse_unknown_fields({"csrf_token", "state"})
    state = request.form.get("state")
    if state not in ("done", "open"):
        abort(400)
    with writing() as db:
        settle_action(db, **_who(organisation), number=action, is_done=state == "done", at=request_time())
    notify("done", _("The action is done.") if state == "done" else _("The action is open again."))
    return redirect(url_for("readiness.actions", organisation=organisation), code=303)


@blueprint.post("/<int:action>/remove")
def remove(organisation: str, action: int) -> Response:
    """Take it off the list; its words are forgotten."""
    _home(organisation)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        remove_action(db, **_who(organisation), number=action, at=request_time())
    notify("done", _("The action is off the list."))
    return redirect(url_for("readiness.actions", organisation=organisation), code=303)


def _home(organisation: str) -> OrganisationOf:
    with reading() as db:
        return organisation_for(db, current_actor(), organisation, Role.MANAGER)


def _wish(form: ActionForm) -> ActionWish:
    return ActionWish(text=form.text.data, owner=form.owner.data, due_month=form.due.data)


def _who(organisation: str) -> dict[str, Any]:
    return {"actor": current_actor(), "organisation": organisation}
