"""The words of a sentence around a phrase."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.language.words import Words

FARTHEST = 16
_SENTENCE_END = frozenset(".!?;")


@dataclass(frozen=True, slots=True)
class Around:
    """The words of the sentence around a phrase: nearest first on the left, in order on the right."""

    before: list[str]
    before_gaps: list[str]
    head: list[str]
    after: list[str]
    first: int


def around(words: Words, first: int, behind: int) -> Around:
    """At most FARTHEST words to each side, never beyond the sentence."""
    before: list[str] = []
    gaps: list[str] = []
    index = first
    while index > 0 and len(before) < FARTHEST and not _ends_sentence(words.gaps[index]):
        gaps.append(words.gaps[index])
        index -= 1
        before.append(words.words[index])
    after: list[str] = []
    index = behind
    while index < words.count and len(after) < 8 and not _ends_sentence(words.gaps[index]):
        after.append(words.words[index])
        index += 1
    return Around(before, gaps, words.words[first:behind], after, first)


def _ends_sentence(gap: str) -> bool:
    if gap == " ":
        return False
    return not _SENTENCE_END.isdisjoint(gap) or gap.count("\n") > 1 or len(gap) > 200
