"""Stopping letters: with the link in one of them, without signing in; or on the profile."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from trainer.extensions import csrf, reading, writing
from trainer.postbox import STOP_ADDRESS, read_stop_token
from trainer.reminders.queries import stopped_kinds
from trainer.reminders.rules import Kind
from trainer.reminders.services import choose_letters, stop_letters
from trainer.web.forms.reminders import KINDS, LettersForm
from trainer.web.forms.strict import refuse_unknown_fields
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.pages.account import FormPage
from trainer.web.pages.schedule import StopPage
from trainer.web.pages.shell import Crumb
from trainer.web.shell import notify, render, render_for_visitor

blueprint = Blueprint("letter_choices", __name__)
FIELDS = {
    "module_opens": Kind.MODULE_OPENS,
    "module_due": Kind.MODULE_DUE,
    "session_near": Kind.SESSION_NEAR,
    "own": Kind.OWN,
}


@blueprint.route(f"{STOP_ADDRESS}<token>", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]  # mail programs send the form of RFC 8058; the signed link is the right
def stop(token: str) -> str:
    """Ask, then stop; opening the link changes nothing, because programs open links to look at them."""
    found = read_stop_token(current_app._get_current_object(), token)  # type: ignore[attr-defined]
    if found is None:
        abort(404)
    person_id, kind = found
    if request.method == "POST":
        refuse_unknown_fields({"List-Unsubscribe", "csrf_token"})
        with writing() as db:
            stop_letters(db, person_id=person_id, kind=kind, at=request_time())
    page = StopPage(kind=KINDS[kind], is_done=request.method == "POST", profile_url=url_for("letter_choices.choose"))
    return render_for_visitor("account/stop_letters.html", page)


@blueprint.route("/profile/letters", methods=["GET", "POST"])
def choose() -> str | Response | tuple[str, int]:
    """A tick for each kind of letter that may come."""
    with reading() as db:
        stopped = stopped_kinds(db, current_actor())
    form = LettersForm(**{name: kind not in stopped for name, kind in FIELDS.items()})
    if form.validate_on_submit():
        wanted = [kind for name, kind in FIELDS.items() if form[name].data]
        with writing() as db:
            choose_letters(db, actor=current_actor(), wanted=wanted, at=request_time())
        notify("done", _("Your choice is kept."))
        return redirect(url_for("profile.profile"), code=303)
    page = FormPage(
        crumbs=(Crumb(_("Your profile"), url_for("profile.profile")),),
        heading=_("Letters from your trainers"),
        lead=_(
            "Trainers of your cohort can write to you, at most once a week. Take the tick from what you do not want. "
            "They are not told."
        ),
        form=form,
        submit_label=_("Keep my choice"),
    )
    return render("account/form.html", page), 422 if form.errors else 200
