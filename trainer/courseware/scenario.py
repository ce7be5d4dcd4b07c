"""Stories with choices, as the compiler leaves them. Every ``*html`` field is sanitised, ready to show."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.courseware.quiz import Verdict


@dataclass(frozen=True, slots=True)
class Choice:
    """A way on from a place, in the author's words."""

    text: str
    html: str
    target: str


@dataclass(frozen=True, slots=True)
class Place:
    """A moment of a scenario. An end has an outcome and no choices."""

    id: str
    title: str
    html: str
    choices: tuple[Choice, ...]
    outcome: Verdict | None

    @property
    def is_end(self) -> bool:
        """True where the story stops."""
        return self.outcome is not None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story with choices; the first place is the start. Every place can be reached and leads to an end."""

    name: str
    title: str
    places: tuple[Place, ...]

    @property
    def ends(self) -> tuple[Place, ...]:
        """The places where the story stops, in the author's order."""
        return tuple(place for place in self.places if place.is_end)

    def find(self, place_id: str) -> Place | None:
        """The place of that id."""
        return next((place for place in self.places if place.id == place_id), None)
