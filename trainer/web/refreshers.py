"""Keep it fresh: a few questions of finished modules. Offered, never nagged, never seen by anybody else."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from trainer.clock import local_date
from trainer.errors import Invalid
from trainer.extensions import reading, writing
from trainer.practice.sittings import (
    SittingOf,
    answer_refresher,
    get_sitting,
    histories_of,
    set_wish,
    start_refresher,
    wish_of,
)
from trainer.web.forms.questions import FORM_BUILDERS
from trainer.web.forms.refreshers import WishForm
from trainer.web.forms.strict import ConfirmForm
from trainer.web.identity import current_actor, request_time
from trainer.web.learner import live_module
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words
from trainer.web.refresher_pages import fresh_page, refresher_page
from trainer.web.shell import house, notify, render

blueprint = Blueprint("refreshers", __name__, url_prefix="/keep-it-fresh")

SEED_BITS = 31


@blueprint.get("/")
def overview() -> str:
    """What is ready, what comes later, and the switch."""
    return render("refreshers/overview.html", _overview(None))


def _overview(form: WishForm | None) -> object:
    with reading() as db:
        histories = histories_of(db, current_actor().person_id)
        wish = wish_of(db, current_actor().person_id)
    if form is None:
        state = "off" if not wish.is_on else "paused" if wish.paused_until else "on"
        form = WishForm(formdata=None, wish=state, until=wish.paused_until)
    return fresh_page(house().catalogue, histories, wish, form, at=request_time())


@blueprint.post("/")
def choose() -> Response | tuple[str, int]:
    """Switch them on or off, or pause them."""
    form = WishForm()
    today = local_date(request_time())
    is_paused = form.wish.data == "paused"
    if not form.validate_on_submit() or (is_paused and (form.until.data is None or form.until.data <= today)):
        if is_paused and not form.until.errors:
            form.until.errors = [_("Enter a day after today, such as 2027-01-15.")]
        return render("refreshers/overview.html", _overview(form)), 422
    with writing() as db:
        set_wish(
            db,
            actor=current_actor(),
            is_on=form.wish.data != "off",
            paused_until=form.until.data if is_paused else None,
            at=request_time(),
        )
    notify("done", _("Your choice is kept. Only you can see it."))
    return redirect(url_for("refreshers.overview"), code=303)


@blueprint.post("/<slug>")
def begin(slug: str) -> Response:
    """Start, or go on with the open one: a double click makes one."""
    module = live_module(slug)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        number = start_refresher(
            db,
            actor=current_actor(),
            catalogue=house().catalogue,
            module=module,
            seed=secrets.randbits(SEED_BITS),
            at=request_time(),
        )
        sitting = get_sitting(db, house().catalogue, current_actor().person_id, module.id, number)
    return redirect(_place_url(slug, sitting), code=303)


def _place_url(slug: str, sitting: SittingOf) -> str:
    for position, question in enumerate(sitting.questions, start=1):
        if question.id not in sitting.answers:
            return url_for("refreshers.question", slug=slug, number=sitting.number, position=position)
    return url_for("refreshers.overview")


@blueprint.get("/<slug>/<int:number>/<int:position>")
def question(slug: str, number: int, position: int) -> str:
    """A question; once it is answered, its explanation."""
    return render("refreshers/question.html", _page(slug, number, position, None))


@blueprint.post("/<slug>/<int:number>/<int:position>")
def answer(slug: str, number: int, position: int) -> Response | tuple[str, int]:
    """Keep the answer and show what it might do."""
    sitting = _sitting(slug, number, position)
    asked = sitting.question_at(position)
    if not FORM_BUILDERS[asked.kind]().validate_on_submit():
        abort(400)
    try:
        with writing() as db:
            answer_refresher(
                db,
                actor=current_actor(),
                catalogue=house().catalogue,
                module_id=sitting.module.id,
                number=number,
                position=position,
                raw=request.form.getlist("choice"),
                at=request_time(),
            )
    except Invalid as problem:
        return render("refreshers/question.html", _page(slug, number, position, in_words(problem))), 422
    return redirect(url_for("refreshers.question", slug=slug, number=number, position=position), code=303)


def _sitting(slug: str, number: int, position: int) -> SittingOf:
    module = live_module(slug)
    with reading() as db:
        sitting = get_sitting(db, house().catalogue, current_actor().person_id, module.id, number)
    sitting.question_at(position)
    return sitting


def _page(slug: str, number: int, position: int, problem: str | None) -> object:
    return refresher_page(slug, _sitting(slug, number, position), position, problem)
