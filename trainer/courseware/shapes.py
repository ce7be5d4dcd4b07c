"""What YAML may say: one strict model a file. Unknown keys are refused and every mistake is listed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from trainer.courseware import rules
from trainer.courseware.catalogue import CompletionRule, ModuleStatus
from trainer.courseware.diagnostics import Report
from trainer.courseware.parts import Audience
from trainer.courseware.yamlish import Document

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=80)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^\S([^\n]*\S)?$")]
LongLine = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^\S([^\n]*\S)?$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]*$", max_length=40)]
SourceId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)]
Web = Annotated[str, StringConstraints(pattern=r"^https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(/[^\s\"<>]*)?$", max_length=300)]


class Shape(BaseModel):
    """Strict: text is text, a number is a number, and nothing is guessed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class SourceShape(Shape):
    """A reference in the front matter of a module."""

    id: SourceId
    text: LongLine


class AllowedWordShape(Shape):
    """A word of the lexicon that a module uses on purpose. An empty why is refused by a rule of its own."""

    entry: Slug
    why: Annotated[str, StringConstraints(max_length=300)] = ""


class ModuleShape(Shape):
    """The front matter of module.md."""

    id: Identifier
    title: Line
    summary: Line
    track: Slug
    audience: list[Audience] = Field(min_length=1)
    outcomes: list[Line] = Field(min_length=1, max_length=12)
    complete_when: CompletionRule
    cpd_minutes: int = Field(ge=1, le=600)
    content_note: Line | None = None
    status: ModuleStatus
    written_by: list[Line] = Field(min_length=1)
    reviewed_on: date
    review_due_on: date
    sources: list[SourceShape] = Field(default_factory=list, max_length=200)
    allow_words: list[AllowedWordShape] = Field(default_factory=list, max_length=20)


class PageShape(Shape):
    """The front matter of a page beside the modules."""

    title: Line
    summary: Line
    sources: list[SourceShape] = Field(default_factory=list, max_length=200)


class QuizShape(Shape):
    """The front matter of quiz.md."""

    pass_mark: int = Field(ge=1, le=100)
    draw: int = Field(ge=1, le=200)
    shuffle: bool = False
    confidence: bool = False
    before: list[Slug] = Field(default_factory=list, max_length=5)


class ScenarioShape(Shape):
    """The front matter of scenario-<name>.md. Every case is invented, and says so."""

    title: Line
    fiction: bool


class TrackShape(Shape):
    """A track in catalogue.yaml."""

    slug: Slug
    title: Line
    summary: Line
    modules: list[Slug]


class PathShape(Shape):
    """A path in catalogue.yaml."""

    slug: Slug
    title: Line
    modules: list[Slug] = Field(min_length=1)


class CatalogueShape(Shape):
    """catalogue.yaml."""

    tracks: list[TrackShape] = Field(min_length=1)
    paths: list[PathShape] = Field(default_factory=list)


class ContactShape(Shape):
    """Somebody to talk to, in support.yaml."""

    name: Line
    phone: Line
    when: Line
    last_checked: date
    text: Line | None = None
    url: Web | None = None
    note: Line | None = None
    verify: bool = False


class CountryShape(Shape):
    """A country in support.yaml."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}(-[A-Za-z]{2,3})?$")]
    name: Line
    contacts: list[ContactShape] = Field(min_length=1)


class SupportShape(Shape):
    """support.yaml."""

    countries: list[CountryShape] = Field(min_length=1)


S = TypeVar("S", bound=Shape)

SENTENCES: Mapping[str, str] = {
    "string_type": "must be text; put it in quotation marks",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "date_type": "must be a day such as 2026-11-01",
    "list_type": "must be a list",
    "model_type": "must be a list of “key: value” lines",
    "string_too_short": "must not be empty",
}
WITH_LIMITS: Mapping[str, str] = {
    "literal_error": "must be one of {expected}",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "too_short": "needs at least {min_length} entry",
    "too_long": "takes at most {max_length} entries",
    "string_too_long": "takes at most {max_length} characters",
}
PATTERNS: Mapping[str, str] = {
    SLUG_PATTERN: "must be small letters, digits and single hyphens",
    r"^\S([^\n]*\S)?$": "must be one line without spaces at its ends",
    r"^[A-Za-z]{2}(-[A-Za-z]{2,3})?$": "must be a country code such as IE",
    r"^[A-Za-z][A-Za-z0-9-]*$": "must be letters, digits and hyphens, such as L1",
}


def read_shape(shape: type[S], path: str, document: Document, report: Report) -> S | None:
    """The document as a model, or None with one diagnostic a mistake."""
    try:
        return shape.model_validate(dict(document.value))
    except ValidationError as error:
        for mistake in error.errors(include_url=False):
            _report_mistake(path, document, mistake, report)
        return None


def _report_mistake(path: str, document: Document, mistake: ErrorDetails, report: Report) -> None:
    place = mistake["loc"]
    name = _name_of(place)
    line = document.line_of(*place)
    if mistake["type"] == "missing":
        report.add(rules.MISSING_KEY, path, line, f"the key “{name}” is missing")
    elif mistake["type"] == "extra_forbidden":
        report.add(rules.UNKNOWN_KEY, path, line, f"the key “{name}” is unknown")
    elif mistake["input"] is None:
        report.add(rules.BAD_VALUE, path, line, f"“{name}” has no value")
    else:
        report.add(rules.BAD_VALUE, path, line, f"“{name}” {_sentence(mistake)}")


def _sentence(mistake: ErrorDetails) -> str:
    kind, context = mistake["type"], mistake.get("ctx", {})
    if kind in WITH_LIMITS:
        return WITH_LIMITS[kind].format_map(context)
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(str(context.get("pattern")), "is not written in the form it needs")
    return SENTENCES.get(kind, f"cannot be used: {mistake['msg']}")


def _name_of(place: tuple[str | int, ...]) -> str:
    """Entries count from 1 for authors: ("sources", 0, "id") is “sources 1 id”."""
    return " ".join(str(step + 1) if isinstance(step, int) else re.sub(r"\s+", " ", step) for step in place) or "file"
