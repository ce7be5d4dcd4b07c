"""Stories with choices: every place is an address, every choice a link. Opening a page writes nothing."""

from __future__ import annotations

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response

from trainer.extensions import reading, writing
from trainer.practice.scenarios import get_scenario, keep_road, walks_of
from trainer.practice.walking import walk
from trainer.web.forms.strict import ConfirmForm
from trainer.web.identity import current_actor, request_time
from trainer.web.learner import live_module
from trainer.web.locales import gettext as _
from trainer.web.scenario_pages import home_url, scenario_page
from trainer.web.shell import notify, render
from trainer.web.story_words import place_url

blueprint = Blueprint("scenarios", __name__, url_prefix="/modules/<slug>/scenarios/<name>")


@blueprint.get("/")
def entrance(slug: str, name: str) -> str:
    """The first place, and what was kept before."""
    return _page(slug, name, ())


@blueprint.get("/<path:road>")
def place(slug: str, name: str, road: str) -> str:
    """A place further on, with the way so far."""
    return _page(slug, name, tuple(road.split("/")))


@blueprint.post("/")
def keep_entrance(slug: str, name: str) -> Response:
    """Keep the start as the place to go on from."""
    return _keep(slug, name, ())


@blueprint.post("/<path:road>")
def keep(slug: str, name: str, road: str) -> Response:
    """Keep a road that came to an end, or the place where it stands."""
    return _keep(slug, name, tuple(road.split("/")))


def _page(slug: str, name: str, road: tuple[str, ...]) -> str:
    module = live_module(slug)
    scenario = get_scenario(module, name)
    with reading() as db:
        kept = walks_of(db, current_actor().person_id, module.id)
    return render("scenarios/place.html", scenario_page(module, scenario, walk(scenario, road), kept))


def _keep(slug: str, name: str, road: tuple[str, ...]) -> Response:
    module = live_module(slug)
    scenario = get_scenario(module, name)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        keep_road(db, actor=current_actor(), module=module, name=name, road=road, at=request_time())
    if walk(scenario, road).here.is_end:
        notify("done", _("Your road is kept. You can walk another one whenever you like."))
        return redirect(home_url(module, scenario), code=303)
    notify("done", _("Your place in the story is kept."))
    return redirect(place_url(module, scenario, road), code=303)
