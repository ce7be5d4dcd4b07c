"""The parts of a section as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trainer.web.pages.notebook import NoteBox


@dataclass(frozen=True, slots=True)
class LensView:
    """What speaks to one role; ``is_own`` when it is the reader's own."""

    role: str
    label: str
    html: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class DetourView:
    """A shorter way around the section; ``other_url`` leads to the way that is not shown."""

    note: str
    html: str
    is_taken: bool
    other_url: str


@dataclass(frozen=True, slots=True)
class PartView:
    """One part; ``kind`` says which of the fields are filled."""

    kind: Literal["prose", "lenses", "reflect", "rewrite", "scenario", "try"]
    html: str = ""
    lenses: tuple[LensView, ...] = ()
    name: str = ""
    models_html: str = ""
    title: str = ""
    url: str = ""
    box: NoteBox | None = None
    note: str = ""  # "You have walked 2 roads to 1 end of 3."
