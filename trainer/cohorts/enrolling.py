"""Enrolling a list that came without a file: looked at and applied in one step, all of it or nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.locks import lock_organisation
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.batches import enrolment_ids
from trainer.cohorts.listed import invite_listed
from trainer.cohorts.queries import CohortOf
from trainer.cohorts.roster.applying import apply_roster
from trainer.cohorts.roster.planning import Fate, Plan, plan_roster
from trainer.cohorts.roster.problems import Note, Problem
from trainer.cohorts.roster.reading import read_people

Listed = tuple[str, str | None, str | None]  # name, address, staff id


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happens to one person; ``line`` counts from 0. The enrolment is None while there is none."""

    line: int
    fate: Fate
    enrolment_id: int | None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What was done, or would be. With problems nothing was; ``letter_count`` letters wait to be sent."""

    cohort: CohortOf
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    counts: Mapping[Fate, int]
    letter_count: int


def enrol_people(
    session: Session,
    *,
    actor: Actor,
    organisation: str,
    cohort: str,
    people: Sequence[Listed],
    is_dry: bool,
    at: datetime,
) -> Enrolled:
    """Enrol everybody or nobody; the same list again changes nothing. With ``is_dry`` only look.

    Raises Conflict if the same people were added at the same moment.
    """
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    if not is_dry:
        # Whoever sends the same list at the same moment waits, and then finds that nothing is left to do.
        lock_organisation(session, target.organisation_id)
    roster = read_people(people)
    plan = plan_roster(session, target, roster)
    if is_dry or plan.problems or not plan.changes:
        return _told(session, target, plan, plan, 0)
    done = apply_roster(
        session, actor=actor, organisation=organisation, cohort=cohort, roster=roster, digest=plan.digest, at=at
    )
    letters = invite_listed(session, actor=actor, cohort=target, done=done, at=at)
    # Planned again, so that the people who were made a moment ago are found by their numbers.
    return _told(session, target, done.plan, plan_roster(session, target, roster), letters)


def _told(session: Session, cohort: CohortOf, plan: Plan, now: Plan, letter_count: int) -> Enrolled:
    people = {line.person.line: line.person_id for line in now.lines if line.person_id is not None}
    numbers = enrolment_ids(session, cohort.id, people.values())
    outcomes = tuple(
        Outcome(line.person.line, line.fate, numbers.get(people.get(line.person.line, 0))) for line in plan.lines
    )
    return Enrolled(cohort, outcomes, plan.problems, plan.notes, plan.counts, letter_count)
