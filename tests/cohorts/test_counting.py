"""Counters are exactly what counting gives, whatever is done in whatever order, and by whomever at the same moment."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import HAS_TIME
from tests.databases import counted
from tests.factories import actor_of, right_answer, wrong_answer
from tests.learning.test_races import at_once, crowd_engine
from tests.samples import AT, sample_catalogue, sample_module
from trainer.accounts.actor import Actor
from trainer.accounts.models import Person
from trainer.accounts.renaming import rename_person
from trainer.accounts.services import update_profile
from trainer.cohorts import counting
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.counters import check_counters, rebuild_counters
from trainer.cohorts.joining import activate_enrolments
from trainer.cohorts.models import Assignment, Cohort, Enrolment, LearnerCount, ModuleCount
from trainer.cohorts.planning import PlannedModule
from trainer.cohorts.roster.applying import apply_roster
from trainer.cohorts.roster.planning import plan_roster
from trainer.cohorts.roster.reading import read_people
from trainer.cohorts.scheduling import Wish, set_assignments
from trainer.cohorts.services import (
    assign_module,
    enrol_person,
    remove_assignment,
    restore_enrolment,
    withdraw_enrolment,
)
from trainer.db import begin_writing
from trainer.learning.drawing import draw_questions
from trainer.learning.models import ModuleState
from trainer.learning.projection import recompute_standings
from trainer.learning.services import mark_section_read, record_response, start_attempt, submit_attempt

__all__ = ["crowd_engine"]  # the fixture

SYSTEM = Actor.system()
MODULES = {slug: sample_module(slug) for slug in ("kind-words", "reading-only", "quiz-only")}
IDS = tuple(sorted(module.id for module in MODULES.values()))
slugs = st.sampled_from(sorted(MODULES))
who = st.integers(0, 3)
where = st.integers(0, 1)


def by_hand(session: Session) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Both tables as a reader of the facts would count them, without a line of the code under test."""
    names = dict(session.execute(select(Person.id, Person.name_key)).all())
    active = session.execute(select(Enrolment.cohort_id, Enrolment.person_id).where(Enrolment.state == "active")).all()
    is_set = session.execute(select(Assignment.cohort_id, Assignment.module_id)).all()
    states = {
        (person, module): state
        for person, module, state in session.execute(
            select(ModuleState.person_id, ModuleState.module_id, ModuleState.state)
        )
    }
    learners = {
        (cohort, person): (
            sum(states.get((person, module)) == "completed" for place, module in is_set if place == cohort),
            names[person],
        )
        for cohort, person in active
    }
    modules = {
        (cohort, module): tuple(
            sum(states.get((person, module)) == state for place, person in active if place == cohort)
            for state in ("in_progress", "completed")
        )
        for cohort, module in is_set
    }
    return learners, modules


def kept(session: Session) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Both tables as they are."""
    learners = session.execute(
        select(LearnerCount.cohort_id, LearnerCount.person_id, LearnerCount.completed_count, LearnerCount.name_key)
    )
    modules = session.execute(
        select(ModuleCount.cohort_id, ModuleCount.module_id, ModuleCount.in_progress, ModuleCount.completed)
    )
    return {(a, b): (c, d) for a, b, c, d in learners}, {(a, b): (c, d) for a, b, c, d in modules}


def take_quiz(session: Session, actor: Actor, slug: str, *, passes: bool, at: Any) -> None:
    module, catalogue = MODULES[slug], sample_catalogue()
    if module.quiz is None:
        return
    number = start_attempt(session, actor=actor, module=module, seed=7, at=at)
    for question in draw_questions(module.quiz, 7):
        raw = right_answer(question) if passes else wrong_answer(question)
        about = {"actor": actor, "catalogue": catalogue, "module_id": module.id, "number": number}
        record_response(session, **about, question_id=question.id, raw=raw, at=at)
    submit_attempt(session, actor=actor, catalogue=catalogue, module_id=module.id, number=number, at=at)


def read_all(session: Session, actor: Actor, slug: str, at: Any) -> None:
    for section in MODULES[slug].sections:
        mark_section_read(session, actor=actor, module=MODULES[slug], section_id=section.id, at=at)


class Service(RuleBasedStateMachine):
    """Four people, two cohorts, three modules, and everything that anybody can do to them."""

    engine: Engine
    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(self.engine)
        begin_writing(self.session)
        cast = self.cast
        self.actors = [actor_of(self.session, one) for one in (cast.psw, cast.clinician, cast.withdrawn, cast.manager)]
        self.places = (cast.autumn, cast.winter)
        self.at = AT

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    def place(self, cohort: int) -> dict[str, Any]:
        self.at += timedelta(minutes=1)
        return {"actor": SYSTEM, "organisation": self.cast.ours.slug, "cohort": self.places[cohort].slug}

    def enrolment(self, person: int, cohort: int) -> Enrolment | None:
        return self.session.scalar(
            select(Enrolment).where(
                Enrolment.person_id == self.actors[person].person_id, Enrolment.cohort_id == self.places[cohort].id
            )
        )

    @rule(person=who, slug=slugs, section=st.integers(0, 9))
    def read(self, person: int, slug: str, section: int) -> None:
        module = MODULES[slug]
        chosen = module.sections[section % len(module.sections)].id
        mark_section_read(self.session, actor=self.actors[person], module=module, section_id=chosen, at=self.at)

    @rule(person=who, slug=slugs)
    def read_everything(self, person: int, slug: str) -> None:
        read_all(self.session, self.actors[person], slug, self.at)

    @rule(person=who, slug=slugs)
    def start(self, person: int, slug: str) -> None:
        if MODULES[slug].quiz is not None:
            start_attempt(self.session, actor=self.actors[person], module=MODULES[slug], seed=7, at=self.at)

    @rule(person=who, slug=slugs, passes=st.booleans())
    def quiz(self, person: int, slug: str, passes: bool) -> None:
        take_quiz(self.session, self.actors[person], slug, passes=passes, at=self.at)

    @rule(person=who, cohort=where)
    def enrol(self, person: int, cohort: int) -> None:
        place = self.places[cohort]
        one = self.actors[person].person_id
        organisation_id = self.session.scalar(select(Cohort.organisation_id).where(Cohort.id == place.id))
        assert organisation_id is not None
        enrol_person(self.session, cohort_id=place.id, organisation_id=organisation_id, person_id=one, at=self.at)

    @rule(person=who, cohort=where)
    def withdraw(self, person: int, cohort: int) -> None:
        if found := self.enrolment(person, cohort):
            withdraw_enrolment(self.session, **self.place(cohort), enrolment_id=found.id, at=self.at)

    @rule(person=who, cohort=where)
    def restore(self, person: int, cohort: int) -> None:
        if found := self.enrolment(person, cohort):
            restore_enrolment(self.session, **self.place(cohort), enrolment_id=found.id, at=self.at)

    @rule(people=st.lists(who, min_size=1, max_size=4, unique=True), cohort=where)
    def import_list(self, people: list[int], cohort: int) -> None:
        place = self.place(cohort)
        ids = [self.actors[one].person_id for one in people]
        rows = self.session.execute(select(Person.name, Person.email).where(Person.id.in_(ids))).all()
        listed = [
            *((name, email, None) for name, email in rows),
            ("New One", f"new{self.at.timestamp()}@x.example", None),
        ]
        roster = read_people(listed)
        target = cohort_for(self.session, *place.values(), to=Permission.MANAGE)
        digest = plan_roster(self.session, target, roster).digest
        apply_roster(self.session, **place, roster=roster, digest=digest, at=self.at)

    @rule(cohort=where)
    def somebody_accepts(self, cohort: int) -> None:
        waiting = self.session.execute(
            select(Enrolment.person_id, Enrolment.organisation_id).where(Enrolment.state == "invited")
        ).first()
        if waiting is not None:
            person = Actor(person_id=waiting.person_id, name="New One", email="")
            activate_enrolments(self.session, actor=person, organisation_id=waiting.organisation_id, at=self.at)

    @rule(cohort=where, slug=slugs)
    def assign(self, cohort: int, slug: str) -> None:
        dates = {"opens_on": date(2026, 11, 2), "due_on": None}
        assign_module(self.session, **self.place(cohort), module_id=MODULES[slug].id, **dates)  # type: ignore[arg-type]

    @rule(cohort=where, replaces=st.booleans())
    def assign_all(self, cohort: int, replaces: bool) -> None:
        wishes = [Wish(PlannedModule(one, date(2026, 11, 2), None), replaces) for one in IDS]
        set_assignments(self.session, **self.place(cohort), wishes=wishes)

    @rule(cohort=where, slug=slugs)
    def unassign(self, cohort: int, slug: str) -> None:
        mine = (Assignment.cohort_id == self.places[cohort].id, Assignment.module_id == MODULES[slug].id)
        found = self.session.scalar(select(Assignment.id).where(*mine))
        if found is not None:
            remove_assignment(self.session, **self.place(cohort), assignment_id=found)

    @rule(person=who, name=st.sampled_from(["Áine Zed", "o'Neill", "Ben", "ß"]))
    def rename(self, person: int, name: str) -> None:
        update_profile(self.session, actor=self.actors[person], name=name, practice_role=None)

    @rule()
    def recompute(self) -> None:
        recompute_standings(self.session)

    @invariant()
    def counters_are_exact(self) -> None:
        assert kept(self.session) == by_hand(self.session)
        assert check_counters(self.session).is_exact


@pytest.mark.any_database
def test_whatever_is_done_counters_stay_exact(engine: Engine, cast: Cast) -> None:
    machine = type("OnThisDatabase", (Service,), {"engine": engine, "cast": cast})
    run_state_machine_as_test(
        machine,
        settings=hypothesis.settings(
            max_examples=150 if HAS_TIME else 12, stateful_step_count=30, deadline=None, derandomize=not HAS_TIME
        ),
    )


@pytest.mark.any_database
@pytest.mark.parametrize("table", [LearnerCount, ModuleCount])
def test_the_check_finds_what_is_wrong_and_rebuilding_mends_it(session: Session, table: Any) -> None:
    before = kept(session)
    session.delete(session.scalars(select(table)).first())
    session.flush()
    assert not check_counters(session).is_exact
    assert not rebuild_counters(session).is_exact
    assert check_counters(session).is_exact
    assert kept(session) == before


def test_a_change_without_learning_is_refused_rather_than_counted_as_nothing(
    session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_standings", [])
    with pytest.raises(LookupError):
        check_counters(session)


@pytest.mark.any_database
def test_an_answer_and_a_second_attempt_count_nothing(engine: Engine, cast: Cast) -> None:
    """What a class does again and again costs not a statement more."""
    with Session(engine) as session:
        actor = actor_of(session, cast.psw)
        take_quiz(session, actor, "quiz-only", passes=True, at=AT)
        with counted(engine) as seen:
            take_quiz(session, actor, "quiz-only", passes=False, at=AT)
    assert not [one for one in seen if "module_count" in one or "learner_count" in one]


CHANGES = ("assign", "unassign", "withdraw", "restore", "rename", "import")


class Change:
    """Something a trainer or a learner does to the autumn cohort while the first learner learns."""

    def __init__(self, engine: Engine, cast: Cast, what: str) -> None:
        self.what = what
        self.place: dict[str, Any] = {"actor": SYSTEM, "organisation": cast.ours.slug, "cohort": cast.autumn.slug}
        with Session(engine) as session:
            self.learner = actor_of(session, cast.psw)
            mine = (Enrolment.cohort_id == cast.autumn.id, Enrolment.person_id == self.learner.person_id)
            self.enrolment_id = session.scalars(select(Enrolment.id).where(*mine)).one()
            if what in ("restore", "import"):
                withdraw_enrolment(session, **self.place, enrolment_id=self.enrolment_id, at=AT)
            here = select(Assignment.id).where(Assignment.cohort_id == cast.autumn.id)
            if what == "assign":
                for one in session.scalars(here).all():
                    remove_assignment(session, **self.place, assignment_id=one)
            else:
                set_assignments(session, **self.place, wishes=EVERYTHING)
            self.assignment_ids = session.scalars(here).all()
            session.commit()

    def make(self, session: Session) -> None:
        if self.what == "assign":
            set_assignments(session, **self.place, wishes=EVERYTHING)
        elif self.what == "unassign":
            for one in self.assignment_ids:
                remove_assignment(session, **self.place, assignment_id=one)
        elif self.what == "withdraw":
            withdraw_enrolment(session, **self.place, enrolment_id=self.enrolment_id, at=AT)
        elif self.what == "restore":
            restore_enrolment(session, **self.place, enrolment_id=self.enrolment_id, at=AT)
        elif self.what == "rename":
            rename_person(session, person_id=self.learner.person_id, name="Another")
        else:
            person = session.get_one(Person, self.learner.person_id)
            roster = read_people([(person.name, person.email, None)])
            target = cohort_for(session, *self.place.values(), to=Permission.MANAGE)
            digest = plan_roster(session, target, roster).digest
            apply_roster(session, **self.place, roster=roster, digest=digest, at=AT)

    def learn(self, session: Session) -> None:
        read_all(session, self.learner, "reading-only", AT)
        take_quiz(session, self.learner, "quiz-only", passes=True, at=AT)


EVERYTHING = [Wish(PlannedModule(one, date(2026, 11, 2), None), True) for one in IDS]


@pytest.mark.any_database
@pytest.mark.parametrize("learner_is_first", [True, False])
@pytest.mark.parametrize("what", CHANGES)
def test_who_comes_second_counts_what_the_first_did(
    crowd_engine: Engine, cast: Cast, what: str, learner_is_first: bool
) -> None:
    """The second begins before the first has committed: it has to wait, or it would count what was."""
    change = Change(crowd_engine, cast, what)
    first, second = (change.learn, change.make) if learner_is_first else (change.make, change.learn)
    done = threading.Event()

    def run() -> None:
        try:
            with Session(crowd_engine) as session:
                begin_writing(session)
                second(session)
                session.commit()
        finally:
            done.set()

    other = threading.Thread(target=run)
    with Session(crowd_engine) as session:
        begin_writing(session)
        first(session)
        other.start()
        wait_until_it_waits(crowd_engine, done)
        session.commit()
    other.join()
    with Session(crowd_engine) as session:
        assert kept(session) == by_hand(session)


def wait_until_it_waits(engine: Engine, done: threading.Event) -> None:
    """Until another transaction waits for a lock, or is through; on SQLite it cannot even begin."""
    if engine.dialect.name == "sqlite":
        return
    waits = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not (done.is_set() or connection.scalar(waits)):
            pass


@pytest.mark.any_database
@pytest.mark.parametrize("what", CHANGES)
def test_many_at_once_leave_exact_counters(crowd_engine: Engine, cast: Cast, what: str) -> None:
    """Learners of the cohort complete modules at the same moment as it changes."""
    change = Change(crowd_engine, cast, what)
    with Session(crowd_engine) as session:
        actors = [change.learner, actor_of(session, cast.clinician)]

    def work(session: Session, place: int) -> None:
        if place == 0:
            change.make(session)
            return
        read_all(session, actors[place % 2], ("kind-words", "reading-only")[place // 2 % 2], AT)
        take_quiz(session, actors[place % 2], "quiz-only", passes=True, at=AT)

    at_once(crowd_engine, work, threads=5)
    with Session(crowd_engine) as session:
        assert kept(session) == by_hand(session)
