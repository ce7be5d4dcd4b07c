"""A module's questions as GIFT, the text format of Moodle that many platforms read.

GIFT has no form for order, rewrite and dilemma: they stand in the file as comments and in ``left_out``. Kind, outcome
and safety are kept as tags, so that the file comes back as it went.
"""

from __future__ import annotations

import re

from trainer.courseware.catalogue import Module
from trainer.courseware.quiz import (
    Judgement,
    JudgementOption,
    Matching,
    MultipleResponse,
    Option,
    Question,
    ShortText,
    SingleChoice,
)
from trainer.interop.exported import Exported, LeftOut, lost_everywhere, quiz_to_export, tags_of
from trainer.interop.markup import markup, plain_paragraphs
from trainer.interop.weights import is_too_fine, option_weights, percentage, written_answers
from trainer.interop.wording import afterwards_html, asked_html, html_parts

CONTROL = re.compile(r"[\\~=#{}:]")
FORMAT_NAME = re.compile(r"\[(?:html|plain|moodle|markdown)\]")
ARROW = "->"
Choice = SingleChoice | MultipleResponse | Judgement


def export_gift(module: Module) -> Exported:
    """The file. Raises NotFound for a module without a quiz."""
    quiz = quiz_to_export(module)
    writers = [_QuestionWriter(module, question) for question in quiz.questions]
    head = f"// {_one_line(module.title)}\n// {module.id}, revision {module.revision[:8]}\n"
    text = "\n".join([head, *(writer.block() for writer in writers)])
    left_out = tuple(one for writer in writers for one in writer.left_out)
    return Exported(text.encode(), f"{module.slug}.gift.txt", "text/plain; charset=utf-8", left_out)


def escape_gift(text: str) -> str:
    """The text with every character escaped that GIFT reads as its own; a line break becomes ``\\n``."""
    return CONTROL.sub(r"\\\g<0>", text).replace("\r", "").replace("\n", "\\n")


def _one_line(text: str) -> str:
    return " ".join(text.split())


class _QuestionWriter:
    """One question. All of its texts are HTML, or all are plain: Moodle lets the first decide for the rest."""

    def __init__(self, module: Module, question: Question) -> None:
        self.question = question
        self.asked_html = asked_html(question)
        self.after_html = afterwards_html(module, question)
        self.is_html = self.needs_html()
        self.left_out: list[LeftOut] = []

    def needs_html(self) -> bool:
        parts = (*html_parts(self.question), self.asked_html, self.after_html)
        if isinstance(self.question, Matching) and any(ARROW in row.text for row in self.question.rows):
            return True
        return any((plain := plain_paragraphs(part)) is None or plain.startswith("[") for part in parts)

    def block(self) -> str:
        """The question, or a comment that says why it is not here."""
        reason = self.missing_form()
        if reason:
            self.leave_out(f"is not in the file: {reason}")
            prompt = _one_line(self.question.prompt)
            return f"// Left out: {self.question.id} ({self.question.kind}), “{prompt}”: {reason}\n"
        self.left_out += lost_everywhere(self.question)
        if any("<img" in part for part in html_parts(self.question)):
            self.leave_out("has a picture; its words stand in its place")
        tags = " ".join(f"[tag:{tag}]" for tag in tags_of(self.question))
        lines = [f"// [id:{self.question.id}] {tags}", f"{self.head()}{{", *self.answers()]
        if self.after_html:
            lines.append(f"\t####{self.text(self.after_html)}")
        return "\n".join([*lines, "}\n"])

    def missing_form(self) -> str | None:
        question = self.question
        if isinstance(question, ShortText):
            has_arrow = any(ARROW in text for text in question.accepted)
            return f"an accepted answer holds {ARROW}, which GIFT reads as a match" if has_arrow else None
        if isinstance(question, SingleChoice | MultipleResponse | Judgement | Matching):
            return None
        return f"GIFT has no form for the kind {question.kind}"

    def leave_out(self, reason: str) -> None:
        self.left_out.append(LeftOut(self.question.id, reason))

    def head(self) -> str:
        form = "[html]" if self.is_html else ""
        return f"::{escape_gift(self.question.id)}::{form}{self.text(self.asked_html)}"

    def text(self, html: str) -> str:
        if self.is_html:
            found = markup(html).strip()
            return escape_gift("&#91;" + found[1:] if FORMAT_NAME.match(found) else found)
        return escape_gift(plain_paragraphs(html) or "")

    def answers(self) -> list[str]:
        question = self.question
        if isinstance(question, Matching):
            texts = {target.id: target.text for target in question.targets}
            return [f"\t={self.text(row.html)} {ARROW} {escape_gift(texts[row.target_id])}" for row in question.rows]
        if isinstance(question, ShortText):
            return [f"\t={self.accepted(text)}" for text in written_answers(question.accepted)]
        assert isinstance(question, SingleChoice | MultipleResponse | Judgement)
        return self.options(question)

    def accepted(self, text: str) -> str:
        """An asterisk stands for anything in Moodle, unless it is escaped once more."""
        form = "[plain]" if FORMAT_NAME.match(text) else ""
        literal = form + escape_gift(text.replace("*", "\\*"))
        return f"%100%{literal}" if literal.startswith("%") else literal

    def options(self, question: Choice) -> list[str]:
        weights = option_weights(question)
        if is_too_fine(weights):
            self.leave_out("has weights that Moodle’s list lacks; import it with the nearest grade")
        lines: list[str] = []
        options: tuple[Option | JudgementOption, ...] = question.options
        for option, weight in zip(options, weights, strict=True):
            # A first answer with = says that one is to be chosen; = alone would be a short answer.
            is_first = not isinstance(question, MultipleResponse) and not any("\t=" in line for line in lines)
            lines.append(self.option(option, "=" if weight == 1 and is_first else f"~%{percentage(weight)}%"))
        return lines

    def option(self, option: Option | JudgementOption, mark: str) -> str:
        text = self.text(option.html)
        if mark == "~%0%" and not text.startswith("%"):
            mark = "~"
        feedback = f"#{self.text(option.explanation_html)}" if option.explanation_html else ""
        return f"\t{mark}{text}{feedback}"
