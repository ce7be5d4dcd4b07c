"""Synthetic data: small enough here to look at every row."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.samples import AT
from trainer.accounts.models import Membership, Organisation, Person
from trainer.accounts.services import check_credentials
from trainer.cohorts.models import Assignment, Cohort, CohortTrainer, Enrolment
from trainer.courseware.catalogue import Catalogue
from trainer.demo import synthetic
from trainer.demo.cast import DEMO_PASSWORD
from trainer.demo.synthetic import Made, Size, make_synthetic
from trainer.errors import Conflict
from trainer.learning.models import Attempt, Completion, ModuleState
from trainer.learning.projection import recompute_standings

SMALL = Size(learners=30, organisations=2, modules=5, seed=7)


def states(session: Session) -> list[tuple[object, ...]]:
    statement = select(ModuleState.__table__).order_by(ModuleState.person_id, ModuleState.module_id)
    return [tuple(row) for row in session.execute(statement)]


@pytest.mark.any_database
def test_recompute_reproduces_every_state(session: Session, catalogue: Catalogue) -> None:
    made = make_synthetic(session, SMALL, catalogue, at=AT)
    before = states(session)
    assert made.standings == len(before) > 0
    assert recompute_standings(session) == made.standings
    assert states(session) == before


def test_what_was_made_is_what_was_asked_for(session: Session, catalogue: Catalogue) -> None:
    made = make_synthetic(session, SMALL, catalogue, at=AT)
    assert (made.learners, made.cohorts) == (30, 2)
    # Seven tenths of 30 x 5 is 105; by chance a few more or fewer.
    assert 85 < made.standings < 125
    sizes = session.execute(
        select(Organisation.slug, func.count(Enrolment.id))
        .join(Enrolment, Enrolment.organisation_id == Organisation.id)
        .where(Organisation.slug.like("bench-%"))
        .group_by(Organisation.slug)
    ).all()
    assert [tuple(row) for row in sizes] == [("bench-1", 15), ("bench-2", 15)]


def test_live_modules_come_first_and_stand_ins_after(session: Session, catalogue: Catalogue) -> None:
    make_synthetic(session, SMALL, catalogue, at=AT)
    cohort = select(Cohort.id).join(Organisation).where(Organisation.slug == "bench-1", Cohort.slug == "bench")
    ids = session.scalars(select(Assignment.module_id).where(Assignment.cohort_id.in_(cohort)).order_by(Assignment.id))
    live = [module.id for module in catalogue.live_modules]
    assert list(ids) == [*live, "M001"]


def test_states_attempts_and_completions_agree(session: Session, catalogue: Catalogue) -> None:
    made = make_synthetic(session, SMALL, catalogue, at=AT)
    agreeing = (
        select(func.count())
        .select_from(ModuleState)
        .join(Attempt, (Attempt.person_id == ModuleState.person_id) & (Attempt.module_id == ModuleState.module_id))
        .join(Completion, Completion.attempt_id == Attempt.id)
        .where(
            ModuleState.best_points == Attempt.points,
            ModuleState.completed_at == Completion.completed_at,
            Completion.person_id == Attempt.person_id,
            Completion.module_id == Attempt.module_id,
            Completion.revision == Attempt.revision,
            Attempt.points * 100 >= Attempt.possible * 80,
        )
    )
    assert session.scalar(agreeing) == made.standings


def test_the_trainer_can_sign_in_and_runs_the_cohort(session: Session, catalogue: Catalogue) -> None:
    make_synthetic(session, SMALL, catalogue, at=AT)
    trainer = check_credentials(session, email="trainer@bench-2.example", password=DEMO_PASSWORD)
    assert trainer is not None
    runs = select(Organisation.slug, Cohort.slug).join(Cohort).join(CohortTrainer)
    assert session.execute(runs.where(CohortTrainer.person_id == trainer)).all() == [("bench-2", "bench")]
    assert session.scalars(select(Membership.role).where(Membership.person_id == trainer)).all() == ["trainer"]


def test_the_same_seed_makes_the_same_data_and_another_does_not(session: Session, catalogue: Catalogue) -> None:
    def made_with(seed: int) -> list[tuple[object, ...]]:
        with session.begin_nested() as savepoint:
            first = (session.scalar(select(func.max(Person.id))) or 0) + 1
            make_synthetic(session, Size(learners=12, organisations=1, modules=3, seed=seed), catalogue, at=AT)
            found = [(int(str(row[0])) - first, *row[1:]) for row in states(session)]
            savepoint.rollback()
        return found

    assert made_with(1) == made_with(1)
    assert made_with(1) != made_with(2)


def test_a_second_helping_is_refused_with_the_way_out(session: Session, catalogue: Catalogue) -> None:
    make_synthetic(session, SMALL, catalogue, at=AT)
    before = states(session)
    with pytest.raises(Conflict) as problem:
        make_synthetic(session, SMALL, catalogue, at=AT)
    assert "DATABASE_URL" in problem.value.remedy
    assert states(session) == before


def test_large_cohorts_are_split_and_every_batch_is_reported(
    session: Session, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthetic, "COHORT_SIZE", 8)
    monkeypatch.setattr(synthetic, "BATCH", 3)
    seen: list[int] = []
    size = Size(learners=21, organisations=1, modules=1, seed=1)
    made = make_synthetic(session, size, catalogue, at=AT, on_progress=seen.append)
    assert made == Made(learners=21, cohorts=3, standings=made.standings)
    assert (sum(seen), max(seen)) == (21, 3)
    sizes = session.execute(
        select(Cohort.slug, func.count(Enrolment.id))
        .join(Organisation, Organisation.id == Cohort.organisation_id)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(Organisation.slug == "bench-1")
        .group_by(Cohort.slug)
        .order_by(Cohort.slug)
    )
    assert [tuple(row) for row in sizes] == [("bench", 8), ("bench-2", 8), ("bench-3", 5)]
