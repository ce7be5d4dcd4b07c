"""English sentences that can still be translated when a door shows them. Knows no language and no framework."""

from __future__ import annotations

from collections.abc import Mapping


class Sentence(str):
    """The sentence in English, with the template and the values it was made of.

    A string like any other to whoever only shows, logs or compares it; a door that speaks another language looks up
    ``template`` and puts ``values`` in again.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object]) -> Sentence:
        """Raises KeyError for a place in the template that has no value."""
        made = super().__new__(cls, template % values if values else template)
        made.template, made.values = template, values
        return made

    def __getnewargs__(self) -> tuple[str, Mapping[str, object]]:  # type: ignore[override]
        """So that a copy is made of the same parts."""
        return self.template, self.values


def said(template: str, **values: object) -> Sentence:
    """A sentence for people, its changing parts named: ``said("This note has %(count)s characters.", count=3)``."""
    return Sentence(template, values)
