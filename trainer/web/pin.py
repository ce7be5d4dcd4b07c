"""One's own PIN for shared computers, and every slip that was printed."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from trainer.accounts.pins import choose_pin, make_slips_void, my_pin
from trainer.accounts.ward import SlipPrinted, slips_printed
from trainer.errors import Invalid
from trainer.extensions import reading, writing
from trainer.web.forms.strict import ConfirmForm
from trainer.web.forms.ward import ChoosePinForm
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words
from trainer.web.pages.shell import Crumb
from trainer.web.pages.ward import PinPage
from trainer.web.shell import notify, render
from trainer.web.words import day_and_time

blueprint = Blueprint("pin", __name__, url_prefix="/profile/pin")


@blueprint.route("/", methods=["GET", "POST"])
def pin() -> str | Response | tuple[str, int]:
    """The code, another PIN, and who printed slips."""
    form = ChoosePinForm()
    if form.validate_on_submit():
        try:
            with writing() as db:
                choose_pin(db, actor=current_actor(), current=form.current.data, pin=form.pin.data)
        except Invalid as problem:
            form.current.errors = [in_words(problem)]
        else:
            notify("done", _("Your PIN is set."))
            return redirect(url_for("pin.pin"), code=303)
    with reading() as db:
        mine = my_pin(db, current_actor(), at=request_time())
        printed = slips_printed(db, current_actor().person_id)
    page = PinPage(
        crumbs=(Crumb(_("Your profile"), url_for("profile.profile")),),
        code=mine.code,
        form=form,
        slips=tuple(_slip_words(one) for one in printed),
        void_url=url_for("pin.void") if mine.has_open_slip else None,
    )
    return render("ward/pin.html", page), 422 if form.errors else 200


@blueprint.post("/void")
def void() -> Response:
    """Let no slip open anything."""
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        make_slips_void(db, actor=current_actor(), at=request_time())
    notify("done", _("No slip opens your account any longer. Your PIN stays."))
    return redirect(url_for("pin.pin"), code=303)


def _slip_words(slip: SlipPrinted) -> str:
    when = day_and_time(slip.issued_at)
    if slip.was_used:
        return _("%(when)s, by %(name)s. It was used.", when=when, name=slip.by)
    return _("%(when)s, by %(name)s. It was not used.", when=when, name=slip.by)
