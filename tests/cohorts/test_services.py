"""Changing cohorts, and reading them back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tests.cast import Cast, Someone
from tests.factories import actor_of, take_quiz
from tests.samples import AT, sample_module
from trainer.accounts.actor import Actor
from trainer.cohorts.mine import my_assignments, my_cohorts
from trainer.cohorts.models import Assignment, CohortTrainer, Enrolment
from trainer.cohorts.queries import assignments_of, cohorts_of, roster_of
from trainer.cohorts.services import (
    assign_module,
    create_cohort,
    enrol_member,
    name_trainer,
    remove_assignment,
    restore_enrolment,
    withdraw_enrolment,
)
from trainer.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.learning.queries import standings_of

pytestmark = pytest.mark.any_database
LATER = AT + timedelta(hours=1)
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def trainer(session: Session, cast: Cast) -> Actor:
    return actor_of(session, cast.trainer)


@pytest.fixture
def autumn(cast: Cast) -> dict[str, str]:
    return {"organisation": cast.ours.slug, "cohort": "autumn"}


def states(session: Session, cohort_id: int) -> dict[str, str]:
    return {line.name: line.state for line in roster_of(session, cohort_id)}


class TestEnrolling:
    def test_a_member_is_enrolled_once(
        self, session: Session, cast: Cast, trainer: Actor, autumn: dict[str, str]
    ) -> None:
        email = f" {cast.winter_learner.email.upper()}"
        for at in (AT, LATER):
            enrol_member(session, actor=trainer, **autumn, email=email, at=at)
        (line,) = [one for one in roster_of(session, cast.autumn.id) if one.name == cast.winter_learner.name]
        assert (line.state, line.since) == ("active", AT)

    def test_outsiders_and_nobody_get_one_answer(
        self, session: Session, cast: Cast, trainer: Actor, autumn: dict[str, str]
    ) -> None:
        answers = set()
        for email in (cast.stranger_learner.email, cast.removed.email, cast.disabled.email, "nobody@nowhere.example"):
            with pytest.raises(Invalid) as refusal:
                enrol_member(session, actor=trainer, **autumn, email=email, at=AT)
            answers.add((refusal.value.message.replace(email, "ADDRESS"), refusal.value.remedy))
        assert len(answers) == 1
        assert cast.stranger_learner.name not in states(session, cast.autumn.id)

    def test_enrolling_somebody_who_was_withdrawn_brings_them_back(
        self, session: Session, cast: Cast, trainer: Actor, autumn: dict[str, str]
    ) -> None:
        assert states(session, cast.autumn.id)[cast.withdrawn.name] == "withdrawn"
        enrol_member(session, actor=trainer, **autumn, email=cast.withdrawn.email, at=LATER)
        assert states(session, cast.autumn.id)[cast.withdrawn.name] == "active"

    @pytest.mark.parametrize("who", ["psw", "other_trainer"])
    def test_nobody_without_the_right_enrols(
        self, session: Session, cast: Cast, autumn: dict[str, str], who: str
    ) -> None:
        actor = actor_of(session, getattr(cast, who))
        with pytest.raises(NotAllowed):
            enrol_member(session, actor=actor, **autumn, email=cast.winter_learner.email, at=AT)


class TestWithdrawing:
    def test_withdrawing_and_restoring_are_safe_to_repeat(
        self, session: Session, cast: Cast, trainer: Actor, autumn: dict[str, str]
    ) -> None:
        number = cast.enrolments["psw"]
        for change, state in ((withdraw_enrolment, "withdrawn"), (restore_enrolment, "active")):
            for at in (AT, LATER):
                change(session, actor=trainer, **autumn, enrolment_id=number, at=at)
            assert states(session, cast.autumn.id)[cast.psw.name] == state

    def test_what_was_learned_stays(self, session: Session, cast: Cast, trainer: Actor, autumn: dict[str, str]) -> None:
        take_quiz(session, actor_of(session, cast.psw), sample_module())
        before = standings_of(session, cast.psw.id)
        withdraw_enrolment(session, actor=trainer, **autumn, enrolment_id=cast.enrolments["psw"], at=LATER)
        assert standings_of(session, cast.psw.id) == before

    @pytest.mark.parametrize("key", ["winter_learner", "stranger_learner"])
    def test_an_enrolment_of_another_cohort_is_not_here(
        self, session: Session, cast: Cast, trainer: Actor, autumn: dict[str, str], key: str
    ) -> None:
        for change in (withdraw_enrolment, restore_enrolment):
            with pytest.raises(NotFound):
                change(session, actor=trainer, **autumn, enrolment_id=cast.enrolments[key], at=AT)
        assert session.get_one(Enrolment, cast.enrolments[key]).state == "active"


class TestAssigning:
    def test_setting_a_module_again_changes_its_dates(
        self, session: Session, cast: Cast, trainer: Actor, autumn: dict[str, str]
    ) -> None:
        for due_on in (TOMORROW, None):
            assign_module(session, actor=trainer, **autumn, module_id="S2", opens_on=TODAY, due_on=due_on)
            (one,) = [one for one in assignments_of(session, cast.autumn.id) if one.module_id == "S2"]
            assert (one.opens_on, one.due_on) == (TODAY, due_on)

    def test_due_on_the_day_it_opens_is_possible_and_before_is_not(
        self, session: Session, trainer: Actor, autumn: dict[str, str]
    ) -> None:
        assign_module(session, actor=trainer, **autumn, module_id="S2", opens_on=TODAY, due_on=TODAY)
        with pytest.raises(Invalid, match="before the opening date"):
            assign_module(session, actor=trainer, **autumn, module_id="S2", opens_on=TOMORROW, due_on=TODAY)

    @pytest.mark.parametrize(("opens_on", "due_on"), [(date.min, None), (TODAY, date.max), (date(1026, 1, 1), TODAY)])
    def test_dates_of_another_century_are_refused(
        self, session: Session, trainer: Actor, autumn: dict[str, str], opens_on: date, due_on: date | None
    ) -> None:
        with pytest.raises(Invalid, match="another century"):
            assign_module(session, actor=trainer, **autumn, module_id="S2", opens_on=opens_on, due_on=due_on)

    def test_removing_takes_away_the_assignment_and_no_learning(
        self, session: Session, cast: Cast, trainer: Actor, autumn: dict[str, str]
    ) -> None:
        take_quiz(session, actor_of(session, cast.psw), sample_module())
        remove_assignment(session, actor=trainer, **autumn, assignment_id=cast.assignments["autumn S1"])
        assert [one.module_id for one in assignments_of(session, cast.autumn.id)] == ["S3"]
        assert "S1" in standings_of(session, cast.psw.id)

    def test_an_assignment_of_another_cohort_is_left_alone(
        self, session: Session, cast: Cast, trainer: Actor, autumn: dict[str, str]
    ) -> None:
        for key in ("winter S1", "their_autumn S1"):
            remove_assignment(session, actor=trainer, **autumn, assignment_id=cast.assignments[key])
        assert session.scalar(select(func.count()).select_from(Assignment)) == 4


class TestCohorts:
    def test_a_short_name_is_unique_within_the_organisation_only(self, session: Session, cast: Cast) -> None:
        with pytest.raises(Conflict):
            create_cohort(session, organisation_id=cast.ours.id, slug="autumn", name="Again", at=AT)
        create_cohort(session, organisation_id=cast.theirs.id, slug="winter", name="Theirs", at=AT)

    @pytest.mark.parametrize("key", ["psw", "stranger_trainer", "removed"])
    def test_only_trainers_and_managers_of_the_organisation_run_a_cohort(
        self, session: Session, cast: Cast, key: str
    ) -> None:
        person: Someone = getattr(cast, key)
        with pytest.raises(Invalid):
            name_trainer(session, cohort_id=cast.autumn.id, organisation_id=cast.ours.id, person_id=person.id)

    def test_the_list_counts_active_learners_and_names_the_next_date(self, session: Session, cast: Cast) -> None:
        lines = {line.cohort.slug: line for line in cohorts_of(session, cast.ours.id, trainer_id=None, on=TODAY)}
        assert (lines["autumn"].learner_count, lines["autumn"].module_count) == (2, 2)
        assert lines["autumn"].next_due == (date(2026, 11, 30), "S1")
        assert (lines["winter"].learner_count, lines["winter"].next_due) == (1, None)

    def test_a_trainer_lists_only_their_own(self, session: Session, cast: Cast) -> None:
        lines = cohorts_of(session, cast.ours.id, trainer_id=cast.trainer.id, on=TODAY)
        assert [line.cohort.slug for line in lines] == ["autumn"]

    def test_only_people_who_can_open_the_report_are_named_as_trainers(self, session: Session, cast: Cast) -> None:
        lines = {line.cohort.slug: line for line in cohorts_of(session, cast.ours.id, trainer_id=None, on=TODAY)}
        assert lines["autumn"].trainers == (cast.trainer.name,)
        (mine,) = my_cohorts(session, actor_of(session, cast.psw))
        assert mine.trainers == (cast.trainer.name,)


class TestMine:
    def test_what_is_set_comes_through_active_enrolments_only(self, session: Session, cast: Cast) -> None:
        assert set(my_assignments(session, cast.psw.id)) == {"S1", "S3"}
        assert my_assignments(session, cast.withdrawn.id) == {}
        assert my_assignments(session, cast.trainer.id) == {}
        assert my_cohorts(session, actor_of(session, cast.withdrawn)) == ()

    def test_in_two_cohorts_the_earlier_date_counts(self, session: Session, cast: Cast) -> None:
        manager = actor_of(session, cast.manager)
        winter = {"organisation": cast.ours.slug, "cohort": "winter"}
        enrol_member(session, actor=manager, **winter, email=cast.psw.email, at=AT)
        assert my_assignments(session, cast.psw.id)["S1"].due_on == date(2026, 11, 30)
        assign_module(session, actor=manager, **winter, module_id="S1", opens_on=TODAY, due_on=TOMORROW)
        mine = my_assignments(session, cast.psw.id)["S1"]
        assert (mine.opens_on, mine.due_on) == (date(2026, 11, 2), TOMORROW)
        assert len(my_cohorts(session, actor_of(session, cast.psw))) == 2

    def test_a_cohort_without_a_trainer_is_still_mine(self, session: Session, cast: Cast) -> None:
        from_cohort = my_cohorts(session, actor_of(session, cast.winter_learner))
        assert [one.cohort for one in from_cohort] == [cast.winter.name]
        table = CohortTrainer.__table__
        session.execute(delete(table).where(table.c.cohort_id == cast.winter.id))
        (mine,) = my_cohorts(session, actor_of(session, cast.winter_learner))
        assert mine.trainers == ()
