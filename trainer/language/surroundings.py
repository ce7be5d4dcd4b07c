"""The words of a sentence around a phrase."""

from __future__ import annotations

from typing import NamedTuple

from trainer.language.words import Words

FARTHEST = 16
FARTHEST_AFTER = 8
_SENTENCE_END = frozenset(".!?;")


class Around(NamedTuple):
    """The words of the sentence around a phrase: nearest first on the left, in order on the right. A tuple, as one
    is made for every match."""

    before: list[str]
    before_gaps: list[str]
    head: list[str]
    after: list[str]
    first: int


def around(words: Words, first: int, behind: int) -> Around:
    """At most FARTHEST words on the left and FARTHEST_AFTER on the right, never beyond the sentence."""
    gaps = words.gaps
    start, least = first, max(0, first - FARTHEST)
    while start > least and (gaps[start] == " " or not _ends_sentence(gaps[start])):
        start -= 1
    stop, most = behind, min(words.count, behind + FARTHEST_AFTER)
    while stop < most and (gaps[stop] == " " or not _ends_sentence(gaps[stop])):
        stop += 1
    before = words.words[start:first]
    before.reverse()
    before_gaps = gaps[start + 1 : first + 1]
    before_gaps.reverse()
    return Around(before, before_gaps, words.words[first:behind], words.words[behind:stop], first)


def _ends_sentence(gap: str) -> bool:
    return not _SENTENCE_END.isdisjoint(gap) or gap.count("\n") > 1 or len(gap) > 200
