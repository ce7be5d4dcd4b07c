"""Choosing the language. A public button in the frame of every page; it signs nobody in and reads no session."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from flask import Blueprint, abort, current_app, redirect, request
from werkzeug.wrappers import Response

from trainer.extensions import csrf
from trainer.web.errors import EXPIRED_FORM, error_response
from trainer.web.forms.strict import refuse_unknown_fields
from trainer.web.gate import safe_next
from trainer.web.locales import COOKIE, LANGUAGES
from trainer.web.shell import house

blueprint = Blueprint("language_choice", __name__)

A_YEAR = 365 * 24 * 3600  # seconds


@blueprint.post("/language")
@csrf.exempt  # type: ignore[untyped-decorator]  # a token would need a session, which visitors have not
def choose() -> Response:
    """Keep the choice in a small cookie and go back to the page. A form on another site cannot do it."""
    refuse_unknown_fields({"language", "next", "csrf_token"})
    if not _is_sent_from_here():
        return error_response(400, *EXPIRED_FORM)
    chosen = request.form.get("language")
    if chosen not in LANGUAGES:
        abort(400)
    response = redirect(_page_left(), code=303)
    response.set_cookie(
        COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Lax", secure=house().settings.is_secure
    )
    return response


def _is_sent_from_here() -> bool:
    """Whether the form was on a page of ours, as far as the browser tells; a script of no browser tells nothing."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site == "same-origin"
    return origin is None or _parts(origin).netloc == request.host


def _page_left() -> str:
    """Where the button was pressed, if that was a page of ours which can be opened again."""
    came_from = _parts(request.form.get("next") or request.referrer or "")
    path = safe_next(came_from.path)
    if came_from.netloc not in ("", request.host) or path is None:
        return "/"
    adapter = current_app.create_url_adapter(request)
    # A page shown in answer to a form may have no address of its own.
    if adapter is None or not adapter.test(path, method="GET"):
        return "/"
    return f"{path}?{came_from.query}" if came_from.query else path


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
