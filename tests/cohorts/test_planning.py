"""Dates of several modules at once, and whole days over both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.factories import actor_of
from trainer.clock import end_of_local_day, local_date, start_of_local_day
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.mine import my_assignments
from trainer.cohorts.planning import PlannedModule, path_plan, shifted_plan, weeks_between
from trainer.cohorts.queries import assignments_of
from trainer.cohorts.scheduling import Wish, cohorts_to_copy_from, set_assignments
from trainer.cohorts.services import assign_module
from trainer.errors import Invalid, NotAllowed, NotFound
from trainer.learning.progress import State, is_overdue
from trainer.reporting.cohort_progress import modules_of

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
INSTANT = timedelta(microseconds=1)


class TestWholeDays:
    @given(DAYS)
    @example(SPRING)
    @example(SPRING - timedelta(days=1))
    @example(AUTUMN)
    @example(AUTUMN - timedelta(days=1))
    def test_a_day_is_due_until_its_last_moment_and_not_longer(self, day: date) -> None:
        end = end_of_local_day(day)
        for at, is_over in ((end - INSTANT, False), (end, True)):
            assert is_overdue(State.IN_PROGRESS, due_at=end, at=at) is is_over
            assert (local_date(at) > day) is is_over, "screens compare days, reports instants"
        assert not is_overdue(State.COMPLETED, due_at=end, at=end)

    @given(DAYS)
    @example(SPRING)
    @example(AUTUMN)
    def test_a_day_opens_at_its_first_moment_and_not_before(self, day: date) -> None:
        start = start_of_local_day(day)
        assert local_date(start) == day
        assert local_date(start - INSTANT) == day - timedelta(days=1)
        assert start == end_of_local_day(day - timedelta(days=1))

    @pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 6, 1), 24)])
    def test_the_days_on_which_the_clocks_change_are_shorter_and_longer(self, day: date, hours: int) -> None:
        assert end_of_local_day(day) - start_of_local_day(day) == timedelta(hours=hours)

    def test_midnight_in_summer_is_eleven_in_the_evening_of_utc(self) -> None:
        assert end_of_local_day(date(2026, 7, 1)) == datetime(2026, 7, 1, 23, tzinfo=UTC)
        assert end_of_local_day(date(2026, 12, 1)) == datetime(2026, 12, 2, 0, tzinfo=UTC)


@pytest.mark.any_database
@pytest.mark.parametrize("day", [SPRING, AUTUMN, date(2026, 12, 1)])
def test_the_report_turns_at_the_same_moment_as_the_screens(session: Session, cast: Cast, day: date) -> None:
    manager = actor_of(session, cast.manager)
    where = {"organisation": cast.ours.slug, "cohort": "autumn"}
    assign_module(session, actor=manager, **where, module_id="S2", opens_on=day, due_on=day)
    (one,) = [module for module in modules_of(session, cast.autumn.id) if module.module_id == "S2"]
    assert my_assignments(session, cast.psw.id)["S2"].due_on == day
    end = end_of_local_day(day)
    assert [one.is_past_due(at) for at in (end - INSTANT, end)] == [False, True]


class TestPlans:
    def test_a_path_goes_one_after_the_other(self) -> None:
        plan = path_plan(["A", "B", "C"], opens_on=date(2026, 12, 1), first_due_on=date(2026, 12, 14), gap_weeks=2)
        assert plan == (
            PlannedModule("A", date(2026, 12, 1), date(2026, 12, 14)),
            PlannedModule("B", date(2026, 12, 14), date(2026, 12, 28)),
            PlannedModule("C", date(2026, 12, 28), date(2027, 1, 11)),
        )

    @given(DAYS, DAYS, DAYS)
    def test_copied_dates_keep_weekdays_and_distances_and_begin_in_the_wanted_week(
        self, opens: date, due: date, wanted: date
    ) -> None:
        old = (PlannedModule("A", opens, None), PlannedModule("B", opens + timedelta(days=3), due))
        new = shifted_plan(old, weeks=weeks_between(opens, wanted))
        assert [one.opens_on.weekday() for one in new] == [one.opens_on.weekday() for one in old]
        assert new[1].opens_on - new[0].opens_on == timedelta(days=3)
        assert new[0].opens_on.isocalendar()[:2] == wanted.isocalendar()[:2]
        assert new[0].due_on is None
        assert new[1].due_on is not None
        assert new[1].due_on - due == new[0].opens_on - opens


@pytest.mark.any_database
class TestSettingSeveral:
    def test_what_has_a_date_stays_unless_it_is_ticked(self, session: Session, cast: Cast) -> None:
        trainer = actor_of(session, cast.trainer)
        where = {"organisation": cast.ours.slug, "cohort": "autumn"}
        before = {one.module_id: one for one in assignments_of(session, cast.autumn.id)}
        new = {key: PlannedModule(key, date(2027, 1, 4), date(2027, 1, 18)) for key in ("S1", "S2", "S3")}
        wishes = [Wish(new["S1"], False), Wish(new["S2"], False), Wish(new["S3"], True)]
        outcome = set_assignments(session, actor=trainer, **where, wishes=wishes)
        assert (outcome.was_set, outcome.stayed) == (("S2", "S3"), ("S1",))
        after = {one.module_id: one for one in assignments_of(session, cast.autumn.id)}
        assert after["S1"] == before["S1"]
        assert after["S2"].due_on == after["S3"].due_on == date(2027, 1, 18)
        assert after["S3"].id == before["S3"].id

    def test_one_bad_date_and_nothing_is_set(self, session: Session, cast: Cast) -> None:
        trainer = actor_of(session, cast.trainer)
        where = {"organisation": cast.ours.slug, "cohort": "autumn"}
        before = assignments_of(session, cast.autumn.id)
        good = Wish(PlannedModule("S2", date(2027, 1, 4), None), True)
        bad = Wish(PlannedModule("S1", date(2027, 1, 4), date(2027, 1, 3)), True)
        with pytest.raises(Invalid):
            set_assignments(session, actor=trainer, **where, wishes=[good, bad])
        assert assignments_of(session, cast.autumn.id) == before

    @pytest.mark.parametrize(
        ("who", "error"), [("psw", NotAllowed), ("other_trainer", NotAllowed), ("stranger_manager", NotFound)]
    )
    def test_nobody_else_sets_any(self, session: Session, cast: Cast, who: str, error: type[Exception]) -> None:
        actor = actor_of(session, getattr(cast, who))
        with pytest.raises(error):
            set_assignments(session, actor=actor, organisation=cast.ours.slug, cohort="autumn", wishes=[])

    def test_one_copies_only_from_cohorts_one_may_manage(self, session: Session, cast: Cast) -> None:
        def offered(who: str) -> list[str]:
            found = cohort_for(session, actor_of(session, cast.manager), cast.ours.slug, "autumn", to=Permission.VIEW)
            return [slug for slug, _ in cohorts_to_copy_from(session, actor_of(session, getattr(cast, who)), found)]

        assert offered("manager") == ["winter"]
        assert offered("trainer") == []
