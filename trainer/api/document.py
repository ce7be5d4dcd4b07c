"""The OpenAPI 3.1 document, made from the operations and the models that really read and answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from trainer.accounts.actor import Scope
from trainer.accounts.throttle import API_PER_TOKEN
from trainer.api.errors import ErrorAnswer
from trainer.api.operations import LARGEST, Operation

REFERENCE = "#/components/schemas/{model}"
ABOUT = f"""The JSON door of a training platform, for systems of an organisation.

A manager makes a token on the page “Tokens for other systems”. It is sent in the header `Authorization: Bearer …` and
nowhere else: a token in an address or a form is ended at once. It opens what its scopes name, in one organisation, and
never more than whoever made it could open; when they are no longer a manager there, it stops.

Lists come in batches: follow `next` until it is null. At most {API_PER_TOKEN.count} requests a minute; see the headers
`RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`. Instants are in UTC. Every error has one shape."""
SCOPES = {
    Scope.REPORTS_READ: "figures without names",
    Scope.ROSTERS_READ: "the people of each cohort",
    Scope.COMPLETIONS_READ: "who completed what, in cohorts that the maker of the token is a trainer of",
    Scope.ENROLMENTS_WRITE: "enrol and withdraw people",
}
PARAMETERS = {
    "organisation": ("The organisation, as `/organisations` names it.", {"type": "string", "pattern": "^[^/]+$"}),
    "cohort": ("The cohort, as the list of cohorts names it.", {"type": "string", "pattern": "^[^/]+$"}),
    "enrolment": ("The number of the enrolment.", {"type": "integer", "minimum": 0, "maximum": LARGEST}),
}
REFUSALS = {
    400: "A token was sent in the address or a form, or the request cannot be used",
    401: "No token, or one that opens nothing",
    403: "The token lacks the scope, or its maker may not do this",
    404: "There is no such thing in the organisation of the token",
    409: "It does not fit what was recorded a moment ago",
    413: "More was sent than is read",
    415: "The content type is not JSON",
    422: "What was asked or sent cannot be read or used",
    429: "Too many requests; see Retry-After",
    503: "Nothing can be read or saved at the moment; see Retry-After",
}
A_NUMBER = {"schema": {"type": "string", "pattern": "^[0-9]+$"}}
PACE = {
    "RateLimit-Limit": {"description": "Requests a minute", "required": True, **A_NUMBER},
    "RateLimit-Remaining": {"description": "How many of them are left", "required": True, **A_NUMBER},
    "RateLimit-Reset": {"description": "In how many seconds that begins again", "required": True, **A_NUMBER},
}


def describe(operations: Iterable[Operation]) -> dict[str, Any]:
    """The document of these operations."""
    offered = tuple(operations)
    models = {model for one in offered for model in (one.answer, one.body) if model is not None} | {ErrorAnswer}
    in_order = sorted(models, key=lambda model: model.__name__)
    _names, schemas = models_json_schema([(model, _mode(model, offered)) for model in in_order], ref_template=REFERENCE)
    paths: dict[str, dict[str, Any]] = {}
    for one in offered:
        paths.setdefault(f"/api/v1{one.path}", {})[one.method.lower()] = _operation(one)
    scheme = {
        "type": "http",
        "scheme": "bearer",
        "description": "Scopes: " + "; ".join(f"`{scope}`: {words}" for scope, words in SCOPES.items()) + ".",
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Alongside", "version": "1", "description": ABOUT},
        "paths": paths,
        "components": {"schemas": schemas["$defs"], "securitySchemes": {"token": scheme}},
    }


def _mode(model: type[BaseModel], operations: Iterable[Operation]) -> Any:
    """A value with a default may be left out of what is sent, and is always in what is answered."""
    is_sent = any(one.body is model for one in operations)
    return "validation" if is_sent or model is ErrorAnswer else "serialization"


def _operation(one: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "description": f"{one.description} Scope: `{one.scope}`." if one.scope else one.description,
        "responses": dict(sorted({**_success(one), **_refusals(one)}.items())),
        "security": [] if one.is_public else [{"token": [str(one.scope)] if one.scope else []}],
    }
    if parameters := [*_path_parameters(one), *_query_parameters(one)]:
        found["parameters"] = parameters
    if one.body is not None:
        found["requestBody"] = {"required": True, "content": _content(one.body)}
    return found


def _content(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": REFERENCE.format(model=model.__name__)}}}


def _success(one: Operation) -> dict[str, Any]:
    headers: dict[str, Any] = {} if one.is_public else dict(PACE)
    if one.answer is None and not one.is_public:
        return {"204": {"description": "Done; there is nothing to tell", "headers": headers}}
    if one.method == "GET" and not one.is_public:
        headers["ETag"] = {"description": "Send it as If-None-Match", "required": True, "schema": {"type": "string"}}
    content = _content(one.answer) if one.answer else {"application/json": {"schema": {"type": "object"}}}
    found: dict[str, Any] = {"200": {"description": _first_line(one.answer) or one.summary, "content": content}}
    if headers:
        found["200"]["headers"] = headers
    if "ETag" in headers:
        found["304"] = {"description": "Nothing has changed since the ETag that was sent", "headers": dict(PACE)}
    return found


def _first_line(model: type[BaseModel] | None) -> str:
    return ((model.__doc__ if model else "") or "").partition("\n")[0]


def _refusals(one: Operation) -> dict[str, Any]:
    always = (400, 422, 503) if one.is_public else (400, 401, 403, 422, 429, 503)
    found: dict[str, Any] = {}
    for status in sorted({*always, *one.may_refuse}):
        found[str(status)] = {"description": REFUSALS[status], "content": _content(ErrorAnswer)}
        if status in (429, 503):
            found[str(status)]["headers"] = {"Retry-After": {"description": "Seconds", "required": True, **A_NUMBER}}
    return found


def _path_parameters(one: Operation) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"\{(\w+)\}", one.path):
        description, schema = PARAMETERS[name]
        yield {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


def _query_parameters(one: Operation) -> Iterator[dict[str, Any]]:
    described = one.query.model_json_schema() if one.query else {}
    for name, schema in described.get("properties", {}).items():
        kept = {key: value for key, value in schema.items() if key not in ("title", "description")}
        yield {
            "name": name,
            "in": "query",
            "required": name in described.get("required", []),
            "description": schema.get("description", ""),
            "schema": kept,
        }
