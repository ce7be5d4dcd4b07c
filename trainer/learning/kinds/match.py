"""Match: the share of rows that found what belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from trainer.courseware.quiz import Matching
from trainer.errors import Invalid
from trainer.learning.kinds.frame import Answer, Mark, chosen_pairs, mark_of, pairs_of
from trainer.wording import said

HINT = said("Choose for each line what belongs to it.")


def option_ids(question: Matching) -> tuple[str, ...]:
    """The ids that answers name: rows first, then targets."""
    return (*(row.id for row in question.rows), *(target.id for target in question.targets))


def read_answer(question: Matching, raw: Sequence[str]) -> Answer:
    """“row=target” for every row that has one. Raises Invalid for none or a strange one."""
    answer = chosen_pairs(raw, [row.id for row in question.rows], [target.id for target in question.targets])
    if not answer:
        raise Invalid(
            said("Nothing is matched yet."), said("Choose for each line, or come back to this question later.")
        )
    return answer


def mark(question: Matching, answer: Answer) -> Mark:
    """The share of rows with the right target; a row without one earns nothing."""
    given = pairs_of(answer)
    matched = sum(given.get(row.id) == row.target_id for row in question.rows)
    return mark_of(Fraction(matched, len(question.rows)))


def summarise(question: Matching, answers: Iterable[Answer]) -> dict[str, int]:
    """How many answers chose each “row=target”."""
    counts = {f"{row.id}={target.id}": 0 for row in question.rows for target in question.targets}
    for answer in answers:
        for pair in answer:
            if pair in counts:
                counts[pair] += 1
    return counts
