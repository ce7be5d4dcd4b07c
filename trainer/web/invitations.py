"""Invitations: accepting one, and for trainers and managers who was asked, again, and no longer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.asked import invitation_lines
from trainer.cohorts.joining import (
    OpenInvitation,
    accept_invitation,
    invite_again,
    invite_waiting,
    open_invitation,
    take_invitation_back,
)
from trainer.errors import Invalid
from trainer.extensions import reading, writing
from trainer.web.forms.joining import AcceptForm
from trainer.web.forms.strict import ConfirmForm
from trainer.web.identity import current_actor, is_signed_in, request_time, sign_person_in
from trainer.web.invitation_pages import ASKED_A_PAGE, invitation_page, invitations_page
from trainer.web.letters import send_letters_later
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, translated
from trainer.web.pages.account import MessagePage
from trainer.web.paging import page_number
from trainer.web.shell import notify, render

blueprint = Blueprint("invitations", __name__)
COHORT = "/organisations/<organisation>/cohorts/<cohort>"


@blueprint.route("/invitations/<token>", methods=["GET", "POST"])
def accept(token: str) -> str | Response | tuple[str, int]:
    """Who invites, to what, and who would see what; opening it uses nothing up, so a mail scanner may."""
    with reading() as db:
        found = open_invitation(db, token, at=request_time())
    if found is None:
        return render("account/message.html", _over()), 410
    actor = current_actor() if is_signed_in() else None
    if actor is not None and actor.person_id != found.invitation.person_id:
        return render("account/message.html", _somebody_elses()), 403
    is_new = not found.invitation.has_password
    form = AcceptForm(name=found.invited_as) if is_new else ConfirmForm()
    if (is_new or actor) and form.validate_on_submit():
        try:
            return _accepted(token, form.data if is_new else {}, found)
        except Invalid as problem:  # the password; or the invitation, since the page was opened
            if not is_new:
                raise
            form.password.errors = [in_words(problem)]
    url = url_for("invitations.accept", token=token)
    page = invitation_page(found, form, is_signed_in=actor is not None, url=url)
    return render("joining/invitation.html", page), 422 if form.errors else 200


def _accepted(token: str, typed: dict[str, Any], found: OpenInvitation) -> Response:
    actor = current_actor() if is_signed_in() else None
    chosen = {"name": typed.get("name", ""), "password": typed.get("password", "")}
    with writing() as db:
        person_id, organisation = accept_invitation(db, token=token, actor=actor, **chosen, at=request_time())
    if actor is None:
        sign_person_in(person_id)
    notify("done", _("You have joined %(organisation)s.", organisation=organisation))
    return redirect(url_for("learner.my_learning"), code=303)


def _over() -> MessagePage:
    return MessagePage(
        heading=_("This invitation is not open"),
        paragraphs=(
            _("It has been used, has run out after two weeks, or was replaced by a newer letter."),
            _("If you have an account here, sign in. If not, ask whoever invited you to send a new letter."),
        ),
        link_url=url_for("account.sign_in"),
        link_label=_("Sign in"),
    )


def _somebody_elses() -> MessagePage:
    return MessagePage(
        heading=_("This invitation is for another account"),
        paragraphs=(
            _("You are signed in as %(name)s, and this letter was sent to somebody else.", name=current_actor().name),
            _("If it is yours too, sign out, then open the link in the letter again. It has not been used up."),
        ),
        link_url=url_for("learner.my_learning"),
        link_label=_("Go to my learning"),
    )


@blueprint.get(f"{COHORT}/invited/")
def asked(organisation: str, cohort: str) -> str:
    """Who was asked, and what became of it."""
    page = page_number()
    with reading() as db:
        found = cohort_for(db, current_actor(), organisation, cohort, to=Permission.MANAGE)
        first = (page - 1) * ASKED_A_PAGE
        lines, total = invitation_lines(db, found.id, at=request_time(), first=first, count=ASKED_A_PAGE)
    return render("joining/invitations.html", invitations_page(found, lines, total, page))


@blueprint.post(f"{COHORT}/invited/")
def send(organisation: str, cohort: str) -> Response:
    """Invite everybody on the list who was not asked yet, and send every letter that waits."""
    _check(organisation, cohort)
    with writing() as db:
        found, _count = invite_waiting(db, **_target(organisation, cohort))
    send_letters_later(found.organisation_id, at=request_time())
    notify("done", _("The letters are on their way. Look again in a few minutes."))
    return _back(organisation, cohort)


@blueprint.post(f"{COHORT}/enrolments/<int:enrolment>/invite")
def again(organisation: str, cohort: str, enrolment: int) -> Response:
    """Ask one person again; the old link opens nothing from now on."""
    _check(organisation, cohort)
    try:
        with writing() as db:
            found = invite_again(db, **_target(organisation, cohort), enrolment_id=enrolment)
    except Invalid as problem:
        notify("problem", in_words(problem))
        return _back(organisation, cohort)
    send_letters_later(found.organisation_id, at=request_time())
    notify("done", _("A new invitation is on its way; what was sent before opens nothing any longer."))
    return _back(organisation, cohort)


@blueprint.post(f"{COHORT}/enrolments/<int:enrolment>/revoke")
def revoke(organisation: str, cohort: str, enrolment: int) -> Response:
    """Let somebody's link open nothing."""
    _check(organisation, cohort)
    try:
        with writing() as db:
            take_invitation_back(db, **_target(organisation, cohort), enrolment_id=enrolment)
    except Invalid as problem:
        notify("problem", translated(problem.message))
        return _back(organisation, cohort)
    notify("done", _("The invitation opens nothing any longer. To take the name off the list, withdraw it there."))
    return _back(organisation, cohort)


def _check(organisation: str, cohort: str) -> None:
    """The gate first, then the form, so that a refusal says nothing of what was sent."""
    with reading() as db:
        cohort_for(db, current_actor(), organisation, cohort, to=Permission.MANAGE)
    if not ConfirmForm().validate_on_submit():
        abort(400)


def _back(organisation: str, cohort: str) -> Response:
    return redirect(url_for("invitations.asked", organisation=organisation, cohort=cohort), code=303)


def _target(organisation: str, cohort: str) -> dict[str, Any]:
    return {"actor": current_actor(), "organisation": organisation, "cohort": cohort, "at": request_time()}
