"""Who meets which situation first. Pure.

Permuted blocks of two: people of a cohort are taken in twos in the order in which they were first enrolled, and a
coin, drawn from the round's secret seed, says which of the two begins with situation A. So the halves of a cohort
never differ by more than one, whoever joins later changes nothing for those before them, and the order of a list of
names tells nobody's situation. A plain hash of each person would be as stable, and lopsided in a group of fifteen.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

from trainer.exercise.situations import LETTERS, Letter

Wave = Literal["before", "after"]
BLOCK = 2


def other(letter: Letter) -> Letter:
    """The other of the two situations."""
    return "b" if letter == "a" else "a"


def first_letter(rank: int, seed: int) -> Letter:
    """The situation of the first note. ``rank`` counts from 0: how many were enrolled in the cohort before."""
    block, place = divmod(rank, BLOCK)
    coin = sha256(f"{seed}/{block}".encode()).digest()[0] & 1
    return LETTERS[place ^ coin]


def letter_for(wave: Wave, *, rank: int, seed: int) -> Letter:
    """The situation of a wave: each person meets both, one a wave."""
    first = first_letter(rank, seed)
    return first if wave == "before" else other(first)
