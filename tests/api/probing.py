"""Schemathesis over the whole door, in this process: the document is taken at its word and tried."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.transport.wsgi import WSGITransport

from tests.samples import AT

PLACE = {"path.organisation": "gannet-quay", "path.cohort": "autumn"}
# What a name or an address may be, no schema tells in full: a list that a rule refuses is no fault.
ALSO_REFUSED = ["2xx", "3xx", "401", "403", "404", "409", "422", "429", "5xx"]


@dataclass
class Findings:
    """What came of it: faults in words, and how often each operation answered with each status."""

    faults: list[str] = field(default_factory=list)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return sum(self.answers.values())


class RunningClock:
    """A second passes with every request, so that the pace of a token is kept to."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def probe(app: Flask, token: str, *, examples: int, only: str | None = None) -> Findings:
    """Try every operation, or one: examples, the edges of each schema, then at random; good and bad input."""
    config = SchemathesisConfig.from_dict(
        {
            "parameters": PLACE,
            "auth": {"openapi": {"token": {"bearer": token}}},
            "generation": {"max-examples": examples, "deterministic": True, "database": "none", "mode": "all"},
            "phases": {"stateful": {"enabled": False}},
            "operations": [
                {
                    "include-operation-id": "enrol",
                    "checks": {"positive_data_acceptance": {"expected-statuses": ALSO_REFUSED}},
                },
                *([{"exclude-operation-id": only, "enabled": False}] if only else []),
            ],
        }
    )
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=config)
    found = Findings()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGITransport, "send", sending_in_process)
        for name in ("gate", "lens"):
            patch.setattr(f"trainer.api.{name}.now", RunningClock())
        for event in from_schema(schema).execute():
            note(event, found)
    return found


_send = WSGITransport.send


def sending_in_process(self: Any, case: Any, **options: Any) -> Any:
    """As it was, without what only a network knows: its checks of sign-in pass that on, and the test client balks."""
    for name in ("max_redirects", "verify", "cert", "proxies"):
        options.pop(name, None)
    return _send(self, case, **options)


def note(event: Any, found: Findings) -> None:
    """Gather what an event of the engine tells; an error of the engine is a fault, too."""
    if isinstance(event, events.NonFatalError | events.FatalError):
        found.faults.append(f"{type(event).__name__}: {getattr(event, 'value', None) or event.exception!r}")
    if not isinstance(event, events.ScenarioFinished):
        return
    for interaction in event.recorder.interactions.values():
        if interaction.response is not None:
            found.answers[event.label or "", interaction.response.status_code] += 1
    for case_id, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                case = event.recorder.cases.get(case_id)
                shown = case.value.as_curl_command() if case else ""
                found.faults.append(f"{check.name}: {check.failure_info.failure.message}\n{shown}")
