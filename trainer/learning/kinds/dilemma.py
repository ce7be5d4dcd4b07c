"""Dilemma: a choice without a right one. Never marked; answering it is enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trainer.courseware.quiz import Dilemma
from trainer.learning.kinds.frame import Answer, one_option, option_counts
from trainer.wording import said

HINT = said("Choose what you would do. There is no right answer and no mark; afterwards you see how two panels chose.")


def option_ids(question: Dilemma) -> tuple[str, ...]:
    """The ids that answers name, in the author's order."""
    return tuple(option.id for option in question.options)


def read_answer(question: Dilemma, raw: Sequence[str]) -> Answer:
    """The chosen option's id. Raises Invalid for none, several or a strange one."""
    return one_option(raw, option_ids(question))


def mark(question: Dilemma, answer: Answer) -> None:
    """None: there is nothing to be right about."""


def summarise(question: Dilemma, answers: Iterable[Answer]) -> dict[str, int]:
    """Answers per option."""
    return option_counts(answers, option_ids(question))
