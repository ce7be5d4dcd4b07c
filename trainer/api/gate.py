"""Default deny for other systems: a token in the header Authorization opens what its scopes name, nothing else does.

A session cookie is never looked at here. A token that arrives in an address or in a form is ended at once, because
addresses stand in logs and histories.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import cast
from urllib.parse import unquote_plus

from flask import Flask, g, request
from werkzeug.exceptions import SecurityError
from werkzeug.wrappers import Response

from trainer.accounts.actor import Actor, Scope
from trainer.accounts.api_tokens import PATTERN, end_exposed_token, note_use
from trainer.accounts.queries import OrganisationOf
from trainer.accounts.throttle import API_PER_TOKEN, Counted, count_tries
from trainer.accounts.token_queries import Standing, TokenOf, find_token
from trainer.api.errors import MOST_BYTES, Refused, api_error
from trainer.api.operations import Operation
from trainer.clock import local_date, now
from trainer.errors import NotFound
from trainer.extensions import reading, writing

API = "/api/"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
SECRET_NAMES = frozenset({"access_token", "api_key", "apikey", "auth", "authorization", "bearer", "key", "token"})
BEARER = re.compile(r"(?i:bearer) +([A-Za-z0-9._~+/=-]{1,200})")
HOW = "Send the header “Authorization: Bearer …” with a token that a manager of your organisation has made."
NOT_VALID = {
    Standing.EXPIRED: ("token_expired", "This token has expired."),
    Standing.ENDED: ("token_ended", "This token was ended."),
    Standing.STOPPED: ("token_stopped", "This token stopped: whoever made it is no longer a manager there."),
}


@dataclass(frozen=True, slots=True)
class Caller:
    """The system that asks, and as whom."""

    actor: Actor
    organisation: OrganisationOf


def install_api_gate(app: Flask, operations: Mapping[str, Operation]) -> None:
    """Check every request under /api/ before its view, and tell with each answer how many more may come.

    An endpoint there that is not one of the operations is refused, whoever asks.
    """

    @app.before_request
    def check() -> None:
        if not request.path.startswith(API):
            return
        if isinstance(request.routing_exception, SecurityError):
            raise request.routing_exception  # a host name that is not ours
        if "\0" in request.path:
            raise NotFound()
        request.max_content_length = MOST_BYTES
        refuse_exposed_tokens()
        if request.endpoint is None or request.method == "OPTIONS":
            return  # 404, 405 or a list of methods: nothing that the document does not tell
        operation = operations.get(request.endpoint)
        if operation is None:
            raise NotFound()
        if not operation.is_public:
            g.api_caller = authenticate(operation.scope)

    @app.after_request
    def tell_pace(response: Response) -> Response:
        counted: Counted | None = g.get("api_counted")
        if counted is not None:
            response.headers.update(pace_headers(counted))
        return response

    app.register_error_handler(Refused, api_error)


def caller() -> Caller:
    """Who asks. The gate has made sure that somebody does."""
    return cast(Caller, g.api_caller)


def request_time() -> datetime:
    """The instant of this request, read once."""
    if "api_time" not in g:
        g.api_time = now()
    return cast(datetime, g.api_time)


def authenticate(scope: Scope | None) -> Caller:
    """Find the token, count the request, then ask for the scope. Raises Refused with 401, 429 or 403."""
    found = _presented()
    at = request_time()
    with writing() as db:
        g.api_counted = counted = count_tries(db, API_PER_TOKEN, str(found.token_id), at=at)
        if found.last_used_on != local_date(at):
            note_use(db, token_id=found.token_id, on=local_date(at))
    if counted.count > API_PER_TOKEN.count:
        wait = str(_seconds_left(counted))
        raise Refused(
            429,
            f"More than {API_PER_TOKEN.count} requests came with this token in a minute.",
            f"Nothing was done. Send it again in {wait} seconds.",
            headers={"Retry-After": wait},
        )
    if scope is not None and scope not in found.scopes:
        raise Refused(
            403,
            f"This token may not do that: it lacks the scope {scope}.",
            "Ask a manager of your organisation for a token with that scope.",
            code="scope_missing",
        )
    return Caller(found.actor, found.organisation)


def _presented() -> TokenOf:
    given = request.headers.get("Authorization")
    if given is None:
        raise _unauthorised("token_missing", "This address needs a token.")
    match = BEARER.fullmatch(given.strip())  # several headers arrive as one, with a comma: no token has one
    if match is None:
        raise _unauthorised("token_unreadable", "The header Authorization holds no bearer token.")
    with reading() as db:
        found = find_token(db, match[1], at=request_time())
    if found is None:
        raise _unauthorised("token_unknown", "There is no such token.")
    if found.standing in NOT_VALID:
        raise _unauthorised(*NOT_VALID[found.standing])
    return found


def _unauthorised(code: str, message: str) -> Refused:
    challenge = 'Bearer realm="api"' + ("" if code == "token_missing" else ', error="invalid_token"')
    return Refused(401, message, HOW, code=code, headers={"WWW-Authenticate": challenge})


def refuse_exposed_tokens() -> None:
    """Raises Refused if a token, or what is called one, was sent in the address or in a form; a real one ends."""
    exposed = sorted({token for text in _places() for token in PATTERN.findall(text)})
    named = SECRET_NAMES.intersection(name.lower() for name in (*request.args, *_form_names()))
    if not exposed and not named:
        return
    ended = sum(_end(token) for token in exposed)
    what_now = "Ask a manager for a new one, and send it" if ended else "Send it"
    raise Refused(
        400,
        "A token belongs in the header Authorization, never in an address or a form, where others can read it."
        + (" The one that was sent is ended and opens nothing any longer." if ended else ""),
        f"{what_now} as “Authorization: Bearer …”.",
        code="token_exposed",
    )


def _end(token: str) -> bool:
    with reading() as db:
        if find_token(db, token, at=request_time()) is None:
            return False  # so that invented ones cost no write
    with writing() as db:
        return end_exposed_token(db, token=token, at=request_time())


def _places() -> Iterator[str]:
    yield request.path
    yield unquote_plus(request.query_string.decode("latin-1"))
    if request.mimetype in FORMS:
        for name, values in request.form.lists():
            yield from (name, *values)


def _form_names() -> tuple[str, ...]:
    return tuple(request.form) if request.mimetype in FORMS else ()


def pace_headers(counted: Counted) -> dict[str, str]:
    """How many requests may come in a minute, how many are left, and in how many seconds that begins again."""
    return {
        "RateLimit-Limit": str(API_PER_TOKEN.count),
        "RateLimit-Remaining": str(max(0, API_PER_TOKEN.count - counted.count)),
        "RateLimit-Reset": str(_seconds_left(counted)),
    }


def _seconds_left(counted: Counted) -> int:
    return max(1, ceil((counted.since + API_PER_TOKEN.window - request_time()).total_seconds()))
