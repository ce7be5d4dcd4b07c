"""The notebook, for its writer alone."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.web.pages.result import ResultQuestion
from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class NoteBox:
    """A box to write in. The form posts ``text``, ``version`` and ``back`` to ``url``."""

    anchor: str
    label: str
    text: str
    version: int
    saved_at: str | None  # "Saved 10:42", "Saved on 3 November 2026"
    url: str
    back: str
    is_unopenable: bool = False


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note in the notebook, with where it was written."""

    heading: str
    prompt_html: str
    place_url: str | None
    box: NoteBox
    delete_url: str
    written_on: str


@dataclass(frozen=True, slots=True)
class NotebookModule:
    """The notes of one module."""

    title: str
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class NotebookPage:
    """All of one's notes."""

    modules: tuple[NotebookModule, ...]
    note_count: int
    download_url: str
    print_url: str
    supervision_url: str
    delete_all_url: str


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Two windows wrote: both texts, and a box that holds them one after the other."""

    crumbs: tuple[Crumb, ...]
    heading: str
    theirs: str
    mine: str
    box: NoteBox


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What was typed could not be kept; it is all still here."""

    crumbs: tuple[Crumb, ...]
    heading: str
    problem: str
    box: NoteBox


@dataclass(frozen=True, slots=True)
class DeletePage:
    """A question before notes are gone for good."""

    crumbs: tuple[Crumb, ...]
    heading: str
    paragraph: str
    submit_label: str
    post_url: str
    cancel_url: str


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """A note or a question that may go on the sheet."""

    value: str
    label: str
    why: str  # "You were guessing", "Not yet right", the beginning of a note
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class SupervisionPage:
    """Choosing what to take to supervision. Nothing of it is stored."""

    crumbs: tuple[Crumb, ...]
    notes: tuple[SheetChoice, ...]
    questions: tuple[SheetChoice, ...]
    own: str
    problem: str | None


@dataclass(frozen=True, slots=True)
class SheetNote:
    """A note on paper."""

    heading: str
    prompt_html: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One printable page, made for its reader and kept nowhere."""

    made_on: str
    own: str
    notes: tuple[SheetNote, ...]
    questions: tuple[tuple[str, ResultQuestion], ...]  # module title and question
    back_url: str


@dataclass(frozen=True, slots=True)
class PrintPage:
    """All notes on paper."""

    made_on: str
    modules: tuple[tuple[str, tuple[SheetNote, ...]], ...]
    back_url: str
