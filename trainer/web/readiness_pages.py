"""From readiness actions to what their pages show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_wtf import FlaskForm

from trainer.accounts.queries import OrganisationOf
from trainer.clock import local_date
from trainer.cohorts.readiness.queries import ActionOf
from trainer.courseware.catalogue import Catalogue
from trainer.web.locales import gettext as _
from trainer.web.locales import ngettext
from trainer.web.pages.readiness import ActionPage, ActionRow, ActionsPage, ActionsPart
from trainer.web.pages.shell import Crumb
from trainer.web.words import day, month

READINESS_MODULE = "O1"


def actions_part(organisation: str, known: Sequence[ActionOf], *, at: datetime) -> ActionsPart:
    """The actions as the overview shows them: counts and list, in no order of merit."""
    url = url_for("readiness.actions", organisation=organisation)
    return ActionsPart(_counts(known), _rows(organisation, known, at), url)


def actions_page(
    home: OrganisationOf, known: Sequence[ActionOf], catalogue: Catalogue, form: FlaskForm, *, at: datetime
) -> ActionsPage:
    """The whole list."""
    module = catalogue.by_id.get(READINESS_MODULE)
    is_live = module is not None and module.status == "live"
    return ActionsPage(
        crumbs=_crumbs(home),
        organisation=home.name,
        counts=_counts(known),
        rows=_rows(home.slug, known, at),
        module=Crumb(module.title, url_for("learner.module", slug=module.slug)) if module and is_live else None,
        form=form,
    )


def action_page(home: OrganisationOf, known: ActionOf, form: FlaskForm, *, at: datetime) -> ActionPage:
    """One action."""
    here: dict[str, Any] = {"organisation": home.slug, "action": known.number}
    listed = Crumb(_("What was agreed"), url_for("readiness.actions", organisation=home.slug))
    return ActionPage(
        crumbs=(*_crumbs(home), listed),
        organisation=home.name,
        text=known.text,
        owner=known.owner,
        due=month(known.due_month),
        state=_state(known, at),
        is_done=known.is_done,
        form=form,
        state_url=url_for("readiness.settle", **here),
        remove_url=url_for("readiness.remove", **here),
    )


def _crumbs(home: OrganisationOf) -> tuple[Crumb, ...]:
    return (Crumb(home.name, url_for("organisation.overview", organisation=home.slug)),)


def _rows(organisation: str, known: Sequence[ActionOf], at: datetime) -> tuple[ActionRow, ...]:
    return tuple(
        ActionRow(
            text=one.text,
            owner=one.owner,
            due=month(one.due_month),
            state=_state(one, at),
            url=url_for("readiness.action", organisation=organisation, action=one.number),
        )
        for one in known
    )


def _counts(known: Sequence[ActionOf]) -> str:
    done = sum(one.is_done for one in known)
    opened = ngettext("%(num)s action is open", "%(num)s actions are open", len(known) - done)
    return _("%(open)s, %(done)s.", open=opened, done=ngettext("%(num)s is done", "%(num)s are done", done))


def _state(one: ActionOf, at: datetime) -> str:
    if one.done_at is not None:
        return _("Done on %(day)s", day=day(one.done_at))
    today = local_date(at)
    # Late is allowed, silent is not: it is said, and nothing is counted or coloured.
    return _("Open; its month is over") if one.due_month < today.replace(day=1) else _("Open")
