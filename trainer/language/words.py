"""A text as words and the gaps between them. Folding keeps every offset, so a finding slices back to the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate

# Marks that may stand inside a word without ending it: soft hyphens, combining accents, joiners and direction marks.
MARKS = "\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe20-\ufe2f\ufeff"
_split = re.compile(rf"(\w[\w{MARKS}]*)").split
_find_mark = re.compile(f"[{MARKS}]").search
_drop_unseen = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]").sub
_MARKUP = dict.fromkeys(map(ord, "*~\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_TIGHT = frozenset("-‐‑–/:'’&")
_LONGEST_GAP = 80
PADDING = 40
_PAD = ("",) * PADDING


@dataclass(frozen=True, slots=True)
class Words:
    """``words[i]`` is folded and stands at ``start(i):end(i)``; ``gaps[i]`` stands before it, one more at the end.

    ``count`` real words are followed by PADDING empty ones, so that looking around a word needs no check: an index
    too small or too large finds an empty word.
    """

    text: str
    words: list[str]
    count: int
    gaps: list[str]
    edges: list[int]

    def start(self, index: int) -> int:
        """The offset in characters at which a word starts."""
        return self.edges[2 * index]

    def end(self, index: int) -> int:
        """The offset in characters just behind a word."""
        return self.edges[2 * index + 1]

    def joins(self, index: int) -> bool:
        """True when the gap before this word may stand inside a phrase."""
        gap = self.gaps[index]
        return gap == " " or is_joint(gap)


def split_words(text: str) -> Words:
    """The words of a text in the order they stand. Linear in its length; never raises."""
    # Only U+0130 changes its length when it is made small; underscores are emphasis, not letters.
    parts = _split(text.replace("\u0130", "I").replace("_", " ").lower())
    words = parts[1::2]
    if not text.isascii() and _find_mark(text):
        words = [plain_word(word) for word in words]
    return Words(text, [*words, *_PAD], len(words), parts[0::2], list(accumulate(map(len, parts))))


def plain_word(word: str) -> str:
    """A word in one spelling: composed accents, without marks that nobody sees."""
    return word if word.isascii() else unicodedata.normalize("NFC", _drop_unseen("", word))


def is_joint(gap: str) -> bool:
    """Spaces with at most one line break, a hyphen or apostrophe, a hyphen at the end of a line; no other stop."""
    if len(gap) > _LONGEST_GAP or gap.count("\n") > 1:
        return False
    bare = gap.translate(_MARKUP)
    inner = bare.strip()
    if not inner:
        return bool(bare)
    return inner in _TIGHT and (bare == inner or (bare[0] in "-‐‑" and bare[1:].lstrip(" ").startswith(("\n", "\r"))))
