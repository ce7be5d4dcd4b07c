"""What the door offers, as data: the addresses, the gate and the document are all made from the same list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from flask import Response, jsonify, request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from werkzeug.wrappers import Response as BaseResponse

from trainer.accounts.actor import Scope
from trainer.api.errors import Refused, mistaken

PREFIX = "/api/v1"
MOST_A_BATCH, USUAL_BATCH = 500, 100
LARGEST = 2_147_483_647  # no table numbers its rows higher
Asked = TypeVar("Asked", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with one method. Without ``scope`` any token opens it; only a public one needs none at all."""

    name: str
    method: Literal["GET", "POST", "DELETE"]
    path: str  # below the prefix, with {parameters}
    view: Callable[..., BaseModel | BaseResponse | None]
    summary: str
    description: str
    answer: type[BaseModel] | None = None  # None: 204, nothing to tell
    scope: Scope | None = None
    is_public: bool = False
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    may_refuse: tuple[int, ...] = ()

    @property
    def rule(self) -> str:
        """The address as Flask writes it; numbers are named after what they number."""
        return re.sub(r"\{(\w+)\}", lambda found: _CONVERTED.get(found[1], f"<{found[1]}>"), PREFIX + self.path)

    def serve(self, **path: Any) -> BaseResponse:
        """Read what was asked, do it, and answer. Raises Refused for what cannot be read."""
        asked: dict[str, BaseModel] = {}
        if self.query is not None:
            asked["query"] = read_query(self.query)
        elif request.args:
            raise unknown_parameter(next(iter(request.args)))
        if self.body is not None:
            asked["body"] = read_body(self.body)
        found = self.view(**path, **asked)
        return found if isinstance(found, BaseResponse) else answer_with(found)


_CONVERTED = {"enrolment": "<int:enrolment>"}


def _whole_number(value: object) -> object:
    """Digits alone are a number: no sign, no point, no spaces."""
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value) else value


class NoQuery(BaseModel):
    """Nothing may be asked beside the address."""

    model_config = ConfigDict(strict=True, extra="forbid")


class BatchQuery(NoQuery):
    """How many at once, and where to read on."""

    limit: Annotated[int, BeforeValidator(_whole_number)] = Field(
        USUAL_BATCH, ge=1, le=MOST_A_BATCH, description="How many at the most."
    )
    cursor: str = Field("0", pattern=r"^[0-9]{1,10}$", description="Where to read on; take the address in `next`.")

    @property
    def after_id(self) -> int:
        """The number after which to read on."""
        return min(int(self.cursor), LARGEST)


def read_query(model: type[Asked]) -> Asked:
    """What stands behind the question mark. Raises Refused for what is unknown, doubled or no such value."""
    given: dict[str, str] = {}
    for name, values in request.args.lists():
        if name not in model.model_fields:
            raise unknown_parameter(name)
        if len(values) > 1:
            raise Refused(422, f"{name}: Given more than once.", "Give it once.", field=name)
        given[name] = values[0]
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise mistaken(error, "query") from None


def unknown_parameter(name: str) -> Refused:
    """Refused rather than ignored: a misspelt filter would silently give everything."""
    shown = name[:40]
    return Refused(422, f"There is no parameter “{shown}” here.", "Leave it out, or correct its name.", field=shown)


def read_body(model: type[Asked]) -> Asked:
    """The JSON that was sent. Raises Refused for another content type and for what does not fit."""
    if request.mimetype != "application/json":
        raise Refused(415, "What was sent is not declared as JSON.", "Send it with Content-Type: application/json.")
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        raise mistaken(error, "body") from None


def answer_with(found: BaseModel | None) -> BaseResponse:
    """The answer; a repeated GET costs nothing but the question (If-None-Match)."""
    if found is None:
        return Response(status=204)
    response = jsonify(found.model_dump(mode="json"))
    if request.method in ("GET", "HEAD"):
        response.add_etag()
        response.make_conditional(request)
    return response
