"""What a list would do, and doing it: on both databases, as a whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.databases import counted
from tests.factories import actor_of
from tests.samples import AT
from trainer.accounts.actor import Actor
from trainer.accounts.models import Membership, Person
from trainer.accounts.services import create_person, set_active
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import CohortOf, roster_of
from trainer.cohorts.roster.applying import Applied, apply_roster
from trainer.cohorts.roster.exporting import roster_rows
from trainer.cohorts.roster.planning import Fate, Plan, plan_roster
from trainer.cohorts.roster.reading import Roster, parse_roster
from trainer.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.tables import csv_blocks, workbook

pytestmark = pytest.mark.any_database
HEAD = "Full name (NAME),E-mail (EMAIL),Staff id (STAFF_ID)"


@pytest.fixture
def trainer(session: Session, cast: Cast) -> Actor:
    return actor_of(session, cast.trainer)


@pytest.fixture
def autumn(session: Session, cast: Cast, trainer: Actor) -> CohortOf:
    return cohort_for(session, trainer, cast.ours.slug, "autumn", to=Permission.MANAGE)


def listed(*rows: str) -> Roster:
    return parse_roster("\n".join((HEAD, *rows)).encode())


def fates(plan: Plan) -> list[str]:
    return [line.fate.value for line in plan.lines]


def apply(session: Session, actor: Actor, roster: Roster, *, digest: str | None = None) -> Applied:
    cohort = cohort_for(session, actor, "gannet-quay", "autumn", to=Permission.MANAGE)
    agreed = digest or plan_roster(session, cohort, roster).digest
    return apply_roster(
        session, actor=actor, organisation="gannet-quay", cohort="autumn", roster=roster, digest=agreed, at=AT
    )


def states(session: Session, cohort: CohortOf) -> dict[str, str]:
    return {line.name: line.state for line in roster_of(session, cohort.id)}


class TestPlanning:
    def test_each_line_has_its_fate(self, session: Session, cast: Cast, autumn: CohortOf) -> None:
        roster = listed(
            "Ben Brady,ben@quay.example,",
            f"Gobnait Nic Aodha,{cast.winter_learner.email.upper()},",
            f"Hanora Ferriter,{cast.withdrawn.email},",
            f"Eimear Ó Dálaigh,{cast.psw.email},",
        )
        plan = plan_roster(session, autumn, roster)
        assert fates(plan) == ["invite", "enrol", "restore", "unchanged"]
        assert plan.missing_count == 1  # the clinician, who stays
        assert plan.problems == ()

    def test_an_account_elsewhere_looks_like_none(self, session: Session, cast: Cast, autumn: CohortOf) -> None:
        plan = plan_roster(
            session, autumn, listed(f"Maebh,{cast.stranger_learner.email},", "Ben,nobody@anywhere.example,")
        )
        assert fates(plan) == ["invite", "invite"]
        assert [line.person_id for line in plan.lines] == [None, None]

    def test_a_closed_account_of_ours_is_a_problem(self, session: Session, cast: Cast, autumn: CohortOf) -> None:
        set_active(session, person_id=cast.clinician.id, is_active=False)
        plan = plan_roster(session, autumn, listed(f"Fionn,{cast.clinician.email},"))
        assert [one.line for one in plan.problems] == [2]

    def test_address_and_staff_id_of_two_people_are_a_problem(
        self, session: Session, cast: Cast, autumn: CohortOf
    ) -> None:
        session.execute(
            update(Membership).where(Membership.person_id == cast.clinician.id).values(staff_id="F-7", staff_key="f-7")
        )
        plan = plan_roster(session, autumn, listed(f"Eimear,{cast.psw.email},F-7"))
        assert "one person here" in plan.problems[0].message
        other = plan_roster(session, autumn, listed(f"Fionn,{cast.clinician.email},F-8"))
        assert "another staff id" in other.problems[0].message

    def test_one_person_under_two_names_is_a_problem(self, session: Session, cast: Cast, autumn: CohortOf) -> None:
        session.execute(
            update(Membership).where(Membership.person_id == cast.psw.id).values(staff_id="E1", staff_key="e1")
        )
        plan = plan_roster(session, autumn, listed(f"Eimear,{cast.psw.email},", "E. Ó Dálaigh,,E1"))
        assert "same person as line 2" in plan.problems[0].message

    def test_it_takes_two_statements_whatever_the_size(self, session: Session, autumn: CohortOf) -> None:
        for count in (1, 100, 3_000):
            roster = listed(*(f"Learner {number},l{number}@quay.example," for number in range(count)))
            with counted(session.get_bind()) as statements:
                plan_roster(session, autumn, roster)
            assert len(statements) == 2

    def test_planning_writes_nothing(self, session: Session, autumn: CohortOf) -> None:
        before = session.scalar(select(func.count()).select_from(Person))
        plan_roster(session, autumn, listed("Ben,ben@quay.example,"))
        assert session.scalar(select(func.count()).select_from(Person)) == before


class TestApplying:
    def test_everybody_lands_where_the_plan_said(
        self, session: Session, cast: Cast, trainer: Actor, autumn: CohortOf
    ) -> None:
        done = apply(
            session,
            trainer,
            listed(
                "Ben Brady,ben@quay.example,",
                "Cara Daly,,10482",
                f"Gobnait Nic Aodha,{cast.winter_learner.email},W-3",
                f"Hanora Ferriter,{cast.withdrawn.email},",
                f"Eimear Ó Dálaigh,{cast.psw.email},",
            ),
        )
        assert dict(done.plan.counts) == {Fate.INVITE: 2, Fate.ENROL: 1, Fate.RESTORE: 1, Fate.UNCHANGED: 1}
        assert states(session, autumn) == {
            "Ben Brady": "invited",
            "Cara Daly": "invited",
            "Eimear Ó Dálaigh": "active",
            "Fionn Kowalczyk": "active",
            "Gobnait Nic Aodha": "active",
            "Hanora Ferriter": "active",
        }
        staff = {line.name: line.staff_id for line in roster_of(session, autumn.id)}
        assert (staff["Cara Daly"], staff["Gobnait Nic Aodha"]) == ("10482", "W-3")
        names = session.scalars(select(Person.name).where(Person.id.in_(done.invited_ids)))
        assert sorted(names) == ["Ben Brady", "Cara Daly"]

    @pytest.mark.parametrize("count", [1, 40])
    def test_the_same_file_again_changes_nothing(
        self, session: Session, trainer: Actor, autumn: CohortOf, count: int
    ) -> None:
        roster = listed(*(f"Learner {number:03},l{number}@quay.example,S{number}" for number in range(count)))
        apply(session, trainer, roster)
        again = plan_roster(session, autumn, roster)
        assert set(fates(again)) == {"unchanged"}
        assert again.changes == 0
        assert again.problems == ()

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_the_exported_list_imports_as_no_change(
        self, session: Session, cast: Cast, trainer: Actor, autumn: CohortOf, form: str
    ) -> None:
        apply(session, trainer, listed("Ben Brady,ben@quay.example,", "-Cara Daly,,+482"))
        rows = list(roster_rows(roster_of(session, autumn.id)))
        data = workbook(rows, title="People") if form == "xlsx" else "".join(csv_blocks(rows)).encode()
        plan = plan_roster(session, autumn, parse_roster(data))
        assert plan.problems == ()
        assert plan.changes == 0
        assert plan.missing_count == 0
        assert cast.withdrawn.name not in [line.person.name for line in plan.lines]

    def test_an_account_elsewhere_stays_its_owners_until_they_accept(
        self, session: Session, cast: Cast, trainer: Actor, autumn: CohortOf
    ) -> None:
        session.execute(
            update(Person)
            .where(Person.id == cast.stranger_learner.id)
            .values(email=cast.stranger_learner.email.title())
        )
        done = apply(session, trainer, listed(f"Maebh of the Weir,{cast.stranger_learner.email},"))
        assert done.invited_ids == (cast.stranger_learner.id,)
        assert states(session, autumn)["Maebh of the Weir"] == "invited"
        (line,) = [one for one in roster_of(session, autumn.id) if one.state == "invited"]
        assert line.email == cast.stranger_learner.email.casefold()  # not as its owner writes it
        ours = select(Membership.id).where(
            Membership.organisation_id == cast.ours.id, Membership.person_id == cast.stranger_learner.id
        )
        assert session.scalar(ours) is None
        assert plan_roster(session, autumn, listed(f"Maebh,{cast.stranger_learner.email},")).changes == 0

    def test_whoever_waits_elsewhere_waits_here_too(
        self, session: Session, cast: Cast, trainer: Actor, autumn: CohortOf
    ) -> None:
        apply(session, trainer, listed("Ben Brady,ben@quay.example,"))
        manager = actor_of(session, cast.manager)
        winter = cohort_for(session, manager, cast.ours.slug, "winter", to=Permission.MANAGE)
        roster = listed("Ben Brady,ben@quay.example,")
        plan = plan_roster(session, winter, roster)
        assert fates(plan) == ["enrol"]
        where = {"organisation": cast.ours.slug, "cohort": "winter"}
        apply_roster(session, actor=manager, **where, roster=roster, digest=plan.digest, at=AT)
        assert states(session, winter)["Ben Brady"] == "invited"

    def test_whoever_never_accepted_is_invited_again_when_brought_back(
        self, session: Session, trainer: Actor, autumn: CohortOf
    ) -> None:
        roster = listed("Ben Brady,ben@quay.example,")
        apply(session, trainer, roster)
        session.execute(update(Enrolment).where(Enrolment.invited_as == "Ben Brady").values(state="withdrawn"))
        apply(session, trainer, roster)
        assert states(session, autumn)["Ben Brady"] == "invited"

    def test_a_list_with_a_problem_changes_nothing(self, session: Session, trainer: Actor, autumn: CohortOf) -> None:
        before = states(session, autumn)
        with pytest.raises(Invalid):
            apply(session, trainer, listed("Ben Brady,ben@quay.example,", "Cara,nowhere,"))
        assert states(session, autumn) == before

    def test_a_plan_that_is_no_longer_true_is_refused(
        self, session: Session, cast: Cast, trainer: Actor, autumn: CohortOf
    ) -> None:
        roster = listed(f"Gobnait Nic Aodha,{cast.winter_learner.email},")
        seen = plan_roster(session, autumn, roster).digest
        apply(session, trainer, roster)
        with pytest.raises(Conflict, match="since you looked"):
            apply(session, trainer, roster, digest=seen)

    def test_an_address_that_appeared_meanwhile_is_no_half_import(
        self, session: Session, trainer: Actor, autumn: CohortOf
    ) -> None:
        """Somebody else's organisation adds the same new person at the same moment: then they have an account."""
        roster = listed("Ben Brady,ben@quay.example,")
        seen = plan_roster(session, autumn, roster).digest
        elsewhere = create_person(session, name="Benjamin", email="BEN@quay.example", at=AT)
        done = apply(session, trainer, roster, digest=seen)
        assert done.invited_ids == (elsewhere,)

    @pytest.mark.parametrize("key", ["psw", "other_trainer"])
    def test_only_who_runs_the_cohort_may(self, session: Session, cast: Cast, key: str) -> None:
        with pytest.raises(NotAllowed):
            apply(session, actor_of(session, getattr(cast, key)), listed("Ben,ben@quay.example,"))

    def test_another_organisation_finds_no_such_cohort(self, session: Session, cast: Cast) -> None:
        with pytest.raises(NotFound):
            apply(session, actor_of(session, cast.stranger_manager), listed("Ben,ben@quay.example,"))

    def test_a_long_list_is_written_in_few_statements_and_tells_how_far_it_is(
        self, session: Session, trainer: Actor, autumn: CohortOf
    ) -> None:
        roster = listed(*(f"Learner {number},l{number}@quay.example,S{number}" for number in range(6_000)))
        digest = plan_roster(session, autumn, roster).digest
        steps: list[tuple[int, int]] = []
        with counted(session.get_bind()) as statements:
            apply_roster(
                session,
                actor=trainer,
                organisation="gannet-quay",
                cohort="autumn",
                roster=roster,
                digest=digest,
                at=AT,
                progress=lambda done, total: steps.append((done, total)),
            )
        assert steps == [(5_000, 6_000), (6_000, 6_000)]
        assert len(set(statements)) <= 12
        assert len(roster_of(session, autumn.id)) == 6_003


def test_a_role_in_the_file_makes_nobody_anything(session: Session, trainer: Actor, autumn: CohortOf) -> None:
    data = b"Name,Email,Role,Organisation\nBen,ben@quay.example,manager,heron-weir\n"
    done = apply(session, trainer, parse_roster(data))
    rows: Sequence[tuple[str, int]] = [
        (role, organisation)
        for role, organisation in session.execute(
            select(Membership.role, Membership.organisation_id).where(Membership.person_id.in_(done.invited_ids))
        )
    ]
    assert rows == [("learner", autumn.organisation_id)]
