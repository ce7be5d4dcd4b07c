"""A list of people: uploading it, seeing what it would do, applying it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem or a note; ``place`` is "Line 7, E-mail" or None for the whole file."""

    place: str | None
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Where a list is uploaded and where the cohort's own is taken from."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    form: FlaskForm
    upload_url: str
    limits: str
    csv_url: str
    xlsx_url: str
    sample_url: str
    problems: tuple[ProblemRow, ...]


@dataclass(frozen=True, slots=True)
class FateCount:
    """How many lines have a fate, and where to see them."""

    label: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One person of the list and what would happen."""

    line: int
    name: str
    contact: str
    fate: str


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What applying the list would do. It can be applied when it has no problems and changes something."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    file_name: str
    described: str
    counts: tuple[FateCount, ...]
    rows: tuple[PreviewRow, ...]
    shown: str  # "Lines 1 to 200 of 3,000"
    previous_url: str | None
    next_url: str | None
    problems: tuple[ProblemRow, ...]
    more_problems: int
    notes: tuple[ProblemRow, ...]
    more_notes: int
    missing: str | None
    form: FlaskForm
    apply_url: str
    discard_url: str
    apply_label: str | None  # None where there is nothing to apply
    upload_url: str


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """The page that is sent piece by piece while a long list is applied."""

    crumbs: tuple[Crumb, ...]
    heading: str
