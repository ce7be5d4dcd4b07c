"""Default deny: every endpoint that is not on the short public list needs a signed-in person."""

from __future__ import annotations

from flask import Flask, redirect, request, url_for
from werkzeug.exceptions import SecurityError
from werkzeug.wrappers import Response

from trainer.cohorts.roster.problems import MOST_BYTES
from trainer.errors import DomainError, NotFound
from trainer.web.identity import is_signed_in
from trainer.wording import said

PUBLIC_ENDPOINTS = frozenset(
    {
        "public.healthz",
        "public.need_to_talk",
        "public.asset",
        "language_choice.choose",
        "about.page",
        "about.sources",
        "account.sign_in",
        "account.look_around",
        "account.forgotten_password",
        "account.reset_password",
        "invitations.accept",
        "join.code",
        "join.letter",
        "letter_choices.stop",
        "ward.sign_in",
        "ward.start",
        "gallery.gallery",
        "lens.look",
        "lens.look_at",
        "lens.words",
        "lens.guide",
        "lens.entry",
    }
)


# Where files are uploaded a request may be larger than a form; the form around the file takes a little more.
LARGER = {"rosters.upload": MOST_BYTES + 20_000}


# Other systems come in by a door of their own, which has its own gate and looks at no cookie.
OTHER_DOOR = "/api/"


class Unreadable(DomainError):
    """The request holds what no text can hold."""


def allow_larger_files(app: Flask) -> None:
    """Set the size a request may have before anything, the check of its token included, reads it."""

    @app.before_request
    def set_size() -> None:
        if request.endpoint in LARGER:
            request.max_content_length = LARGER[request.endpoint]


def install_gate(app: Flask) -> None:
    """Check every request before its view; unknown addresses ask for sign-in like any other."""

    @app.before_request
    def require_sign_in() -> Response | None:
        if is_other_door():
            return None
        if isinstance(request.routing_exception, SecurityError):
            raise request.routing_exception  # a host name that is not ours
        refuse_nul()
        if request.endpoint in PUBLIC_ENDPOINTS or is_signed_in():
            return None
        return redirect(url_for("account.sign_in", next=wanted_path()))


def is_other_door() -> bool:
    """True for a request that is none of this door's."""
    return request.path.startswith(OTHER_DOOR)


def refuse_nul() -> None:
    """No database stores the character NUL, and nobody types it. Raises NotFound or Unreadable."""
    if "\0" in request.path:
        raise NotFound()
    for values in (request.args, request.form):
        if any("\0" in text for name, texts in values.lists() for text in (name, *texts)):
            raise Unreadable(
                said("What was sent holds a character that cannot be kept."),
                said("Nothing was changed. Go back, type the text instead of pasting it, and send it again."),
            )


def wanted_path() -> str | None:
    """Where to go after sign-in; only for pages that can be opened by following a link."""
    if request.method != "GET" or request.path == "/":
        return None
    return request.full_path.rstrip("?")


def safe_next(target: str | None) -> str | None:
    """A path of this site, or None: never another host, whatever its disguise."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(ord(character) < 32 for character in target) or "\\" in target:
        return None
    return target
