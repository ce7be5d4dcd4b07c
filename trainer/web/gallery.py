"""All components on one page; in demo mode only."""

from __future__ import annotations

from flask import Blueprint, abort

from trainer.web.pages.gallery import gallery_page
from trainer.web.shell import house, render_for_visitor

blueprint = Blueprint("gallery", __name__)


@blueprint.get("/gallery")
def gallery() -> str:
    """Every component in every state, with invented data."""
    if not house().settings.demo:
        abort(404)
    return render_for_visitor("gallery/gallery.html", gallery_page())
