"""Where somebody stands, folded from facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import AT, sample_module
from trainer.clock import end_of_local_day, local_date
from trainer.learning.place import minutes_left, next_place, quiz_minutes
from trainer.learning.progress import State, SubmittedScore, best_of, fold_standing, is_complete, is_overdue

MODULE = sample_module()
READ = [section.id for section in MODULE.sections]
HOUR = timedelta(hours=1)


def submitted(points: int, possible: int = 400, *, hours: int = 1, is_passed: bool = False) -> SubmittedScore:
    return SubmittedScore(points, possible, is_passed, AT, AT + hours * HOUR)


def test_nothing_done_is_not_started() -> None:
    standing = fold_standing(read_at=[], open_since=[], submitted=[], completed_at=None)
    assert standing.state is State.NOT_STARTED
    assert standing.started_at is None
    assert standing.best_points is None


@pytest.mark.parametrize("facts", [{"read_at": [AT]}, {"open_since": [AT]}, {"submitted": [submitted(0)]}])
def test_anything_done_is_in_progress(facts: dict[str, list[object]]) -> None:
    standing = fold_standing(**{"read_at": [], "open_since": [], "submitted": [], "completed_at": None, **facts})  # type: ignore[arg-type]
    assert standing.state is State.IN_PROGRESS
    assert standing.started_at == AT


def test_completed_stays_completed_whatever_comes_after() -> None:
    later = submitted(0, hours=9)
    standing = fold_standing(read_at=[AT], open_since=[AT + HOUR], submitted=[later], completed_at=AT)
    assert standing.state is State.COMPLETED
    assert standing.completed_at == AT
    assert standing.last_activity_at == AT + 9 * HOUR


def test_the_best_is_a_share_and_of_equals_the_earliest() -> None:
    scores = [submitted(300, 400, hours=1), submitted(375, 500, hours=2), submitted(390, 500, hours=3)]
    assert best_of(scores) == scores[2]
    assert best_of(scores[:2]) == scores[0]
    assert best_of(reversed(scores[:2])) == scores[0]
    assert best_of([]) is None


moments = st.integers(0, 365 * 24 * 3600).map(lambda seconds: AT + timedelta(seconds=seconds))
scores = st.builds(
    lambda points, passed, start, length: SubmittedScore(points, 400, passed, start, start + length),
    st.integers(0, 400),
    st.booleans(),
    moments,
    st.timedeltas(timedelta(0), timedelta(days=3)),
)


@given(
    read_at=st.lists(moments, max_size=4),
    open_since=st.lists(moments, max_size=1),
    taken=st.lists(scores, max_size=4, unique_by=lambda score: score.submitted_at),
    completed_at=st.none() | moments,
    data=st.data(),
)
def test_the_order_of_facts_does_not_matter(
    read_at: list[datetime],
    open_since: list[datetime],
    taken: list[SubmittedScore],
    completed_at: datetime | None,
    data: st.DataObject,
) -> None:
    standing = fold_standing(read_at=read_at, open_since=open_since, submitted=taken, completed_at=completed_at)
    again = fold_standing(
        read_at=data.draw(st.permutations(read_at)),
        open_since=open_since,
        submitted=data.draw(st.permutations(taken)),
        completed_at=completed_at,
    )
    assert again == standing
    assert standing.attempt_count == len(taken)
    assert standing.has_passed == any(score.is_passed for score in taken)
    if standing.started_at is not None and standing.last_activity_at is not None:
        assert standing.started_at <= standing.last_activity_at


@pytest.mark.parametrize(
    ("rule", "read_all", "passed", "complete"),
    [
        ("read", True, False, True),
        ("read", False, True, False),
        ("passed", False, True, True),
        ("passed", True, False, False),
        ("read_and_passed", True, True, True),
        ("read_and_passed", True, False, False),
        ("read_and_passed", False, True, False),
    ],
)
def test_each_rule_of_completion(rule: str, read_all: bool, passed: bool, complete: bool) -> None:
    module = replace(MODULE, complete_when=rule)  # type: ignore[arg-type]
    assert is_complete(module, read_ids=READ if read_all else READ[1:], has_passed=passed) is complete


def test_sections_of_an_older_revision_do_not_stand_in_the_way() -> None:
    assert is_complete(MODULE, read_ids=[*READ, "a-section-that-is-gone"], has_passed=True)


@pytest.mark.parametrize(
    ("day", "last_moment"),
    [
        (date(2026, 11, 20), datetime(2026, 11, 21, 0, 0, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 7, 1, 23, 0, tzinfo=UTC)),  # summer time
        (date(2026, 3, 29), datetime(2026, 3, 29, 23, 0, tzinfo=UTC)),  # the day the clocks go forward
        (date(2026, 10, 25), datetime(2026, 10, 26, 0, 0, tzinfo=UTC)),  # the day they go back
    ],
)
def test_a_due_day_ends_when_it_ends_in_ireland(day: date, last_moment: datetime) -> None:
    due_at = end_of_local_day(day)
    assert due_at == last_moment
    just_before = due_at - timedelta(microseconds=1)
    assert local_date(just_before) == day
    assert not is_overdue(State.IN_PROGRESS, due_at=due_at, at=just_before)
    assert is_overdue(State.IN_PROGRESS, due_at=due_at, at=due_at)
    assert is_overdue(State.NOT_STARTED, due_at=due_at, at=due_at)
    assert not is_overdue(State.COMPLETED, due_at=due_at, at=due_at)
    assert not is_overdue(State.NOT_STARTED, due_at=None, at=due_at)


class TestWhereToGoOn:
    def test_an_open_attempt_comes_first(self) -> None:
        assert next_place(MODULE, read_ids=[], is_attempt_open=True, has_passed=False).kind == "attempt"

    def test_then_the_first_section_that_is_not_read(self) -> None:
        place = next_place(MODULE, read_ids=[READ[0], READ[2]], is_attempt_open=False, has_passed=True)
        assert place.section == MODULE.sections[1]

    def test_then_the_quiz_while_it_is_not_passed(self) -> None:
        assert next_place(MODULE, read_ids=READ, is_attempt_open=False, has_passed=False).kind == "quiz"
        assert next_place(MODULE, read_ids=READ, is_attempt_open=False, has_passed=True).kind == "over"

    def test_without_a_quiz_the_end_is_the_end(self) -> None:
        module = sample_module("reading-only")
        read = [section.id for section in module.sections]
        assert next_place(module, read_ids=read, is_attempt_open=False, has_passed=False).kind == "over"
        assert quiz_minutes(module) == 0

    def test_minutes_left_shrink_with_every_step(self) -> None:
        left = [minutes_left(MODULE, read_ids=READ[:count], has_passed=False) for count in range(4)]
        assert left == sorted(left, reverse=True)
        assert left[-1] == quiz_minutes(MODULE) == 3
        assert minutes_left(MODULE, read_ids=READ, has_passed=True) == 0
