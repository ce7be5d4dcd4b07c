"""Filling the frame around a page, and rendering it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import cast

from flask import current_app, flash, g, get_flashed_messages, render_template, request, url_for

from trainer.accounts.actor import Actor, Role
from trainer.config import Settings
from trainer.courseware.catalogue import Catalogue
from trainer.courseware.diagnostics import Diagnostic
from trainer.exercise.situations import Pair
from trainer.language.matcher import Lens
from trainer.notebook.sealing import Sealer
from trainer.web.assets import Assets
from trainer.web.headers import SECRET_ADDRESSES
from trainer.web.identity import current_actor, is_signed_in
from trainer.web.locales import LANGUAGES, language, page_tag
from trainer.web.locales import gettext as _
from trainer.web.pages.shell import Crumb, NavItem, Notice, NoticeKind, Shell, Switch
from trainer.web.script_words import script_words


@dataclass(frozen=True, slots=True)
class PreviewOf:
    """An author's preview: drafts are shown, and the page asks whether the ``stamp`` of the tree has changed."""

    stamp: str
    problems: tuple[Diagnostic, ...]

    @property
    def error_count(self) -> int:
        """While there are errors, the last tree without any is shown."""
        return sum(one.severity == "error" for one in self.problems)


@dataclass(frozen=True, slots=True)
class House:
    """What the web door needs of the composition root; kept in ``app.extensions``."""

    settings: Settings
    catalogue: Catalogue
    assets: Assets
    sealer: Sealer
    lens: Lens
    pairs: tuple[Pair, ...]  # the situations of the exercise before and after a course
    publication_id: int | None = None  # what the catalogue was published as; None while it is only compiled
    preview: PreviewOf | None = None


def house() -> House:
    """The settings, catalogue and assets of the running app; one catalogue a request, whatever goes live meanwhile."""
    if "house" not in g:
        g.house = current_app.extensions["house"]
    return cast(House, g.house)


def render(template: str, page: object) -> str:
    """Render one template with one page dataclass, for whoever is here."""
    return render_template(template, page=page, shell=_shell(current_actor() if is_signed_in() else None))


def render_for_visitor(template: str, page: object) -> str:
    """Render without looking at the session: for pages that nobody's cookie may touch."""
    return render_template(template, page=page, shell=_shell(None, notices=()))


def notify(kind: NoticeKind, text: str) -> None:
    """Leave a notice for the next page."""
    flash(text, kind)


def _shell(actor: Actor | None, notices: tuple[Notice, ...] | None = None) -> Shell:
    here = house()
    if notices is None:
        flashed = cast(list[tuple[NoticeKind, str]], get_flashed_messages(with_categories=True))
        notices = tuple(Notice(kind, text) for kind, text in flashed)
    return Shell(
        lang=page_tag(),
        switch=language_switch(),
        words=script_words(),
        product_name=here.settings.product_name,
        nav=_navigation(actor) if actor else (),
        person_name=actor.name if actor else None,
        owner=_owner(actor) if actor and not actor.is_shared else None,
        is_shared=bool(actor and actor.is_shared),
        notices=notices,
        about=tuple(Crumb(page.title, f"/about/{page.slug}") for page in here.catalogue.pages),
        is_demo=here.settings.demo,
        preview_stamp=here.preview.stamp if here.preview else None,
        preview_problems=len(here.preview.problems) if here.preview else 0,
        css_url=here.assets.css_url,
        desk_css_url=here.assets.desk_css_url,
        js_url=here.assets.js_url,
        icon_url=here.assets.icon_url,
    )


def language_switch() -> Switch:
    """The way to the other language."""
    here = language()
    other = next(code for code in LANGUAGES if code != here)
    address = request.full_path.rstrip("?")
    back = address if any(part in address for part in SECRET_ADDRESSES) else None
    return Switch(label=LANGUAGES[other], language=other, back=back, is_draft=here != "en")


def _owner(actor: Actor) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"outbox {actor.person_id}".encode(), "sha256").hexdigest()[:16]


def _navigation(actor: Actor) -> tuple[NavItem, ...]:
    items = [
        (_("My learning"), url_for("learner.my_learning")),
        (_("Modules"), url_for("learner.catalogue")),
        (_("Notebook"), url_for("notebook.overview")),
    ]
    teaching = [m for m in actor.memberships if m.role in (Role.TRAINER, Role.MANAGER)]
    for membership in teaching:
        where = membership.organisation_name if len(teaching) > 1 else ""
        address = membership.organisation_slug
        cohorts = _("Cohorts, %(organisation)s", organisation=where) if where else _("Cohorts")
        items.append((cohorts, url_for("cohorts.cohort_list", organisation=address)))
        if membership.role is Role.MANAGER:
            figures = _("Overview, %(organisation)s", organisation=where) if where else _("Overview")
            items.append((figures, url_for("organisation.overview", organisation=address)))
            people = _("People, %(organisation)s", organisation=where) if where else _("People")
            items.append((people, url_for("people.people", organisation=address)))
    # The page of an organisation stands above its others: only the nearest is where somebody is.
    current = max((url for _label, url in items if _is_current(url)), key=len, default=None)
    return tuple(NavItem(label, url, url == current) for label, url in items)


def _is_current(url: str) -> bool:
    return request.path == url or (url.count("/") > 1 and request.path.startswith(url))
