"""What the kinds share: the answer, the mark and the sentence for an answer that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from trainer.errors import Invalid
from trainer.wording import said

POINTS_PER_QUESTION = 100

Answer = tuple[str, ...]  # option ids, “item=place”, “row=target” or one text, in the order of the question


@dataclass(frozen=True, slots=True)
class Mark:
    """Integer points of POINTS_PER_QUESTION."""

    points: int

    @property
    def is_full(self) -> bool:
        """True when the answer earned all there is."""
        return self.points == POINTS_PER_QUESTION


def mark_of(share: Fraction) -> Mark:
    """A share between 0 and 1 as integer points, rounded to the nearest, halves up."""
    return Mark(int(share * POINTS_PER_QUESTION + Fraction(1, 2)))


def known_options(raw: Sequence[str], option_ids: Sequence[str]) -> Answer:
    """The chosen options without repetition, in the question's order. Raises Invalid for a strange one."""
    strange = set(raw) - set(option_ids)
    if strange:
        raise Invalid(
            said("One of the answers does not belong to this question."),
            said("Reload the page and choose from the answers shown."),
        )
    return tuple(option_id for option_id in option_ids if option_id in raw)


def one_option(raw: Sequence[str], option_ids: Sequence[str]) -> Answer:
    """Exactly one chosen option. Raises Invalid with what to do."""
    answer = known_options(raw, option_ids)
    if not answer:
        raise Invalid(said("No answer is chosen yet."), said("Choose one answer, or come back to this question later."))
    if len(answer) > 1:
        raise Invalid(said("This question takes one answer."), said("Choose the one that fits best."))
    return answer


def chosen_pairs(raw: Sequence[str], left_ids: Sequence[str], right_ids: Sequence[str]) -> Answer:
    """Pairs such as “row=target”, one for each left side at most, in the question's order; empty ones are left out.

    Raises Invalid for a side that the question does not have and for a left side given twice.
    """
    pairs: dict[str, str] = {}
    for written in raw:
        left, equals, right = written.partition("=")
        if not written or (equals and not right and left in left_ids):
            continue
        if left not in left_ids or right not in right_ids or left in pairs:
            raise Invalid(
                said("One of the answers does not belong to this question."),
                said("Reload the page and choose from the answers shown."),
            )
        pairs[left] = right
    return tuple(f"{left}={pairs[left]}" for left in left_ids if left in pairs)


def pairs_of(answer: Answer) -> dict[str, str]:
    """The pairs of an answer by their left side."""
    return {left: right for left, _, right in (pair.partition("=") for pair in answer)}


def one_text(raw: Sequence[str], longest: int) -> Answer:
    """One text without spaces at its ends. Raises Invalid for none or too much."""
    text = "\n".join(line.rstrip() for line in "".join(raw[:1]).replace("\r\n", "\n").split("\n")).strip()
    if len(raw) > 1:
        raise Invalid(said("This question takes one answer."), said("Reload the page and answer again."))
    if not text:
        raise Invalid(
            said("No answer is written yet."), said("Write your answer, or come back to this question later.")
        )
    if len(text) > longest:
        raise Invalid(
            said("This answer has %(count)s characters.", count=len(text)),
            said("Shorten it to %(count)s.", count=longest),
        )
    return (text,)


def option_counts(answers: Iterable[Answer], option_ids: Sequence[str]) -> dict[str, int]:
    """How many answers chose each option, in the question's order."""
    counts = dict.fromkeys(option_ids, 0)
    for answer in answers:
        for option_id in answer:
            if option_id in counts:
                counts[option_id] += 1
    return counts
