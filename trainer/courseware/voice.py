"""Which passages of a content tree speak in our own voice, and which repeat what people say.

Ours are titles, stories, stems, explanations, right options and model answers. Spoken, and so nobody's mistake, are the
options that tempt, the line that is to be rewritten, the left column of a match and the choices of a scenario.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.lines import joined, lines_of
from trainer.courseware.manuscript import Manuscript, QuizManuscript
from trainer.courseware.outline import Outline, Part
from trainer.courseware.pairs import read_rows
from trainer.courseware.quizfile import QuestionLines, read_question, split_quoted
from trainer.courseware.scenariofile import split_choices
from trainer.courseware.source import PAGES, Tree

# Of the options with a mark, these are what we would say ourselves. Entries without a mark are steps and models.
OUR_MARKS = frozenset({"x", "best", "workable"})
UNMARKED_ENTRIES = frozenset({"order", "rewrite", "dilemma"})
_KEY = re.compile(r"(?:(title|summary|outcomes|content_note)|[a-z_]+):(.*)\Z")


def our_passages(manuscript: Manuscript, tree: Tree) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    """(path, passages) for each file of a module."""
    yield manuscript.path, (*_top(tree, manuscript.path), *_of_outline(manuscript.outline))
    if manuscript.quiz and manuscript.quiz.outline.is_sound:
        yield manuscript.quiz.path, tuple(_of_quiz(manuscript.quiz))
    if manuscript.facilitator:
        path, outline = manuscript.facilitator
        yield path, tuple(_of_outline(outline))
    for scenario in manuscript.scenarios:
        yield scenario.path, (*_top(tree, scenario.path), *_of_story(scenario.outline))


def other_passages(tree: Tree) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    """The same for what stands beside the modules; the words that a glossary explains are not looked at."""
    for path, file in tree.texts.items():
        if path.startswith(f"{PAGES}/"):
            yield path, (*_top(tree, path), Passage(file.text, 1))
        elif path == "glossary.md":
            kept = [line for line in lines_of(Passage(file.text, 1)) if not line.text.startswith("#")]
            yield path, tuple(Passage(line.text, line.number) for line in kept if not line.is_blank)


def _top(tree: Tree, path: str) -> Iterator[Passage]:
    """What the front matter says to learners, line by line and without the quotation marks of YAML."""
    lines = tree.texts[path].text.split("\n")
    is_ours = False
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == "---":
            return
        match = _KEY.match(line)
        if match:
            is_ours = match.group(1) is not None
        if is_ours:
            words = (match.group(2) if match else line).strip().removeprefix("- ").strip("\"' ")
            yield Passage(words, number)


def _of_outline(outline: Outline) -> Iterator[Passage]:
    if outline.is_sound:
        yield outline.opening
        for part in outline.parts:
            yield _heading(part)
            yield part.body


def _heading(part: Part) -> Passage:
    return Passage(part.heading.text, part.heading.line)


def _of_story(outline: Outline) -> Iterator[Passage]:
    if outline.is_sound:
        for part in outline.parts:
            story, _ = split_choices(lines_of(part.body))
            yield _heading(part)
            yield joined(story, part.body.line)


def _of_quiz(quiz: QuizManuscript) -> Iterator[Passage]:
    unheard = Report(rules.TOO_MANY_PROBLEMS)  # mistakes in the form are told where the quiz is built
    for part in quiz.outline.parts:
        kind = part.heading.attributes.values.get("type", "")
        yield _heading(part)
        yield from _of_question(read_question(quiz.path, part, kind or None, unheard), kind)


def _of_question(lines: QuestionLines, kind: str) -> Iterator[Passage]:
    yield split_quoted(lines.intro)[1] if kind == "rewrite" else lines.intro
    for option in lines.options:
        if option.mark in OUR_MARKS or kind in UNMARKED_ENTRIES:
            yield option.text
        yield option.explanation
    for row in read_rows(lines.table):
        yield from row[1:]
    yield lines.closing
