"""Parts of a group: what they tell somebody who knows the rule, the size of the group and every figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from trainer.reporting.parts import add_batches, is_open, part_threshold, people_needed, release_parts, release_share
from trainer.reporting.suppression.figures import HIDDEN, Kind, Released


def divisions(group: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (group,)
        return
    for first in range(group + 1):
        for rest in divisions(group - first, parts - 1):
            yield (first, *rest)


def shown(parts: tuple[Released, ...]) -> tuple[tuple[Kind, int], ...]:
    return tuple((part.completed.kind, part.completed.low) for part in parts)


@pytest.mark.parametrize(("threshold", "needed"), [(5, 10), (6, 10), (10, 10), (11, 20), (15, 20), (20, 20), (25, 30)])
def test_a_group_needs_as_many_people_as_the_threshold(threshold: int, needed: int) -> None:
    assert people_needed(threshold) == needed >= threshold
    assert part_threshold(threshold) * 2 == needed
    assert release_share(needed - 1, 5, threshold=threshold) is HIDDEN
    assert release_share(needed, 0, threshold=threshold) is not HIDDEN


@pytest.mark.parametrize("options", [2, 3, 4])
def test_nobody_can_be_told_from_the_figures_of_a_question(options: int) -> None:
    """Every division of every group: those that share all figures leave everybody in doubt."""
    for group in range(10, 31):
        classes: defaultdict[tuple[tuple[Kind, int], ...], list[tuple[int, ...]]] = defaultdict(list)
        for counts in divisions(group, options):
            classes[shown(release_parts(group, counts, threshold=10))].append(counts)
        for figures, same in classes.items():
            for place, (kind, _low) in enumerate(figures):
                found = {counts[place] for counts in same}
                assert max(found) > 0, (group, same)  # nobody did: then nobody in particular did not
                assert min(found) < group, (group, same)  # everybody did
                if kind is Kind.FEWER:
                    assert min(found) == 0, (group, same)
                    assert max(found) >= 1, (group, same)


def test_a_small_count_that_would_follow_hides_the_whole_question() -> None:
    # 8 and 8 of 16 leave nobody for the third option.
    assert release_parts(16, (8, 8, 0), threshold=10) == (HIDDEN,) * 3
    assert HIDDEN not in release_parts(24, (14, 6, 4, 0), threshold=10)


def test_the_plain_rounding_alone_would_tell() -> None:
    """So that the test above is known to be able to fail."""
    classes: defaultdict[object, set[int]] = defaultdict(set)
    for counts in divisions(16, 3):
        parts = tuple(release_share(16, count, threshold=10) for count in counts)
        classes[shown(parts)].add(counts[2])
    assert {0} in classes.values()


def test_batches_are_added_as_released_and_what_one_hides_stays_hidden() -> None:
    first, second = release_parts(20, (12, 8, 0, 0), threshold=10), release_parts(16, (8, 8, 0), threshold=10)
    one, other = (release_share(20, 12, threshold=10),), (release_share(15, 9, threshold=10),)
    (both,) = add_batches([one, other])
    assert (both.learners.low, both.completed.low) == (35, 20)
    assert add_batches([first]) == first
    assert add_batches([second, second]) == (HIDDEN,) * 3
    assert add_batches([]) == ()


def test_figures_of_two_groups_may_not_tell_about_the_rest() -> None:
    def figure(group: int, count: int) -> object:
        return release_share(group, count, threshold=10).completed

    told = []
    for rest in (1, 2, 3, 4, 9):
        for first, second, third in divisions(12 + 12 + rest, 3):
            if first <= 12 and second <= 12 and third <= rest:
                figures = figure(12, first), figure(12, second)
                total = first + second + third
                if is_open((12, 12, rest), *figures, total, threshold=10):  # type: ignore[arg-type]
                    continue
                told.append((rest, first, second, third))
    assert told  # alignments in which the rest would be known
    assert is_open((12, 12, 0), figure(12, 12), figure(12, 0), 12, threshold=10)  # type: ignore[arg-type]


def test_parts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="5 of 16"):
        release_parts(16, (2, 3), threshold=10)
