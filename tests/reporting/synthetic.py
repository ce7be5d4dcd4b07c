"""Made-up organisations over a year: people join, complete, finish late or never, change cohort, and leave."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from tests.reporting.attacker import NEVER, Clue
from trainer.reporting.suppression.figures import Released
from trainer.reporting.suppression.rule import release
from trainer.reporting.suppression.snapshots import Group, Snapshot, Standing, next_snapshot

WEEKS = 52
MODULES = ("M1", "M2", "role")  # the last is counted by role, the others by cohort
BY_ROLE = "role"
LEADERS = "leaders"  # a place beside the cohorts, for modules that are counted by cohort
ROLES = ("psw", "clinician", "manager", "not said")
Rule = Callable[..., Released | None]


@dataclass(frozen=True, slots=True)
class Learner:
    """Weeks are numbers from 0; ``done`` is by module, NEVER for not within the year."""

    id: int
    role: str
    places: tuple[tuple[int, str], ...]  # from this week on in this cohort
    last_week: int
    done: dict[str, int]
    leads_from: int | None = None

    def standing(self, module_id: str, week: int) -> Standing | None:
        """How they stand in a week, or None when they are not there."""
        here = [place for since, place in self.places if since <= week]
        if not here or week > self.last_week:
            return None
        leads = self.leads_from is not None and self.leads_from <= week
        place = self.role if module_id == BY_ROLE else LEADERS if leads else here[-1]
        return Standing(self.id, module_id, place, self.done[module_id] <= week)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A handful of cohorts of 3 to 60 people, now and then a large one."""

    learners: tuple[Learner, ...]

    @property
    def last_week(self) -> dict[int, int]:
        return {one.id: one.last_week for one in self.learners}

    def done(self, module_id: str) -> dict[int, int]:
        """Who completed when."""
        return {one.id: one.done[module_id] for one in self.learners}

    def standings(self, week: int) -> list[Standing]:
        found = (one.standing(module_id, week) for one in self.learners for module_id in MODULES)
        return [one for one in found if one]


def organisation(seed: int, cohort_count: int = 8) -> Organisation:
    """The same seed always gives the same people."""
    chance = random.Random(seed)
    learners = [
        one
        for number in range(cohort_count)
        for one in _cohort(chance, f"cohort {number}", first_id=number * 1_000, cohort_count=cohort_count)
    ]
    return Organisation(tuple(learners))


def _cohort(chance: random.Random, place: str, *, first_id: int, cohort_count: int) -> Iterator[Learner]:
    starts = chance.choice([0, 0, chance.randrange(20)])
    # Many finish around a due date; in some cohorts nobody does, in some everybody at once.
    due = {module: starts + chance.choice([1, 4, 8, 12, 26]) for module in MODULES}
    zeal = {module: chance.choice([0, 0.05, 0.3, 0.5, 0.8, 0.95, 1]) for module in MODULES}
    leaving = chance.choice([0, 0.05, 0.2, 0.6])
    for number in range(chance.randint(3, 60) if chance.random() < 0.9 else chance.randint(180, 300)):
        joined = starts if chance.random() < 0.8 else starts + chance.randrange(25)
        places = [(joined, place)]
        if chance.random() < 0.1:
            places.append((joined + chance.randrange(10), f"cohort {chance.randrange(cohort_count)}"))
        last_week = joined + chance.randrange(WEEKS) if chance.random() < leaving else WEEKS
        done = {module: _week_of_completion(chance, due[module], zeal[module]) for module in MODULES}
        done = {module: week if week <= last_week else NEVER for module, week in done.items()}
        role = chance.choice(ROLES)
        # Some managers lead from the start, some after they had already been counted in a cohort.
        leads_from = (0, joined + 12, None)[number % 3] if role == "manager" else None
        yield Learner(first_id + number, role, tuple(places), last_week, done, leads_from)


def _week_of_completion(chance: random.Random, due: int, zeal: float) -> int:
    if chance.random() >= zeal:
        return NEVER if chance.random() < 0.8 else due + chance.randrange(30)
    return max(0, due - int(chance.expovariate(0.5)))


def day_of(week: int) -> date:
    """The Monday of a week."""
    return date(2026, 1, 5) + timedelta(weeks=week)


def year(of: Organisation, threshold: int) -> Iterator[tuple[int, Snapshot]]:
    """All snapshots."""
    snapshot: Snapshot | None = None
    for week in range(WEEKS):
        snapshot = next_snapshot(
            snapshot, of.standings(week), day_of(week), threshold=threshold, in_batches={BY_ROLE}, apart={LEADERS}
        )
        yield week, snapshot


def clue(group: Group, people: frozenset[int], week: int, threshold: int, rule: Rule = release) -> Clue | None:
    """All counts for which the rule would have shown just what it shows; None where it says nothing new."""
    at = day_of(week)
    if group.released.as_of != at:
        return None
    shown = replace(group.released, as_of=None)
    return Clue(people, week, explain(rule, shown, group.learner_count, group.left_count, threshold))


@cache
def explain(rule: Rule, shown: Released, size: int, left: int, threshold: int) -> frozenset[int]:
    """The counts for which the rule shows this."""
    counts = range(size + 1)
    return frozenset(one for one in counts if rule(size, one, threshold=threshold, left=left) == shown)


def acquaintances(
    people: frozenset[int], of: Organisation, module_id: str, count: int, chance: random.Random
) -> list[dict[int, int]]:
    """Whom a reader may know all about, with the weeks they completed in: the most telling, or anybody."""
    done, last_week = of.done(module_id), of.last_week
    orders: list[Callable[[int], tuple[float, ...]]] = [
        lambda one: (done[one],),  # first to complete
        lambda one: (-done[one] if done[one] < NEVER else 1,),  # last to complete
        lambda one: (-done[one], -last_week[one]),  # never, and still there
        lambda one: (last_week[one],),  # first to leave
        lambda one: (-last_week[one], done[one]),  # there all the time
        lambda one: (chance.random(),),
    ]
    return [{one: done[one] for one in sorted(sorted(people), key=order)[:count]} for order in orders]
