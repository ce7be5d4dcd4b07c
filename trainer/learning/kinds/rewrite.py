"""Rewrite: a line in one's own words. Never marked; answering it is enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trainer.courseware.quiz import Rewriting
from trainer.learning.kinds.frame import Answer, one_text
from trainer.wording import said

HINT = said("Write it as you would. This is never marked; afterwards you see how others have put it.")
LONGEST = 2_000


def option_ids(question: Rewriting) -> tuple[str, ...]:
    """Nothing to choose from."""
    return ()


def read_answer(question: Rewriting, raw: Sequence[str]) -> Answer:
    """What was written. Raises Invalid for nothing, and over 2,000 characters."""
    return one_text(raw, LONGEST)


def mark(question: Rewriting, answer: Answer) -> None:
    """None: nobody's words are scored."""


def summarise(question: Rewriting, answers: Iterable[Answer]) -> dict[str, int]:
    """How many answered; never what they wrote."""
    return {"answered": sum(1 for _ in answers)}
