"""Counting first attempts into a cohort's figures, in closed batches, and reading what was counted.

Whoever could compare the figures before and after one more learner would see that learner's answers. So all who wait
are counted at one time and for good, once there are as many as the threshold asks for and at most once a week; nobody
chooses the moment, it is the next time that somebody opens the report. An attempt is counted in one cohort only, so
that no second cohort of nearly the same people can be compared with it; and who leaves stays counted, without a name,
so that nobody can be subtracted by withdrawing them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from trainer.accounts.actor import Actor
from trainer.accounts.locks import lock_organisation
from trainer.accounts.models import Person
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.models import Enrolment
from trainer.learning.confidence import Confidence
from trainer.learning.models import Attempt, Response
from trainer.reporting.models import CountedAttempt
from trainer.reporting.parts import people_needed
from trainer.reporting.question_measures import Given, Sitting

BETWEEN_BATCHES = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Tally:
    """First attempts of a cohort at one revision of a module: counted, and waiting to be."""

    module_id: str
    revision: str
    counted: int
    waiting: int
    counted_at: datetime | None  # when the last batch was closed
    newest_at: datetime  # when the last of these attempts was submitted

    def is_due(self, *, threshold: int, at: datetime) -> bool:
        """True if a batch may be closed: enough wait, and the last one is a week old."""
        is_rested = self.counted_at is None or at - self.counted_at >= BETWEEN_BATCHES
        return is_rested and self.waiting >= people_needed(threshold)


def tallies_of(session: Session, cohort_id: int, module_ids: Sequence[str]) -> tuple[Tally, ...]:
    """By module and revision, the revision that was taken last first. Two statements."""
    order = (Attempt.module_id, Attempt.revision)
    counted = session.execute(
        select(*order, func.count(), func.max(CountedAttempt.counted_at), func.max(Attempt.submitted_at))
        .join(CountedAttempt, CountedAttempt.attempt_id == Attempt.id)
        .where(CountedAttempt.cohort_id == cohort_id, CountedAttempt.module_id.in_(module_ids))
        .group_by(*order)
    ).all()
    waits = _waiting(cohort_id, module_ids).subquery()
    waiting = session.execute(
        select(waits.c.module_id, waits.c.revision, func.count(), func.max(waits.c.submitted_at)).group_by(
            waits.c.module_id, waits.c.revision
        )
    ).all()
    found = {
        (module_id, revision): Tally(module_id, revision, count, 0, at, newest_at or at)
        for module_id, revision, count, at, newest_at in counted
    }
    for module_id, revision, count, newest_at in waiting:
        known = found.get((module_id, revision))
        done, at = (known.counted, known.counted_at) if known else (0, None)
        found[module_id, revision] = Tally(module_id, revision, done, count, at, newest_at)
    return tuple(sorted(found.values(), key=lambda one: (one.module_id, -one.newest_at.timestamp(), one.revision)))


def close_batches(
    session: Session,
    *,
    actor: Actor,
    organisation: str,
    cohort: str,
    module_ids: Sequence[str],
    threshold: int,
    at: datetime,
) -> int:
    """Close a batch of each of these modules' revisions that is due; returns how many attempts were counted.

    Two at once close one batch: the second finds nobody waiting.
    """
    found = cohort_for(session, actor, organisation, cohort, to=Permission.REPORT)
    lock_organisation(session, found.organisation_id)
    due = {
        (one.module_id, one.revision)
        for one in tallies_of(session, found.id, module_ids)
        if one.is_due(threshold=threshold, at=at)
    }
    if not due:
        return 0
    mine = (CountedAttempt.cohort_id == found.id, CountedAttempt.module_id.in_(module_ids))
    latest = select(CountedAttempt.module_id, func.max(CountedAttempt.batch).label("batch")).where(*mine)
    last = {row.module_id: row.batch for row in session.execute(latest.group_by(CountedAttempt.module_id))}
    rows = [row for row in session.execute(_waiting(found.id, module_ids)) if (row.module_id, row.revision) in due]
    session.add_all(
        CountedAttempt(
            attempt_id=row.id,
            cohort_id=found.id,
            module_id=row.module_id,
            batch=last.get(row.module_id, 0) + 1,
            counted_at=at,
            practice_role=row.practice_role,
        )
        for row in rows
    )
    session.flush()
    return len(rows)


def forget_roles_with(session: Session, person_id: int) -> None:
    """Somebody changed their role: nobody's stays with the batches that they are counted in.

    A figure by role that changed with one person would tell what that person answered, so it goes as a whole.
    """
    mine = aliased(CountedAttempt)
    same = (mine.cohort_id == CountedAttempt.cohort_id, mine.module_id == CountedAttempt.module_id)
    theirs = (
        exists()
        .where(*same, mine.batch == CountedAttempt.batch, Attempt.person_id == person_id)
        .where(Attempt.id == mine.attempt_id)
    )
    session.execute(
        update(CountedAttempt).where(theirs).values(practice_role=None).execution_options(synchronize_session=False)
    )


def counted_sittings(session: Session, cohort_id: int, module_id: str, revision: str) -> dict[int, Sitting]:
    """What was counted of a revision, by the id of the person; the answers that count. Two statements."""
    counted = (
        CountedAttempt.cohort_id == cohort_id,
        CountedAttempt.module_id == module_id,
        Attempt.revision == revision,
    )
    attempts = session.execute(
        select(Attempt.id, Attempt.person_id, Attempt.seed, CountedAttempt.batch)
        .join(CountedAttempt, CountedAttempt.attempt_id == Attempt.id)
        .where(*counted)
        .order_by(Attempt.id)
    ).all()
    answers: defaultdict[int, dict[str, Given]] = defaultdict(dict)
    for attempt_id, question_id, answer, confidence in session.execute(
        select(Response.attempt_id, Response.question_id, Response.answer, Response.confidence)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(CountedAttempt, CountedAttempt.attempt_id == Attempt.id)
        .where(*counted)
        .order_by(Response.attempt_id, Response.sequence)  # a later answer replaces the one before
    ):
        given = Given(tuple(json.loads(answer)), is_sure=confidence == Confidence.SURE)
        answers[attempt_id][question_id] = given
    return {row.person_id: Sitting(row.batch, row.seed, answers[row.id]) for row in attempts}


def _waiting(cohort_id: int, module_ids: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """First submitted attempts of active learners that are counted nowhere."""
    earlier = aliased(Attempt)
    is_not_first = exists().where(
        earlier.person_id == Attempt.person_id,
        earlier.module_id == Attempt.module_id,
        earlier.submitted_at.is_not(None),
        earlier.number < Attempt.number,
    )
    return (
        select(Attempt.id, Attempt.module_id, Attempt.revision, Attempt.submitted_at, Person.practice_role)
        .join(Enrolment, Enrolment.person_id == Attempt.person_id)
        .join(Person, Person.id == Attempt.person_id)
        .where(
            Enrolment.cohort_id == cohort_id,
            Enrolment.state == "active",
            Attempt.module_id.in_(module_ids),
            Attempt.submitted_at.is_not(None),
            ~is_not_first,
            ~exists().where(CountedAttempt.attempt_id == Attempt.id),
        )
        .order_by(Attempt.id)
    )
