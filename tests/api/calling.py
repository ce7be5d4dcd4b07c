"""Calling the JSON door as another system would: with a token and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.cast import Cast, Someone
from tests.factories import actor_of, add_learner, take_quiz
from tests.samples import AT, sample_module
from trainer.accounts.actor import Actor, Scope
from trainer.accounts.api_tokens import make_token
from trainer.cohorts.services import name_trainer
from trainer.extensions import writing

EVERY_SCOPE = tuple(Scope)
OURS = "/api/v1/organisations/gannet-quay"
AUTUMN = f"{OURS}/cohorts/autumn"
_numbers = count(1)


@dataclass(frozen=True)
class System:
    """Another system with its token; it keeps no cookies."""

    app: Flask
    token: str

    def ask(self, path: str, method: str = "GET", **options: Any) -> TestResponse:
        """One request; a failure of ours fails the test."""
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        response = self.app.test_client(use_cookies=False).open(path, method=method, headers=headers, **options)
        assert response.status_code < 500, response.text
        return response

    def read(self, path: str) -> Any:
        """The answer to a question that must be answered."""
        response = self.ask(path)
        assert response.status_code == 200, response.text
        return response.json


def problem_of(response: TestResponse) -> dict[str, Any]:
    """What an error says; its shape is the one of every error."""
    assert response.json is not None
    assert set(response.json) == {"error"}
    found: dict[str, Any] = response.json["error"]
    assert {"code", "message", "remedy"} <= set(found) <= {"code", "message", "remedy", "field", "problems"}
    assert found["code"]
    assert found["message"].endswith((".", "…", "?"))
    assert found["remedy"]
    return found


def add_crowd(session: Session, cast: Cast, more: int) -> None:
    """So many more learners in the autumn cohort."""
    for _ in range(more):
        add_learner(session, cast.ours.id, cast.autumn.id, next(_numbers))


def add_sitters(session: Session, cast: Cast, count: int) -> None:
    """So many learners of the autumn cohort who have taken the quiz of S3: enough of them, and figures are shown."""
    for _ in range(count):
        number = next(_numbers)
        person_id = add_learner(session, cast.ours.id, cast.autumn.id, number)
        take_quiz(session, Actor(person_id, f"Learner {number:04}", ""), sample_module("quiz-only"))


def new_token(
    app: Flask,
    person: Someone,
    organisation: str,
    scopes: Collection[Scope] = EVERY_SCOPE,
    *,
    name: str = "HR system",
    lasts: timedelta = timedelta(days=30),
    at: datetime = AT,
) -> str:
    """A token that somebody has made."""
    with app.app_context(), writing() as session:
        actor = actor_of(session, person)
        made = make_token(session, actor=actor, organisation=organisation, name=name, scopes=scopes, lasts=lasts, at=at)
    return made.token


def make_trainer(app: Flask, cast: Cast, person: Someone) -> None:
    """Somebody becomes a trainer of the autumn cohort."""
    with app.app_context(), writing() as session:
        name_trainer(session, cohort_id=cast.autumn.id, organisation_id=cast.ours.id, person_id=person.id)
