"""Text in, findings out. ``Lens(lexicon).look(text)`` is pure, linear in the length of the text, and keeps nothing."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import combinations

from trainer.errors import Invalid
from trainer.language.findings import Finding, Look, Reason, Spared
from trainer.language.frames import frame_of
from trainer.language.lexicon import Entry, Lexicon
from trainer.language.patterns import BadPattern, Notation, words_of
from trainer.language.phrases import Match, PhraseIndex, Seen
from trainer.language.quotations import Extent, Extents, addresses, extents, joined, quotations
from trainer.language.vocabulary import NAME_PARTICLES, TITLES
from trainer.language.words import Words, split_words

MOST_CHARACTERS = 1_000_000
KNOWN: tuple[Reason, ...] = ("statutory", "diagnosis", "name")
# In these categories “I am …” makes fun of a condition rather than telling of oneself.
NOT_SELF_TALK = frozenset({"othering", "peer-role", "violence-metaphor", "service-centred", "jargon"})


@dataclass(slots=True)
class Lens:
    """A lexicon made ready. Build once, use for every text; safe to share between threads."""

    lexicon: Lexicon
    notation: Notation
    index: PhraseIndex = field(init=False)
    known: PhraseIndex = field(init=False)
    guards: dict[int, PhraseIndex] = field(init=False)
    telling: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.index = PhraseIndex(self.notation)
        self.known = PhraseIndex(self.notation)
        self.guards = {}
        for number, entry in enumerate(self.lexicon.entries):
            for pattern in entry.patterns:
                self.index.add(pattern, number)
        for number, kind in enumerate(KNOWN):
            for pattern in getattr(self.lexicon.known, kind):
                self.known.add(pattern, number)
        self.telling = frozenset(self.index.waiting).union(self.known.waiting)

    def look(self, text: str, *, own_words: Iterable[str] = (), left_out: Iterable[Extent] = ()) -> Look:
        """Look at a text. ``own_words`` are words that the person chose for themself; ``left_out`` are stretches not
        to look at, such as code. Raises Invalid for more than MOST_CHARACTERS characters."""
        if len(text) > MOST_CHARACTERS:
            raise Invalid(
                f"This text has {len(text):,} characters; at most {MOST_CHARACTERS:,} can be looked at in one go.",
                "Look at it in parts, chapter by chapter.",
            )
        words = split_words(text)
        telling = self.telling
        places = [index for index, word in enumerate(words.words) if word in telling]
        if not places:
            return Look((), ())
        return _Looking(self, words, own_words, left_out).look(places)

    def guard_of(self, number: int) -> PhraseIndex:
        """The guards of an entry, made ready when first needed."""
        found = self.guards.get(number)
        if found is None:
            found = PhraseIndex(self.notation)
            for pattern in self.lexicon.entries[number].guards:
                with suppress(BadPattern):  # checking the lexicon tells; looking never fails
                    found.add(pattern, number)
            self.guards[number] = found
        return found


class _Looking:
    """One look: everything about one text."""

    def __init__(self, lens: Lens, words: Words, own_words: Iterable[str], left_out: Iterable[Extent]) -> None:
        self.lens = lens
        self.words = words
        self.chosen = frozenset(map(words_of, own_words)) - {()}
        self.left_out: Extents = extents(left_out)
        self.quotations = quotations(words.text)
        self.addresses = addresses(words.text)
        self.apart = joined(self.left_out, self.quotations, self.addresses)
        self.known: dict[int, Reason] = {}
        self.seen_guards: dict[int, Seen] = {}
        self.line = 1
        self.line_start = 0
        self.counted = 0

    def look(self, places: list[int]) -> Look:
        findings: list[Finding] = []
        spared: list[Spared] = []
        self.known = self.known_words(places)
        waiting, found_at, words = self.lens.index.waiting, self.lens.index.found_at, self.words
        found = [match for place in places if words.words[place] in waiting for match in found_at(place, words)]
        for first, behind, number in longest(found):
            entry = self.lens.lexicon.entries[number]
            start, end = self.words.start(first), self.words.end(behind - 1)
            written = self.words.text[start:end]
            reason = self.reason(first, behind, number, entry, start)
            if reason is None:
                findings.append(self.finding(start, end, written, entry))
            else:
                spared.append(Spared(start, end, written, entry.id, reason))
        return Look(tuple(findings), tuple(spared))

    def known_words(self, places: list[int]) -> dict[int, Reason]:
        """The words that belong to a phrase which is recognised for what it is, such as the name of a law."""
        waiting, found_at, words = self.lens.known.waiting, self.lens.known.found_at, self.words
        found = [match for place in places if words.words[place] in waiting for match in found_at(place, words)]
        return {index: KNOWN[kind] for first, behind, kind in found for index in range(first, behind)}

    def reason(self, first: int, behind: int, number: int, entry: Entry, start: int) -> Reason | None:
        if self.apart.holds(start):
            return self.reason_apart(start)
        for index in range(first, behind):
            if index in self.known:
                return self.known[index]
        if self.lens.guard_of(number).touches(first, behind, self.words, self.seen_guards.setdefault(number, {})):
            return "guard"
        if self.chosen and self.is_chosen(first, behind):
            return "chosen"
        if behind - first == 1 and self.is_name(first, self.words.text[start : self.words.end(first)]):
            return "name"
        return frame_of(
            self.words,
            first,
            behind,
            spares_negated=entry.category in self.lens.lexicon.negation_spares,
            is_self_talk=entry.category not in NOT_SELF_TALK,
        )

    def reason_apart(self, start: int) -> Reason:
        if self.left_out.holds(start):
            return "left out"
        return "quotation" if self.quotations.holds(start) else "address"

    def is_chosen(self, first: int, behind: int) -> bool:
        found = tuple(self.words.words[first:behind])
        stretches = combinations(range(len(found) + 1), 2)
        return any(found[start:stop] in self.chosen for start, stop in stretches)

    def is_name(self, first: int, written: str) -> bool:
        """A word with a capital letter that is a known surname or stands behind a title or a particle."""
        if not written[:1].isupper() or written.isupper():
            return False
        before = self.words.words[first - 1] if first else ""
        return written in self.lens.lexicon.surnames or before in TITLES or before in NAME_PARTICLES

    def finding(self, start: int, end: int, written: str, entry: Entry) -> Finding:
        text = self.words.text
        breaks = text.count("\n", self.counted, start)
        if breaks:
            self.line += breaks
            self.line_start = text.rfind("\n", self.counted, start) + 1
        self.counted = start
        return Finding(start, end, written, self.line, start - self.line_start + 1, entry)


def longest(matches: Iterable[Match]) -> list[Match]:
    """Of matches that overlap the one with more words wins, then the one that starts first."""
    taken: set[int] = set()
    found: list[Match] = []
    for match in sorted(set(matches), key=lambda one: (one[0] - one[1], one[0], one[2])):
        if taken.isdisjoint(range(match[0], match[1])):
            taken.update(range(match[0], match[1]))
            found.append(match)
    return sorted(found)
