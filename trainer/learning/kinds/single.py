"""Single choice: right or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from trainer.courseware.quiz import SingleChoice
from trainer.learning.kinds.frame import Answer, Mark, mark_of, one_option, option_counts
from trainer.wording import said

HINT = said("Choose one answer.")


def option_ids(question: SingleChoice) -> tuple[str, ...]:
    """The ids that answers name, in the author's order."""
    return tuple(option.id for option in question.options)


def read_answer(question: SingleChoice, raw: Sequence[str]) -> Answer:
    """The chosen option's id. Raises Invalid for none, several or a strange one."""
    return one_option(raw, option_ids(question))


def mark(question: SingleChoice, answer: Answer) -> Mark:
    """All points for the right option."""
    right = {option.id for option in question.options if option.is_correct}
    return mark_of(Fraction(1 if set(answer) == right else 0))


def summarise(question: SingleChoice, answers: Iterable[Answer]) -> dict[str, int]:
    """Answers per option."""
    return option_counts(answers, option_ids(question))
