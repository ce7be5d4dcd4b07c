"""From the catalogue to the pages beside the modules."""

from __future__ import annotations

from flask import url_for

from trainer.courseware.catalogue import Catalogue, Page
from trainer.web.locales import english
from trainer.web.locales import gettext as _
from trainer.web.pages.about import AboutPage, SourceOf, SourcesPage
from trainer.web.pages.learner import SourceItem
from trainer.web.pages.shell import Crumb


def about_page(catalogue: Catalogue, page: Page) -> AboutPage:
    """One page, and the way to the others."""
    return AboutPage(
        title=page.title,
        summary=page.summary,
        opening_html=page.opening_html,
        chapters=page.chapters,
        sources=tuple(SourceItem(one.number, f"source-{one.id}", one.html) for one in page.sources),
        others=tuple(one for one in _all(catalogue) if one.url != url_for("about.page", name=page.slug)),
    )


def sources_page(catalogue: Catalogue) -> SourcesPage:
    """The same reference in several modules counts once."""
    modules: dict[str, list[str]] = {}
    html: dict[str, str] = {}
    for module in catalogue.live_modules:
        for source in module.sources:
            html[source.text] = source.html
            modules.setdefault(source.text, []).append(module.title)
    found = tuple(SourceOf(html[text], tuple(modules[text])) for text in sorted(html, key=str.casefold))
    return SourcesPage(found, tuple(one for one in _all(catalogue) if one.url != url_for("about.sources")))


def _all(catalogue: Catalogue) -> tuple[Crumb, ...]:
    pages = tuple(Crumb(english(page.title), url_for("about.page", name=page.slug)) for page in catalogue.pages)
    return (*pages, Crumb(_("Every source"), url_for("about.sources")))
