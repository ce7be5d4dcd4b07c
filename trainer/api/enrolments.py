"""Changing who studies what: enrol a list, all of it or nobody, and withdraw one."""

from __future__ import annotations

from typing import Literal

from flask import current_app
from pydantic import BaseModel, ConfigDict, Field

from trainer.api.errors import ProblemAt, Refused
from trainer.api.gate import caller, request_time
from trainer.cohorts.enrolling import Enrolled, enrol_people
from trainer.cohorts.roster.planning import Fate
from trainer.cohorts.roster.problems import Problem
from trainer.cohorts.roster.reading import MOST_EMAIL, MOST_NAME, MOST_STAFF_ID
from trainer.cohorts.services import withdraw_enrolment
from trainer.exercise.services import forget_who_left
from trainer.extensions import reading, writing

MOST_PEOPLE = 1_000


class PersonToEnrol(BaseModel):
    """Somebody to enrol, with an e-mail address or a staff id, or both."""

    model_config = ConfigDict(strict=True, extra="forbid")

    name: str = Field(min_length=1, max_length=MOST_NAME, examples=["Áine Ní Bhriain"])
    email: str | None = Field(None, max_length=MOST_EMAIL, examples=["aine.nibhriain@example.ie"])
    staff_id: str | None = Field(None, max_length=MOST_STAFF_ID, examples=["10482"])


class EnrolRequest(BaseModel):
    """Whom to enrol. With `dry_run` nothing is changed: the answer says what would happen."""

    model_config = ConfigDict(strict=True, extra="forbid")

    people: list[PersonToEnrol] = Field(min_length=1, max_length=MOST_PEOPLE)
    dry_run: bool = False


class OutcomeItem(BaseModel):
    """What happens to one person. `position` counts from 0 in the list that was sent."""

    position: int
    outcome: Literal["invite", "enrol", "restore", "unchanged"]
    enrolment: int | None = Field(description="The number of the enrolment; null while there is none.")


class NoteItem(BaseModel):
    """Something to know that stops nothing."""

    position: int
    message: str


class EnrolAnswer(BaseModel):
    """What was done, or with `dry_run` what would be. Somebody who stands in the list twice counts once."""

    dry_run: bool
    invited: int
    enrolled: int
    restored: int
    unchanged: int
    people: list[OutcomeItem]
    notes: list[NoteItem]


def enrol(organisation: str, cohort: str, body: EnrolRequest) -> EnrolAnswer:
    """Enrol everybody or nobody; the same list again changes nothing. Raises Refused with every problem."""
    people = [(one.name, one.email, one.staff_id) for one in body.people]
    with reading() if body.dry_run else writing() as db:
        done = enrol_people(
            db,
            actor=caller().actor,
            organisation=organisation,
            cohort=cohort,
            people=people,
            is_dry=body.dry_run,
            at=request_time(),
        )
    if done.problems:
        raise _unusable(done.problems)
    if done.letter_count:
        current_app.extensions["send_letters_later"](done.cohort.organisation_id, at=request_time())
    return _answer(done, is_dry=body.dry_run)


def withdraw(organisation: str, cohort: str, enrolment: int) -> None:
    """Withdraw one learner; again is no error. What they learned stays theirs."""
    with writing() as db:
        where = {"actor": caller().actor, "organisation": organisation, "cohort": cohort}
        target = withdraw_enrolment(db, **where, enrolment_id=enrolment, at=request_time())  # type: ignore[arg-type]
        forget_who_left(db, cohort_id=target.id)


def _answer(done: Enrolled, *, is_dry: bool) -> EnrolAnswer:
    return EnrolAnswer(
        dry_run=is_dry,
        invited=done.counts[Fate.INVITE],
        enrolled=done.counts[Fate.ENROL],
        restored=done.counts[Fate.RESTORE],
        unchanged=done.counts[Fate.UNCHANGED],
        people=[
            OutcomeItem(position=one.line, outcome=one.fate.value, enrolment=one.enrolment_id) for one in done.outcomes
        ],
        notes=[NoteItem(position=note.line, message=str(note.message)) for note in done.notes],
    )


def _unusable(problems: tuple[Problem, ...]) -> Refused:
    found = [
        ProblemAt(
            field=".".join(part for part in ("people", str(one.line), one.column) if part),
            message=str(one.message),
            remedy=str(one.remedy),
        )
        for one in problems
    ]
    first = found[0]
    return Refused(
        422,
        f"{first.field}: {first.message}" + (f" {len(found):,} problems in all." if len(found) > 1 else ""),
        f"{first.remedy} Nobody was enrolled; positions count from 0.",
        code="people_not_usable",
        field=first.field,
        problems=found,
    )
