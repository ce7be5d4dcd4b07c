"""The exercise before and after a course: agreeing, writing, and what its trainers are shown."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """What happens with a note, before anything is written; and where one's own notes stand.

    ``write_url`` is None while no note may be written, ``withdraw_url`` while none of one's own is kept.
    """

    crumbs: tuple[Crumb, ...]
    cohort: str
    heading: str
    state: str | None  # why nothing can be written: "No note can be written at the moment."
    points: tuple[str, ...]  # the agreement
    given: tuple[str, ...]  # "The first note, on 3 November 2026"
    write_url: str | None
    has_written: bool
    withdraw_url: str | None
    who_sees: str


@dataclass(frozen=True, slots=True)
class ExerciseNotePage:
    """The situation and the box. ``situation`` is None when the exercise was closed meanwhile: the text is shown to
    be copied. The situation is in English."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    heading: str
    situation_title: str | None
    situation_text: str
    task: str
    text: str
    problem: str | None
    note: str | None  # when the kept note cannot be opened
    send_url: str
    back_url: str
    who_sees: str


@dataclass(frozen=True, slots=True)
class StageButton:
    """A step that a trainer may take now."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ExerciseResult:
    """What came of a round, in sentences; the first holds the figure, if there is one."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExercisePanel:
    """The exercise on the cohort's page; never a person. ``end_url`` is None while no round is running."""

    state: str
    buttons: tuple[StageButton, ...]
    stage_url: str
    end_url: str | None
    results: tuple[ExerciseResult, ...]
