"""``POST /api/v1/lens``: the language lens as JSON, for anybody; and the document that describes it."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, current_app, jsonify, request
from flask.blueprints import BlueprintSetupState
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from trainer.clock import now
from trainer.extensions import csrf
from trainer.language.findings import Finding
from trainer.language.matcher import Lens
from trainer.language.pace import LOOKS_A_MINUTE, Pace
from trainer.language.readers import MOST_PASTED, text_document

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
IN_PARTS = f"Send it in parts of at most {MOST_PASTED:,} characters. Nothing of it was kept."
WHAT_TO_SEND = "See /api/v1/openapi.json for what may be sent."


@blueprint.record_once
def share_pace(state: BlueprintSetupState) -> None:
    """The page and the JSON door count together."""
    state.app.extensions.setdefault("lens_pace", Pace())


class LookRequest(BaseModel):
    """What is sent; anything else is refused."""

    model_config = ConfigDict(strict=True, extra="forbid")

    text: str = Field(min_length=1, max_length=MOST_PASTED, description="The text to look at.")
    own_words: list[str] = Field(default_factory=list, max_length=200, description="Words the person chose themself.")
    format: str = Field("text", pattern="^(text|markdown)$", description="In Markdown, quotes and code are left out.")


class FindingAnswer(BaseModel):
    """One place to look at again. Offsets count characters from 0, line and column from 1."""

    start: int
    end: int
    line: int
    column: int
    text: str
    entry: str
    severity: str
    why: str
    alternatives: list[str]
    fine_when: str


class LookAnswer(BaseModel):
    """Advice between colleagues: no score, and nothing is kept."""

    lexicon_version: int
    findings: list[FindingAnswer]


class Problem(BaseModel):
    """The one shape of every error."""

    message: str
    remedy: str


@blueprint.post("/lens")
@csrf.exempt  # type: ignore[untyped-decorator]
def look() -> Response:
    """Look at a text. It changes nothing, so it needs neither token nor account."""
    lens = cast(Lens, current_app.extensions["lens"])
    wait = cast(Pace, current_app.extensions["lens_pace"]).wait(request.remote_addr or "", at=now())
    if wait:
        response = refused(f"More than {LOOKS_A_MINUTE} looks came from your network in a minute.", 429, _later(wait))
        response.headers["Retry-After"] = str(wait)
        return response
    try:
        wanted = LookRequest.model_validate_json(request.get_data())
    except ValidationError as error:
        return refused(*_in_words(error))
    document = text_document(wanted.text, "markdown" if wanted.format == "markdown" else "text")
    found = document.look(lens, own_words=tuple(wanted.own_words)).findings
    answer = LookAnswer(lexicon_version=lens.lexicon.version, findings=[_finding(one) for one in found])
    return jsonify(answer.model_dump())


def _finding(finding: Finding) -> FindingAnswer:
    names = FindingAnswer.model_fields
    values: dict[str, Any] = {name: getattr(finding, name) for name in names}
    return FindingAnswer(**{**values, "alternatives": list(finding.alternatives)})


@blueprint.errorhandler(RequestEntityTooLarge)
def on_too_long(_error: RequestEntityTooLarge) -> Response:
    """Refused before it is read."""
    return refused("More was sent than is read here.", 413, IN_PARTS)


def refused(message: str, status: int = 422, remedy: str = WHAT_TO_SEND) -> Response:
    """Every error in the one shape."""
    response = jsonify(Problem(message=message, remedy=remedy).model_dump())
    response.status_code = status
    return response


def _later(wait: int) -> str:
    return f"Nothing was looked at or kept. Send it again in {wait} seconds."


def _in_words(error: ValidationError) -> tuple[str, int, str]:
    """The first mistake; never what was sent."""
    first = error.errors(include_input=False, include_url=False)[0]
    if first["type"] == "string_too_long" and first["loc"] == ("text",):
        return f"The text has more than {MOST_PASTED:,} characters.", 422, IN_PARTS
    place = ".".join(str(step) for step in first["loc"]) or "the request"
    return f"{place}: {first['msg']}.", 422, WHAT_TO_SEND


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI 3.1 document of this door."""
    schemas = {
        model.__name__: model.model_json_schema(ref_template="#/components/schemas/{model}")
        for model in (LookRequest, FindingAnswer, LookAnswer, Problem)
    }
    for schema in schemas.values():
        schema.pop("$defs", None)

    def content(name: str) -> dict[str, Any]:
        return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}

    operation = {
        "summary": "Look at a text with the language lens",
        "description": "Advice, never a score. The text is looked at and thrown away.",
        "requestBody": {"required": True, "content": content("LookRequest")},
        "responses": {
            "200": {"description": "What the lens points at", "content": content("LookAnswer")},
            "413": {"description": "More was sent than is read", "content": content("Problem")},
            "422": {"description": "The request cannot be read", "content": content("Problem")},
            "429": {
                "description": f"More than {LOOKS_A_MINUTE} looks from one address in a minute; see Retry-After",
                "content": content("Problem"),
            },
        },
    }
    return jsonify(
        {
            "openapi": "3.1.0",
            "info": {"title": "Alongside", "version": "1", "description": "The JSON door."},
            "paths": {"/api/v1/lens": {"post": operation}},
            "components": {"schemas": schemas},
        }
    )
