"""A module's questions as Moodle XML, the one format in which every kind has a place.

Order needs Moodle 4.4 or its order plug-in. A rewrite becomes an essay worth nothing, with the model answers for those
who read it and, afterwards, for the writer. A dilemma becomes a choice worth nothing in which every option counts as
right: Moodle has no choice without a right answer in a quiz, and nobody is to be told that they chose wrongly.
"""

from __future__ import annotations

from base64 import b64encode
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from trainer.courseware.catalogue import Module
from trainer.courseware.quiz import (
    Dilemma,
    DilemmaOption,
    Judgement,
    JudgementOption,
    Matching,
    MultipleResponse,
    Option,
    Ordering,
    Question,
    Rewriting,
    ShortText,
    SingleChoice,
)
from trainer.interop.exported import Exported, LeftOut, lost_everywhere, quiz_to_export, tags_of
from trainer.interop.markup import markup, xml_text
from trainer.interop.pictures import Images, Pictures
from trainer.interop.weights import is_too_fine, option_weights, percentage, written_answers
from trainer.interop.wording import afterwards_html, asked_html, dilemma_feedback_html

TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "judgement": "multichoice",
    "dilemma": "multichoice",
    "order": "ordering",
    "match": "matching",
    "text": "shortanswer",
    "rewrite": "essay",
}
LONGEST_NAME = 250
UNMARKED = ("rewrite", "dilemma")
AnyOption = Option | JudgementOption | DilemmaOption


def export_moodle_xml(module: Module, images: Images) -> Exported:
    """The file. Raises NotFound for a module without a quiz."""
    quiz = quiz_to_export(module)
    root = Element("quiz")
    category = SubElement(SubElement(root, "question", {"type": "category"}), "category")
    # A slash would begin another category.
    _leaf(category, "text", f"$course$/top/{module.title.replace('/', '//')}")
    writers = [_QuestionWriter(module, images, question, shuffles=quiz.shuffle) for question in quiz.questions]
    root.extend([writer.element() for writer in writers])
    indent(root)
    left_out = tuple(one for writer in writers for one in writer.left_out)
    data = b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"
    return Exported(data, f"{module.slug}.moodle.xml", "application/xml; charset=utf-8", left_out)


def _leaf(parent: Element, tag: str, text: str) -> Element:
    element = SubElement(parent, tag)
    element.text = xml_text(text)
    return element


class _QuestionWriter:
    def __init__(self, module: Module, images: Images, question: Question, *, shuffles: bool) -> None:
        self.module = module
        self.images = images
        self.question = question
        self.shuffles = "true" if shuffles else "false"
        self.left_out = list(lost_everywhere(question))

    def element(self) -> Element:
        """The question with everything that Moodle asks of one."""
        question = self.question
        root = Element("question", {"type": TYPES[question.kind]})
        name = f"{self.module.id} {question.id}: {question.prompt}"
        _leaf(SubElement(root, "name"), "text", name[:LONGEST_NAME])
        self.words(root, "questiontext", asked_html(question))
        self.words(root, "generalfeedback", afterwards_html(self.module, question))
        _leaf(root, "defaultgrade", "0" if question.kind in UNMARKED else "1")
        _leaf(root, "penalty", "0")
        _leaf(root, "hidden", "0")
        _leaf(root, "idnumber", f"{self.module.id}-{question.id}")
        self.fill(root)
        tags = SubElement(root, "tags")
        for tag in tags_of(question):
            _leaf(SubElement(tags, "tag"), "text", tag)
        return root

    def fill(self, root: Element) -> None:
        question = self.question
        if isinstance(question, Ordering):
            self.order(root, question)
        elif isinstance(question, Matching):
            self.match(root, question)
        elif isinstance(question, ShortText):
            _leaf(root, "usecase", "0")
            for text in written_answers(question.accepted):
                # An asterisk stands for anything, unless it is escaped.
                self.answer(root, Fraction(1), text.replace("*", "\\*"), form="moodle_auto_format")
        elif isinstance(question, Rewriting):
            self.essay(root, question)
        else:
            self.choice(root, question)

    def choice(self, root: Element, question: SingleChoice | MultipleResponse | Judgement | Dilemma) -> None:
        _leaf(root, "single", "false" if isinstance(question, MultipleResponse) else "true")
        _leaf(root, "shuffleanswers", self.shuffles)
        _leaf(root, "answernumbering", "none")
        options: tuple[AnyOption, ...] = question.options
        if isinstance(question, Dilemma):
            weights: tuple[Fraction, ...] = (Fraction(1),) * len(options)
            self.leave_out("is a dilemma: in Moodle it is a choice worth nothing, where every option counts as right")
        else:
            weights = option_weights(question)
        if is_too_fine(weights):
            self.leave_out("has weights that Moodle’s list lacks; import it with the nearest grade")
        for option, weight in zip(options, weights, strict=True):
            told = dilemma_feedback_html(option) if isinstance(option, DilemmaOption) else option.explanation_html
            self.answer(root, weight, self.markup_of(option.html), feedback_html=told)

    def order(self, root: Element, question: Ordering) -> None:
        count = str(len(question.items))
        settings = {"layouttype": "VERTICAL", "selecttype": "ALL", "selectcount": count,
                    "gradingtype": "RELATIVE_NEXT_EXCLUDE_LAST", "showgrading": "SHOW"}  # fmt: skip
        for tag, value in settings.items():
            _leaf(root, tag, value)
        for item in question.items:
            self.answer(root, Fraction(1), self.markup_of(item.html))
        self.leave_out("is marked a little more strictly: Moodle counts a pair only where nothing stands between")

    def match(self, root: Element, question: Matching) -> None:
        texts = {target.id: target.text for target in question.targets}
        _leaf(root, "shuffleanswers", "true")
        for row in question.rows:
            line = self.words(root, "subquestion", row.html)
            _leaf(SubElement(line, "answer"), "text", texts[row.target_id])

    def essay(self, root: Element, question: Rewriting) -> None:
        settings = {"responseformat": "plain", "responserequired": "1", "responsefieldlines": "5", "attachments": "0",
                    "attachmentsrequired": "0"}  # fmt: skip
        for tag, value in settings.items():
            _leaf(root, tag, value)
        self.words(root, "graderinfo", question.models_html)
        self.words(root, "responsetemplate", "")
        self.leave_out("is a rewrite: in Moodle it is an essay worth nothing, which somebody has to mark as read")

    def answer(
        self, root: Element, weight: Fraction, text: str, *, form: str = "html", feedback_html: str = ""
    ) -> None:
        element = SubElement(root, "answer", {"fraction": percentage(weight), "format": form})
        _leaf(element, "text", text)
        self.words(element, "feedback", feedback_html)

    def words(self, parent: Element, tag: str, html: str) -> Element:
        """An element with HTML as text, escaped, and with the pictures of that HTML."""
        element = SubElement(parent, tag, {"format": "html"})
        pictures = Pictures(self.module, self.images, "@@PLUGINFILE@@/")
        _leaf(element, "text", markup(html, pictures).strip())
        for name, image in sorted(pictures.used.items()):
            attributes = {"name": name, "path": "/", "encoding": "base64"}
            _leaf(element, "file", b64encode(image.data).decode()).attrib.update(attributes)
        return element

    def markup_of(self, html: str) -> str:
        """An option, whose pictures have no place: their words stand for them."""
        if "<img" in html:
            self.leave_out("has a picture in an answer; its words stand in its place")
        return markup(html).strip()

    def leave_out(self, reason: str) -> None:
        self.left_out.append(LeftOut(self.question.id, reason))
