"""A reader with an exact solver against a year of figures: nobody is resolved, and planted leaks are found."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.conftest import HAS_TIME
from tests.reporting.attacker import NEVER, Attacker, Clue, Finding
from tests.reporting.synthetic import (
    BY_ROLE,
    LEADERS,
    MODULES,
    WEEKS,
    Organisation,
    Rule,
    acquaintances,
    clue,
    explain,
    organisation,
    year,
)
from trainer.reporting.suppression.figures import Figure, Kind, Released, rounded, row
from trainer.reporting.suppression.rule import release
from trainer.reporting.suppression.snapshots import Group

# Organisations of 8 cohorts each. Of the few, the last two have cohorts large enough for "≤ 5 %" and "≥ 95 %".
SEEDS = range(125) if HAS_TIME else (0, 1, 5, 7)
THRESHOLD = 10
MAY_KNOW = THRESHOLD - 2
EVERYBODY = frozenset(range(40))
STAYING = dict.fromkeys(range(100), WEEKS)


@dataclass(frozen=True, slots=True)
class Watched:
    """A publication group as a reader followed it."""

    module_id: str
    people: frozenset[int]
    clues: tuple[Clue, ...]


def watch(of: Organisation, threshold: int = THRESHOLD, rule: Rule = release) -> list[Watched]:
    """All groups of a year. Their people never change: a reader who knows the rule knows who they are."""
    clues: defaultdict[int, list[Clue]] = defaultdict(list)
    people: dict[int, frozenset[int]] = {}
    modules: dict[int, str] = {}
    for week, snapshot in year(of, threshold):
        for number, group in enumerate(snapshot.groups):
            modules[number] = group.module_id
            assert people.setdefault(number, group.person_ids) == group.person_ids
            found = clue(group, group.person_ids, week, threshold)
            if found and rule is not release:
                said = rule(group.learner_count, group.completed_count, threshold=threshold, left=group.left_count)
                assert said is not None
                found = Clue(found.people, week, explain(rule, said, group.learner_count, group.left_count, threshold))
            if found:
                clues[number].append(found)
    return [Watched(modules[number], people[number], tuple(found)) for number, found in clues.items()]


def attack(of: Organisation, groups: list[Watched], seed: int, count: int) -> Iterator[Finding]:
    """What a reader settles who knows nobody, or any of several choices of so many people."""
    for one in groups:
        known: list[dict[int, int]] = [{}]
        if count:
            known += acquaintances(one.people, of, one.module_id, count, random.Random(seed))
        for some in known:
            yield from Attacker(one.clues, of.last_week, some).settled()


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_is_resolved_in_a_year(seed: int) -> None:
    of = organisation(seed)
    groups = watch(of)
    assert {one.module_id for one in groups} == set(MODULES)
    assert list(attack(of, groups, seed, MAY_KNOW)) == []


@pytest.mark.parametrize("threshold", [5, 20])
def test_nobody_is_resolved_at_other_thresholds(threshold: int) -> None:
    of = organisation(1_000)
    groups = watch(of, threshold)
    assert groups
    assert list(attack(of, groups, 0, threshold - 2)) == []


def test_no_number_of_a_few_people_is_resolved() -> None:
    of = organisation(0)
    few = 0
    for group in watch(of):
        attacker = Attacker(group.clues, of.last_week)
        for people in attacker.kinds():
            if len(people) < THRESHOLD:
                few += 1
                for week in (group.clues[0].week, min(of.last_week[min(people)], group.clues[-1].week)):
                    found = attacker.range_of(people, week)
                    assert found.least < found.most
    assert few > 20


def leaders_groups(of: Organisation, threshold: int = THRESHOLD) -> list[Group]:
    """Their groups at the end of the year."""
    *_before, (_week, last) = year(of, threshold)
    return [group for group in last.groups if group.place == LEADERS]


def test_leaders_are_among_those_who_are_attacked() -> None:
    """Whoever reads the figures of leaders beside those of the cohorts settles nobody either."""
    found = 0
    for seed in SEEDS[:4]:
        of = organisation(seed)
        ours = [group.person_ids for group in leaders_groups(of) if group.released.learners.number]
        watched = [one for one in watch(of) if one.people in ours]
        found += len(watched)
        assert list(attack(of, watched, seed, MAY_KNOW)) == []
    assert found >= 2


def test_leaders_and_cohorts_share_nobody_so_no_difference_is_about_anybody() -> None:
    for seed in SEEDS[:4]:
        *_before, (_week, last) = year(organisation(seed), THRESHOLD)
        for module_id in MODULES:
            seen = [one for group in last.groups if group.module_id == module_id for one in group.person_ids]
            assert len(seen) == len(set(seen))


def test_too_few_leaders_are_in_no_figure_of_anybody() -> None:
    """Nobody fills a group of learners up with them, however long they wait."""
    of = organisation(0)
    few = tuple(one for one in of.learners if one.leads_from == 0)[: 2 * THRESHOLD - 1]
    others = tuple(one for one in of.learners if one.leads_from is None)
    ids = {one.id for one in few}
    for _week, snapshot in year(Organisation((*few, *others)), THRESHOLD):
        for group in snapshot.groups:
            assert group.module_id == BY_ROLE or not group.person_ids & ids


def test_people_in_no_group_are_in_no_figure() -> None:
    of = organisation(0)
    for week, snapshot in year(of, THRESHOLD):
        for module_id in MODULES:
            grouped = [one for group in snapshot.groups if group.module_id == module_id for one in group.person_ids]
            assert len(grouped) == len(set(grouped))
            waiting = {one.person_id for one in snapshot.waiting if one.module_id == module_id}
            assert not waiting.intersection(grouped)
            here = {one.person_id for one in of.standings(week) if one.module_id == module_id}
            assert here <= waiting.union(grouped)


def test_the_solver_finds_the_same_whether_or_not_it_asks_for_whole_numbers() -> None:
    of = organisation(3)
    for group in watch(of)[::4]:
        free, whole = (Attacker(group.clues, of.last_week, always_whole=one) for one in (False, True))
        for people in free.kinds()[:3]:
            for week in (group.clues[0].week, group.clues[-1].week):
                assert free.range_of(people, week) == whole.range_of(people, week)


# Planted leaks. Each is a mistake that looks harmless; the same attack finds every one.


def found_in_a_year(rule: Rule, count: int) -> bool:
    for seed in range(4):
        of = organisation(seed)
        if any(attack(of, watch(of, rule=rule), seed, count)):
            return True
    return False


def exact(learners: int, completed: int, *, threshold: int, left: int = 0) -> Released | None:
    """Without rounding and without ends."""
    return row(learners, Figure(Kind.NUMBER, completed, completed))


def only_rounded(learners: int, completed: int, *, threshold: int, left: int = 0) -> Released | None:
    """Rounded, but to nobody and everybody too."""
    number = rounded(completed)
    return row(rounded(learners), Figure(Kind.NUMBER, number, number))


def early_bands(learners: int, completed: int, *, threshold: int, left: int = 0) -> Released | None:
    """With "≤ 5 %" and "≥ 95 %" however few people that is."""
    if 20 * completed <= learners:
        return row(rounded(learners), Figure(Kind.AT_MOST_5, 0, 5))
    if 20 * (learners - completed) <= learners:
        return row(rounded(learners), Figure(Kind.AT_LEAST_95, rounded(learners) - 5, rounded(learners)))
    return release(learners, completed, threshold=threshold, left=left)


@pytest.mark.parametrize(("rule", "known"), [(exact, 0), (only_rounded, MAY_KNOW), (early_bands, MAY_KNOW)])
def test_ends_that_are_too_narrow_are_found(rule: Rule, known: int) -> None:
    assert found_in_a_year(rule, known)


def test_one_acquaintance_more_than_promised_is_enough_for_the_attack() -> None:
    # So the attack is as sharp as the promise: it does not miss what can be found.
    assert found_in_a_year(release, MAY_KNOW + 1)


def test_rounding_leaves_even_who_knows_all_but_one_in_doubt_mostly() -> None:
    counts = range(10, 31)
    without = sum(resolves_the_last(frozenset({count}), count) for count in counts)
    with_it = sum(resolves_the_last(shows(40, count), count) for count in counts)
    assert without == len(counts)
    assert 0 < with_it <= len(counts) / 4


def resolves_the_last(counts: frozenset[int], completed: int) -> bool:
    """Whether the one who is not known can be worked out, of 40; they have completed if the others are fewer."""
    known = {one: 0 if one < completed else NEVER for one in range(39)}
    return any(Attacker([Clue(EVERYBODY, 0, counts)], STAYING, known).settled())


def shows(learners: int, completed: int, left: int = 0, threshold: int = THRESHOLD) -> frozenset[int]:
    """The counts that a figure leaves open."""
    said = release(learners, completed, threshold=threshold, left=left)
    assert said is not None
    return explain(release, said, learners, left, threshold)


def live(of: Organisation, module_id: str) -> list[Clue]:
    """What a page would tell that counts whoever is in a cohort now, week by week: no snapshots, no closed groups."""
    done, clues = of.done(module_id), []
    for week in range(WEEKS):
        members: defaultdict[str, set[int]] = defaultdict(set)
        for one in of.standings(week):
            if one.module_id == module_id:
                members[one.place].add(one.person_id)
        for people in members.values():
            completed = sum(done[one] <= week for one in people)
            if release(len(people), completed, threshold=THRESHOLD):
                clues.append(Clue(frozenset(people), week, shows(len(people), completed)))
    return clues


def test_figures_about_whoever_is_there_now_are_found() -> None:
    of = organisation(1, cohort_count=1)
    assert any(Attacker(live(of, "M1"), of.last_week).settled())


def test_one_who_leaves_is_found_by_the_difference() -> None:
    others = EVERYBODY - {7}
    clues = [Clue(EVERYBODY, 0, shows(40, 13)), Clue(others, 1, shows(39, 12))]
    (found,) = Attacker(clues, {**STAYING, 7: 0}).settled()
    assert (found.people, found.settles_each, found.least) == ({7}, True, 1)


def test_forgetting_that_those_who_left_cannot_complete_is_found() -> None:
    # Half the group leaves after the first week; later all the others have completed.
    leavers = frozenset(range(20))
    last_week = {one: 0 if one in leavers else WEEKS for one in EVERYBODY}
    known = {one: 0 if one < 24 else 5 for one in range(20, 28)}  # four of those who stay had, and four had not
    clues = [Clue(EVERYBODY, 0, shows(40, 12)), Clue(EVERYBODY, 9, shows(40, 28))]
    assert any(one.settles_each for one in Attacker(clues, last_week, known).settled())
    clues = [Clue(EVERYBODY, 0, shows(40, 12)), Clue(EVERYBODY, 9, shows(40, 28, left=20))]
    assert not any(Attacker(clues, last_week, known).settled())


def test_totals_from_raw_counts_are_found() -> None:
    small = frozenset(range(20, 40))
    known = {20: 0, 21: 0}
    lines = [Clue(EVERYBODY - small, 0, shows(20, 10)), Clue(small, 0, shows(20, 2))]
    assert not any(Attacker(lines, STAYING, known).settled())
    (found,) = Attacker([*lines, Clue(EVERYBODY, 0, shows(40, 12))], STAYING, known).settled()
    assert found.people == small - {20, 21}


def test_a_small_cohort_left_out_of_a_total_is_found() -> None:
    small = frozenset(range(36, 40))
    clues = [Clue(EVERYBODY - small, 0, frozenset({20})), Clue(EVERYBODY, 0, frozenset({24}))]
    (found,) = Attacker(clues, STAYING).settled()
    assert (found.people, found.least) == (small, 4)
    # Rounding both leaves room, but not for who knows two of them.
    clues = [Clue(EVERYBODY - small, 0, shows(36, 25)), Clue(EVERYBODY, 0, shows(40, 29))]
    (found,) = Attacker(clues, STAYING, {36: NEVER, 37: NEVER}).settled()
    assert (found.people, found.least) == ({38, 39}, 2)


def test_the_same_figure_by_cohort_and_by_role_is_found() -> None:
    # Everybody in the cohort is a PSW but one; each cut by itself is safe.
    cohort, role = frozenset(range(41)), EVERYBODY
    by_cohort, by_role = Clue(cohort, 0, shows(41, 13)), Clue(role, 0, shows(40, 12))
    assert not any(Attacker([by_cohort], STAYING).settled())
    assert not any(Attacker([by_role], STAYING).settled())
    (found,) = Attacker([by_cohort, by_role], STAYING).settled()
    assert (found.people, found.least) == ({40}, 1)


def test_figures_that_move_only_when_enough_have_changed_are_found() -> None:
    # A group of 20: "fewer than 10", and weeks later "10". Had it waited for ten to complete, then nobody had at first.
    first, later = shows(20, 0), shows(20, 10)
    before = frozenset(one for one in first for other in later if other - one >= THRESHOLD)
    group = frozenset(range(20))
    assert not any(Attacker([Clue(group, 0, first), Clue(group, 9, later)], STAYING).settled())
    (found,) = Attacker([Clue(group, 0, before), Clue(group, 9, later)], STAYING).settled()
    assert (found.people, found.most) == (group, 0)


# How the attacker reasons, on cases worked out by hand.


def test_the_attacker_knows_that_completing_is_never_undone() -> None:
    early = Attacker([Clue(EVERYBODY, 0, frozenset({3})), Clue(EVERYBODY, 5, frozenset({3, 4}))], STAYING)
    assert early.range_of(EVERYBODY, 3) == Finding(EVERYBODY, 3, 3, 4)
    with pytest.raises(ValueError, match="contradict"):
        Attacker([Clue(EVERYBODY, 0, frozenset({3})), Clue(EVERYBODY, 5, frozenset({2}))], STAYING).range_of(
            EVERYBODY, 3
        )


@pytest.mark.parametrize(
    ("known", "is_settled"), [({}, False), ({1: NEVER}, False), ({1: 0, 2: 0}, True), ({1: 3, 2: 0}, False)]
)
def test_the_attacker_reasons_from_whom_they_know(known: Mapping[int, int], is_settled: bool) -> None:
    clues = [Clue(EVERYBODY, 0, frozenset({0, 1, 2}))]
    assert any(Attacker(clues, STAYING, known).settled()) == is_settled


def test_the_attacker_reasons_from_counts_with_gaps() -> None:
    attacker = Attacker([Clue(EVERYBODY, 0, frozenset({0, 7, 30}))], STAYING, {1: 0, 2: NEVER})
    assert attacker.range_of(EVERYBODY - {1, 2}, 0) == Finding(EVERYBODY - {1, 2}, 0, 6, 29)
