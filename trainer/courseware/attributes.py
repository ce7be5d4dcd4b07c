"""The braces at the end of a heading or option: ``{#id outcome=1 safety}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

BRACES = re.compile(r"(?:^|\s)\{([^{}]*)\}\s*\Z")


@dataclass(frozen=True, slots=True)
class Attributes:
    """``words`` stand alone, ``values`` are key=value; ``strange`` is what could not be read."""

    id: str | None = None
    words: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    strange: tuple[str, ...] = ()


def split_attributes(text: str) -> tuple[str, Attributes]:
    """The text without its braces, and what they say. Braces without # or = inside stay text."""
    found = BRACES.search(text)
    if not found or not re.match(r"\s*[#.]|[^{}]*=", found.group(1)):
        return text.strip(), Attributes()
    return text[: found.start()].strip(), read_attributes(found.group(1))


def read_attributes(text: str) -> Attributes:
    """Read what stands between the braces; a key or id given twice is strange."""
    identifier: str | None = None
    words: list[str] = []
    values: dict[str, str] = {}
    strange: list[str] = []
    for part in text.split():
        key, equals, value = part.partition("=")
        if part.startswith("#") and identifier is None:
            identifier = part[1:]
        elif equals and key and value and key not in values:
            values[key] = value
        elif not equals and re.fullmatch(r"\.?[a-z][a-z_-]*", part):
            words.append(part)
        else:
            strange.append(part)
    return Attributes(identifier, tuple(words), values, tuple(strange))
