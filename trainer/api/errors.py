"""The one shape of every error under /api/, whoever noticed it: a rule, the door or Flask itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import jsonify, request
from pydantic import BaseModel, Field, ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from trainer.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Unavailable

STATUS = {NotFound: 404, NotAllowed: 403, Conflict: 409, Invalid: 422, Unavailable: 503}
CODES = {
    400: "bad_request",
    401: "token_missing",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    415: "not_json",
    422: "invalid",
    429: "too_many_requests",
    500: "internal",
    503: "unavailable",
}
MOST_BYTES = 1_000_000
MOST_TOLD = 20
SEND_LESS = "Send it in parts, or shorten it. Nothing of it was kept."
SEE_DOCUMENT = "See /api/v1/openapi.json for what there is and what may be sent."
MESSAGES = {
    400: ("The request could not be used.", SEE_DOCUMENT),
    404: ("There is nothing at this address.", SEE_DOCUMENT),
    405: ("This address does not take that method.", "Use one of those in the header Allow."),
    413: (
        "More was sent than is read here.",
        f"Send it in parts: a request has at most {MOST_BYTES:,} bytes, and a field what the document tells. "
        "Nothing of it was kept.",
    ),
    500: (
        "Something went wrong on our side. The time and the place are noted, not what you sent.",
        "Send it again later. If it happens twice, tell whoever runs this site.",
    ),
}


class ProblemAt(BaseModel):
    """One of several problems. ``field`` is a path into what was sent, counted from 0."""

    field: str = Field(examples=["people.2.email"])
    message: str
    remedy: str


class Problem(BaseModel):
    """What happened, what to do next, and a code that never changes, for programs."""

    code: str = Field(examples=["not_found"])
    message: str
    remedy: str
    field: str | None = Field(None, description="Where in the request, if it is about one place.")
    problems: list[ProblemAt] | None = Field(None, description="All of them, where there are several.")


class ErrorAnswer(BaseModel):
    """The one shape of every error."""

    error: Problem


class Refused(Exception):
    """The door says no. ``status`` and headers are HTTP's, the rest is told in the one shape."""

    def __init__(
        self,
        status: int,
        message: str,
        remedy: str = SEE_DOCUMENT,
        *,
        code: str | None = None,
        field: str | None = None,
        problems: Sequence[ProblemAt] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.problem = Problem(
            code=code or CODES[status], message=message, remedy=remedy, field=field, problems=list(problems) or None
        )
        self.headers = dict(headers or {})


def api_error(error: Exception) -> Response:
    """Any error as JSON. What nobody expected is logged by Flask and told in general words."""
    if isinstance(error, Refused):
        return _answer(error)
    if isinstance(error, DomainError):
        status = STATUS.get(type(error), 400)
        headers = {"Retry-After": "5"} if isinstance(error, Unavailable) else {}
        return _answer(Refused(status, str(error.message), str(error.remedy), headers=headers))
    status = (error.code or 500) if isinstance(error, HTTPException) else 500
    status = status if status in CODES else (500 if status >= 500 else 400)
    refused = Refused(status, *MESSAGES.get(status, MESSAGES[500 if status >= 500 else 400]))
    if isinstance(error, HTTPException):
        kept = ("Allow", "Retry-After")
        refused.headers = {name: value for name, value in error.get_headers(request.environ) if name in kept}
    return _answer(refused)


def mistaken(error: ValidationError, where: str) -> Refused:
    """What pydantic found, in words and in order; never what was sent."""
    found = [
        ProblemAt(
            field=".".join(str(step) for step in one["loc"]) or where,
            message=f"{one['msg']}.",
            remedy=SEND_LESS if one["type"] in ("string_too_long", "too_long") else SEE_DOCUMENT,
        )
        for one in error.errors(include_input=False, include_url=False)[:MOST_TOLD]
    ]
    first = found[0]
    several = found if len(found) > 1 else ()
    return Refused(422, f"{first.field}: {first.message}", first.remedy, field=first.field, problems=several)


def _answer(refused: Refused) -> Response:
    response = jsonify(ErrorAnswer(error=refused.problem).model_dump(exclude_none=True))
    response.status_code = refused.status
    response.headers.update(refused.headers)
    return response
