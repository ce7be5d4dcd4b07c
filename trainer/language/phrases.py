"""Finding phrases in words: an index from one telling word of each phrase, so that time grows with the text alone."""

from __future__ import annotations

from itertools import compress

from trainer.language.patterns import LONGEST, BadPattern, Notation, Phrase
from trainer.language.vocabulary import COMMON, EVERYWHERE
from trainer.language.words import Words

TOO_COMMON = 60
REACH = 10
# What is kept for a word: the phrase, its first word counted from here, its length, its owner, and the words to expect
# at each other distance from here.
_Kept = tuple[Phrase, int, int, int, tuple[tuple[int, frozenset[str]], ...]]
# The same by the word that stands nearest, as most places are ruled out by it: those of one word, then for each
# distance what may follow each neighbour.
_ByNeighbour = tuple[tuple[_Kept, ...], tuple[tuple[int, dict[str, list[_Kept]]], ...]]
Match = tuple[int, int, int]
Seen = dict[int, list[Match]]


class PhraseIndex:
    """Patterns with an owner each, found by a rare word that they cannot do without.

    What a pattern says in full is worked out when a text first has that word. Working out gives the same each time
    and is kept in one assignment, so that threads may share an index.
    """

    def __init__(self, notation: Notation) -> None:
        self.notation = notation
        self.waiting: dict[str, list[tuple[str, frozenset[str], int]]] = {}
        self.ready: dict[str, _ByNeighbour] = {}

    def add(self, pattern: str, owner: int) -> None:
        """Take in a pattern; ``owner`` comes back with each place it is found. Raises BadPattern."""
        needed = self.notation.needed_words(pattern)
        step = min(needed, key=_cost, default=None)
        if step is not None and _cost(step) < TOO_COMMON:
            self.wait(pattern, step, owner)
            return
        for phrase in self.notation.compile(pattern):
            self.wait(pattern, min(phrase.steps, key=_cost), owner)

    def wait(self, pattern: str, step: frozenset[str], owner: int) -> None:
        kept = (pattern, step, owner)
        for word in step:
            if word not in self.waiting:
                self.waiting[word] = [kept]
            elif self.waiting[word][-1] != kept:
                self.waiting[word].append(kept)

    def phrases_at(self, word: str) -> tuple[_Kept, ...]:
        """Every phrase that is found by this word."""
        found = []
        for pattern, step, owner in self.waiting.get(word, ()):
            for phrase in self.worked_out(pattern):
                steps = phrase.steps
                if step in steps:
                    place = steps.index(step)
                    others = tuple((at - place, steps[at]) for at in _NEAREST[len(steps)][place])
                    found.append((phrase, place, len(steps), owner, others))
        return tuple(found)

    def worked_out(self, pattern: str) -> list[Phrase]:
        """What a pattern says. One that cannot be worked out says nothing: checking the lexicon tells, looking never
        fails."""
        try:
            return self.notation.compile(pattern)
        except BadPattern:
            return []

    def found_at(self, index: int, words: Words) -> list[Match]:
        """(first word, word behind the last, owner) of every phrase whose telling word stands here."""
        known = words.words
        word = known[index]
        alone, by_distance = self.ready.get(word) or self.make_ready(word)
        found = []
        for phrase, _, _, owner, _ in alone:
            if not phrase.capitals or _is_in_capitals(phrase, index, 1, words):
                found.append((index, index + 1, owner))
        for nearest, neighbours in by_distance:
            for phrase, place, length, owner, others in neighbours.get(known[index + nearest], ()):
                for distance, step in others:
                    if known[index + distance] not in step:
                        break
                else:
                    first = index - place
                    if all(map(words.joins, range(first + 1, first + length))) and (
                        not phrase.capitals or _is_in_capitals(phrase, first, length, words)
                    ):
                        found.append((first, first + length, owner))
        return found

    def make_ready(self, word: str) -> _ByNeighbour:
        """Sort the phrases of a word by the neighbour each of them needs."""
        kept = self.phrases_at(word)
        by_distance: dict[int, dict[str, list[_Kept]]] = {}
        for one in kept:
            if one[4]:
                distance, step = one[4][0]
                neighbours = by_distance.setdefault(distance, {})
                for neighbour in step:
                    neighbours.setdefault(neighbour, []).append(one)
        self.ready[word] = tuple(one for one in kept if not one[4]), tuple(by_distance.items())
        return self.ready[word]

    def touches(self, first: int, behind: int, words: Words, seen: Seen) -> bool:
        """True when a phrase has a word in common with the stretch from ``first`` up to ``behind``. The caller keeps
        ``seen`` from call to call, so that no place of a text is worked out twice."""
        left = max(0, first - REACH)
        is_telling = map(self.waiting.__contains__, words.words[left : behind + REACH])
        for index in compress(range(left, behind + REACH), is_telling):
            found = seen.get(index)
            if found is None:
                found = seen[index] = self.found_at(index, words)
            for start, stop, _ in found:
                if start < behind and stop > first:
                    return True
        return False


def _cost(step: frozenset[str]) -> int:
    """How often a text will have a word of this step, roughly."""
    if COMMON.isdisjoint(step):  # and so without the words of EVERYWHERE, which are COMMON too
        return len(step)
    return len(step) + 49 * len(step & COMMON) + 2000 * len(step & EVERYWHERE)


# For each length and place: the other places, the nearest first, as they rule a phrase out soonest.
_NEAREST = [
    [sorted((at for at in range(length) if at != place), key=lambda at: abs(at - place)) for place in range(length)]
    for length in range(LONGEST + 1)
]


def _is_in_capitals(phrase: Phrase, first: int, length: int, words: Words) -> bool:
    for index in range(first, first + length):
        if words.words[index] in phrase.capitals:
            written = words.text[words.start(index) : words.end(index)]
            if sum(letter.isupper() for letter in written) < 2:
                return False
    return True
