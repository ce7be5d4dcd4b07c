"""Errors as pages: what happened, what to do next, and the way back. Never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, jsonify, make_response, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from trainer.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Unavailable
from trainer.web.forms.strict import UnknownFields
from trainer.web.gate import is_other_door
from trainer.web.identity import is_signed_in
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext, translated
from trainer.web.pages.shell import ErrorPage
from trainer.web.shell import render, render_for_visitor

STATUS = {NotFound: 404, NotAllowed: 403, Conflict: 409, Invalid: 422, UnknownFields: 400, Unavailable: 503}
HEADINGS = {
    400: lazy_gettext("That request could not be used"),
    403: lazy_gettext("This page is not open to you"),
    404: lazy_gettext("There is nothing here"),
    405: lazy_gettext("That is not how this page works"),
    409: lazy_gettext("That does not fit what is recorded"),
    413: lazy_gettext("That was too long"),
    422: lazy_gettext("Something needs another look"),
    500: lazy_gettext("Something went wrong on our side"),
    503: lazy_gettext("Not saved: the service cannot write at the moment"),
}
MESSAGES = {
    400: (
        lazy_gettext("The address or the form was not what this page expects."),
        lazy_gettext("Go back, reload the page and try again."),
    ),
    404: (
        lazy_gettext("The page may have moved, or it belongs to somebody else."),
        lazy_gettext("Check the address, or start from your learning."),
    ),
    405: (
        lazy_gettext("The page was opened in a way it does not support."),
        lazy_gettext("Go back and use the buttons on the page."),
    ),
    413: (
        lazy_gettext("What was sent is longer than this form takes (500 kB)."),
        lazy_gettext("Go back, where your text still stands, shorten it and send it again."),
    ),
    500: (
        lazy_gettext("We have noted the time and the place, not what you typed."),
        lazy_gettext("Go back and try again. If it happens twice, tell your trainer what you were doing."),
    ),
}
EXPIRED_FORM = (
    lazy_gettext(
        "This page had been open for a long time, or you signed in again meanwhile, so the form could not be trusted."
    ),
    lazy_gettext("Go back, reload the page and send it again. If text of yours is in it, copy that first."),
)


def install_error_pages(app: Flask, *, api_error: Callable[[Exception], Response]) -> None:
    """Translate domain errors, HTTP errors and what nobody expected; what another system asked is told its way."""

    def told(page: Callable[[Any], Response]) -> Callable[[Any], Response]:
        return lambda error: api_error(error) if is_other_door() else page(error)

    app.register_error_handler(DomainError, told(on_domain_error))
    app.register_error_handler(CSRFError, told(lambda _error: error_response(400, *EXPIRED_FORM)))
    app.register_error_handler(HTTPException, told(on_http_error))


def on_domain_error(error: DomainError) -> Response:
    """A rule said no."""
    response = error_response(STATUS.get(type(error), 400), translated(error.message), translated(error.remedy))
    if isinstance(error, Unavailable):
        response.headers["Retry-After"] = "5"
    return response


def on_http_error(error: HTTPException) -> Response:
    """Flask said no, or something broke; what broke is logged by Flask, not shown."""
    status = error.code or 500
    response = error_response(status, *MESSAGES.get(status, MESSAGES[500 if status >= 500 else 400]))
    for name, value in error.get_headers(request.environ):
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def error_response(status: int, message: str, remedy: str) -> Response:
    """An error as HTML, or as JSON for the page's own script."""
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return make_response(jsonify(message=f"{message} {remedy}".strip()), status)
    page = ErrorPage(
        status=status,
        heading=HEADINGS.get(status, HEADINGS[400]),
        message=message,
        remedy=remedy,
        back_url="/",  # not url_for: for a strange host there is nothing to build addresses from
        back_label=_("Go to my learning"),
    )
    # After a fault of ours even asking who is here may fail, so the page does without.
    if status >= 500 or request.endpoint == "public.need_to_talk":
        return make_response(render_for_visitor("errors/error.html", page), status)
    shown = render if is_signed_in() else render_for_visitor
    return make_response(shown("errors/error.html", page), status)
