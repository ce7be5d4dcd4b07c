"""The questions of a quiz: written lines are rendered and handed to the parser of their kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from trainer.courseware import rules
from trainer.courseware.attributes import Attributes, split_attributes
from trainer.courseware.checks.outcomes import check_before, check_draw, check_outcomes
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.kinds.frame import Words, WrittenOption, WrittenQuestion, option_id
from trainer.courseware.kinds.registry import KINDS, UNMARKED_KINDS, kind_of
from trainer.courseware.manuscript import QuizManuscript
from trainer.courseware.outline import Part
from trainer.courseware.pairs import read_rows
from trainer.courseware.quiz import Question, QuestionFrame, Quiz
from trainer.courseware.quizfile import OptionLines, QuestionLines, read_question, split_quoted
from trainer.courseware.render.markdown import Renderer
from trainer.courseware.source import is_slug

MOST_QUESTIONS = 200
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
    check_before(manuscript.path, manuscript.document.line_of("before"), shape, questions, report)
    return Quiz(shape.pass_mark, shape.draw, shape.shuffle, questions, shape.confidence, tuple(shape.before))


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
        named_kind = attributes.values.get("type")
        lines = read_question(self.path, part, named_kind, self.report)
        prompt = self.renderer.phrase(self.path, Passage(part.heading.text, line))
        if "<a" in prompt.html or "<img" in prompt.html:
            self.report.add(rules.HEADING_FORM, self.path, line, "a heading holds words only")
        kind = named_kind or kind_of([option.mark for option in lines.options])
        quoted, intro_lines = split_quoted(lines.intro) if kind == "rewrite" else (None, lines.intro)
        intro = self.renderer.blocks(self.path, intro_lines)
        is_safety = "safety" in attributes.words
        self.safety_count += is_safety
        frame = QuestionFrame(attributes.id or "", prompt.text, prompt.html, intro.html, outcome, is_safety)
        written = self.written(WrittenQuestion(frame, (), self.path, line), lines, quoted)
        return self.parsed(written, kind)

    def written(self, bare: WrittenQuestion, lines: QuestionLines, quoted: Passage | None) -> WrittenQuestion:
        options = tuple(self.option(option) for option in lines.options)
        line_words = self.renderer.blocks(self.path, quoted) if quoted else None
        return replace(
            bare,
            options=options,
            table=tuple(tuple(self.words(cell) for cell in row) for row in read_rows(lines.table)),
            explanation_html=self.renderer.blocks(self.path, lines.closing).html,
            line_text=line_words.text if line_words else "",
            line_html=line_words.html if line_words else "",
            models_html=f"<ul>{''.join(f'<li>{option.html}</li>' for option in options)}</ul>",
        )

    def parsed(self, written: WrittenQuestion, kind: str) -> Question | None:
        if kind not in KINDS:
            written.refuse(self.report, rules.UNKNOWN_KIND, f"has the unknown type “{kind}”")
            return None
        if written.frame.is_safety and kind in UNMARKED_KINDS:
            written.refuse(self.report, rules.UNMARKED_SAFETY, f"is about safety, but a {kind} is never marked")
        self.check_option_ids(written)
        for option in written.options:
            if option.panel is not None and kind != "dilemma":
                written.refuse(self.report, rules.PANEL_SHAPE, "has a panel: line", option.line)
        return KINDS[kind].parse(written, self.report)

    def words(self, cell: Passage) -> Words:
        text, attributes = split_attributes(cell.text)
        rendered = self.renderer.phrase(self.path, Passage(text, cell.line))
        identifier = self.identifier(attributes, rendered.text, cell.line)
        return Words(identifier, rendered.text, rendered.html, cell.line)

    def option(self, lines: OptionLines) -> WrittenOption:
        rendered = self.renderer.phrase(self.path, lines.text)
        explanation = self.renderer.blocks(self.path, lines.explanation)
        if not rendered.text:
            self.report.add(rules.NO_OPTIONS, self.path, lines.line, "this option has no words")
        identifier = self.identifier(lines.attributes, rendered.text, lines.line)
        panel = lines.panel.text if lines.panel else None
        return WrittenOption(lines.mark, identifier, rendered.text, rendered.html, explanation.html, panel, lines.line)

    def identifier(self, attributes: Attributes, text: str, line: int) -> str:
        given = attributes.id
        if attributes != Attributes(id=given):
            self.report.add(rules.UNKNOWN_ATTRIBUTE, self.path, line, "an option takes #id only")
        if given is not None and not is_slug(given):
            self.report.add(rules.BAD_ID, self.path, line, f"“{given}” cannot be an id")
        return given or option_id(text)

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
