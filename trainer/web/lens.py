"""The language lens for anybody: what is pasted is looked at and thrown away; nothing is stored or logged."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, abort, current_app, make_response, request
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from trainer.errors import NotFound
from trainer.language.pace import Pace
from trainer.language.readers import MOST_PASTED
from trainer.web.forms.lens import LookForm
from trainer.web.gate import Unreadable
from trainer.web.identity import request_time
from trainer.web.lens_pages import entry_page, look_page, words_page
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext, ngettext
from trainer.web.shell import house, render
from trainer.wording import said

blueprint = Blueprint("lens", __name__)

MOST_OWN_WORDS = 200
NOTHING = lazy_gettext("There is nothing to look at yet. Write or paste a line, without names.")
TOO_LONG = lazy_gettext(
    "That was more than this page takes: %(most)s characters, about 10,000 words. Nothing of it was kept. Your text is "
    "still where you copied it from; look at it in parts."
)
UNREADABLE = lazy_gettext(
    "There were characters in it that no text has, as happens when a picture or a program is pasted. They are taken "
    "out below. Check that the rest is what you meant, then press Look."
)


@blueprint.record_once
def share_pace(state: BlueprintSetupState) -> None:
    """The page and the JSON door count together."""
    state.app.extensions.setdefault("lens_pace", Pace())


@blueprint.get("/look-at-my-words")
def look() -> str:
    """A box to paste into."""
    return render("lens/look.html", look_page(house().lens.lexicon, house().catalogue, "", None))


@blueprint.post("/look-at-my-words")
def look_at() -> str | Response:
    """Look, show, and forget."""
    form = LookForm()
    if not form.validate_on_submit():
        abort(400)
    text = (form.text.data or "").replace("\r\n", "\n")
    wait = cast(Pace, current_app.extensions["lens_pace"]).wait(request.remote_addr or "", at=request_time())
    if wait:
        return too_often(text, wait)
    if not text.strip():
        return not_looked_at(text, NOTHING, 422)
    if len(text) > MOST_PASTED:
        problem = _("This text has %(count)s characters. Look at it in parts of at most %(most)s.", **lengths(text))
        return not_looked_at(text, problem, 422)
    own_words = tuple(dict.fromkeys(word for word in request.form.getlist("own") if word.strip()))[:MOST_OWN_WORDS]
    lens = house().lens
    found = lens.look(text, own_words=own_words)
    return render("lens/look.html", look_page(lens.lexicon, house().catalogue, text, found, own_words=own_words))


def lengths(text: str) -> dict[str, str]:
    """How long it is, and how long it may be."""
    return {"count": f"{len(text):,}", "most": f"{MOST_PASTED:,}"}


def not_looked_at(text: str, problem: str, status: int) -> Response:
    """The box again, with what was written and what to do."""
    page = look_page(house().lens.lexicon, house().catalogue, text, None, problem=problem)
    return make_response(render("lens/look.html", page), status)


def too_often(text: str, wait: int) -> Response:
    """429: a whole hospital may sit behind one address, so it says whose looks were counted."""
    problem = ngettext(
        "Many looks came from your network within a minute, so this one waits. Your text is still in the box. Press "
        "Look again in %(num)s second.",
        "Many looks came from your network within a minute, so this one waits. Your text is still in the box. Press "
        "Look again in %(num)s seconds.",
        wait,
    )
    response = not_looked_at(text, problem, 429)
    response.headers["Retry-After"] = str(wait)
    return response


@blueprint.errorhandler(RequestEntityTooLarge)
def on_too_long(_error: RequestEntityTooLarge) -> Response:
    """Refused before it is read, so the box is empty. The form asks browsers to keep nothing either, as wards share
    computers, so Back does not bring the text back; what is this long was copied from somewhere."""
    return not_looked_at("", TOO_LONG % lengths(""), 413)


@blueprint.errorhandler(Unreadable)
def on_unreadable(_error: Unreadable) -> Response:
    """The text without what cannot be shown; elsewhere such a form is refused, but here nothing is stored."""
    return not_looked_at(request.form.get("text", "").replace("\0", ""), UNREADABLE, 400)


@blueprint.get("/words/")
def words() -> str:
    """The whole lexicon by category."""
    return render("lens/words.html", words_page(house().lens.lexicon, house().catalogue))


@blueprint.get("/words/pocket-guide")
def guide() -> str:
    """The lexicon on a few sheets of paper, with what it cannot do."""
    return render("lens/guide.html", words_page(house().lens.lexicon, house().catalogue))


@blueprint.get("/words/<entry>")
def entry(entry: str) -> str:
    """One entry."""
    lexicon = house().lens.lexicon
    found = lexicon.entry(entry)
    if found is None:
        raise NotFound(said("There is no such word in the lexicon."), said("Look for it in the list of words."))
    return render("lens/entry.html", entry_page(lexicon, found))
