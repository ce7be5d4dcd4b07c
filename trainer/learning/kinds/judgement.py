"""Judgement: what would you do? Best earns all, workable half, risky nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from trainer.courseware.quiz import Judgement
from trainer.learning.kinds.frame import Answer, Mark, mark_of, one_option, option_counts
from trainer.wording import said

HINT = said("Choose what you would do.")
WORTH = {"best": Fraction(1), "workable": Fraction(1, 2), "risky": Fraction(0)}


def option_ids(question: Judgement) -> tuple[str, ...]:
    """The ids that answers name, in the author's order."""
    return tuple(option.id for option in question.options)


def read_answer(question: Judgement, raw: Sequence[str]) -> Answer:
    """The chosen option's id. Raises Invalid for none, several or a strange one."""
    return one_option(raw, option_ids(question))


def mark(question: Judgement, answer: Answer) -> Mark:
    """The worth of the chosen way to act."""
    worth = [WORTH[option.verdict] for option in question.options if option.id in answer]
    return mark_of(worth[0] if len(worth) == 1 else Fraction(0))


def summarise(question: Judgement, answers: Iterable[Answer]) -> dict[str, int]:
    """Answers per option."""
    return option_counts(answers, option_ids(question))
