"""What stands on paper. Every ``*html`` field is our own sanitised HTML, without links into the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PartKind = Literal["prose", "lens", "reflect", "rewrite", "scenario", "try", "detour"]
QuestionLayout = Literal["boxes", "order", "match", "lines"]


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A part of a section. ``lines`` are left to write on; ``place`` is where a story begins."""

    kind: PartKind
    label: str
    html: str
    lines: int = 0
    place: int | None = None


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section in full; ``number`` counts from 1."""

    number: int
    title: str
    parts: tuple[PaperPart, ...]


@dataclass(frozen=True, slots=True)
class PaperWay:
    """A choice and the place it leads to."""

    html: str
    place: int


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """A numbered place of a story. An end has a label and no ways on."""

    number: int
    title: str
    html: str
    ways: tuple[PaperWay, ...]
    ending: str | None


@dataclass(frozen=True, slots=True)
class PaperStory:
    """A story; its places keep their numbers in the whole module."""

    title: str
    places: tuple[PaperPlace, ...]


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """Something with a box or a letter before it."""

    letter: str
    html: str


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question to be answered with a pen; nothing in it says what is right."""

    number: int
    layout: QuestionLayout
    hint: str
    prompt_html: str
    intro_html: str
    choices: tuple[PaperChoice, ...]
    targets: tuple[PaperChoice, ...] = ()
    heads: tuple[str, str] = ("", "")
    lines: int = 0
    is_safety: bool = False


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """An option on the answer sheet: what it is worth and why."""

    letter: str
    label: str
    html: str
    explanation_html: str
    is_best: bool


@dataclass(frozen=True, slots=True)
class PaperKey:
    """The answer to one question."""

    number: int
    prompt_html: str
    verdicts: tuple[PaperVerdict, ...]
    in_short: str  # “B, D, A, C”, or the accepted words
    explanation_html: str


@dataclass(frozen=True, slots=True)
class PaperModel:
    """How others have put a line that a section asked to rewrite."""

    section: str
    html: str


@dataclass(frozen=True, slots=True)
class PaperSource:
    """A reference under its number."""

    number: int
    html: str


@dataclass(frozen=True, slots=True)
class PaperTerm:
    """A word of the glossary that the module uses."""

    term: str
    html: str


@dataclass(frozen=True, slots=True)
class PrintPack:
    """A module on paper: what is read and answered, and the answer sheet."""

    id: str
    title: str
    summary: str
    audience: tuple[str, ...]
    minutes: int
    content_note: str | None
    outcomes: tuple[str, ...]
    opening: tuple[PaperPart, ...]
    sections: tuple[PaperSection, ...]
    stories: tuple[PaperStory, ...]
    questions: tuple[PaperQuestion, ...]
    pass_mark: int | None
    keys: tuple[PaperKey, ...]
    models: tuple[PaperModel, ...]
    terms: tuple[PaperTerm, ...]
    sources: tuple[PaperSource, ...]
    written_by: tuple[str, ...]
    reviewed_on: str  # 2026-11-01
    revision: str
