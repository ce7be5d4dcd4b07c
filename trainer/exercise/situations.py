"""The invented situations of exercise.yaml: pairs that are alike in length, so that either may come first. Pure.

A round keeps a copy of its pair: both notes are written to what stood there when it was opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from trainer.courseware import rules
from trainer.courseware.checks.words import lexicon_of
from trainer.courseware.diagnostics import Diagnostic, Report
from trainer.courseware.folder import content_folder
from trainer.courseware.frontmatter import read_small_yaml
from trainer.courseware.shapes import Line, Shape, Slug, read_shape
from trainer.courseware.source import FORBIDDEN
from trainer.courseware.yamlish import Document
from trainer.errors import DomainError
from trainer.language.loading import lens_of
from trainer.language.matcher import Lens
from trainer.language.problems import LexiconProblems
from trainer.language.words import split_words

FILE = "exercise.yaml"
Letter = Literal["a", "b"]
LETTERS: tuple[Letter, Letter] = ("a", "b")
MOST_BYTES = 32 * 1024
LARGEST_DIFFERENCE = 10  # per cent of the words of the longer one
SENTENCE_END = re.compile(r"[.!?][”’]?(?=\s|$)")
Paragraph = Annotated[str, StringConstraints(min_length=40, max_length=1200, pattern=r"^\S([^\n]*\S)?$")]


class Situation(Shape):
    """What happened, in plain words, and what to write about it."""

    title: Line
    text: Paragraph
    task: Line

    @property
    def word_count(self) -> int:
        """The words of the text."""
        return split_words(self.text).count

    @property
    def sentence_count(self) -> int:
        """The sentences of the text."""
        return len(SENTENCE_END.findall(self.text))


class Pair(Shape):
    """Two situations that ask for the same kind of note. ``id`` is for ever: a cohort meets a pair once."""

    id: Slug
    a: Situation
    b: Situation

    def of(self, letter: Letter) -> Situation:
        """One of the two."""
        return self.a if letter == "a" else self.b


class ExerciseShape(Shape):
    """exercise.yaml."""

    pairs: list[Pair] = Field(min_length=2, max_length=20)


class BrokenSituations(DomainError):
    """exercise.yaml cannot be used; the message names every line."""


def situations_file(folder: Path) -> Path:
    """The file beside the content; where a tree has none, the packaged one."""
    own = folder / FILE
    return own if own.is_file() else content_folder() / FILE


def load_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs in the order of the file. Raises BrokenSituations with every mistake."""
    report = Report(rules.TOO_MANY_PROBLEMS)
    pairs = _read(path, report)
    errors = "\n".join(str(one) for one in report.sorted())
    if errors:
        raise BrokenSituations(f"The situations of the exercise cannot be used.\n{errors}", "Mend these lines.")
    return pairs


def problems_in(folder: Path) -> tuple[Diagnostic, ...]:
    """What an author has to mend in a folder's own exercise.yaml; nothing where it has none.

    A lexicon with mistakes is the compiler's to report; then only the shape of the situations is looked at.
    """
    report = Report(rules.TOO_MANY_PROBLEMS)
    path = folder / FILE
    pairs = _read(path, report) if path.is_file() and not path.is_symlink() else ()
    with suppress(LexiconProblems):
        for pair in pairs:
            for letter, words in _marked(pair, lens_of(lexicon_of(folder))):
                message = f"“{words}” in {pair.id} {letter} is a word that the lens counts in what learners write"
                report.add(rules.BAD_VALUE, FILE, 1, message)
    return report.sorted()


def _marked(pair: Pair, lens: Lens) -> Iterator[tuple[Letter, str]]:
    """Whoever copies a situation must not be counted for it."""
    for letter in LETTERS:
        situation = pair.of(letter)
        for finding in lens.look(f"{situation.title}\n\n{situation.text}\n\n{situation.task}").findings:
            if finding.severity != "discuss":
                yield letter, finding.text


def _read(path: Path, report: Report) -> tuple[Pair, ...]:
    document = _document(path, report)
    shape = read_shape(ExerciseShape, FILE, document, report) if document else None
    if shape is None or document is None:
        return ()
    seen: set[str] = set()
    for index, pair in enumerate(shape.pairs):
        for rule, message in _faults(pair, seen).items():
            report.add(rules.DUPLICATE_ID if rule == "id" else rules.BAD_VALUE, FILE, _line(document, index), message)
        seen.add(pair.id)
    return tuple(shape.pairs)


def _document(path: Path, report: Report) -> Document | None:
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1).decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        report.add(rules.UNREADABLE, FILE, 1, "the file cannot be read as text")
        return None
    for match in FORBIDDEN.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        report.add(rules.CONTROL_CHARACTER, FILE, line, "an invisible character stands here")
    return None if report.has_errors else read_small_yaml(FILE, text, 1, report)


def _line(document: Document, index: int) -> int:
    return document.line_of("pairs", index)


def _faults(pair: Pair, seen: set[str]) -> Mapping[str, str]:
    """Why the two cannot stand for each other, by what is wrong."""
    found: dict[str, str] = {}
    if pair.id in seen:
        found["id"] = f"the id “{pair.id}” stands here for the second time"
    lengths = (pair.a.word_count, pair.b.word_count)
    if 100 * (max(lengths) - min(lengths)) > LARGEST_DIFFERENCE * max(lengths):
        found["words"] = (
            f"the situations of {pair.id} have {lengths[0]} and {lengths[1]} words; "
            f"let them differ by at most {LARGEST_DIFFERENCE} %"
        )
    sentences = (pair.a.sentence_count, pair.b.sentence_count)
    if sentences[0] != sentences[1]:
        found["sentences"] = f"the situations of {pair.id} have {sentences[0]} and {sentences[1]} sentences"
    return found
