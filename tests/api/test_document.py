"""The OpenAPI document: whole, valid, and about what is really served."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient

from trainer.accounts.actor import Scope
from trainer.api.catalogue import OPERATIONS


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    """As anybody may read it."""
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    found = response.json
    assert isinstance(found, dict)
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path, method, operation) of everything in the document."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_is_valid(app: Flask, document: dict[str, Any]) -> None:
    schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app).validate()
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


def test_it_names_what_is_served_and_nothing_else(app: Flask, document: dict[str, Any]) -> None:
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(path, method) for path, method, _ in operations(document)} == served
    assert len(served) == len(OPERATIONS)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    referred = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert referred <= set(document["components"]["schemas"])
    assert {"ErrorAnswer", "EnrolRequest", "RosterList"} <= referred


def test_every_operation_explains_itself(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))
    for path, _, operation in operations(document):
        assert operation["summary"]
        assert operation["description"].endswith(".")
        asked = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "path"}
        assert asked == set(re.findall(r"\{(\w+)\}", path))
        assert all(one["description"] for one in operation.get("parameters", ()))
        for status, answer in operation["responses"].items():
            assert answer["description"], status
            if int(status) >= 400:
                schema = answer["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/ErrorAnswer"}


def test_it_says_which_scope_each_needs(document: dict[str, Any]) -> None:
    needed = {operation["operationId"]: operation["security"] for _, _, operation in operations(document)}
    assert needed.pop("look") == needed.pop("openapi") == []
    assert needed["roster"] == [{"token": ["rosters:read"]}]
    assert needed["cohorts"] == [{"token": []}]
    told = document["components"]["securitySchemes"]["token"]["description"]
    assert all(f"`{scope}`" in told for scope in Scope)


def test_the_limits_in_it_are_those_that_hold(document: dict[str, Any]) -> None:
    people = document["components"]["schemas"]["EnrolRequest"]["properties"]["people"]
    assert (people["minItems"], people["maxItems"]) == (1, 1_000)
    (limit,) = (
        one for one in document["paths"]["/api/v1/organisations/{organisation}/cohorts"]["get"]["parameters"]
        if one["name"] == "limit"
    )  # fmt: skip
    assert limit["schema"] == {"type": "integer", "minimum": 1, "maximum": 500, "default": 100}
