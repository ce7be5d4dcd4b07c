"""Large synthetic data for benches, written in bulk.

``trainer learning recompute`` reproduces the module states exactly, because facts and states are
made from the same fold. What no report reads is left out: sections read and single answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from trainer.accounts.actor import Role
from trainer.accounts.models import Membership, Organisation, Person
from trainer.accounts.passwords import hash_password
from trainer.accounts.services import create_organisation, create_person, grant_membership
from trainer.clock import local_date
from trainer.cohorts.counting import settle_modules, settle_people
from trainer.cohorts.models import Assignment, Cohort, CohortTrainer, Enrolment
from trainer.courseware.catalogue import Catalogue
from trainer.db import has_row_locks, table_of
from trainer.demo.cast import DEMO_PASSWORD
from trainer.errors import Conflict
from trainer.learning.models import Attempt, Completion, ModuleRevision, ModuleState
from trainer.learning.progress import SubmittedScore, fold_standing

BATCH = 1000
COHORT_SIZE = 10_000
DONE_SHARE = 0.7
POSSIBLE = 800


@dataclass(frozen=True, slots=True)
class Size:
    """What to make: learners in all, spread evenly over the organisations."""

    learners: int
    organisations: int
    modules: int
    seed: int


@dataclass(frozen=True, slots=True)
class Made:
    """What was made."""

    learners: int
    cohorts: int
    standings: int


def make_synthetic(
    session: Session,
    size: Size,
    catalogue: Catalogue,
    *,
    at: datetime,
    on_progress: Callable[[int], None] = lambda count: None,
    on_cohort: Callable[[], None] = lambda: None,
) -> Made:
    """Add the organisations bench-1, bench-2, … Raises Conflict if they are there already.

    ``on_progress`` hears of every batch of learners. ``on_cohort`` is called after each cohort and may commit: a
    million learners in one transaction would fill the disk twice.
    """
    if session.scalar(select(Organisation.id).where(Organisation.slug == "bench-1")) is not None:
        raise Conflict(
            "This database holds synthetic data already.", "Use a fresh one: set DATABASE_URL to a new file."
        )
    ids = _module_ids(size.modules, catalogue)
    revisions = _store_revisions(session, ids, catalogue, at)
    hashed = hash_password(DEMO_PASSWORD)
    maker = _Maker(session, revisions, Random(size.seed), hashed, at, on_progress, on_cohort)  # noqa: S311 - a bench, not a secret
    made = Made(0, 0, 0)
    for number in range(1, size.organisations + 1):
        share = size.learners // size.organisations + (number <= size.learners % size.organisations)
        cohorts, standings = maker.make_organisation(number, share)
        made = Made(made.learners + share, made.cohorts + cohorts, made.standings + standings)
    if has_row_locks(session):
        session.execute(text("ANALYZE"))  # or PostgreSQL would plan badly for the next minute
    return made


def _module_ids(count: int, catalogue: Catalogue) -> list[str]:
    live = [module.id for module in catalogue.live_modules][:count]
    return live + [f"M{number:03}" for number in range(1, count - len(live) + 1)]


def _store_revisions(session: Session, ids: list[str], catalogue: Catalogue, at: datetime) -> dict[str, str]:
    """The revision of every module; modules that exist only here get a stand-in that is never opened."""
    revisions = {}
    for module_id in ids:
        module = catalogue.by_id.get(module_id)
        revisions[module_id] = module.revision if module else f"synthetic-{module_id}"
        if module is None and session.get(ModuleRevision, revisions[module_id]) is None:
            session.add(ModuleRevision(revision=revisions[module_id], module_id=module_id, compiled="", stored_at=at))
    session.flush()
    return revisions


@dataclass(frozen=True, slots=True)
class _Maker:
    session: Session
    revisions: dict[str, str]
    random: Random
    hashed: str
    at: datetime
    on_progress: Callable[[int], None]
    on_cohort: Callable[[], None]

    def make_organisation(self, number: int, learners: int) -> tuple[int, int]:
        """One organisation with its trainer and cohorts; returns how many cohorts and states."""
        organisation_id = create_organisation(self.session, slug=f"bench-{number}", name=f"Bench {number}", at=self.at)
        trainer_id = create_person(
            self.session,
            name=f"Trainer {number}",
            email=f"trainer@bench-{number}.example",
            password_hash=self.hashed,
            at=self.at,
        )
        grant_membership(
            self.session, organisation_id=organisation_id, person_id=trainer_id, role=Role.TRAINER, at=self.at
        )
        cohorts = standings = 0
        for start in range(0, learners, COHORT_SIZE):
            cohorts += 1
            cohort_id = self._make_cohort(organisation_id, trainer_id, cohorts)
            for first in range(start, min(start + COHORT_SIZE, learners), BATCH):
                count = min(BATCH, start + COHORT_SIZE - first, learners - first)
                standings += self._make_learners(organisation_id, cohort_id, number, first, count)
                self.on_progress(count)
            self.on_cohort()
        return cohorts, standings

    def _make_cohort(self, organisation_id: int, trainer_id: int, number: int) -> int:
        slug = "bench" if number == 1 else f"bench-{number}"
        cohort = Cohort(organisation_id=organisation_id, slug=slug, name=f"Cohort {number}", created_at=self.at)
        self.session.add(cohort)
        self.session.flush()
        self.session.add(CohortTrainer(cohort_id=cohort.id, person_id=trainer_id))
        today = local_date(self.at)
        self.session.add_all(
            Assignment(
                organisation_id=organisation_id,
                cohort_id=cohort.id,
                module_id=module_id,
                opens_on=today - timedelta(days=60),
                due_on=today + timedelta(days=7 * index - 14),
            )
            for index, module_id in enumerate(self.revisions)
        )
        self.session.flush()
        settle_modules(self.session, cohort.id)
        return cohort.id

    def _make_learners(self, organisation_id: int, cohort_id: int, number: int, first: int, count: int) -> int:
        next_id = (self.session.scalar(select(func.max(Person.id))) or 0) + 1
        people = [
            {
                "name": f"Learner {index:07}",
                "name_key": f"learner {index:07}",
                "email": f"learner-{index}@bench-{number}.example",
                "email_key": f"learner-{index}@bench-{number}.example",
                "password_hash": self.hashed,
                "practice_role": None,
                "is_active": True,
                "created_at": self.at,
            }
            for index in range(first, first + count)
        ]
        self._insert(Person, people)
        keys = [person["email_key"] for person in people]
        mine = (Person.id >= next_id, Person.email_key.in_(keys))
        ids = list(self.session.scalars(select(Person.id).where(*mine).order_by(Person.id)))
        tenant = {"organisation_id": organisation_id}
        self._insert(
            Membership,
            [{**tenant, "person_id": one, "role": "learner", "created_at": self.at} for one in ids],
        )
        enrolled = {**tenant, "cohort_id": cohort_id, "state": "active", "state_since": self.at}
        self._insert(Enrolment, [{**enrolled, "person_id": one} for one in ids])
        done = [(one, module_id) for one in ids for module_id in self.revisions if self.random.random() < DONE_SHARE]
        self._make_facts(done)
        settle_people(self.session, cohort_id, ids)
        return len(done)

    def _make_facts(self, done: list[tuple[int, str]]) -> None:
        scores = {key: self._score() for key in done}
        both = {key: {"person_id": key[0], "module_id": key[1]} for key in done}
        pinned = {key: {**both[key], "revision": self.revisions[key[1]]} for key in done}
        self._insert(Attempt, [{**pinned[key], "number": 1, "seed": 1, **_columns(scores[key])} for key in done])
        attempt_ids = self._attempt_ids(done)
        self._insert(
            Completion,
            [{**pinned[key], "attempt_id": attempt_ids[key], "completed_at": scores[key].submitted_at} for key in done],
        )
        self._insert(ModuleState, [{**both[key], **_state_columns(scores[key])} for key in done])

    def _attempt_ids(self, done: list[tuple[int, str]]) -> dict[tuple[int, str], int]:
        people = [person_id for person_id, _module_id in done]
        rows = self.session.execute(
            select(Attempt.person_id, Attempt.module_id, Attempt.id).where(
                Attempt.person_id.between(min(people, default=0), max(people, default=0))
            )
        )
        return {(person_id, module_id): attempt_id for person_id, module_id, attempt_id in rows}

    def _score(self) -> SubmittedScore:
        started = self.at - timedelta(days=self.random.randint(1, 50), seconds=self.random.randint(0, 80_000))
        points = self.random.randint(POSSIBLE * 8 // 10, POSSIBLE)
        return SubmittedScore(points, POSSIBLE, True, started, started + timedelta(minutes=9))

    def _insert(self, table: type[Any], rows: list[dict[str, Any]]) -> None:
        for part in _parts(rows):
            # Plain rows: the object layer would double the time.
            self.session.execute(insert(table_of(table)), part)


def _columns(score: SubmittedScore) -> dict[str, Any]:
    return {name: getattr(score, name) for name in type(score).__dataclass_fields__}


def _state_columns(score: SubmittedScore) -> dict[str, Any]:
    standing = fold_standing(read_at=(), open_since=(), submitted=[score], completed_at=score.submitted_at)
    return {name: getattr(standing, name) for name in type(standing).__dataclass_fields__}


def _parts(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
