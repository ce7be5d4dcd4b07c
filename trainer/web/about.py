"""What the course rests on and how it was made: open to everybody, also before signing in."""

from __future__ import annotations

from flask import Blueprint, abort

from trainer.web.about_pages import about_page, sources_page
from trainer.web.shell import house, render

blueprint = Blueprint("about", __name__, url_prefix="/about")


@blueprint.get("/sources")
def sources() -> str:
    """Every source, and the modules that cite it."""
    return render("about/sources.html", sources_page(house().catalogue))


@blueprint.get("/<name>")
def page(name: str) -> str:
    """A page of the content folder."""
    catalogue = house().catalogue
    found = catalogue.find_page(name)
    if found is None:
        abort(404)
    return render("about/page.html", about_page(catalogue, found))
