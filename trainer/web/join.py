"""Joining with a code: typing it, deciding, and for trainers the code itself to print."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from trainer.accounts.throttle import may_ask_for_letter, may_try_code
from trainer.clock import local_date
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.join_codes import (
    WrongCode,
    ask_to_join,
    cohort_behind,
    end_join_code,
    find_join_code,
    join_with_code,
    make_join_code,
)
from trainer.cohorts.queries import CohortOf
from trainer.errors import Conflict, Invalid
from trainer.extensions import reading, writing
from trainer.web.forms.joining import JoinCodeForm, JoinLetterForm, MakeCodeForm
from trainer.web.forms.strict import ConfirmForm
from trainer.web.identity import current_actor, is_signed_in, request_time
from trainer.web.join_pages import join_code_page, join_page
from trainer.web.letters import send_letters_later
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, lazy_gettext
from trainer.web.pages.account import FormPage, MessagePage
from trainer.web.shell import notify, render

blueprint = Blueprint("join", __name__)
COHORT = "/organisations/<organisation>/cohorts/<cohort>"
TOO_MANY = lazy_gettext("That was tried many times from here. Wait ten minutes, then try again.")
USUAL_JOINS, USUAL_DAYS = 30, timedelta(days=28)


@blueprint.route("/join", methods=["GET", "POST"])
def code() -> str | tuple[str, int]:
    """Type a code; what it leads to is shown before anything is asked."""
    form = JoinCodeForm(code=request.args.get("code", "")[:40])
    if form.validate_on_submit():
        found = _behind(form.code.data, form)
        if found is not None:
            return render("joining/join.html", join_page(found, _next_form(form.code.data)))
    page = FormPage(
        crumbs=(),
        heading=_("Join a cohort"),
        lead=_("You have a code from your trainer. Next you see which cohort it is for, and who would see what."),
        form=form,
        submit_label=_("Continue"),
    )
    return render("account/form.html", page), 422 if form.errors else 200


def _next_form(typed: str) -> JoinCodeForm:
    kind = JoinCodeForm if is_signed_in() else JoinLetterForm
    return kind(formdata=None, code=typed)


def _behind(typed: str, form: JoinCodeForm) -> CohortOf | None:
    """Where the code leads; None, with the reason at the field, if nowhere. Each try is counted."""
    with writing() as db:
        may = may_try_code(db, address=request.remote_addr or "", at=request_time())
    try:
        if may:
            with reading() as db:
                return cohort_behind(db, typed, at=request_time())
        form.code.errors = [TOO_MANY]
    except WrongCode as problem:
        form.code.errors = [in_words(problem)]
    return None


@blueprint.post("/join/letter")
def letter() -> str | tuple[str, int]:
    """Have a letter sent. The answer is the same whether or not the address has an account."""
    form = JoinLetterForm()
    is_whole = form.validate_on_submit()
    found = _behind(form.code.data or "", form)
    if found is None or not is_whole:
        if found is None:
            return render("account/form.html", _again(form)), 422
        return render("joining/join.html", join_page(found, form)), 422
    try:
        with writing() as db:
            if may_ask_for_letter(db, email=form.email.data, at=request_time()):
                typed = {"code": form.code.data, "name": form.name.data, "email": form.email.data}
                ask_to_join(db, **typed, at=request_time())
    except WrongCode as problem:  # the last place went to somebody else
        form.code.errors = [in_words(problem)]
        return render("account/form.html", _again(form)), 422
    send_letters_later(found.organisation_id, at=request_time())
    return render("account/message.html", _letter_sent())


def _again(form: JoinCodeForm) -> FormPage:
    fresh = JoinCodeForm(formdata=None, code=form.code.data)
    fresh.code.errors = form.code.errors
    lead = _("Nothing was changed and no letter was sent.")
    return FormPage(crumbs=(), heading=_("Join a cohort"), lead=lead, form=fresh, submit_label=_("Continue"))


def _letter_sent() -> MessagePage:
    return MessagePage(
        heading=_("Look in your inbox"),
        paragraphs=(
            _("A letter with a link is on its way to you. With that link you choose a password and have joined."),
            _("If you are in this cohort already, no letter comes: sign in."),
            _("Nothing there after ten minutes? Look in the spam folder, or ask your trainer."),
        ),
        link_url=url_for("account.sign_in"),
        link_label=_("Sign in"),
    )


@blueprint.post("/join/mine")
def mine() -> Response | tuple[str, int]:
    """Join as who one is signed in as."""
    form = JoinCodeForm()
    if not form.validate_on_submit() or _behind(form.code.data, form) is None:
        return render("account/form.html", _again(form)), 422
    try:
        with writing() as db:
            found = join_with_code(db, actor=current_actor(), code=form.code.data, at=request_time())
    except (WrongCode, Conflict) as problem:
        form.code.errors = [in_words(problem)]
        return render("account/form.html", _again(form)), 422
    notify("done", _("You have joined %(cohort)s.", cohort=found.name))
    return redirect(url_for("learner.my_learning"), code=303)


@blueprint.route(f"{COHORT}/join-code", methods=["GET", "POST"])
def manage(organisation: str, cohort: str) -> str | Response | tuple[str, int]:
    """The cohort's code, with its QR code, to print; and a new one."""
    found = _cohort(organisation, cohort)
    form = MakeCodeForm(most_joins=USUAL_JOINS, last_day=local_date(request_time() + USUAL_DAYS))
    if form.validate_on_submit():
        try:
            limits = {"most_joins": form.most_joins.data, "last_day": form.last_day.data}
            with writing() as db:
                make_join_code(db, **_target(organisation, cohort), **limits)
        except Invalid as problem:
            form.last_day.errors = [in_words(problem)]
        else:
            notify("done", _("Joining with the new code is switched on. An older code opens nothing."))
            return _back(organisation, cohort)
    with reading() as db:
        now = find_join_code(db, found.id)
    return render("joining/code.html", join_code_page(found, now, form)), 422 if form.errors else 200


@blueprint.post(f"{COHORT}/join-code/end")
def end(organisation: str, cohort: str) -> Response:
    """Switch joining off."""
    _cohort(organisation, cohort)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        end_join_code(db, **_target(organisation, cohort))
    notify("done", _("Joining with a code is switched off. Who has joined stays."))
    return _back(organisation, cohort)


def _cohort(organisation: str, cohort: str) -> CohortOf:
    with reading() as db:
        return cohort_for(db, current_actor(), organisation, cohort, to=Permission.MANAGE)


def _back(organisation: str, cohort: str) -> Response:
    return redirect(url_for("join.manage", organisation=organisation, cohort=cohort), code=303)


def _target(organisation: str, cohort: str) -> dict[str, Any]:
    return {"actor": current_actor(), "organisation": organisation, "cohort": cohort, "at": request_time()}
