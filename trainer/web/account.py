"""Signing in and out, and forgotten passwords."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from trainer.accounts.queries import find_actor_by_email, reset_is_open
from trainer.accounts.services import (
    ResetLink,
    check_credentials,
    end_session,
    request_reset,
    upgrade_hash,
)
from trainer.accounts.services import (
    reset_password as use_reset_link,
)
from trainer.accounts.throttle import clear_sign_in, may_request_reset, may_sign_in
from trainer.demo.cast import CAST
from trainer.errors import Invalid
from trainer.extensions import reading, writing
from trainer.web.forms.account import ForgottenForm, NewPasswordForm, SignInForm
from trainer.web.forms.strict import ConfirmForm, refuse_unknown_fields
from trainer.web.gate import safe_next
from trainer.web.identity import (
    current_actor,
    forget_session,
    is_signed_in,
    request_time,
    sign_person_in,
)
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext, translated
from trainer.web.mailing import send_later
from trainer.web.pages.account import FormPage, MessagePage, Persona, SignInPage
from trainer.web.pages.shell import Crumb
from trainer.web.shell import house, notify, render

blueprint = Blueprint("account", __name__)

WRONG = lazy_gettext(
    "The e-mail address and password do not match an account here. Check both, or choose “Forgotten password”."
)
TOO_MANY = lazy_gettext("That was tried many times from here. Wait ten minutes, or choose “Forgotten password”.")


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> str | Response | tuple[str, int]:
    """One answer for a wrong password, an unknown address and a closed account."""
    if request.method != "POST" and is_signed_in():
        return redirect(url_for("learner.my_learning"))
    form = SignInForm()
    if form.validate_on_submit():
        problem = _sign_in_with(form.email.data, form.password.data, is_remembered=form.remember.data)
        if problem is None:
            return redirect(safe_next(request.args.get("next")) or url_for("learner.my_learning"), code=303)
        form.email.errors = [problem]
    page = SignInPage(
        form=form,
        personas=_personas() if house().settings.demo else (),
        look_around_url=url_for("account.look_around"),
        forgotten_url=url_for("account.forgotten_password"),
    )
    return render("account/sign_in.html", page), 422 if form.errors else 200


def _personas() -> tuple[Persona, ...]:
    return tuple(Persona(one.key, translated(one.label), one.name, translated(one.description)) for one in CAST)


def _sign_in_with(email: str, password: str, *, is_remembered: bool) -> str | None:
    at, address = request_time(), request.remote_addr or ""
    with writing() as db:
        if not may_sign_in(db, email=email, address=address, at=at):
            return TOO_MANY
    # The slow comparison runs outside any write transaction: a class signing in holds nobody up.
    with reading() as db:
        person_id = check_credentials(db, email=email, password=password)
    if person_id is None:
        return WRONG
    with writing() as db:
        clear_sign_in(db, email=email, address=address)
        upgrade_hash(db, person_id=person_id, password=password)
    sign_person_in(person_id, is_remembered=is_remembered)
    return None


@blueprint.post("/look-around")
def look_around() -> Response:
    """Demo only: sign in as one of the cast without typing."""
    if not house().settings.demo:
        abort(404)
    refuse_unknown_fields({"persona", "csrf_token"})
    wanted = next((one for one in CAST if one.key == request.form.get("persona")), None)
    if wanted is None:
        abort(404)
    with reading() as db:
        actor = find_actor_by_email(db, wanted.email)
    if actor is None:
        notify("problem", _("The demo has no such account yet. Start it again with: trainer demo"))
        return redirect(url_for("account.sign_in"), code=303)
    sign_person_in(actor.person_id)
    return redirect(url_for("learner.my_learning"), code=303)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End this session on the server, then forget it in the browser."""
    was_shared = current_actor().is_shared
    if ConfirmForm().validate_on_submit():
        actor = current_actor()
        with writing() as db:
            end_session(db, actor=actor, session_id=actor.session_id)
        forget_session()
        session.clear()
        notify("done", _("You are signed out on this device."))
    response = redirect(url_for("ward.sign_in" if was_shared else "account.sign_in"), code=303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.route("/forgotten-password", methods=["GET", "POST"])
def forgotten_password() -> str | tuple[str, int]:
    """The same answer and nearly the same work whether or not the address has an account."""
    form = ForgottenForm()
    if form.validate_on_submit():
        with writing() as db:
            may = may_request_reset(db, email=form.email.data, address=request.remote_addr or "", at=request_time())
            link = request_reset(db, email=form.email.data, at=request_time()) if may else None
        if link:
            _send_reset(link)
        return render("account/message.html", _reset_sent())
    page = FormPage(
        crumbs=(Crumb(_("Sign in"), url_for("account.sign_in")),),
        heading=_("Forgotten password"),
        lead=_(
            "Tell us the address you sign in with. If it has an account here, a link to choose a new password "
            "arrives within a few minutes. It works once, for two hours."
        ),
        form=form,
        submit_label=_("Send the link"),
    )
    return render("account/form.html", page), 422 if form.errors else 200


def _reset_sent() -> MessagePage:
    return MessagePage(
        heading=_("Look in your inbox"),
        paragraphs=(
            _("If that address has an account here, a link is on its way. It works once, for two hours."),
            _(
                "Nothing there after ten minutes? "
                "Look in the spam folder, or ask a trainer which address you have here."
            ),
        ),
        link_url=url_for("account.sign_in"),
        link_label=_("Back to sign in"),
    )


def _send_reset(link: ResetLink) -> None:
    settings = house().settings
    address = settings.base_url + url_for("account.reset_password", token=link.token)
    send_later(
        current_app._get_current_object(),  # type: ignore[attr-defined]  # the app itself, for another thread
        subject=_("Choose a new password for %(product)s", product=settings.product_name),
        body=_(
            "Hello %(name)s,\n\nsomebody, most likely you, asked for a new password for %(product)s.\n"
            "Choose it here within two hours; the link works once:\n\n%(address)s\n\n"
            "If it was not you, nothing has changed and you need do nothing.\n",
            name=link.name,
            product=settings.product_name,
            address=address,
        ),
        to=link.email,
    )


@blueprint.route("/reset-password/<token>", methods=["GET", "POST"])
def reset_password(token: str) -> str | Response | tuple[str, int]:
    """Use a reset link. A used or expired one says so and offers another."""
    with reading() as db:
        if not reset_is_open(db, token, at=request_time()):
            return render("account/message.html", _reset_over()), 410
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            with writing() as db:
                use_reset_link(db, token=token, new=form.password.data, at=request_time())
        except Invalid as problem:
            form.password.errors = [translated(problem.remedy)]
        else:
            notify("done", _("Your password is changed. Every device is signed out; sign in with the new one."))
            return redirect(url_for("account.sign_in"), code=303)
    page = FormPage(
        crumbs=(Crumb(_("Sign in"), url_for("account.sign_in")),),
        heading=_("Choose a new password"),
        lead=_("Every device that is signed in with the old one will be signed out."),
        form=form,
        submit_label=_("Save the new password"),
    )
    return render("account/form.html", page), 422 if form.errors else 200


def _reset_over() -> MessagePage:
    return MessagePage(
        heading=_("This link has been used or has expired"),
        paragraphs=(_("Reset links work once, for two hours. Ask for a new one; it arrives within minutes."),),
        link_url=url_for("account.forgotten_password"),
        link_label=_("Ask for a new link"),
    )
