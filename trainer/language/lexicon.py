"""The lexicon: what each word does, what else could be said, when it is fine, and who says so. Frozen and versioned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from trainer.language.lexiconfile import LexiconText, Place, read_lexicon_file
from trainer.language.problems import LexiconProblem, LexiconProblems

Severity = Literal["avoid", "reconsider", "discuss"]
SEVERITIES: tuple[Severity, ...] = ("avoid", "reconsider", "discuss")
Line = Annotated[str, StringConstraints(min_length=1, max_length=600, pattern=r"^\S([^\n]*\S)?$")]
Notation = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=r"^\S([^\n]*\S)?$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class _Shape(BaseModel):
    """Strict: text is text, a number is a number, and nothing is guessed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Entry(_Shape):
    """A word or phrase. ``id`` is stable: it is the address of the entry's page and the name used in files."""

    id: Slug
    term: Line
    category: Slug
    severity: Severity
    patterns: tuple[Notation, ...] = Field(min_length=1, max_length=200)
    guards: tuple[Notation, ...] = ()
    why: Line
    alternatives: tuple[Line, ...] = Field(min_length=1, max_length=12)
    example: Line | None = None
    fine_when: Line
    sources: tuple[str, ...] = Field(min_length=1)

    @property
    def awaits_panel(self) -> bool:
        """True when it rests on the project's own judgement alone."""
        return self.sources == ("EDIT",)


class Change(_Shape):
    """A line of the change log."""

    version: int = Field(ge=1)
    date: Day
    what: Line


class Known(_Shape):
    """Phrases that are recognised for what they are: nothing inside them is pointed at."""

    statutory: tuple[Notation, ...] = ()
    diagnosis: tuple[Notation, ...] = ()
    name: tuple[Notation, ...] = ()


class Lexicon(_Shape):
    """A whole lexicon. ``status`` says honestly how far it has been reviewed."""

    version: int = Field(ge=1)
    language: Line
    status: Line
    severity_levels: dict[str, Line]
    categories: dict[str, Line] = Field(min_length=1)
    sources: dict[str, Line] = Field(min_length=1)
    changes: tuple[Change, ...] = Field(min_length=1)
    negation_spares: tuple[Slug, ...] = ()
    surnames: tuple[Line, ...] = ()
    sets: dict[str, tuple[Line, ...]] = Field(default_factory=dict)
    known: Known = Known()
    entries: tuple[Entry, ...] = Field(min_length=1, max_length=2000)

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of this id, if there is one."""
        return next((one for one in self.entries if one.id == entry_id), None)

    @property
    def awaiting_panel_count(self) -> int:
        """How many entries rest on the project's own judgement alone."""
        return sum(one.awaits_panel for one in self.entries)


def read_lexicon(path: Path) -> tuple[Lexicon, LexiconText]:
    """The shape of the file checked, its references too; not yet what its patterns mean. Raises LexiconProblems."""
    text = read_lexicon_file(path)
    try:
        lexicon = Lexicon.model_validate(text.value)
    except ValidationError as error:
        mistakes = error.errors(include_url=False)
        problems = [_problem(mistake["loc"], mistake["type"], mistake["msg"], text) for mistake in mistakes[:50]]
        raise LexiconProblems(str(path), problems) from None
    found = list(_broken_references(lexicon, text))
    if found:
        raise LexiconProblems(str(path), found)
    return lexicon, text


def _problem(place: Place, kind: str, message: str, text: LexiconText) -> LexiconProblem:
    name = " ".join(str(step + 1) if isinstance(step, int) else step for step in place) or "file"
    line = text.line_of(place)
    if kind == "missing":
        return LexiconProblem(line, f"the key “{name}” is missing", "Add it.")
    if kind == "extra_forbidden":
        return LexiconProblem(line, f"the key “{name}” is unknown", "Check its spelling, or remove it.")
    if kind == "literal_error":
        return LexiconProblem(line, f"“{name}” is unknown", "Choose avoid, reconsider or discuss.")
    return LexiconProblem(line, f"“{name}” cannot be used: {message}", "Compare it with an entry that works.")


def _broken_references(lexicon: Lexicon, text: LexiconText) -> Iterator[LexiconProblem]:
    if max(change.version for change in lexicon.changes) != lexicon.version:
        message = f"the change log does not tell of version {lexicon.version}"
        yield LexiconProblem(text.line_of(("version",)), message, "Add a line under changes.")
    for index, category in enumerate(lexicon.negation_spares):
        if category not in lexicon.categories:
            line = text.line_of(("negation_spares", index))
            yield LexiconProblem(line, f"there is no category “{category}”", "Use one listed under categories.")
    ids: set[str] = set()
    terms: set[str] = set()
    for index, entry in enumerate(lexicon.entries):
        for key, message, remedy in _broken_entry(lexicon, entry, ids, terms):
            yield LexiconProblem(text.line_of(("entries", index, key)), message, remedy)
        ids.add(entry.id)
        terms.add(entry.term.lower())


def _broken_entry(lexicon: Lexicon, entry: Entry, ids: set[str], terms: set[str]) -> Iterator[tuple[str, str, str]]:
    """(key, what is wrong, what to do) for an entry, given the ids and terms before it."""
    if entry.id in ids:
        yield "id", f"the id “{entry.id}” stands here for the second time", "Ids are for ever: use another."
    if entry.term.lower() in terms:
        yield "term", f"the term “{entry.term}” stands here for the second time", "Join the two entries."
    if entry.category not in lexicon.categories:
        yield "category", f"there is no category “{entry.category}”", "Use one listed under categories."
    for source in entry.sources:
        if source not in lexicon.sources:
            yield "sources", f"there is no source “{source}”", "Use one listed under sources."
