"""Text in, findings out. ``Lens(lexicon).look(text)`` is pure, linear in the length of the text, and keeps nothing."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from trainer.errors import Invalid
from trainer.language.frames import frame_of
from trainer.language.lexicon import Entry, Lexicon, Severity
from trainer.language.patterns import BadPattern, Notation, words_of
from trainer.language.phrases import PhraseIndex, Seen
from trainer.language.quotations import Extent, Extents, addresses, extents, quotations
from trainer.language.vocabulary import NAME_PARTICLES, TITLES
from trainer.language.words import Words, split_words

MOST_CHARACTERS = 1_000_000
LONGEST_GUARD = 10
Reason = Literal[
    "quotation", "left out", "address", "name", "guard", "statutory", "diagnosis", "own word", "talk about words",
    "negated", "chosen",
]  # fmt: skip
KNOWN: tuple[Reason, ...] = ("statutory", "diagnosis", "name")
# In these categories “I am …” makes fun of a condition rather than telling of oneself.
NOT_SELF_TALK = frozenset({"othering", "peer-role", "violence-metaphor", "service-centred", "jargon"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the text worth a second thought. Offsets, ``line`` and ``column`` (from 1) count characters."""

    start: int
    end: int
    text: str
    line: int
    column: int
    entry: str
    term: str
    category: str
    severity: Severity
    why: str
    alternatives: tuple[str, ...]
    fine_when: str
    example: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spared:
    """A stretch that would have been a finding, and why it is none."""

    start: int
    end: int
    text: str
    entry: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a text found, in the order of the text."""

    findings: tuple[Finding, ...]
    spared: tuple[Spared, ...]


@dataclass(slots=True)
class Lens:
    """A lexicon made ready. Build once, use for every text; safe to share between threads."""

    lexicon: Lexicon
    notation: Notation
    index: PhraseIndex = field(init=False)
    known: PhraseIndex = field(init=False)
    guards: dict[int, PhraseIndex] = field(init=False)

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

    def look(self, text: str, *, own_words: Iterable[str] = (), left_out: Iterable[Extent] = ()) -> Look:
        """Look at a text. ``own_words`` are words that the person chose for themself; ``left_out`` are stretches not
        to look at, such as code. Raises Invalid for more than MOST_CHARACTERS characters."""
        if len(text) > MOST_CHARACTERS:
            raise Invalid(
                f"This text has {len(text):,} characters; at most {MOST_CHARACTERS:,} can be looked at in one go.",
                "Look at it in parts, chapter by chapter.",
            )
        words = split_words(text)
        anchors = self.index.waiting
        places = [index for index, word in enumerate(words.words) if word in anchors]
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


Match = tuple[int, int, int]


class _Looking:
    """One look: everything about one text."""

    def __init__(self, lens: Lens, words: Words, own_words: Iterable[str], left_out: Iterable[Extent]) -> None:
        self.lens = lens
        self.words = words
        self.chosen = [one for one in map(words_of, own_words) if one]
        self.left_out: Extents = extents(left_out)
        self.quotations = quotations(words.text)
        self.addresses = addresses(words.text)
        self.seen_known: Seen = {}
        self.seen_guards: dict[int, Seen] = {}
        self.line = 1
        self.line_start = 0
        self.counted = 0

    def look(self, places: list[int]) -> Look:
        findings: list[Finding] = []
        spared: list[Spared] = []
        found = [match for place in places for match in self.lens.index.found_at(place, self.words)]
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

    def reason(self, first: int, behind: int, number: int, entry: Entry, start: int) -> Reason | None:
        if self.left_out.holds(start):
            return "left out"
        if self.quotations.holds(start):
            return "quotation"
        if self.addresses.holds(start):
            return "address"
        left, right = max(0, first - LONGEST_GUARD), min(self.words.count, behind + LONGEST_GUARD)
        for known_first, known_behind, kind in self.lens.known.found_near(left, right, self.words, self.seen_known):
            if known_first < behind and known_behind > first:
                return KNOWN[kind]
        guards = self.lens.guard_of(number)
        seen = self.seen_guards.setdefault(number, {})
        for guard_first, guard_behind, _ in guards.found_near(left, right, self.words, seen):
            if guard_first < behind and guard_behind > first:
                return "guard"
        if self.is_chosen(first, behind):
            return "chosen"
        if self.is_name(first, behind):
            return "name"
        return frame_of(
            self.words,
            first,
            behind,
            spares_negated=entry.category in self.lens.lexicon.negation_spares,
            is_self_talk=entry.category not in NOT_SELF_TALK,
        )

    def is_chosen(self, first: int, behind: int) -> bool:
        found = tuple(self.words.words[first:behind])
        return any(found[at : at + len(one)] == one for one in self.chosen for at in range(len(found) - len(one) + 1))

    def is_name(self, first: int, behind: int) -> bool:
        """One word with a capital letter that is a known surname or stands behind a title or a particle."""
        if behind - first != 1:
            return False
        written = self.words.text[self.words.start(first) : self.words.end(first)]
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
        return Finding(
            start, end, written, self.line, start - self.line_start + 1, entry.id, entry.term, entry.category,
            entry.severity, entry.why, entry.alternatives, entry.fine_when, entry.example, entry.sources,
        )  # fmt: skip


def longest(matches: Iterable[Match]) -> list[Match]:
    """Of matches that overlap the one with more words wins, then the one that starts first."""
    taken: set[int] = set()
    found: list[Match] = []
    for match in sorted(set(matches), key=lambda one: (one[0] - one[1], one[0], one[2])):
        if taken.isdisjoint(range(match[0], match[1])):
            taken.update(range(match[0], match[1]))
            found.append(match)
    return sorted(found)
