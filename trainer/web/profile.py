"""A person's own details, devices, password, and who can see what."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from trainer.accounts.actor import PracticeRole, Role
from trainer.accounts.queries import devices_of
from trainer.accounts.services import change_password, end_other_sessions, end_session, update_profile
from trainer.cohorts.mine import my_cohorts
from trainer.cohorts.systems import SystemThatReads, systems_that_read
from trainer.errors import Invalid
from trainer.extensions import reading, writing
from trainer.reporting.counted import forget_roles_with
from trainer.web.forms.account import ChangePasswordForm, ProfileForm
from trainer.web.forms.strict import ConfirmForm
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, lazy_gettext
from trainer.web.pages.account import (
    DeviceView,
    FormPage,
    MembershipView,
    ProfilePage,
    VisibilityRow,
    WhoSeesPage,
)
from trainer.web.pages.shell import Crumb
from trainer.web.report_log import opened
from trainer.web.shell import house, notify, render
from trainer.web.words import day_and_time, listed

blueprint = Blueprint("profile", __name__, url_prefix="/profile")

ROLES = {
    Role.LEARNER: lazy_gettext("Learner"),
    Role.TRAINER: lazy_gettext("Trainer"),
    Role.MANAGER: lazy_gettext("Manager"),
}
NEVER = lazy_gettext("No")
VISIBILITY = (
    VisibilityRow(
        lazy_gettext("Where you stand in each module set for your cohort, with dates"),
        lazy_gettext("Yes"),
        lazy_gettext("Yes, with your name"),
        lazy_gettext("Only counts, in groups of ten or more"),
        NEVER,
    ),
    VisibilityRow(
        lazy_gettext("Your best quiz score and how many attempts you submitted"),
        lazy_gettext("Yes"),
        lazy_gettext("Yes, with your name"),
        lazy_gettext("Only counts, in groups of ten or more"),
        NEVER,
    ),
    VisibilityRow(lazy_gettext("Which answers you chose"), lazy_gettext("Yes"), NEVER, NEVER, NEVER),
    VisibilityRow(lazy_gettext("An attempt you have not submitted"), lazy_gettext("Yes"), NEVER, NEVER, NEVER),
    VisibilityRow(
        lazy_gettext("Your role, such as peer support worker"),
        lazy_gettext("Yes"),
        lazy_gettext("No; at most counts, in groups of ten or more"),
        lazy_gettext("No; at most counts, in groups of ten or more"),
        NEVER,
    ),
    VisibilityRow(
        lazy_gettext("How sure you said you were, and what you wrote in a quiz"),
        lazy_gettext("Yes"),
        NEVER,
        NEVER,
        NEVER,
    ),
    VisibilityRow(
        lazy_gettext("Your notebook: reflections and notes, kept encrypted"), lazy_gettext("Yes"), NEVER, NEVER, NEVER
    ),
    VisibilityRow(
        lazy_gettext("Roads you took in a story; refreshers, and whether you want any"),
        lazy_gettext("Yes"),
        NEVER,
        NEVER,
        NEVER,
    ),
    VisibilityRow(
        lazy_gettext("Answers before a module, and to your cohort’s survey"),
        lazy_gettext("Yes"),
        lazy_gettext("Never yours; at most how a whole group changed"),
        lazy_gettext("Never yours; at most how a whole group changed"),
        NEVER,
    ),
    VisibilityRow(
        lazy_gettext("A note written before or after a course, kept encrypted until it is counted and deleted"),
        lazy_gettext("Yes, while its part is open"),
        lazy_gettext("Never yours; at most how a whole group changed"),
        NEVER,
        NEVER,
    ),
    VisibilityRow(
        lazy_gettext("That you opened “Need to talk?”"), lazy_gettext("Nothing is stored"), NEVER, NEVER, NEVER
    ),
)


@blueprint.route("/", methods=["GET", "POST"])
def profile() -> str | Response | tuple[str, int]:
    """Name and role; memberships; devices."""
    actor = current_actor()
    form = ProfileForm(name=actor.name, role=actor.practice_role or "")
    if form.validate_on_submit():
        role = PracticeRole(form.role.data) if form.role.data else None
        with writing() as db:
            update_profile(db, actor=actor, name=form.name.data, practice_role=role)
            if role != actor.practice_role:
                forget_roles_with(db, actor.person_id)
        notify("done", _("Your details are saved."))
        return redirect(url_for("profile.profile"), code=303)
    with reading() as db:
        devices = devices_of(db, actor, at=request_time())
    page = ProfilePage(
        form=form,
        email=actor.email,
        memberships=tuple(MembershipView(m.organisation_name, ROLES[m.role]) for m in actor.memberships),
        devices=tuple(
            DeviceView(
                device.label,
                day_and_time(device.created_at),
                device.session_id == actor.session_id,
                url_for("profile.end_device", device=device.session_id),
            )
            for device in devices
        ),
        end_others_url=url_for("profile.end_other_devices"),
        password_url=url_for("profile.password"),
        who_sees_url=url_for("profile.who_sees"),
    )
    return render("account/profile.html", page), 422 if form.errors else 200


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> str | Response | tuple[str, int]:
    """Change the password; other devices are signed out."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            with writing() as db:
                change_password(
                    db, actor=current_actor(), current=form.current.data, new=form.password.data, at=request_time()
                )
        except Invalid as problem:
            form.current.errors = [in_words(problem)]
        else:
            notify("done", _("Your password is changed, and your other devices are signed out."))
            return redirect(url_for("profile.profile"), code=303)
    page = FormPage(
        crumbs=(Crumb(_("Your profile"), url_for("profile.profile")),),
        heading=_("Change your password"),
        lead=_("Your other devices will be signed out."),
        form=form,
        submit_label=_("Save the new password"),
    )
    return render("account/form.html", page), 422 if form.errors else 200


@blueprint.post("/devices/<int:device>/end")
def end_device(device: int) -> Response:
    """Sign one of one's own devices out."""
    if ConfirmForm().validate_on_submit():
        with writing() as db:
            end_session(db, actor=current_actor(), session_id=device)
        notify("done", _("That device is signed out."))
    return redirect(url_for("profile.profile"), code=303)


@blueprint.post("/devices/end-others")
def end_other_devices() -> Response:
    """Sign every other device out."""
    if ConfirmForm().validate_on_submit():
        with writing() as db:
            end_other_sessions(db, actor=current_actor())
        notify("done", _("Every other device is signed out."))
    return redirect(url_for("profile.profile"), code=303)


@blueprint.get("/who-sees")
def who_sees() -> str:
    """What your trainer can see."""
    with reading() as db:
        cohorts = my_cohorts(db, current_actor())
        systems = systems_that_read(db, current_actor(), at=request_time())
    page = WhoSeesPage(
        rows=VISIBILITY,
        cohorts=tuple((c.cohort, c.organisation, listed(c.trainers) or _("no trainer yet")) for c in cohorts),
        systems=tuple(_system_words(one) for one in systems),
        threshold=house().settings.suppression_threshold,
    )
    return render("account/who_sees.html", page)


def _system_words(one: SystemThatReads) -> str:
    """Which system, by whose token, and what of one's own it may read."""
    values = {"system": one.name, "organisation": one.organisation, "manager": one.made_by, "cohort": one.cohort}
    if one.reads_completions:
        return _(
            "“%(system)s” of %(organisation)s may read your name, your address or staff id, and which modules you "
            "completed and when, in %(cohort)s. Its token was made by %(manager)s.",
            **values,
        )
    return _(
        "“%(system)s” of %(organisation)s may read your name, your address or staff id, and that you are in "
        "%(cohort)s. Its token was made by %(manager)s.",
        **values,
    )


# Who opened one's record has a file of its own.
blueprint.add_url_rule("/opened", view_func=opened)
