"""Short text: equal to an accepted answer after folding case, spaces and accents. No guessing at spelling."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction

from trainer.courseware.quiz import ShortText
from trainer.learning.kinds.frame import Answer, Mark, mark_of, one_text
from trainer.wording import said

HINT = said("Write a word or a short phrase. Capitals, spaces and accents do not matter.")
LONGEST = 200
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"})


def option_ids(question: ShortText) -> tuple[str, ...]:
    """Nothing to choose from."""
    return ()


def read_answer(question: ShortText, raw: Sequence[str]) -> Answer:
    """What was written. Raises Invalid for nothing, and over 200 characters."""
    return one_text(raw, LONGEST)


def folded(text: str) -> str:
    """The text without case, accents, double spaces and the two shapes of an apostrophe."""
    bare = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFC", letters).casefold().split())


def mark(question: ShortText, answer: Answer) -> Mark:
    """All points for an accepted answer."""
    accepted = {folded(text) for text in question.accepted}
    return mark_of(Fraction(1 if answer and folded(answer[0]) in accepted else 0))


def summarise(question: ShortText, answers: Iterable[Answer]) -> dict[str, int]:
    """Answers accepted and others. What people wrote is never counted word by word: a rare answer names its writer."""
    counts = {"accepted": 0, "other": 0}
    for answer in answers:
        counts["accepted" if mark(question, answer).is_full else "other"] += 1
    return counts
