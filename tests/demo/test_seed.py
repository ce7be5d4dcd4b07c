"""The demo: what somebody looking around finds, and what a second start leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.databases import counted, open_engine
from tests.samples import AT, sample_catalogue
from trainer.accounts.actor import Role
from trainer.accounts.models import Membership, Organisation, Person
from trainer.accounts.services import check_credentials
from trainer.cohorts.live.queries import sessions_of
from trainer.cohorts.models import Assignment, Cohort, Enrolment
from trainer.cohorts.queries import cohorts_of
from trainer.courseware.catalogue import Catalogue
from trainer.db import Base, begin_writing
from trainer.demo.cast import CAST, DEMO_PASSWORD
from trainer.demo.names import address_of, invented_names
from trainer.demo.seed import FIRST_COHORTS, SECOND_COHORTS, seed_demo
from trainer.learning.before import before_questions
from trainer.learning.models import Attempt, BeforeAnswer, Completion, ModuleState, Response, SectionRead
from trainer.learning.projection import recompute_standings
from trainer.learning.queries import all_sections_read, attempts_of, open_attempts, standings_of
from trainer.learning.revisions import publish_revisions
from trainer.surveys.models import SurveyAnswer

OPEN = Attempt.submitted_at.is_(None)


@pytest.fixture(scope="module")
def seeded() -> Iterator[Engine]:
    """A database in memory with the demo in it; tests of this file only read it."""
    engine = open_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        begin_writing(session)
        publish_revisions(session, sample_catalogue(), at=AT)
        assert seed_demo(session, sample_catalogue(), at=AT)
        session.commit()
    yield engine
    engine.dispose()


@pytest.fixture
def demo(seeded: Engine) -> Iterator[Session]:
    """A session on the seeded database; what a test writes is rolled back."""
    with Session(seeded) as session:
        begin_writing(session)
        yield session


def person_of(session: Session, key: str) -> int:
    found = session.scalar(select(Person.id).where(Person.email == f"{key}@demo.example"))
    assert found is not None
    return found


def everything(session: Session) -> dict[str, int]:
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def test_a_second_start_changes_nothing(demo: Session) -> None:
    before = everything(demo)
    assert seed_demo(demo, sample_catalogue(), at=AT) is False
    assert everything(demo) == before


@pytest.mark.any_database
def test_it_can_be_set_up_beside_what_is_there(session: Session, catalogue: Catalogue) -> None:
    people = session.scalar(select(func.count()).select_from(Person)) or 0
    assert seed_demo(session, catalogue, at=AT) is True
    learners = sum(plan.size for plan in (*FIRST_COHORTS, *SECOND_COHORTS))
    # The learners hold two of the cast; its other three and two more trainers are beside them.
    assert session.scalar(select(func.count()).select_from(Person)) == people + learners + 3 + 2


def test_everybody_of_the_cast_signs_in_with_the_printed_password(demo: Session) -> None:
    for member in CAST:
        found = check_credentials(demo, email=member.email, password=DEMO_PASSWORD)
        assert found == person_of(demo, member.key)
        assert demo.get_one(Person, found).practice_role == member.practice_role


def test_the_password_is_hashed_once_and_works_for_everybody(demo: Session) -> None:
    assert demo.scalar(select(func.count(func.distinct(Person.password_hash)))) == 1
    last = demo.scalars(select(Person.email).order_by(Person.id.desc())).first()
    assert last
    assert check_credentials(demo, email=last, password=DEMO_PASSWORD) is not None


def test_the_two_organisations_share_nobody(demo: Session) -> None:
    shared = select(Membership.person_id).group_by(Membership.person_id).having(func.count() > 1)
    assert demo.scalars(shared).all() == []
    roles = {
        (slug, email.split("@")[0]): role
        for slug, email, role in demo.execute(
            select(Organisation.slug, Person.email, Membership.role)
            .join(Membership, Membership.organisation_id == Organisation.id)
            .join(Person, Person.id == Membership.person_id)
        )
    }
    assert roles["sli-na-farraige", "manager"] == Role.MANAGER
    assert roles["sli-na-farraige", "trainer"] == Role.TRAINER
    assert roles["lagan-bridge", "stranger"] == Role.MANAGER
    assert ("sli-na-farraige", "stranger") not in roles


def test_the_trainer_runs_two_cohorts_and_not_the_third(demo: Session) -> None:
    organisation_id = demo.scalars(select(Organisation.id).where(Organisation.slug == "sli-na-farraige")).one()
    lines = cohorts_of(demo, organisation_id, trainer_id=None, on=AT.date())
    assert {line.cohort.slug: "Gráinne Uí Mhurchú" in line.trainers for line in lines} == {
        "autumn-2026": True,
        "spring-2026": True,
        "team-leads": False,
    }
    assert {line.cohort.slug: line.learner_count for line in lines} == {plan.slug: plan.size for plan in FIRST_COHORTS}
    assert min(line.learner_count for line in lines) < 10  # one stays below the reporting threshold


def test_of_the_dates_one_is_past_one_near_and_one_far(demo: Session) -> None:
    due = demo.scalars(
        select(Assignment.due_on).join(Cohort).join(Organisation, Organisation.id == Cohort.organisation_id)
        .where(Cohort.slug == "autumn-2026", Organisation.slug == "sli-na-farraige")
        .order_by(Assignment.due_on)
    ).all()  # fmt: skip
    assert due == [date(2026, 11, 19), date(2026, 12, 3), date(2026, 12, 24)]


def test_the_peer_support_worker_has_one_done_one_begun_and_a_quiz_waiting(demo: Session) -> None:
    psw = person_of(demo, "psw")
    modules = sample_catalogue().live_modules
    standings = standings_of(demo, psw)
    # Two sections are all that the sample's second module has, so it is completed by reading them.
    shown = (modules[0], modules[1], modules[-1])
    assert [standings[module.id].state for module in shown] == ["completed", "completed", "in_progress"]
    assert len(all_sections_read(demo, psw)[modules[1].id]) == 2
    assert attempts_of(demo, psw, modules[1].id) == ()
    assert set(open_attempts(demo, psw)) == {modules[-1].id}
    answers = demo.scalar(select(func.count(Response.id)).join(Attempt).where(Attempt.person_id == psw, OPEN))
    assert answers


def test_the_clinician_has_read_one_section(demo: Session) -> None:
    clinician = person_of(demo, "clinician")
    first = sample_catalogue().live_modules[0]
    assert all_sections_read(demo, clinician) == {first.id: frozenset({first.sections[0].id})}
    assert open_attempts(demo, clinician) == {}


def test_people_stand_at_every_point(demo: Session) -> None:
    def count(*where: object) -> int:
        return demo.scalar(select(func.count()).select_from(ModuleState).where(*where)) or 0  # type: ignore[arg-type]

    enrolled = demo.scalar(select(func.count()).select_from(Enrolment)) or 0
    assert count(ModuleState.state == "completed")
    assert count(ModuleState.state == "in_progress", ModuleState.attempt_count == 0)  # still reading
    assert count(ModuleState.has_passed, ModuleState.attempt_count > 1)  # not yet, then passed
    assert count(ModuleState.best_points == ModuleState.best_possible)
    assert demo.scalar(select(func.count()).select_from(Attempt).where(OPEN))
    assert demo.scalar(select(func.count(func.distinct(ModuleState.person_id)))) < enrolled  # some have not begun


def test_some_questions_mislead_more_than_others(demo: Session) -> None:
    often = func.count() >= 20
    passes = dict(
        demo.execute(
            select(Attempt.module_id, func.avg(Attempt.is_passed)).group_by(Attempt.module_id).having(often)
        ).all()
    )
    assert all(0 < share < 1 for share in passes.values() if share is not None)
    answers = select(Response.question_id, func.count(func.distinct(Response.answer))).group_by(Response.question_id)
    answers = answers.having(often)
    assert all(kinds > 1 for _question, kinds in demo.execute(answers))


def test_nothing_happens_in_the_future(demo: Session) -> None:
    moments = (
        SectionRead.read_at, Attempt.started_at, Attempt.submitted_at, Response.recorded_at, Completion.completed_at
    )  # fmt: skip
    for column in moments:
        latest = demo.scalar(select(func.max(column)))
        assert latest is not None
        assert latest <= AT


def test_the_projection_is_what_the_facts_say(demo: Session) -> None:
    statement = select(ModuleState.__table__).order_by(ModuleState.person_id, ModuleState.module_id)
    before = demo.execute(statement).all()
    recompute_standings(demo)
    assert demo.execute(statement).all() == before


def test_a_catalogue_without_a_live_module_is_no_obstacle(session: Session) -> None:
    empty = Catalogue(tracks=(), paths=(), modules=(), support=(), glossary=(), images={})
    assert seed_demo(session, empty, at=AT) is True
    assert session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_a_restart_costs_one_statement(seeded: Engine, demo: Session) -> None:
    with counted(seeded) as statements:
        seed_demo(demo, sample_catalogue(), at=AT)
    assert len(statements) == 1


def test_names_differ_and_addresses_are_plain() -> None:
    names = invented_names(150, Random(1))
    addresses = {address_of(name, "demo.example") for name in names}
    assert len(set(names)) == len(addresses) == 150
    assert all(address.isascii() and address.count("@") == 1 and " " not in address for address in addresses)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Íde Ní Chonghaile", "ide.nichonghaile@demo.example"),
        ("Grace O’Dowd", "grace.odowd@demo.example"),
        ("Kwame Wójcik", "kwame.wojcik@demo.example"),
        ("Pádraig Ó Súilleabháin", "padraig.osuilleabhain@demo.example"),
    ],
)
def test_a_fada_is_dropped_from_the_address_and_from_nothing_else(name: str, address: str) -> None:
    assert address_of(name, "demo.example") == address


def test_a_cohort_that_is_over_has_answered_before_and_after(demo: Session) -> None:
    over = [plan for plan in FIRST_COHORTS if plan.is_over]
    assert [plan.slug for plan in over] == ["spring-2026"]
    cohort = demo.execute(select(Cohort).where(Cohort.slug == "spring-2026")).scalar_one()
    waves = dict(
        demo.execute(
            select(SurveyAnswer.wave, func.count())
            .where(SurveyAnswer.cohort_id == cohort.id)
            .group_by(SurveyAnswer.wave)
        ).all()
    )
    assert cohort.survey_wave is None
    assert 12 <= waves["after"] < waves["before"] <= over[0].size
    asked = [module.id for module in sample_catalogue().modules if before_questions(module)]
    answered = select(func.count(func.distinct(BeforeAnswer.person_id))).where(BeforeAnswer.module_id.in_(asked))
    assert (demo.scalar(answered) or 0) > 0


def test_the_running_cohort_has_met_and_will_meet(demo: Session) -> None:
    cohort = demo.execute(select(Cohort).where(Cohort.slug == "autumn-2026").order_by(Cohort.id)).scalars().first()
    assert cohort is not None
    ahead, was = sessions_of(demo, cohort.id)
    assert ahead.starts_at > AT > was.starts_at
    assert ahead.came_count == 0
    assert 10 < was.came_count < FIRST_COHORTS[0].size
