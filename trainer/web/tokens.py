"""Tokens for other systems, for managers: made, shown once, ended."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Role, Scope
from trainer.accounts.api_tokens import MadeToken, end_token, make_token
from trainer.accounts.queries import OrganisationOf
from trainer.accounts.token_queries import Standing, TokenLine, token_lines
from trainer.errors import Conflict, Invalid, NotFound
from trainer.extensions import reading, writing
from trainer.web.forms.strict import ConfirmForm
from trainer.web.forms.tokens import HELD, TokenForm
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, lazy_gettext
from trainer.web.pages.shell import Crumb
from trainer.web.pages.tokens import FreshToken, TokenRow, TokensPage
from trainer.web.pages.trainer import ConfirmPage
from trainer.web.people_pages import people_crumbs
from trainer.web.shell import notify, render
from trainer.web.words import day
from trainer.wording import said

blueprint = Blueprint("tokens", __name__, url_prefix="/organisations/<organisation>/people/tokens")

STANDINGS = {
    Standing.ENDED: lazy_gettext("Ended"),
    Standing.EXPIRED: lazy_gettext("Expired"),
    Standing.STOPPED: lazy_gettext("Stopped: whoever made it is no longer a manager here"),
}


@blueprint.route("/", methods=["GET", "POST"])
def tokens(organisation: str) -> str | tuple[str, int]:
    """The list, and a form for another. The answer to that form shows the new token, once, and no other page does."""
    home = _home(organisation)
    form, made = TokenForm(), None
    if form.validate_on_submit():
        try:
            made = _make(organisation, form)
        except (Conflict, Invalid) as problem:
            form.name.errors = [in_words(problem)]
    with reading() as db:
        lines = token_lines(db, home.id, at=request_time())
    shown = TokenForm(formdata=None) if made else form
    return render("people/tokens.html", _page(home, lines, shown, made)), 422 if form.errors else 200


@blueprint.route("/<int:number>/end", methods=["GET", "POST"])
def end(organisation: str, number: int) -> str | Response:
    """Ask, then let a token open nothing any longer."""
    home = _home(organisation)
    with reading() as db:
        line = next((one for one in token_lines(db, home.id, at=request_time()) if one.token_id == number), None)
    if line is None:
        raise NotFound(said("There is no such token in this organisation."))
    form = ConfirmForm()
    if form.validate_on_submit():
        with writing() as db:
            end_token(db, actor=current_actor(), organisation=organisation, token_id=number, at=request_time())
        notify("done", _("The token “%(name)s” opens nothing any longer.", name=line.name))
        return redirect(url_for("tokens.tokens", organisation=organisation), code=303)
    page = ConfirmPage(
        crumbs=(*people_crumbs(home), Crumb(_("Tokens for other systems"), _url(home))),
        heading=_("End the token “%(name)s”?", name=line.name),
        paragraphs=(
            _("The system that uses it can read and change nothing here from that moment on."),
            _("This cannot be undone, but you can make another token."),
        ),
        form=form,
        submit_label=_("End the token"),
        cancel_url=_url(home),
    )
    return render("trainer/confirm.html", page)


def _home(organisation: str) -> OrganisationOf:
    with reading() as db:
        return organisation_for(db, current_actor(), organisation, Role.MANAGER)


def _url(home: OrganisationOf) -> str:
    return url_for("tokens.tokens", organisation=home.slug)


def _make(organisation: str, form: TokenForm) -> MadeToken:
    with writing() as db:
        return make_token(
            db,
            actor=current_actor(),
            organisation=organisation,
            name=form.name.data,
            scopes=[Scope(one) for one in form.scopes.data],
            lasts=timedelta(days=int(form.lasts.data)),
            at=request_time(),
        )


def _page(home: OrganisationOf, lines: tuple[TokenLine, ...], form: TokenForm, made: MadeToken | None) -> TokensPage:
    return TokensPage(
        crumbs=people_crumbs(home),
        organisation=home.name,
        fresh=FreshToken(made.name, made.token, day(made.expires_at)) if made else None,
        form=form,
        rows=tuple(_row(home, line) for line in lines),
        document_url="/api/v1/openapi.json",
    )


def _row(home: OrganisationOf, line: TokenLine) -> TokenRow:
    works = line.standing is Standing.WORKS
    until = _("Works until %(day)s", day=day(line.expires_at))
    return TokenRow(
        number=str(line.token_id),
        name=line.name,
        begins=f"{line.prefix}…",
        may=tuple(str(HELD[scope]) for scope in line.scopes),
        made=_("%(day)s, by %(name)s", day=day(line.created_at), name=line.made_by),
        used=day(line.last_used_on) if line.last_used_on else _("Never"),
        state=until if works else str(STANDINGS[line.standing]),
        end_url=url_for("tokens.end", organisation=home.slug, number=line.token_id)
        if line.standing in (Standing.WORKS, Standing.STOPPED)
        else None,
    )
