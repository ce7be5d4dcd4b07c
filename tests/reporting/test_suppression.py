"""What may be shown of an organisation: the rule by example, its words, tables, and the groups that carry it on."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reporting.synthetic import WEEKS, day_of, organisation, year
from trainer.reporting.suppression.figures import HIDDEN, Kind, Released, rounded, together
from trainer.reporting.suppression.rule import effective, release
from trainer.reporting.suppression.snapshots import Group, Snapshot, Standing, forget, next_snapshot, table
from trainer.reporting.suppression.tables import Counts, ReleasedTable, release_table

START = date(2026, 1, 5)


def said(learners: int, completed: int, *, left: int = 0, threshold: int = 10) -> tuple[str, str, str] | None:
    return words(release(learners, completed, threshold=threshold, left=left))


def words(found: Released | None) -> tuple[str, str, str] | None:
    return (found.learners.words, found.completed.words, found.not_yet.words) if found else None


@pytest.mark.parametrize(
    ("completed", "expected"),
    [
        (0, ("25", "fewer than 10", "all but fewer than 10")),
        (9, ("25", "fewer than 10", "all but fewer than 10")),
        (10, ("25", "10", "15")),
        (12, ("25", "10", "15")),
        (13, ("25", "15", "10")),
        (15, ("25", "15", "10")),
        (16, ("25", "all but fewer than 10", "fewer than 10")),
        (25, ("25", "all but fewer than 10", "fewer than 10")),
    ],
)
def test_numbers_are_rounded_and_the_ends_are_wide(completed: int, expected: tuple[str, str, str]) -> None:
    assert said(25, completed) == expected


@pytest.mark.parametrize(("learners", "is_shown"), [(0, False), (9, False), (19, False), (20, True)])
def test_a_group_needs_twice_the_threshold(learners: int, is_shown: bool) -> None:
    assert all((said(learners, count) is not None) == is_shown for count in range(learners + 1))


@pytest.mark.parametrize(
    ("completed", "expected"),
    [(0, "≤ 5 %"), (12, "≤ 5 %"), (13, "15"), (227, "225"), (228, "≥ 95 %"), (240, "≥ 95 %")],
)
def test_a_large_group_says_five_per_cent_at_its_ends(completed: int, expected: str) -> None:
    found = said(240, completed)
    assert found is not None
    assert found[1] == expected
    assert found[2] == {"≤ 5 %": "≥ 95 %", "≥ 95 %": "≤ 5 %"}.get(expected, f"{240 - int(expected.strip('≤≥ %')):,}")


def test_five_per_cent_is_said_only_where_it_is_as_many_as_the_threshold_hides() -> None:
    assert [said(learners, 0)[1] for learners in (179, 180)] == ["fewer than 10", "≤ 5 %"]  # type: ignore[index]
    # With leavers the upper end has to be wider than that.
    assert said(200, 200, left=1) == ("200", "all but fewer than 15", "fewer than 15")
    assert said(300, 300, left=5) == ("300", "≥ 95 %", "≤ 5 %")
    assert said(300, 300, left=6) == ("300", "all but fewer than 20", "fewer than 20")


def test_who_has_left_widens_the_upper_end_only() -> None:
    assert said(40, 10, left=6) == ("40", "10", "30")
    assert said(40, 20, left=6) == ("40", "20", "20")
    assert said(40, 21, left=6) == ("40", "all but fewer than 20", "fewer than 20")
    assert said(40, 9, left=6) == ("40", "fewer than 10", "all but fewer than 10")


def test_where_the_ends_would_touch_nothing_new_is_said() -> None:
    assert [said(25, 12, left=left) is not None for left in (0, 5, 6)] == [True, True, False]
    assert [said(learners, 12, left=5) is not None for learners in (23, 24)] == [False, True]


@pytest.mark.parametrize(("setting", "used"), [(0, 5), (1, 5), (5, 5), (7, 10), (10, 10), (12, 15), (100, 100)])
def test_the_threshold_is_a_multiple_of_five_and_never_below_five(setting: int, used: int) -> None:
    assert effective(setting) == used
    assert release(2 * used - 1, 0, threshold=setting) is None
    assert said(2 * used, 0, threshold=setting) == (f"{2 * used}", f"fewer than {used}", f"all but fewer than {used}")


@pytest.mark.parametrize(("learners", "completed", "left"), [(20, 21, 0), (20, -1, 0), (20, 5, 21), (20, 5, -1)])
def test_counts_that_cannot_be_are_refused(learners: int, completed: int, left: int) -> None:
    with pytest.raises(ValueError):
        release(learners, completed, threshold=10, left=left)


GROUP = st.tuples(st.integers(0, 450), st.integers(0, 450), st.integers(0, 40)).filter(
    lambda one: one[1] <= one[0] and one[2] <= one[0]
)


@given(GROUP, st.sampled_from([5, 10, 15, 20]))
def test_what_is_said_is_true_and_never_a_small_number(group: tuple[int, int, int], threshold: int) -> None:
    learners, completed, left = group
    found = release(learners, completed, threshold=threshold, left=left)
    if found is None:
        return
    assert found.learners.number == rounded(learners)
    assert abs(rounded(learners) - learners) <= 2
    for figure, count in ((found.completed, completed), (found.not_yet, learners - completed)):
        assert figure.low % 5 == figure.high % 5 == 0
        if figure.kind is Kind.NUMBER:
            assert threshold <= figure.low == figure.high
            assert abs(figure.low - count) <= 4
        elif figure.kind is Kind.FEWER:
            assert count < figure.high
            assert threshold <= figure.high
        elif figure.kind is Kind.ALL_BUT_FEWER:
            assert learners - count < figure.high - figure.low
        elif figure.kind is Kind.AT_MOST_5:
            assert count * 20 <= learners
            assert count < figure.high
        else:
            assert figure.kind is Kind.AT_LEAST_95
            assert (learners - count) * 20 <= learners


@given(GROUP)
def test_whether_anything_is_said_never_depends_on_how_they_stand(group: tuple[int, int, int]) -> None:
    learners, _completed, left = group
    kinds = {release(learners, one, threshold=10, left=left) is None for one in range(learners + 1)}
    assert len(kinds) == 1


def lines(*groups: tuple[int, int]) -> ReleasedTable:
    return release_table([Counts(*one) for one in groups], threshold=10)


def test_a_total_adds_up_what_is_shown() -> None:
    found = lines((22, 12), (43, 23))
    assert [words(one) for one in found.lines] == [("20", "10", "10"), ("45", "25", "20")]
    assert words(found.total) == ("65", "35", "30")
    assert found.is_complete
    assert found.others is HIDDEN
    assert found.total.share == 35 / 65


def test_only_numbers_make_a_share() -> None:
    assert [one.share for one in (*lines((40, 20), (40, 3), (3, 1)).lines, HIDDEN)] == [0.5, None, None, None]


def test_a_cohort_that_is_just_large_enough_is_counted_by_itself() -> None:
    found = lines((20, 10), (20, 10))
    assert found.others is HIDDEN
    assert words(found.total) == ("40", "20", "20")


def test_small_cohorts_are_counted_together() -> None:
    found = lines((40, 20), (4, 2), (17, 9))
    assert [words(one) for one in found.lines] == [("40", "20", "20"), ("hidden",) * 3, ("hidden",) * 3]
    assert words(found.others) == ("20", "10", "10")
    assert words(found.total) == ("60", "30", "30")
    assert found.is_complete


def test_who_is_too_few_even_together_is_in_no_figure() -> None:
    found = lines((40, 20), (4, 2), (15, 9))
    assert found.others is HIDDEN
    assert found.total == found.lines[0]
    assert not found.is_complete
    assert lines((9, 4)) == ReleasedTable((HIDDEN,), HIDDEN, HIDDEN, False)


def test_a_table_of_nobody_is_empty() -> None:
    assert lines() == ReleasedTable((), HIDDEN, HIDDEN, True)
    assert lines((0, 0), (40, 20)).is_complete


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (((40, 3), (40, 20)), ("80", "about 20 to 30", "about 50 to 60")),
        (((40, 3), (40, 0)), ("80", "fewer than 20", "all but fewer than 20")),
        (((40, 40), (40, 36)), ("80", "all but fewer than 20", "fewer than 20")),
        (((40, 3), (40, 40)), ("80", "about 30 to 50", "about 30 to 50")),
        (((200, 3), (400, 0)), ("600", "≤ 5 %", "≥ 95 %")),
        (((200, 200), (400, 395)), ("600", "≥ 95 %", "≤ 5 %")),
        (((200, 3), (40, 0)), ("240", "fewer than 25", "all but fewer than 25")),
        (((3_000, 1_500), (40, 20)), ("3,040", "1,520", "1,520")),
    ],
)
def test_a_total_says_only_what_its_parts_say(
    groups: tuple[tuple[int, int], ...], expected: tuple[str, str, str]
) -> None:
    assert words(lines(*groups).total) == expected


@given(st.lists(GROUP, max_size=6))
def test_a_total_is_true(groups: list[tuple[int, int, int]]) -> None:
    pairs = [(one[:2], release(one[0], one[1], threshold=10)) for one in groups]
    inside = [counts for counts, shown in pairs if shown]
    found = together([shown for _counts, shown in pairs if shown])
    if inside:
        learners, completed = (sum(one[place] for one in inside) for place in (0, 1))
        assert abs(found.learners.low - learners) <= 2 * len(inside)
        assert found.completed.low - 4 * len(inside) <= completed <= found.completed.high + 4 * len(inside)
        assert found.completed.kind is not Kind.FEWER or completed < found.completed.high
        assert found.not_yet.kind is not Kind.FEWER or learners - completed < found.not_yet.high
        assert found.completed.kind is not Kind.AT_MOST_5 or completed * 20 <= learners
        assert found.completed.kind is not Kind.AT_LEAST_95 or (learners - completed) * 20 <= learners


# Every way in which people might stand, against every figure of one table: no reasoning is missed, not even
# "why is that one hidden, and not a smaller one?"

World = tuple[int, ...]


def resolved(sizes: Sequence[int], tell: Callable[[World], object]) -> set[tuple[int, int]]:
    """(cohort, completed) of which some table tells that nobody or everybody there has completed."""
    worlds: defaultdict[object, list[World]] = defaultdict(list)
    for world in itertools.product(*(range(size + 1) for size in sizes)):
        worlds[tell(world)].append(world)
    found = set()
    for alike, cohort in itertools.product(worlds.values(), range(len(sizes))):
        counts = {world[cohort] for world in alike}
        if sizes[cohort] and counts in ({0}, {sizes[cohort]}):
            found.add((cohort, counts.pop()))
    return found


@pytest.mark.parametrize("sizes", [(10, 11, 12), (3, 4, 12), (3, 3, 6, 5), (9, 12), (1, 11), (2, 9, 14), (25, 12)])
def test_no_table_tells_how_a_whole_cohort_stands(sizes: tuple[int, ...]) -> None:
    assert resolved(sizes, lambda world: release_table(list(map(Counts, sizes, world)), threshold=5)) == set()


def hides_one_more(sizes: Sequence[int], world: World) -> object:
    """The mistake most tables make: small counts are hidden with the next smallest beside them; the total is shown."""
    shown: list[int | None] = [one if 5 <= one <= size - 5 else None for one, size in zip(world, sizes, strict=True)]
    rest = [place for place, one in enumerate(shown) if one is not None]
    if shown.count(None) == 1 and rest:
        shown[min(rest, key=lambda place: world[place])] = None
    return (*shown, sum(world))


def test_hiding_one_more_cell_is_found() -> None:
    sizes = (10, 12, 12)
    assert (0, 0) in resolved(sizes, lambda world: hides_one_more(sizes, world))


# Snapshots


def people(first: int, size: int, completed: int, place: str = "Alpha", module_id: str = "S1") -> list[Standing]:
    return [Standing(first + one, module_id, place, one < completed) for one in range(size)]


def weeks(*current: Iterable[Standing], threshold: int = 10, in_batches: Iterable[str] = ()) -> Snapshot:
    """The snapshot after these weeks."""
    snapshot = None
    for number, standings in enumerate(current):
        snapshot = next_snapshot(
            snapshot,
            standings,
            START + timedelta(weeks=number),
            threshold=threshold,
            in_batches=frozenset(in_batches),
        )
    assert snapshot is not None
    return snapshot


def line(snapshot: Snapshot, place: str = "Alpha") -> tuple[str, str, str] | None:
    return words(table(snapshot, "S1", [place]).lines[0])


def test_a_group_moves_from_week_to_week() -> None:
    assert line(weeks(people(0, 40, 3))) == ("40", "fewer than 10", "all but fewer than 10")
    after = weeks(people(0, 40, 3), people(0, 40, 22))
    assert line(after) == ("40", "20", "20")
    assert table(after, "S1", ["Alpha"]).lines[0].as_of == START + timedelta(weeks=1)


@pytest.mark.parametrize("days", [-7, 0])
def test_within_a_week_nothing_moves(days: int) -> None:
    before = weeks(people(0, 40, 10))
    assert next_snapshot(before, people(0, 60, 30), START + timedelta(days=days), threshold=10) is before


def test_the_same_people_always_give_the_same_snapshot() -> None:
    current = people(0, 40, 10) + people(100, 12, 3, "Beta") + people(200, 12, 3, "Gamma")
    assert weeks(current) == weeks(reversed(current))


def test_who_joins_later_waits_until_there_are_enough() -> None:
    first, few, many = people(0, 40, 20), people(40, 19, 19), people(40, 20, 20)
    after = weeks(first, first + few)
    assert line(after) == ("40", "20", "20")
    assert not table(after, "S1", ["Alpha"]).is_complete
    assert {one.person_id for one in after.waiting} == set(range(40, 59))
    after = weeks(first, first + few, first + many)
    assert line(after) == ("60", "about 30 to 40", "about 20 to 30")
    assert after.waiting == ()
    assert len(after.groups) == 2


def test_who_leaves_stays_counted_as_they_stood_but_is_no_longer_followed() -> None:
    after = weeks(people(0, 40, 20), people(5, 35, 20))  # 0 to 4 left, having completed; 20 to 24 now have too
    (group,) = after.groups
    assert (group.learner_count, group.completed_count, group.left_count) == (40, 25, 5)
    assert group.left == set(range(5))
    assert line(after) == ("40", "25", "15")


def test_who_has_left_and_returns_is_not_counted_again() -> None:
    here, there = people(0, 40, 0), people(1, 39, 0)
    back = [replace(one, has_completed=True) for one in here[:1]] + there
    after = weeks(here, there, back)
    assert after.waiting == ()
    (group,) = after.groups
    assert (group.learner_count, group.completed_count, group.left_count) == (40, 0, 1)


def test_once_too_many_have_left_the_last_figure_stands_with_its_date() -> None:
    after = weeks(people(0, 25, 12), people(0, 25, 13), people(6, 19, 19))
    assert line(after) == ("25", "15", "10")
    assert table(after, "S1", ["Alpha"]).lines[0].as_of == START + timedelta(weeks=1)
    beside = people(100, 40, 20, "Beta")
    after = weeks(people(0, 25, 12) + beside, people(6, 19, 19) + beside)
    assert table(after, "S1", ["Alpha", "Beta"]).total.as_of == START
    everybody_left = weeks(people(0, 25, 12), [])
    assert line(everybody_left) == ("25", "10", "15")


def test_who_moves_to_another_cohort_stays_in_their_group() -> None:
    moved = [replace(one, place="Beta") for one in people(0, 40, 20)]
    after = weeks(people(0, 40, 20), moved)
    assert line(after, "Beta") == ("hidden",) * 3
    assert line(after) == ("40", "20", "20")
    assert after.groups[0].left_count == 0


def test_completing_is_never_undone() -> None:
    assert line(weeks(people(0, 40, 20), people(0, 40, 0))) == ("40", "20", "20")


def test_people_of_small_cohorts_are_counted_together_after_four_weeks() -> None:
    small = people(0, 12, 5) + people(50, 12, 7, "Beta")
    at_first = weeks(small)  # they have been there before figures began
    assert words(table(at_first, "S1", ["Alpha", "Beta"]).others) == ("25", "10", "15")
    exactly = weeks(people(0, 10, 5) + people(50, 10, 5, "Beta"))
    assert words(table(exactly, "S1", []).others) == ("20", "10", "10")
    waiting = [people(100, 40, 20, "Gamma")] + [people(100, 40, 20, "Gamma") + small] * 5
    assert table(weeks(*waiting[:5]), "S1", []).others is HIDDEN
    after = table(weeks(*waiting), "S1", ["Alpha", "Beta", "Gamma"])
    assert words(after.others) == ("25", "10", "15")
    assert words(after.total) == ("65", "30", "35")
    assert after.is_complete


def test_modules_are_separate_facts() -> None:
    after = weeks(people(0, 40, 20) + people(0, 40, 0, module_id="S2") + people(40, 3, 0, module_id="S3"))
    assert {(one.module_id, one.learner_count) for one in after.groups} == {("S1", 40), ("S2", 40)}
    assert words(table(after, "S2", ["Alpha"]).total) == ("40", "fewer than 10", "all but fewer than 10")
    assert table(after, "S1", []).is_complete
    assert not table(after, "S3", []).is_complete


def test_nobody_stands_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        weeks(people(0, 20, 5) + people(19, 1, 1, "Beta"))


def roles(**sizes: int) -> list[Standing]:
    found: list[Standing] = []
    for number, (place, size) in enumerate(sizes.items()):
        found += people(1_000 * number, size, size // 2, place)
    return found


def cut(snapshot: Snapshot) -> dict[str | None, int]:
    return {one.place: one.learner_count for one in snapshot.groups}


def test_sensitive_places_are_cut_once_from_a_large_batch() -> None:
    assert cut(weeks(roles(psw=20, clinician=19), in_batches=["S1"])) == {}
    assert cut(weeks(roles(psw=20, clinician=20), in_batches=["S1"])) == {"psw": 20, "clinician": 20}
    after = weeks(roles(psw=20, clinician=40, nobody_said=21), in_batches=["S1"])
    assert cut(after) == {"psw": 20, "clinician": 40, "nobody_said": 21}


def test_a_batch_with_one_large_place_is_not_cut() -> None:
    assert cut(weeks(roles(psw=19, clinician=30), in_batches=["S1"])) == {None: 49}


def test_who_is_in_no_large_place_never_comes_up_again() -> None:
    batch = roles(psw=30, clinician=30, nobody_said=7)
    after = weeks(batch, batch + people(9_000, 33, 20, "nobody_said"), in_batches=["S1"])
    assert cut(after) == {"psw": 30, "clinician": 30, None: 7}
    assert {one.person_id for one in after.waiting} == set(range(9_000, 9_033))
    found = table(weeks(batch, in_batches=["S1"]), "S1", ["psw", "clinician"])
    assert words(found.total) == ("60", "30", "30")
    assert found.others is HIDDEN
    assert not found.is_complete


def test_who_is_erased_leaves_no_id_and_changes_no_figure() -> None:
    before = weeks(people(0, 40, 20), people(1, 39, 20) + people(100, 3, 0))
    after = before
    for person_id in (0, 1, 39, 100, 555):  # gone, completed, not yet, waiting, never there
        after = forget(after, person_id)
    assert not {0, 1, 39, 100} & {one for group in after.groups for one in group.person_ids}
    assert {one.person_id for one in after.waiting} == {101, 102}
    assert [one.released for one in after.groups] == [one.released for one in before.groups]
    (group,) = after.groups
    assert (group.learner_count, group.completed_count, group.left_count) == (40, 21, 3)


def emptied(group: Group) -> Group:
    """The group as if it knew nothing of its people."""
    return replace(
        group, completed=frozenset(), not_yet=frozenset(), left=frozenset(), left_completed=0, left_not_yet=0
    )


def test_tables_are_made_of_released_figures_alone() -> None:
    places = [f"cohort {number}" for number in range(8)]
    for _week, snapshot in year(organisation(2), 10):
        blind = replace(snapshot, groups=tuple(map(emptied, snapshot.groups)))
        for module_id in ("M1", "M2", "role"):
            assert table(blind, module_id, places) == table(snapshot, module_id, places)


def test_a_year_shows_every_kind_of_figure_and_no_small_number() -> None:
    seen = set()
    for seed in (0, 7):
        for _week, snapshot in year(organisation(seed), 10):
            for group in snapshot.groups:
                seen.add(group.released.completed.kind)
                for figure in (group.released.completed, group.released.not_yet, group.released.learners):
                    assert figure.number is None or figure.number >= 10
    assert seen >= {Kind.NUMBER, Kind.FEWER, Kind.ALL_BUT_FEWER, Kind.AT_MOST_5, Kind.AT_LEAST_95}
    assert day_of(WEEKS) == date(2027, 1, 4)
