"""Order: the share of neighbouring pairs that stand in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from trainer.courseware.quiz import Ordering
from trainer.errors import Invalid
from trainer.learning.kinds.frame import Answer, Mark, chosen_pairs, mark_of, pairs_of
from trainer.wording import said

HINT = said("Give each line its place, 1 for the first.")


def option_ids(question: Ordering) -> tuple[str, ...]:
    """The ids that answers name, in the right order."""
    return tuple(item.id for item in question.items)


def read_answer(question: Ordering, raw: Sequence[str]) -> Answer:
    """“item=place” for every item that has a place. Raises Invalid for none or a strange one."""
    places = [str(place) for place in range(1, len(question.items) + 1)]
    answer = chosen_pairs(raw, option_ids(question), places)
    if not answer:
        raise Invalid(
            said("Nothing has a place yet."), said("Give each line a place, or come back to this question later.")
        )
    return answer


def places_of(answer: Answer) -> dict[str, int]:
    """The place that each item was given."""
    return {item: int(place) for item, place in pairs_of(answer).items()}


def mark(question: Ordering, answer: Answer) -> Mark:
    """Of the pairs that follow each other in the right order, the share whose first was placed before its second.

    One line at a wrong place costs the pairs it is part of, not everything. Lines without a place, and two at one
    place, are not in order.
    """
    places = places_of(answer)
    pairs = list(pairwise(option_ids(question)))
    in_order = sum(places[first] < places[second] for first, second in pairs if first in places and second in places)
    return mark_of(Fraction(in_order, len(pairs)))


def summarise(question: Ordering, answers: Iterable[Answer]) -> dict[str, int]:
    """How many answers gave each item its right place."""
    right = dict(zip(option_ids(question), range(1, len(question.items) + 1), strict=True))
    counts = dict.fromkeys(right, 0)
    for answer in answers:
        for item, place in places_of(answer).items():
            if right.get(item) == place:
                counts[item] += 1
    return counts
