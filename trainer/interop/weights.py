"""Our marking in shares of a question, for formats that give each answer a weight."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from trainer.courseware.quiz import Judgement, MultipleResponse, SingleChoice, Verdict

WORTH: dict[Verdict, Fraction] = {"best": Fraction(1), "workable": Fraction(1, 2), "risky": Fraction(0)}
# Moodle takes only weights of a list of its own; of ours, 1/11 and 1/12 are not on it.
FINEST_SHARE = Fraction(1, 10)
PLACES = Decimal("0.00001")


def option_weights(question: SingleChoice | MultipleResponse | Judgement) -> tuple[Fraction, ...]:
    """The share that each option earns, in the author's order; below 0 where it takes something away."""
    if isinstance(question, Judgement):
        return tuple(WORTH[option.verdict] for option in question.options)
    if isinstance(question, SingleChoice):
        return tuple(Fraction(int(option.is_correct)) for option in question.options)
    right = sum(option.is_correct for option in question.options)
    others = len(question.options) - right
    return tuple(Fraction(1, right) if one.is_correct else Fraction(-1, others) for one in question.options)


def percentage(share: Fraction) -> str:
    """“33.33333”, “-50”, “100”: a share in per cent to five places, as Moodle lists them."""
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    text = format(exact.quantize(PLACES, rounding=ROUND_HALF_UP), "f").rstrip("0").rstrip(".")
    return text or "0"


def is_too_fine(weights: Iterable[Fraction]) -> bool:
    """True where Moodle's list of weights has no such share."""
    return any(0 < abs(weight) < FINEST_SHARE for weight in weights)


def without_accents(text: str) -> str:
    """“cur síos” as somebody without a fada on the keyboard writes it."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def folded(text: str) -> str:
    """What short answers are compared by here: without case, accents and double spaces."""
    return " ".join(without_accents(text).casefold().split())


def written_answers(accepted: Iterable[str]) -> tuple[str, ...]:
    """The accepted answers with and without accents, each once: other platforms fold case at most."""
    found: dict[str, str] = {}
    for text in accepted:
        for form in (text, without_accents(text)):
            found.setdefault(form.casefold(), form)
    return tuple(form for form in found.values() if form)
