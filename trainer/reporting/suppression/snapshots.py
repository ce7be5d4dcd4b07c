"""Weekly snapshots: publication groups that are formed once, keep their people and show one figure a week.

What storage has to keep is a ``Snapshot``: it is the basis, and stays on the server; only ``tables`` of it
are shown. It holds the ids of people, and no names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from trainer.reporting.suppression.figures import HIDDEN, Released, together
from trainer.reporting.suppression.rule import group_size, release
from trainer.reporting.suppression.tables import ReleasedTable

PATIENCE = timedelta(weeks=4)  # before people are counted with those of other places


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who is there this week. ``place`` is where they are counted: one place per module, as a cohort."""

    person_id: int
    module_id: str
    place: str
    has_completed: bool


People = Mapping[int, Standing]  # by id, those of one module
Cut = tuple[str | None, Sequence[Standing]]


@dataclass(frozen=True, slots=True)
class Group:
    """A closed list. ``place`` is None for people of several places who are counted together.

    Who has left is counted as they stood in the last week they were there. Their ids are kept only so that
    they are not counted a second time when they return; ``forget`` takes an id out.
    """

    module_id: str
    place: str | None
    formed: date
    completed: frozenset[int]
    not_yet: frozenset[int]
    left: frozenset[int]
    left_completed: int
    left_not_yet: int
    released: Released

    @property
    def person_ids(self) -> frozenset[int]:
        """Everybody in it whose id is known."""
        return self.completed | self.not_yet | self.left

    @property
    def learner_count(self) -> int:
        """Everybody who was ever in it; never changes."""
        return self.completed_count + len(self.not_yet) + self.left_not_yet

    @property
    def completed_count(self) -> int:
        """Those of them who have completed, as far as known."""
        return len(self.completed) + self.left_completed

    @property
    def left_count(self) -> int:
        """Those of them who are no longer there."""
        return self.left_completed + self.left_not_yet


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who is in no group yet."""

    person_id: int
    module_id: str
    since: date
    is_apart: bool = False  # of a place that is never counted with others


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One organisation in one week; ``week`` is any fixed day of it."""

    week: date
    groups: tuple[Group, ...]
    waiting: tuple[Waiting, ...]


def next_snapshot(
    previous: Snapshot | None,
    current: Iterable[Standing],
    week: date,
    *,
    threshold: int,
    in_batches: Collection[str] = (),
    apart: Collection[str] = (),
) -> Snapshot:
    """The snapshot of ``week``; the previous one as it is, unless the week is later.

    ``current`` is everybody who is there. Modules ``in_batches`` have sensitive places, as roles: they are cut once
    from a large batch. Places ``apart`` wait until they fill a group of their own, and join no other place's.
    ValueError: somebody stands twice in a module.
    """
    if previous is not None and week <= previous.week:
        return previous
    here = _by_module(current)
    groups = [_moved(one, here.get(one.module_id, {}), week, threshold) for one in previous.groups] if previous else []
    waiting: list[Waiting] = []
    for module_id, people in here.items():
        grouped = {one for group in groups if group.module_id == module_id for one in group.person_ids}
        since = _waiting_since(previous, module_id, people.keys() - grouped, week)
        queue = {people[one]: day for one, day in since.items()}
        cut = list(_batch(queue, threshold) if module_id in in_batches else _by_place(queue, week, threshold, apart))
        groups += [_formed(module_id, place, part, week, threshold) for place, part in cut]
        grouped |= {one.person_id for _place, part in cut for one in part}
        waiting += [
            Waiting(one, module_id, day, people[one].place in apart) for one, day in since.items() if one not in grouped
        ]
    return Snapshot(week, tuple(groups), tuple(waiting))


def table(snapshot: Snapshot, module_id: str, places: Sequence[str], *, apart: Collection[str] = ()) -> ReleasedTable:
    """What may be shown of a module: a line per place, those counted together, and the total of these.

    Places ``apart`` are in no total; ``line_apart`` shows one of them.
    """
    groups = [group for group in snapshot.groups if group.module_id == module_id and group.place not in apart]
    is_complete = all(group.released is not HIDDEN for group in groups) and not any(
        one.module_id == module_id and not one.is_apart for one in snapshot.waiting
    )
    of_place: Mapping[str | None, list[Released]] = {
        place: [group.released for group in groups if group.place == place] for place in (*places, None)
    }
    return ReleasedTable(
        lines=tuple(together(of_place[place]) for place in places),
        others=together(of_place[None]),
        total=together([group.released for group in groups]),
        is_complete=is_complete,
    )


def line_apart(snapshot: Snapshot, module_id: str, place: str) -> Released:
    """What may be shown of a place that is counted apart."""
    return together(
        [group.released for group in snapshot.groups if group.module_id == module_id and group.place == place]
    )


def forget(snapshot: Snapshot, person_id: int) -> Snapshot:
    """Without the id of somebody who is erased. Figures stay: they are about nobody in particular."""
    waiting = tuple(one for one in snapshot.waiting if one.person_id != person_id)
    groups = tuple(replace(_left(one, {person_id}), left=one.left - {person_id}) for one in snapshot.groups)
    return replace(snapshot, groups=groups, waiting=waiting)


def _by_module(current: Iterable[Standing]) -> Mapping[str, People]:
    """Everybody by module and id, in a fixed order."""
    found: defaultdict[str, dict[int, Standing]] = defaultdict(dict)
    for one in sorted(current, key=lambda one: (one.module_id, one.person_id)):
        if one.person_id in found[one.module_id]:
            raise ValueError(f"person {one.person_id} stands twice in {one.module_id}")
        found[one.module_id][one.person_id] = one
    return found


def _moved(group: Group, people: People, week: date, threshold: int) -> Group:
    """The group a week later: who is gone stays as they stood, who has completed stays completed."""
    group = _left(group, (group.completed | group.not_yet).difference(people))
    done = {one for one in group.not_yet if people[one].has_completed}
    group = replace(group, completed=group.completed | done, not_yet=group.not_yet - done)
    return _shown(group, week, threshold)


def _left(group: Group, gone: Collection[int]) -> Group:
    return replace(
        group,
        completed=group.completed.difference(gone),
        not_yet=group.not_yet.difference(gone),
        left=group.left.union(group.completed.intersection(gone), group.not_yet.intersection(gone)),
        left_completed=group.left_completed + len(group.completed.intersection(gone)),
        left_not_yet=group.left_not_yet + len(group.not_yet.intersection(gone)),
    )


def _shown(group: Group, week: date, threshold: int) -> Group:
    """With this week's figure; where none may be shown, the earlier one stands with its date."""
    found = release(group.learner_count, group.completed_count, threshold=threshold, left=group.left_count, as_of=week)
    return replace(group, released=found or group.released)


def _waiting_since(
    previous: Snapshot | None, module_id: str, person_ids: Collection[int], week: date
) -> dict[int, date]:
    """Since when each of these has been there without a group, as far as the last snapshot knows."""
    if previous is None:
        # Whoever was there before the first snapshot has waited long enough.
        return dict.fromkeys(sorted(person_ids), week - PATIENCE)
    since = {one.person_id: one.since for one in previous.waiting if one.module_id == module_id}
    return {one: since.get(one, week) for one in sorted(person_ids)}


def _by_place(queue: Mapping[Standing, date], week: date, threshold: int, apart: Collection[str]) -> Iterator[Cut]:
    """Places with enough people; the rest together, once they have waited for more to come to their own place."""
    patient = []
    for place, people in _parts(queue).items():
        if len(people) >= group_size(threshold):
            yield place, people
        elif place not in apart:
            patient += [one for one in people if queue[one] + PATIENCE <= week]
    if len(patient) >= group_size(threshold):
        yield None, patient


def _batch(queue: Mapping[Standing, date], threshold: int) -> Iterator[Cut]:
    """All who wait, once there are many: cut by place if that leaves at least two groups, or else all together."""
    if len(queue) < 2 * group_size(threshold):
        return
    large = {place: people for place, people in _parts(queue).items() if len(people) >= group_size(threshold)}
    if len(large) < 2:
        yield None, list(queue)
        return
    yield from large.items()
    # These never come up again, even if too few to show: who is in a later batch must not tell who was in none.
    rest = [one for one in queue if one.place not in large]
    if rest:
        yield None, rest


def _parts(people: Iterable[Standing]) -> dict[str, list[Standing]]:
    parts: defaultdict[str, list[Standing]] = defaultdict(list)
    for one in people:
        parts[one.place].append(one)
    return dict(sorted(parts.items()))


def _formed(module_id: str, place: str | None, people: Sequence[Standing], week: date, threshold: int) -> Group:
    completed = frozenset(one.person_id for one in people if one.has_completed)
    not_yet = frozenset(one.person_id for one in people) - completed
    group = Group(module_id, place, week, completed, not_yet, frozenset(), 0, 0, HIDDEN)
    return _shown(group, week, threshold)
