"""Ids for what comes without one."""

from __future__ import annotations

import re

from trainer.courseware.source import LONGEST_SLUG
from trainer.interop.weights import without_accents

ROOM_FOR_NUMBER = 8


class Names:
    """Gives slugs and never the same one twice."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def slug(self, *candidates: str) -> str:
        """A slug from the first of the texts that has letters or digits to make one of."""
        stem = next((found for text in candidates if (found := slug_of(text))), "question")
        name, number = stem, 1
        while name in self.taken:
            number += 1
            name = f"{stem}-{number}"
        self.taken.add(name)
        return name


def slug_of(text: str) -> str:
    """“Cur síos?” becomes “cur-sios”; “” where nothing is left."""
    words = re.findall(r"[a-z0-9]+", without_accents(text[:1000]).casefold())
    return "-".join(words)[: LONGEST_SLUG - ROOM_FOR_NUMBER].strip("-")
