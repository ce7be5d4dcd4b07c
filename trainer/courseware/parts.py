"""What a section is made of, in the order in which it is read. Every ``*html`` field is sanitised, ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

Audience = Literal["psw", "clinician", "leader"]


@dataclass(frozen=True, slots=True)
class Prose:
    """Ordinary text, and what is shown as it is written."""

    html: str
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True, slots=True)
class Lens:
    """What speaks to one role."""

    role: Audience
    html: str


@dataclass(frozen=True, slots=True)
class Lenses:
    """Neighbouring role lenses in the author's order; a reader's own may be shown first."""

    lenses: tuple[Lens, ...]
    kind: Literal["lenses"] = "lenses"


@dataclass(frozen=True, slots=True)
class Reflection:
    """A question for the writer alone. ``name`` is permanent and unique in the module."""

    name: str
    html: str
    kind: Literal["reflect"] = "reflect"


@dataclass(frozen=True, slots=True)
class RewriteTask:
    """A line to be rewritten in private, and how others have put it."""

    name: str
    html: str
    models_html: str
    kind: Literal["rewrite"] = "rewrite"


@dataclass(frozen=True, slots=True)
class ScenarioDoor:
    """Where a scenario opens; ``html`` is the lead-in and may be empty."""

    name: str
    html: str
    kind: Literal["scenario"] = "scenario"


@dataclass(frozen=True, slots=True)
class TryThis:
    """One thing to do at work this week."""

    html: str
    kind: Literal["try"] = "try"


@dataclass(frozen=True, slots=True)
class Detour:
    """A shorter way around a section that not everybody wants to read today; it counts the same."""

    note: str  # what the section mentions, in a few words
    html: str
    kind: Literal["instead"] = "instead"


Part = Annotated[
    Prose | Lenses | Reflection | RewriteTask | ScenarioDoor | TryThis | Detour, Field(discriminator="kind")
]
