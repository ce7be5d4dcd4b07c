"""The notation of the lexicon: ``lack(s|ed|ing|) (any |)insight`` and ``mentally ill <person>``.

Round brackets hold choices, an empty choice makes the rest optional, ``<name>`` stands for a set of the lexicon, and a
word with two or more capitals matches capitals only. A pattern becomes steps: at each step one of several words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from trainer.language.spelling import RESPELT, spellings
from trainer.language.words import split_words

MOST_RUNS = 500
LONGEST = 16
DEEPEST = 4
_PIECE = re.compile(r"(\([^()<>]*\))|<([a-z-]+)>|([(|)])|([^<>()|]+)|([<>])")
# Items are parted by spaces outside brackets; brackets stand in one another at most three deep.
_ITEM = re.compile(r"(?:[^\s()]|\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\))+")
_SIMPLE = re.compile(r"([A-Za-z0-9]*)(?:\(([A-Za-z0-9|]*)\))?([A-Za-z0-9]*)\Z")
_PLAIN = re.compile(r"[^()<>]*(?:\([^()<>]*\)[^()<>]*)*\Z")
_part = re.compile("['’‐‑/:&.-]").sub


class BadPattern(ValueError):
    """The notation is broken; the message says how."""


class Phrase(NamedTuple):
    """Words in a row, one of each step; words in ``capitals`` must be written in capitals. A tuple, as there are
    thousands to make while a lexicon loads."""

    steps: tuple[frozenset[str], ...]
    capitals: frozenset[str] = frozenset()


_Steps = tuple[frozenset[str], ...]
# A run is (steps, whether it may be glued to what stands before, and to what stands behind).
_Run = tuple[_Steps, bool, bool]
_EMPTY: _Run = ((), True, True)
_NOTHING = Phrase(())


class Notation:
    """Reads patterns. What it has worked out once, such as a group of choices, it remembers."""

    def __init__(self, sets: Mapping[str, Iterable[str]]) -> None:
        self.sets = sets
        self.compiled: dict[str, list[Phrase]] = {}
        self.items: dict[str, list[Phrase]] = {}
        self.groups: dict[str, list[_Run]] = {}
        self.members: dict[str, list[_Run]] = {}

    def compile(self, pattern: str) -> list[Phrase]:
        """Every way to say the pattern. Raises BadPattern."""
        known = self.compiled.get(pattern)
        if known is not None:
            return known
        if "(" in pattern or "<" in pattern or ")" in pattern or ">" in pattern:
            fault = fault_of(pattern, self.sets)
            if fault:
                raise BadPattern(fault)
        found = [_NOTHING]
        for text in _ITEM.findall(pattern):
            options = self.items.get(text)
            if options is None:
                options = self.items[text] = self.item(text)
            if len(found) * len(options) > MOST_RUNS:
                raise BadPattern("it can be said in too many ways; write it as two patterns")
            found = [_after(one, option) for one in found for option in options]
        found = [one for one in found if one.steps]
        if any(len(one.steps) > LONGEST for one in found):
            raise BadPattern(f"it is longer than {LONGEST} words")
        if not found:
            raise BadPattern("it says no word at all")
        self.compiled[pattern] = found
        return found

    def needed_words(self, pattern: str) -> list[frozenset[str]]:
        """For each part of the pattern that is easily told to be there always: the words it may be. Perhaps none."""
        found = []
        for text in _ITEM.findall(pattern):
            options = self.items.get(text)
            if options is None:
                if not _SIMPLE.match(text):
                    continue
                options = self.items[text] = self.item(text)
            if len(options) == 1 and len(options[0].steps) == 1:
                found.append(options[0].steps[0])
        return found

    def item(self, text: str) -> list[Phrase]:
        """What stands between two spaces, such as “refus(e|es|ed)”."""
        match = _SIMPLE.match(text)
        if not match:
            return [folded_phrase(run[0]) for run in self.choices(_PIECE.findall(text), [0])]
        before, choices, behind = match.groups()
        words = {before + choice + behind for choice in (choices or "").split("|")}
        options = [_NOTHING] if "" in words else []
        words.discard("")
        return [*options, folded_phrase((frozenset(words),))] if words else options

    def choices(self, pieces: list[tuple[str, ...]], place: list[int]) -> list[_Run]:
        """Up to the closing bracket or the end; ``place`` moves along."""
        found: list[_Run] = []
        current = [_EMPTY]
        while place[0] < len(pieces):
            simple, name, bracket, text = pieces[place[0]][:4]
            place[0] += 1
            if bracket == ")":
                break
            if bracket == "|":
                found += current
                current = [_EMPTY]
            elif bracket == "(":
                current = _joined(current, self.choices(pieces, place))
            elif simple:
                current = _joined(current, self.simple_group(simple))
            elif name:
                current = _joined(current, self.set_members(name))
            else:
                current = _joined(current, [_literal(text)])
        return _merged(found + current) if found else current

    def simple_group(self, group: str) -> list[_Run]:
        """“(a|b|c d|)” without further brackets, the most common piece by far."""
        found = self.groups.get(group)
        if found is None:
            found = self.groups[group] = _alternatives(group[1:-1].split("|"))
        return found

    def set_members(self, name: str) -> list[_Run]:
        found = self.members.get(name)
        if found is None:
            found = _merged([run for one in self.sets[name] for run in self.choices(_PIECE.findall(one), [0])])
            self.members[name] = found
        return found


def folded_phrase(steps: _Steps) -> Phrase:
    """The words as a text has them, in every spelling, and those that must be written in capitals."""
    folded = []
    capitals: frozenset[str] = frozenset()
    for words in steps:
        joined = " ".join(words)
        if joined == joined.lower() and not RESPELT.search(joined):
            folded.append(words)
            continue
        large = {word.lower() for word in words if _is_capitals(word)}
        small = {word.lower() for word in words if not _is_capitals(word)}
        capitals |= large - small
        folded.append(frozenset(small.union(large, *map(spellings, small))))
    return Phrase(tuple(folded), capitals)


def _after(one: Phrase, other: Phrase) -> Phrase:
    if not one[0]:
        return other
    return Phrase(one[0] + other[0], one[1] | other[1] if other[1] else one[1]) if other[0] else one


def _alternatives(texts: list[str]) -> list[_Run]:
    words = frozenset([text for text in texts if text.isalnum()])
    found: list[_Run] = [((words,), True, True)] if words else []
    return found + _merged([_EMPTY if not text else _literal(text) for text in texts if not text.isalnum()])


def _literal(text: str) -> _Run:
    words = [text] if text.isalnum() else _part(" ", text).split()
    if not words:
        return ((), False, False)
    return (tuple(frozenset((word,)) for word in words), text[0].isalnum(), text[-1].isalnum())


def _joined(before: list[_Run], after: list[_Run]) -> list[_Run]:
    if len(before) * len(after) > MOST_RUNS:
        raise BadPattern("it can be said in too many ways; write it as two patterns")
    found = [_pair(left, right) for left in before for right in after]
    return _merged(found) if len(found) > 1 and (len(before) > 1 or len(after) > 2) else found


def _pair(left: _Run, right: _Run) -> _Run:
    if not left[0]:
        return (right[0], left[1] and right[1], right[2] if right[0] else left[2] and right[2])
    if not right[0]:
        return (left[0], left[1], left[2] and right[2])
    if not (left[2] and right[1]):
        return (left[0] + right[0], left[1], right[2])
    glued = frozenset([a + b for a in left[0][-1] for b in right[0][0]])
    return ((*left[0][:-1], glued, *right[0][1:]), left[1], right[2])


def _merged(runs: list[_Run]) -> list[_Run]:
    """Runs that differ in one step only become one run."""
    if len(runs) < 2:
        return runs
    for place in range(max(len(run[0]) for run in runs)):
        groups: dict[object, list[_Run]] = {}
        for run in runs:
            steps = run[0]
            key = (steps[:place], steps[place + 1 :], run[1], run[2]) if place < len(steps) else run
            groups.setdefault(key, []).append(run)
        if len(groups) < len(runs):
            runs = [_union(group, place) if len(group) > 1 else group[0] for group in groups.values()]
    return runs


def _union(group: list[_Run], place: int) -> _Run:
    steps, left, right = group[0]
    if place >= len(steps):
        return group[0]
    words = frozenset().union(*(run[0][place] for run in group))
    return ((*steps[:place], words, *steps[place + 1 :]), left, right)


def fault_of(pattern: str, sets: Mapping[str, Iterable[str]]) -> str | None:
    """What is wrong with the notation, told from its brackets and sets alone, without working out what it says."""
    if _PLAIN.match(pattern):
        return None
    depth = 0
    for _, name, bracket, _, stray in _PIECE.findall(pattern):
        if bracket:
            depth += 1 if bracket == "(" else -1 if bracket == ")" else 0
        if stray or depth < 0 or depth > DEEPEST:
            return "a bracket has no partner"
        if name and name not in sets:
            return f"there is no set “{name}”"
    return "a bracket is never closed" if depth else None


def _is_capitals(word: str) -> bool:
    return not word.islower() and sum(letter.isupper() for letter in word) > 1


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a phrase that a person typed."""
    words = split_words(text)
    return tuple(words.words[: words.count])
