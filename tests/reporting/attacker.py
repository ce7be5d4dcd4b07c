"""A reader who knows the rule and sees every figure of every week, and works out the rest exactly.

They know who was in which group, and from which week on somebody was gone, and may know all about some
people. They do not know in which week anybody else completed. Each figure is a ``Clue``: the counts that
would have made the rule show just this. So "why is it said like that, and not as a number?" is part of
what they reason from. Completing is never undone, and who is gone completes no more.

People in the same clues who left in the same week are alike, so the unknowns are whole numbers: how many
of each kind completed between two figures. HiGHS, an exact mixed-integer solver, finds the least and the
most of any such number. One that is nobody at most, or everybody at least, tells how each of them stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy

NEVER = 1_000_000
Kind = tuple[frozenset[int], int]  # the clues people are in (by number of their list), their last week


@dataclass(frozen=True, slots=True)
class Clue:
    """In ``week``, as many of ``people`` had completed as one of ``counts`` says."""

    people: frozenset[int]
    week: int
    counts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the reader knows for certain: from ``least`` to ``most`` of ``people`` had completed in ``week``."""

    people: frozenset[int]
    week: int
    least: int
    most: int

    @property
    def settles_each(self) -> bool:
        """True if it tells how each of them stands."""
        return self.most == 0 or self.least == len(self.people)


class Attacker:
    """One reader. ``last_week`` is the last in which somebody was there; ``known`` are people with the
    week in which they completed (NEVER if they did not). ``always_whole`` asks for whole numbers even where
    they come by themselves."""

    def __init__(
        self,
        clues: Iterable[Clue],
        last_week: Mapping[int, int],
        known: Mapping[int, int] | None = None,
        *,
        always_whole: bool = False,
    ) -> None:
        self._always_whole = always_whole
        self._last_week = last_week
        self._clues = _without_repeats([_reduced(one, known or {}) for one in clues])
        lists = {
            people: number for number, people in enumerate(sorted({one.people for one in self._clues}, key=sorted))
        }
        kinds: defaultdict[Kind, list[int]] = defaultdict(list)
        for person in sorted(frozenset[int]().union(*lists)):
            kinds[frozenset(lists[one] for one in lists if person in one), last_week[person]].append(person)
        self._members = {kind: frozenset(people) for kind, people in kinds.items()}
        self._lists = lists
        self._models: dict[frozenset[int], _Model] = {}

    def settled(self) -> Iterator[Finding]:
        """People of whom the reader knows, in some week, how they stand.

        Completing is never undone: who may have completed by their first figure may have so in any later week, and who
        may still not have in their last week may not have in any earlier one. So two questions per kind are enough.
        """
        for kind, people in self._members.items():
            first = min(one.week for one in self._clues if people <= one.people)
            last = max(one.week for one in self._clues if people <= one.people)
            early = self._range(kind, first, "most")
            late = self._range(kind, min(last, kind[1]), "least")
            if early.most == 0:
                yield early
            if late.least == len(people):
                yield late

    def range_of(self, people: frozenset[int], week: int) -> Finding:
        """The least and the most that may have completed, of people who are all of a kind."""
        (kind,) = (kind for kind, members in self._members.items() if people == members)
        return self._range(kind, week, "both")

    def kinds(self) -> list[frozenset[int]]:
        """People whom nothing known to the reader tells apart."""
        return list(self._members.values())

    def _range(self, asked: Kind, week: int, end: str) -> Finding:
        people = self._members[asked]
        linked = self._linked(asked)
        if linked not in self._models or not self._models[linked].knows(week):
            kinds = {members: kind[1] for kind, members in self._members.items() if kind[0] <= linked}
            clues = [one for one in self._clues if self._lists[one.people] in linked]
            self._models[linked] = _Model(kinds, clues, week, always_whole=self._always_whole)
        model = self._models[linked]
        least = model.solve(people, week, highspy.ObjSense.kMinimize) if end != "most" else 0
        most = model.solve(people, week, highspy.ObjSense.kMaximize) if end != "least" else len(people)
        return Finding(people, week, least, most)

    def _linked(self, asked: Kind) -> frozenset[int]:
        linked = asked[0]
        while True:
            more = linked.union(*(kind[0] for kind in self._members if kind[0] & linked))
            if more == linked:
                return linked
            linked = more


class _Model:
    """Everything known about people who are linked by clues, ready to be asked for any of them in any week."""

    def __init__(
        self, kinds: Mapping[frozenset[int], int], clues: Sequence[Clue], week: int, *, always_whole: bool
    ) -> None:
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._costs: list[int] = []
        # With one list and no gaps, each unknown is in one kind's row and in the rows from some week on. Rows that
        # are nested like that have whole solutions by themselves (the matrix is totally unimodular), which is faster.
        self._asks_whole = (
            always_whole
            or len({clue.people for clue in clues}) > 1
            or not all(_is_whole(clue.counts) for clue in clues)
        )
        # Completing in other weeks tells apart nothing: the next of these weeks stands for them.
        self._weeks = sorted({one.week for one in clues} | set(kinds.values()) | {week})
        self._columns = {people: self._steps(len(people), last_week) for people, last_week in kinds.items()}
        for clue in clues:
            inside = [people for people in kinds if people <= clue.people]
            self._one_of([column for people in inside for column in self._until(people, clue.week)], clue.counts)

    def knows(self, week: int) -> bool:
        """True if it can be asked about this week."""
        return week in self._weeks

    def solve(self, people: frozenset[int], week: int, sense: highspy.ObjSense) -> int:
        """How many of one kind had completed, at the least or at the most."""
        for column in self._costs:
            self._solver.changeColCost(column, 0)
        self._costs = self._until(people, week)
        for column in self._costs:
            self._solver.changeColCost(column, 1)
        self._solver.changeObjectiveSense(sense)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise ValueError(f"the clues contradict each other: {self._solver.modelStatusToString(status)}")
        found: float = self._solver.getInfo().objective_function_value
        if abs(found - round(found)) > 1e-6:
            raise ValueError(f"{found} is no number of people")
        return round(found)

    def _steps(self, size: int, last_week: int) -> list[int]:
        """A column per week: how many first stand completed then, of all that are of the kind."""
        columns = [self._whole_number(size) for week in self._weeks if week <= last_week]
        self._row(0, size, columns)
        return columns

    def _until(self, people: frozenset[int], week: int) -> list[int]:
        return self._columns[people][: bisect_right(self._weeks, week)]

    def _whole_number(self, most: int) -> int:
        self._solver.addVar(0, most)
        column: int = self._solver.getNumCol() - 1
        if self._asks_whole:
            self._solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        return column

    def _row(self, low: int, high: int, columns: Sequence[int], factors: Sequence[int] = ()) -> None:
        self._solver.addRow(low, high, len(columns), list(columns), list(factors) or [1] * len(columns))

    def _one_of(self, columns: Sequence[int], counts: frozenset[int]) -> None:
        """The sum of the columns is one of the counts: a range, or a choice between single numbers."""
        if _is_whole(counts):
            self._row(min(counts), max(counts), columns)
            return
        choices = [self._whole_number(1) for _count in counts]
        self._row(1, 1, choices)
        self._row(0, 0, [*columns, *choices], [1] * len(columns) + [-count for count in counts])


def _reduced(clue: Clue, known: Mapping[int, int]) -> Clue:
    """What a clue says about the others, to a reader who knows some."""
    completed = sum(known[one] <= clue.week for one in clue.people if one in known)
    counts = frozenset(count - completed for count in clue.counts if count >= completed)
    return Clue(clue.people.difference(known), clue.week, counts)


def _without_repeats(clues: Sequence[Clue]) -> list[Clue]:
    """Between two equal figures about the same people a third equal one tells nothing: counts only grow."""
    of_people: defaultdict[frozenset[int], list[Clue]] = defaultdict(list)
    for clue in sorted(clues, key=lambda one: one.week):
        if clue.people:
            run = of_people[clue.people]
            is_repeat = len(run) > 1 and run[-1].counts == run[-2].counts == clue.counts and _is_whole(clue.counts)
            if is_repeat:
                run.pop()
            run.append(clue)
    return [clue for run in of_people.values() for clue in run]


def _is_whole(counts: frozenset[int]) -> bool:
    return max(counts) - min(counts) + 1 == len(counts)
