"""The questions of a quiz: written lines are rendered and handed to the parser of their kind."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.courseware import rules
from trainer.courseware.attributes import Attributes
from trainer.courseware.catalogue import Question, QuestionFrame, Quiz
from trainer.courseware.checks.outcomes import check_draw, check_outcomes
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.kinds.frame import WrittenOption, WrittenQuestion, option_id
from trainer.courseware.kinds.registry import KINDS, LATER_KINDS, kind_of
from trainer.courseware.manuscript import QuizManuscript
from trainer.courseware.outline import Part
from trainer.courseware.quizfile import OptionLines, read_question
from trainer.courseware.render.markdown import Renderer
from trainer.courseware.source import is_slug

MOST_QUESTIONS = 200
MOST_OPTIONS = 12
KNOWN_VALUES = frozenset({"outcome", "type"})
KNOWN_WORDS = frozenset({"safety"})


def build_quiz(
    manuscript: QuizManuscript, renderer: Renderer, outcome_count: int | None, report: Report
) -> Quiz | None:
    """The pool, or None when the front matter cannot be used. Questions with mistakes are reported and left out.

    ``outcome_count`` is None when the module's outcomes cannot be read; nothing is said about outcomes then.
    """
    parts = manuscript.outline.parts
    if len(parts) > MOST_QUESTIONS:
        line = parts[MOST_QUESTIONS].heading.line
        report.add(rules.TOO_MANY_QUESTIONS, manuscript.path, line, f"the quiz has {len(parts)} questions")
        return None
    if not manuscript.outline.is_sound:
        return None
    builder = _QuestionBuilder(manuscript.path, renderer, outcome_count, report)
    found = [builder.question(part) for part in parts]
    check_outcomes(manuscript.path, builder.asked, report)
    if manuscript.shape is None or manuscript.document is None:
        return None
    questions = tuple(question for question in found if question is not None)
    shape = manuscript.shape
    check_draw(
        manuscript.path, manuscript.document.line_of("draw"), shape.draw, len(parts), builder.safety_count, report
    )
    return Quiz(shape.pass_mark, shape.draw, shape.shuffle, questions)


class _QuestionBuilder:
    """``asked`` counts the questions of each outcome, also of questions that have mistakes."""

    def __init__(self, path: str, renderer: Renderer, outcome_count: int | None, report: Report) -> None:
        self.path = path
        self.renderer = renderer
        self.outcome_count = outcome_count
        self.report = report
        self.asked: dict[int, int] = dict.fromkeys(range(1, (outcome_count or 0) + 1), 0)
        self.safety_count = 0

    def question(self, part: Part) -> Question | None:
        attributes, line = part.heading.attributes, part.heading.line
        self.check_attributes(attributes, line)
        outcome = self.outcome(attributes.values, line)
        lines = read_question(self.path, part, self.report)
        prompt = self.renderer.phrase(self.path, Passage(part.heading.text, line))
        if "<a" in prompt.html or "<img" in prompt.html:
            self.report.add(rules.HEADING_FORM, self.path, line, "a heading holds words only")
        intro = self.renderer.blocks(self.path, lines.intro)
        is_safety = "safety" in attributes.words
        self.safety_count += is_safety
        frame = QuestionFrame(attributes.id or "", prompt.text, prompt.html, intro.html, outcome, is_safety)
        options = tuple(self.option(option) for option in lines.options)
        return self.parsed(WrittenQuestion(frame, options, self.path, line), attributes.values.get("type"))

    def parsed(self, written: WrittenQuestion, named_kind: str | None) -> Question | None:
        kind = named_kind or kind_of([option.mark for option in written.options])
        if kind in LATER_KINDS:
            written.refuse(self.report, rules.LATER_KIND, f"has type={kind}: this kind arrives in a later release")
            return None
        if kind not in KINDS:
            written.refuse(self.report, rules.UNKNOWN_KIND, f"has the unknown type “{kind}”")
            return None
        if len(written.options) < 2:
            written.refuse(self.report, rules.NO_OPTIONS, "has fewer than two options")
            return None
        if len(written.options) > MOST_OPTIONS:
            written.refuse(self.report, rules.TOO_MANY_QUESTIONS, f"has {len(written.options)} options")
        self.check_option_ids(written)
        return KINDS[kind].parse(written, self.report)

    def option(self, lines: OptionLines) -> WrittenOption:
        rendered = self.renderer.phrase(self.path, lines.text)
        explanation = self.renderer.blocks(self.path, lines.explanation)
        given = lines.attributes.id
        if not rendered.text:
            self.report.add(rules.NO_OPTIONS, self.path, lines.line, "this option has no words")
        if lines.attributes != Attributes(id=given):
            self.report.add(rules.UNKNOWN_ATTRIBUTE, self.path, lines.line, "an option takes #id only")
        if given is not None and not is_slug(given):
            self.report.add(rules.BAD_ID, self.path, lines.line, f"“{given}” cannot be an id")
        identifier = given or option_id(rendered.text)
        return WrittenOption(lines.mark, identifier, rendered.text, rendered.html, explanation.html, lines.line)

    def check_option_ids(self, written: WrittenQuestion) -> None:
        seen: set[str] = set()
        for option in written.options:
            if option.id in seen:
                written.refuse(self.report, rules.DUPLICATE_ID, f"has the option “{option.text}” twice", option.line)
            seen.add(option.id)

    def check_attributes(self, attributes: Attributes, line: int) -> None:
        unknown = [word for word in attributes.words if word not in KNOWN_WORDS]
        unknown += [f"{key}=" for key in attributes.values if key not in KNOWN_VALUES]
        for word in (*unknown, *attributes.strange):
            self.report.add(rules.UNKNOWN_ATTRIBUTE, self.path, line, f"the attribute “{word}” is unknown here")

    def outcome(self, values: Mapping[str, str], line: int) -> int | None:
        written = values.get("outcome")
        if written is None or self.outcome_count is None:
            return None
        number = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0
        if number not in self.asked:
            message = f"there is no outcome {written}; the module has {self.outcome_count}"
            self.report.add(rules.BAD_OUTCOME, self.path, line, message)
            return None
        self.asked[number] += 1
        return number
