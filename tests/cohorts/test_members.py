"""Roles, leaving, cohorts and their trainers, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from tests.asked import add_invited, member_of
from tests.cast import Cast
from tests.crowd import all_at_once
from tests.databases import counted
from tests.factories import actor_of
from tests.samples import AT
from trainer.accounts.actor import Actor, Role, may_grant
from trainer.accounts.audit import EventKind
from trainer.accounts.audit_check import check_log
from trainer.accounts.models import AuditEvent, Membership, Person
from trainer.accounts.services import set_active
from trainer.cohorts.members import (
    add_cohort_trainer,
    change_role,
    found_cohort,
    remove_cohort_trainer,
    remove_member,
    rename_cohort,
)
from trainer.cohorts.models import CohortTrainer, Enrolment
from trainer.cohorts.people import find_member_line, member_lines, names_in, possible_trainers, trainers_of
from trainer.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.learning.models import ModuleState

pytestmark = pytest.mark.any_database
OURS, AUTUMN = "gannet-quay", {"organisation": "gannet-quay", "cohort": "autumn"}


def events(session: Session) -> list[tuple[str, int | None]]:
    rows = session.execute(select(AuditEvent.kind, AuditEvent.subject_id).order_by(AuditEvent.id))
    return [(row.kind, row.subject_id) for row in rows]


def role_of(session: Session, person_id: int) -> str | None:
    return session.scalar(select(Membership.role).where(Membership.person_id == person_id))


def set_role(session: Session, cast: Cast, actor: Actor, person_id: int, role: Role) -> object:
    member = member_of(session, person_id)
    return change_role(session, actor=actor, organisation=OURS, member_id=member, role=role, at=AT)


@pytest.mark.parametrize("role", Role)
def test_only_managers_grant_and_never_above_their_own(role: Role) -> None:
    assert may_grant(Role.MANAGER, role)
    assert not may_grant(Role.TRAINER, role)
    assert not may_grant(Role.LEARNER, role)
    assert not may_grant(None, role)


class TestRoles:
    @pytest.mark.parametrize("role", [Role.TRAINER, Role.MANAGER])
    def test_a_manager_gives_a_role_and_the_log_says_so(self, session: Session, cast: Cast, role: Role) -> None:
        set_role(session, cast, actor_of(session, cast.manager), cast.psw.id, role)
        assert role_of(session, cast.psw.id) == role
        assert events(session) == [(EventKind.ROLE_CHANGED, cast.psw.id)]

    def test_the_same_role_again_is_no_change(self, session: Session, cast: Cast) -> None:
        set_role(session, cast, actor_of(session, cast.manager), cast.psw.id, Role.LEARNER)
        assert events(session) == []

    @pytest.mark.parametrize("key", ["trainer", "psw"])
    def test_others_are_refused(self, session: Session, cast: Cast, key: str) -> None:
        with pytest.raises(NotAllowed):
            set_role(session, cast, actor_of(session, getattr(cast, key)), cast.clinician.id, Role.TRAINER)

    def test_a_manager_of_elsewhere_finds_nothing(self, session: Session, cast: Cast) -> None:
        stranger = actor_of(session, cast.stranger_manager)
        with pytest.raises(NotFound):
            set_role(session, cast, stranger, cast.psw.id, Role.MANAGER)
        with pytest.raises(NotFound):
            member = member_of(session, cast.psw.id)
            change_role(session, actor=stranger, organisation="heron-weir", member_id=member, role=Role.TRAINER, at=AT)

    def test_the_last_manager_keeps_the_role(self, session: Session, cast: Cast) -> None:
        manager = actor_of(session, cast.manager)
        with pytest.raises(Conflict, match="last manager"):
            set_role(session, cast, manager, cast.manager.id, Role.LEARNER)
        with pytest.raises(Conflict, match="last manager"):
            remove_member(
                session, actor=manager, organisation=OURS, member_id=member_of(session, cast.manager.id), at=AT
            )

    def test_a_closed_account_is_no_manager_to_rely_on(self, session: Session, cast: Cast) -> None:
        manager = actor_of(session, cast.manager)
        set_role(session, cast, manager, cast.trainer.id, Role.MANAGER)
        set_active(session, person_id=cast.trainer.id, is_active=False)
        with pytest.raises(Conflict, match="last manager"):
            set_role(session, cast, manager, cast.manager.id, Role.LEARNER)

    def test_with_another_manager_one_may_step_down(self, session: Session, cast: Cast) -> None:
        manager = actor_of(session, cast.manager)
        set_role(session, cast, manager, cast.trainer.id, Role.MANAGER)
        set_role(session, cast, manager, cast.manager.id, Role.LEARNER)
        assert role_of(session, cast.manager.id) == Role.LEARNER

    def test_somebody_who_has_not_answered_has_no_role_to_change(self, session: Session, cast: Cast) -> None:
        waiting = add_invited(session, cast, email="waiting@quay.example")
        with pytest.raises(NotFound):
            set_role(session, cast, actor_of(session, cast.manager), waiting, Role.MANAGER)


def test_two_managers_who_demote_each_other_leave_one(engine: Engine, cast: Cast) -> None:
    with Session(engine) as session:
        session.execute(update(Membership).where(Membership.person_id == cast.trainer.id).values(role="manager"))
        session.commit()
        both = [actor_of(session, cast.manager), actor_of(session, cast.trainer)]
        numbers = [member_of(session, one.person_id) for one in reversed(both)]

    def demote(place: int) -> object:
        return lambda session: change_role(
            session, actor=both[place], organisation=OURS, member_id=numbers[place], role=Role.LEARNER, at=AT
        )

    results = all_at_once(engine, [demote(0), demote(1)])  # type: ignore[list-item]
    refused = [one for one in results if isinstance(one, Exception)]
    assert len(refused) == 1, results
    assert isinstance(refused[0], NotAllowed)
    with Session(engine) as session:
        managers = select(func.count()).where(Membership.organisation_id == cast.ours.id, Membership.role == "manager")
        assert session.scalar(managers) == 1
        assert check_log(session).found == ()


def test_many_who_leave_at_once_leave_a_manager(engine: Engine, cast: Cast) -> None:
    keys = ("manager", "trainer", "other_trainer", "psw", "clinician")
    with Session(engine) as session:
        session.execute(update(Membership).where(Membership.organisation_id == cast.ours.id).values(role="manager"))
        people = [getattr(cast, key).id for key in keys]
        others = select(Membership.person_id).where(
            Membership.organisation_id == cast.ours.id, Membership.person_id.not_in(people)
        )
        session.execute(update(Membership).where(Membership.person_id.in_(others)).values(role="learner"))
        session.commit()
        actors = [actor_of(session, getattr(cast, key)) for key in keys]
        numbers = [member_of(session, one.person_id) for one in actors]

    def leave(place: int) -> object:
        return lambda session: remove_member(
            session, actor=actors[place], organisation=OURS, member_id=numbers[place], at=AT
        )

    results = all_at_once(engine, [leave(place) for place in range(len(keys))])  # type: ignore[misc]
    assert sum(isinstance(one, Conflict) for one in results) == 1, results
    with Session(engine) as session:
        managers = select(func.count()).where(Membership.organisation_id == cast.ours.id, Membership.role == "manager")
        assert session.scalar(managers) == 1
        assert check_log(session).found == ()


class TestLeaving:
    def remove(self, session: Session, cast: Cast, person_id: int) -> tuple[int, ...]:
        manager, member = actor_of(session, cast.manager), member_of(session, person_id)
        _line, left = remove_member(session, actor=manager, organisation=OURS, member_id=member, at=AT)
        return left

    def test_enrolments_end_and_learning_stays(self, session: Session, cast: Cast) -> None:
        state = ModuleState(person_id=cast.psw.id, module_id="S1", state="completed", attempt_count=1)
        state.has_passed, state.last_activity_at = True, AT
        session.add(state)
        session.flush()
        assert self.remove(session, cast, cast.psw.id) == (cast.autumn.id,)
        states = session.scalars(select(Enrolment.state).where(Enrolment.person_id == cast.psw.id)).all()
        assert states == ["withdrawn"]
        assert role_of(session, cast.psw.id) is None
        assert session.scalar(select(func.count()).where(ModuleState.person_id == cast.psw.id)) == 1
        assert session.get_one(Person, cast.psw.id).is_active

    def test_a_trainer_who_comes_back_runs_nothing_by_itself(self, session: Session, cast: Cast) -> None:
        self.remove(session, cast, cast.trainer.id)
        runs = select(func.count()).where(CohortTrainer.person_id == cast.trainer.id)
        assert session.scalar(runs) == 0

    def test_other_organisations_are_not_touched(self, session: Session, cast: Cast) -> None:
        session.add(Membership(organisation_id=cast.theirs.id, person_id=cast.psw.id, role="learner", created_at=AT))
        row = Enrolment(organisation_id=cast.theirs.id, cohort_id=cast.their_autumn.id, person_id=cast.psw.id)
        row.state, row.state_since = "active", AT
        session.add(row)
        session.flush()
        mine = select(Membership.id).where(
            Membership.person_id == cast.psw.id, Membership.organisation_id == cast.ours.id
        )
        manager = actor_of(session, cast.manager)
        remove_member(session, actor=manager, organisation=OURS, member_id=session.scalars(mine).one(), at=AT)
        assert row.state == "active"
        assert role_of(session, cast.psw.id) == "learner"


class TestPeopleOfAnOrganisation:
    def test_members_are_found_by_name_without_fadas_by_address_and_by_staff_id(
        self, session: Session, cast: Cast
    ) -> None:
        session.execute(
            update(Membership).where(Membership.person_id == cast.psw.id).values(staff_id="10 482", staff_key="10482")
        )
        for search in ("o dalaigh", "Ó Dál", cast.psw.email.upper(), "1048"):
            lines, total = member_lines(session, cast.ours.id, search=search)
            assert [line.name for line in lines] == [cast.psw.name], search
            assert total == 1
        assert member_lines(session, cast.ours.id, search="100%")[1] == 0
        assert member_lines(session, cast.ours.id, search="_")[1] == 0

    def test_whoever_has_not_answered_is_no_member_with_or_without_an_account_elsewhere(
        self, session: Session, cast: Cast
    ) -> None:
        before = member_lines(session, cast.ours.id)[1]
        add_invited(session, cast, email="waiting@quay.example")
        row = Enrolment(organisation_id=cast.ours.id, cohort_id=cast.autumn.id, person_id=cast.stranger_learner.id)
        row.state, row.state_since, row.invited_as = "invited", AT, "As we call them"
        session.add(row)
        session.flush()
        assert member_lines(session, cast.ours.id)[1] == before
        names = names_in(session, cast.ours.id, [cast.stranger_learner.id, cast.stranger_manager.id])
        assert names == {cast.stranger_learner.id: "As we call them"}

    def test_a_page_costs_two_statements_whatever_the_size(self, engine: Engine, cast: Cast) -> None:
        with Session(engine) as session:
            for number in range(120):
                person = Person(name=f"Many {number:03}", name_key=f"many {number:03}", is_active=True, created_at=AT)
                session.add(person)
                session.flush()
                session.add(
                    Membership(organisation_id=cast.ours.id, person_id=person.id, role="learner", created_at=AT)
                )
            session.commit()
            with counted(engine) as seen:
                lines, total = member_lines(session, cast.ours.id, search="many", first=50)
            assert total == 120
            assert [line.name for line in lines] == [f"Many {number:03}" for number in range(50, 100)]
            assert len(seen) == 2

    def test_a_line_says_nothing_of_practice_or_progress(self, session: Session, cast: Cast) -> None:
        line = find_member_line(session, cast.ours.id, member_of(session, cast.psw.id))
        assert line is not None
        assert set(line.__slots__) == {
            "member_id", "person_id", "name", "contact", "role", "is_active", "cohort_count",
        }  # fmt: skip
        assert line.cohort_count == 1


class TestCohorts:
    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Oíche & Lá 2026", "oiche-la-2026"),
            ("Autumn", "autumn-2"),
            ("  Spring   term ", "spring-term"),
            ("†", "cohort"),
            ("x" * 200, "x" * 50),
        ],
    )
    def test_the_address_is_made_of_the_name(self, session: Session, cast: Cast, name: str, slug: str) -> None:
        manager = actor_of(session, cast.manager)
        cohort = found_cohort(session, actor=manager, organisation=OURS, name=name, at=AT)
        assert cohort.slug == slug
        assert cohort.name == " ".join(name.split())
        assert trainers_of(session, cohort.id, cast.ours.id) == ()

    def test_a_trainer_who_makes_a_cohort_runs_it(self, session: Session, cast: Cast) -> None:
        trainer = actor_of(session, cast.trainer)
        cohort = found_cohort(session, actor=trainer, organisation=OURS, name="Mine", at=AT)
        assert [one.name for one in trainers_of(session, cohort.id, cast.ours.id)] == [cast.trainer.name]
        assert events(session) == [(EventKind.COHORT_CREATED, cohort.id)]

    def test_two_of_one_name_at_once_get_two_addresses(self, engine: Engine, cast: Cast) -> None:
        with Session(engine) as session:
            manager = actor_of(session, cast.manager)
        made = all_at_once(
            engine,
            [lambda db: found_cohort(db, actor=manager, organisation=OURS, name="Twins", at=AT).slug] * 4,
        )
        assert sorted(map(str, made)) == ["twins", "twins-2", "twins-3", "twins-4"]

    @pytest.mark.parametrize("key", ["psw", "winter_learner"])
    def test_learners_make_none(self, session: Session, cast: Cast, key: str) -> None:
        with pytest.raises(NotAllowed):
            found_cohort(session, actor=actor_of(session, getattr(cast, key)), organisation=OURS, name="Mine", at=AT)

    def test_a_new_name_leaves_the_address(self, session: Session, cast: Cast) -> None:
        trainer = actor_of(session, cast.trainer)
        rename_cohort(session, actor=trainer, **AUTUMN, name="Later on the Quay", at=AT)
        assert [line[0] for line in events(session)] == [EventKind.COHORT_RENAMED]
        with pytest.raises(Invalid):
            rename_cohort(session, actor=trainer, **AUTUMN, name="  ", at=AT)

    def test_managers_name_trainers_and_take_them_off(self, session: Session, cast: Cast) -> None:
        manager, number = actor_of(session, cast.manager), member_of(session, cast.other_trainer.id)
        assert cast.other_trainer.name in {one.name for one in possible_trainers(session, cast.autumn.id, cast.ours.id)}
        add_cohort_trainer(session, actor=manager, **AUTUMN, member_id=number, at=AT)
        names = [one.name for one in trainers_of(session, cast.autumn.id, cast.ours.id)]
        assert names == [cast.trainer.name, cast.other_trainer.name]
        remove_cohort_trainer(session, actor=manager, **AUTUMN, member_id=number, at=AT)
        remove_cohort_trainer(session, actor=manager, **AUTUMN, member_id=number, at=AT)
        assert [one.name for one in trainers_of(session, cast.autumn.id, cast.ours.id)] == [cast.trainer.name]

    def test_a_trainer_names_nobody_because_trainers_read_names(self, session: Session, cast: Cast) -> None:
        number = member_of(session, cast.other_trainer.id)
        with pytest.raises(NotAllowed):
            add_cohort_trainer(session, actor=actor_of(session, cast.trainer), **AUTUMN, member_id=number, at=AT)

    def test_a_learner_cannot_be_named(self, session: Session, cast: Cast) -> None:
        manager, number = actor_of(session, cast.manager), member_of(session, cast.psw.id)
        with pytest.raises(Invalid, match="trainer"):
            add_cohort_trainer(session, actor=manager, **AUTUMN, member_id=number, at=AT)
