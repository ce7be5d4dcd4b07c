"""Signing in on a shared computer: code and PIN, a first time with a slip, and a session that does not outstay."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Flask, redirect, request, session, url_for
from werkzeug.wrappers import Response

from trainer.accounts.actor import Actor
from trainer.accounts.invitations import InvitationOver
from trainer.accounts.pins import earlier_pin, open_notebook
from trainer.accounts.services import SHARED_IDLE, keep_shared_session, open_shared_session
from trainer.accounts.throttle import clear_ward_sign_in, may_sign_in_on_ward
from trainer.accounts.ward import TOLD_FOR, count_pin_try, note_right_pin, pin_matches, slips_printed
from trainer.accounts.ward_codes import plain_ward_code
from trainer.cohorts.slips import begin_on_ward
from trainer.errors import Invalid
from trainer.extensions import writing
from trainer.web.forms.ward import EarlierPinForm, StartForm, WardForm
from trainer.web.gate import PUBLIC_ENDPOINTS, is_other_door
from trainer.web.identity import begin_session, current_actor, is_signed_in, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, lazy_gettext
from trainer.web.pages.account import FormPage
from trainer.web.pages.shell import Crumb
from trainer.web.pages.ward import WardPage
from trainer.web.shell import notify, render
from trainer.web.words import day

blueprint = Blueprint("ward", __name__, url_prefix="/ward")

WRONG = lazy_gettext(
    "Code and PIN do not match. Check both; a slip shows the code. After ten wrong PINs the code is locked, and your "
    "trainer can print a new slip."
)
TOO_MANY = lazy_gettext("That was tried many times from here. Wait ten minutes, then try again.")
WRONG_SLIP = lazy_gettext(
    "This slip does not open anything. Check both codes; a slip works once, for two weeks. Your trainer can print a "
    "new one."
)
A_MINUTE = timedelta(minutes=1)


def install_shared_sessions(app: Flask) -> None:
    """While somebody works on a shared computer, their half hour begins again; at most once a minute it is written."""

    @app.before_request
    def still_there() -> None:
        if request.endpoint in PUBLIC_ENDPOINTS or is_other_door() or not is_signed_in():
            return
        actor = current_actor()
        if actor.shared_until is None or actor.shared_until - request_time() > SHARED_IDLE - A_MINUTE:
            return
        with writing() as db:
            keep_shared_session(db, session_id=actor.session_id, at=request_time())

    @app.before_request
    def closed_notebook() -> Response | None:
        is_notebook = request.blueprint == "notebook" and request.method in ("GET", "HEAD")
        if is_notebook and is_signed_in() and current_actor().notebook_is_closed:
            return redirect(url_for("ward.notebook"), code=303)
        return None


@blueprint.route("", methods=["GET", "POST"])
def sign_in() -> str | Response | tuple[str, int]:
    """One answer for a wrong PIN, an unknown code, a locked one and a closed account."""
    if request.method != "POST" and is_signed_in():
        return redirect(url_for("learner.my_learning"), code=303)
    form = WardForm()
    if form.validate_on_submit():
        problem = _sign_in_with(form.code.data, form.pin.data)
        if problem is None:
            return redirect(url_for("learner.my_learning"), code=303)
        form.pin.errors = [problem]
    page = WardPage(form=form, start_url=url_for("ward.start"), ordinary_url=url_for("account.sign_in"))
    return render("ward/sign_in.html", page), 422 if form.errors else 200


def _sign_in_with(code: str, pin: str) -> str | None:
    at, address, code = request_time(), request.remote_addr or "", plain_ward_code(code)
    with writing() as db:
        if not may_sign_in_on_ward(db, code=code, address=address, at=at):
            return TOO_MANY
        pin_try = count_pin_try(db, code)
    # The slow comparison runs outside any write transaction: a ward signing in holds nobody up.
    if not pin_matches(pin_try, pin) or pin_try is None:
        return WRONG
    with writing() as db:
        if not note_right_pin(db, pin_try=pin_try):
            return WRONG
        clear_ward_sign_in(db, code=code, address=address)
    _open_here(pin_try.person_id)
    return None


def _open_here(person_id: int) -> None:
    session.clear()
    with writing() as db:
        opened = open_shared_session(db, person_id=person_id, at=request_time())
        printed = slips_printed(db, person_id, since=request_time() - TOLD_FOR)
    begin_session(opened)
    for slip in printed:
        notify(
            "note",
            _(
                "A new slip was printed for you on %(day)s by %(name)s. If you did not ask for it, tell a manager; "
                "your profile says more.",
                day=day(slip.issued_at),
                name=slip.by,
            ),
        )


@blueprint.route("/start", methods=["GET", "POST"])
def start() -> str | Response | tuple[str, int]:
    """Choose a PIN with what stands on a slip."""
    form = StartForm()
    if form.validate_on_submit():
        try:
            actor = _begin(form)
        except Invalid as problem:
            form.start.errors = [WRONG_SLIP if isinstance(problem, InvitationOver) else in_words(problem)]
        else:
            if actor is not None:
                _open_here(actor.person_id)
                notify("done", _("Your PIN is set. From now on you sign in with your code and your PIN."))
                return redirect(url_for("learner.my_learning"), code=303)
            form.start.errors = [TOO_MANY]
    page = FormPage(
        crumbs=(Crumb(_("Sign in on a shared computer"), url_for("ward.sign_in")),),
        heading=_("Begin with a slip"),
        lead=_(
            "Choose a PIN that only you know. Keep the slip for your sign-in code; its start code is used up now. "
            "Whoever runs your cohort can print a new slip if you forget the PIN. You would be told, and your "
            "notebook would stay closed to whoever does not know the PIN you choose here."
        ),
        form=form,
        submit_label=_("Set the PIN and go on"),
    )
    return render("account/form.html", page), 422 if form.errors else 200


def _begin(form: StartForm) -> Actor | None:
    at, code = request_time(), plain_ward_code(form.code.data)
    with writing() as db:
        may = may_sign_in_on_ward(db, code=code, address=request.remote_addr or "", at=at)
    if not may:
        return None
    with writing() as db:
        return begin_on_ward(db, code=code, start=form.start.data, pin=form.pin.data, at=at)


@blueprint.route("/notebook", methods=["GET", "POST"])
def notebook() -> str | Response | tuple[str, int]:
    """The notebook stays closed after a new slip, until the PIN from before is typed."""
    form = EarlierPinForm()
    is_sent = form.validate_on_submit()
    if not current_actor().notebook_is_closed:
        return redirect(url_for("notebook.overview"), code=303)
    if is_sent:
        with writing() as db:
            pin_try = earlier_pin(db, current_actor(), at=request_time())
        if pin_matches(pin_try, form.pin.data) and pin_try is not None:
            with writing() as db:
                open_notebook(db, pin_try=pin_try)
            notify("done", _("Your notebook is open again."))
            return redirect(url_for("notebook.overview"), code=303)
        form.pin.errors = [_("That is not the PIN, or it was tried five times today. You can try again tomorrow.")]
    page = FormPage(
        crumbs=(),
        heading=_("Your notebook is closed here"),
        lead=_(
            "You began again with a new slip, and somebody else had that slip in hand before you. So nobody can open "
            "what you wrote before without the PIN you had then, not even your trainer. Nothing is lost: type that PIN "
            "and the notebook is open again. Everything else works."
        ),
        form=form,
        submit_label=_("Open my notebook"),
    )
    return render("account/form.html", page), 422 if form.errors else 200
