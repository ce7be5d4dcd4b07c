"""Multiple response: share of the right ones chosen, minus share of the others chosen, never below 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from trainer.courseware.quiz import MultipleResponse
from trainer.errors import Invalid
from trainer.learning.kinds.frame import Answer, Mark, known_options, mark_of, option_counts
from trainer.wording import said

HINT = said("Choose all that apply.")


def option_ids(question: MultipleResponse) -> tuple[str, ...]:
    """The ids that answers name, in the author's order."""
    return tuple(option.id for option in question.options)


def read_answer(question: MultipleResponse, raw: Sequence[str]) -> Answer:
    """The chosen options' ids. Raises Invalid for none or a strange one."""
    answer = known_options(raw, option_ids(question))
    if not answer:
        raise Invalid(
            said("No answer is chosen yet."), said("Choose all that apply, or come back to this question later.")
        )
    return answer


def mark(question: MultipleResponse, answer: Answer) -> Mark:
    """Choosing everything earns nothing, because every option that is not right takes its share away."""
    right = {option.id for option in question.options if option.is_correct}
    others = {option.id for option in question.options if not option.is_correct}
    chosen = set(answer)
    gained = Fraction(len(chosen & right), len(right))
    lost = Fraction(len(chosen & others), len(others)) if others else Fraction(0)
    return mark_of(max(Fraction(0), gained - lost))


def summarise(question: MultipleResponse, answers: Iterable[Answer]) -> dict[str, int]:
    """Answers per option; they add up to more than the number of people."""
    return option_counts(answers, option_ids(question))
