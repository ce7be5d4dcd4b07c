"""The language lens for anybody: what is pasted is looked at and thrown away; nothing is stored or logged."""

from __future__ import annotations

from flask import Blueprint, abort, request

from trainer.errors import Invalid, NotFound
from trainer.language.readers import MOST_PASTED
from trainer.web.forms.lens import LookForm
from trainer.web.lens_pages import entry_page, look_page, words_page
from trainer.web.shell import house, render

blueprint = Blueprint("lens", __name__)

MOST_OWN_WORDS = 200


@blueprint.get("/look-at-my-words")
def look() -> str:
    """A box to paste into."""
    return render("lens/look.html", look_page(house().lens.lexicon, "", None))


@blueprint.post("/look-at-my-words")
def look_at() -> str | tuple[str, int]:
    """Look, show, and forget."""
    form = LookForm()
    if not form.validate_on_submit():
        abort(400)
    text = (form.text.data or "").replace("\r\n", "\n")
    own_words = tuple(dict.fromkeys(word for word in request.form.getlist("own") if word.strip()))[:MOST_OWN_WORDS]
    lens = house().lens
    problem = None
    if not text.strip():
        problem = "There is nothing to look at yet. Write or paste a line, without names."
    elif len(text) > MOST_PASTED:
        problem = f"This text has {len(text):,} characters. Look at it in parts of at most {MOST_PASTED:,}."
    if problem is None:
        try:
            found = lens.look(text, own_words=own_words)
        except Invalid as refused:
            problem = f"{refused.message} {refused.remedy}"
    if problem:
        return render("lens/look.html", look_page(lens.lexicon, text, None, problem=problem)), 422
    return render("lens/look.html", look_page(lens.lexicon, text, found, own_words=own_words))


@blueprint.get("/words/")
def words() -> str:
    """The whole lexicon by category."""
    return render("lens/words.html", words_page(house().lens.lexicon))


@blueprint.get("/words/pocket-guide")
def guide() -> str:
    """The lexicon on a few sheets of paper, with what it cannot do."""
    return render("lens/guide.html", words_page(house().lens.lexicon))


@blueprint.get("/words/<entry>")
def entry(entry: str) -> str:
    """One entry."""
    lexicon = house().lens.lexicon
    found = lexicon.entry(entry)
    if found is None:
        raise NotFound("There is no such word in the lexicon.", "Look for it in the list of words.")
    return render("lens/entry.html", entry_page(lexicon, found))
