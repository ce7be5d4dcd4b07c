"""Schemathesis finds nothing in the door, and finds what is planted in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, jsonify

from tests.api.calling import AUTUMN, add_sitters, make_trainer, new_token
from tests.api.probing import probe
from tests.cast import Cast
from tests.conftest import HAS_TIME
from tests.samples import AT
from tests.security.world import learn_something
from trainer.accounts.actor import Scope
from trainer.api import gate
from trainer.api.catalogue import OPERATIONS
from trainer.extensions import writing
from trainer.reporting.weekly import freeze_due_figures

EXAMPLES = 300 if HAS_TIME else 12
Planter = Callable[[Flask, pytest.MonkeyPatch], None]


@pytest.fixture
def token(app: Flask, cast: Cast) -> str:
    """Everything, made by a manager who is a trainer of the autumn cohort, where people have learned something."""
    make_trainer(app, cast, cast.manager)
    with app.app_context(), writing() as session:
        learn_something(session, cast)
        freeze_due_figures(session, threshold=5, at=AT)
    return new_token(app, cast.manager, cast.ours.slug, lasts=timedelta(days=365))


@pytest.mark.any_database
def test_nothing_is_found(app: Flask, cast: Cast, token: str) -> None:
    with app.app_context(), writing() as session:
        add_sitters(session, cast, 12)
    found = probe(app, token, examples=EXAMPLES)
    assert found.faults == []
    for one in OPERATIONS:
        label = f"{one.method} /api/v1{one.path}"
        good = sum(count for (name, status), count in found.answers.items() if name == label and status < 300)
        # The document is read to begin with, and not tried itself.
        assert good or one.name == "openapi", f"{label} was never answered"
    refused = {status for _, status in found.answers}
    assert refused >= {200, 204, 401, 404, 405, 415, 422}
    assert found.requests > 300


def a_failure_for_some_input(app: Flask, patch: pytest.MonkeyPatch) -> None:
    """A large batch breaks."""
    serve = app.view_functions["api.roster"]

    def broken(**path: Any) -> Any:
        if gate.request.args.get("limit") == "500":
            raise ZeroDivisionError
        return serve(**path)

    patch.setitem(app.view_functions, "api.roster", broken)


def an_open_door(app: Flask, patch: pytest.MonkeyPatch) -> None:
    """Whoever has no token is taken for whoever has one."""
    known: list[gate.TokenOf] = []
    presented = gate._presented

    def careless() -> gate.TokenOf:
        try:
            known.append(presented())
        except gate.Refused:
            if not known:
                raise
        return known[-1]

    patch.setattr(gate, "_presented", careless)


def an_answer_that_the_document_does_not_know(app: Flask, patch: pytest.MonkeyPatch) -> None:
    """A number where a text is promised."""
    patch.setitem(app.view_functions, "api.roster", lambda **_: jsonify(items=[{"enrolment": "one"}], next=None))


def a_filter_that_is_ignored(app: Flask, patch: pytest.MonkeyPatch) -> None:
    """Any limit does."""
    serve = app.view_functions["api.roster"]

    def deaf(**path: Any) -> Any:
        gate.request.args = type(gate.request.args)()
        return serve(**path)

    patch.setitem(app.view_functions, "api.roster", deaf)


@pytest.mark.parametrize(
    ("plant", "check"),
    [
        (a_failure_for_some_input, "not_a_server_error"),
        (an_open_door, "ignored_auth"),
        (an_answer_that_the_document_does_not_know, "response_schema_conformance"),
        (a_filter_that_is_ignored, "negative_data_rejection"),
    ],
)
def test_what_is_planted_is_found(
    app: Flask, token: str, monkeypatch: pytest.MonkeyPatch, plant: Planter, check: str
) -> None:
    plant(app, monkeypatch)
    found = probe(app, token, examples=5, only="roster")
    assert any(fault.startswith((check, "NonFatalError: ZeroDivisionError")) for fault in found.faults), found.faults


def test_the_probe_has_every_right_that_it_needs(app: Flask, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    client = app.test_client()
    assert client.get(f"{AUTUMN}/completions", headers=headers).status_code == 200
    assert {one.scope for one in OPERATIONS} - {None} == set(Scope)
