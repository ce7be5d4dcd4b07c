"""One QTI 2.1 item for each question."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from trainer.courseware.catalogue import Image, Module
from trainer.courseware.quiz import (
    Dilemma,
    Judgement,
    Matching,
    MultipleResponse,
    Ordering,
    Question,
    ShortText,
    SingleChoice,
)
from trainer.interop.markup import fragment, xml_text
from trainer.interop.mixing import mixed
from trainer.interop.pictures import Images, Pictures
from trainer.interop.qti_marking import (
    FEEDBACK,
    GENERAL,
    RESPONSE,
    SCORE,
    SHOWN,
    choice_id,
    declare_response,
    process_response,
    target_id,
)
from trainer.interop.wording import afterwards_html, context_html, dilemma_feedback_html

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
SCHEMA = f"{NAMESPACE} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
UNMARKED = ("rewrite", "dilemma")
Choices = SingleChoice | MultipleResponse | Judgement | Dilemma


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the package: its name without folder, its bytes, and the pictures it shows."""

    identifier: str
    name: str
    data: bytes
    pictures: dict[str, Image]


def document(root: Element) -> bytes:
    """The bytes of an XML file."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def build_item(module: Module, images: Images, question: Question, *, shuffles: bool) -> Item:
    """The question as an item."""
    return _ItemWriter(module, images, question, shuffles=shuffles).item()


class _ItemWriter:
    def __init__(self, module: Module, images: Images, question: Question, *, shuffles: bool) -> None:
        self.module = module
        self.question = question
        self.shuffles = "true" if shuffles else "false"
        self.pictures = Pictures(module, images, "images/")
        self.feedback = self.feedback_by_choice()
        self.general = afterwards_html(module, question)

    def item(self) -> Item:
        question = self.question
        identifier = f"{self.module.id}-{question.id}"
        attributes = {
            "xmlns": NAMESPACE, "xmlns:xsi": XSI, "xsi:schemaLocation": SCHEMA, "identifier": identifier,
            "title": xml_text(question.prompt), "adaptive": "false", "timeDependent": "false",
        }  # fmt: skip
        root = Element("assessmentItem", attributes)
        declare_response(root, question)
        self.declare_outcomes(root)
        body = SubElement(root, "itemBody")
        self.fill(body)
        process_response(root, question, has_choices=bool(self.feedback), has_general=bool(self.general))
        for choice, html in self.feedback.items():
            self.modal(root, FEEDBACK, choice, html)
        if self.general:
            self.modal(root, GENERAL, SHOWN, self.general)
        return Item(identifier, f"{question.id}.xml", document(root), self.pictures.used)

    def feedback_by_choice(self) -> dict[str, str]:
        """What is said of each option, by its identifier."""
        question = self.question
        if isinstance(question, Dilemma):
            told = [dilemma_feedback_html(option) for option in question.options]
        elif isinstance(question, SingleChoice | MultipleResponse | Judgement):
            told = [option.explanation_html for option in question.options]
        else:
            return {}
        return {choice_id(i): html for i, html in enumerate(told) if html}

    def declare_outcomes(self, root: Element) -> None:
        """A question that is never marked has no score at all."""
        if self.question.kind not in UNMARKED:
            score = {"identifier": SCORE, "cardinality": "single", "baseType": "float", "normalMaximum": "1"}
            default = SubElement(SubElement(root, "outcomeDeclaration", score), "defaultValue")
            SubElement(default, "value").text = "0"
        if self.feedback:
            cardinality = "multiple" if isinstance(self.question, MultipleResponse) else "single"
            chosen = {"identifier": FEEDBACK, "cardinality": cardinality, "baseType": "identifier"}
            SubElement(root, "outcomeDeclaration", chosen)
        if self.general:
            general = {"identifier": GENERAL, "cardinality": "single", "baseType": "identifier"}
            SubElement(root, "outcomeDeclaration", general)

    def fill(self, body: Element) -> None:
        context = context_html(self.question)
        if context:
            body.append(fragment(context, "div", self.pictures))
        question = self.question
        if isinstance(question, Ordering):
            self.order(body, question)
        elif isinstance(question, Matching):
            self.match(body, question)
        elif isinstance(question, ShortText):
            body.append(fragment(question.prompt_html, "p", self.pictures))
            SubElement(SubElement(body, "p"), "textEntryInteraction", {"responseIdentifier": RESPONSE})
        elif isinstance(question, Choices):
            self.choice(body, question)
        else:
            self.interaction(body, "extendedTextInteraction", {"expectedLines": "5"})

    def interaction(self, body: Element, tag: str, attributes: dict[str, str]) -> Element:
        """An interaction with the prompt inside."""
        element = SubElement(body, tag, {"responseIdentifier": RESPONSE, **attributes})
        element.append(fragment(self.question.prompt_html, "prompt", self.pictures))
        return element

    def choice(self, body: Element, question: Choices) -> None:
        most = "0" if isinstance(question, MultipleResponse) else "1"
        element = self.interaction(body, "choiceInteraction", {"shuffle": self.shuffles, "maxChoices": most})
        for index, html in enumerate([option.html for option in question.options]):
            self.part(element, "simpleChoice", choice_id(index), html)

    def order(self, body: Element, question: Ordering) -> None:
        element = self.interaction(body, "orderInteraction", {"shuffle": "true"})
        texts = {choice_id(i): item.html for i, item in enumerate(question.items)}
        for identifier in mixed(list(texts), question.id):
            self.part(element, "simpleChoice", identifier, texts[identifier])

    def match(self, body: Element, question: Matching) -> None:
        most = str(len(question.rows))
        element = self.interaction(body, "matchInteraction", {"shuffle": "true", "maxAssociations": most})
        rows, targets = SubElement(element, "simpleMatchSet"), SubElement(element, "simpleMatchSet")
        for index, row in enumerate(question.rows):
            self.part(rows, "simpleAssociableChoice", choice_id(index), row.html).set("matchMax", "1")
        texts = {target_id(i): target.html for i, target in enumerate(question.targets)}
        for identifier in mixed(list(texts), question.id):
            self.part(targets, "simpleAssociableChoice", identifier, texts[identifier]).set("matchMax", most)

    def part(self, parent: Element, tag: str, identifier: str, html: str) -> Element:
        element = fragment(html, tag, self.pictures)
        element.set("identifier", identifier)
        parent.append(element)
        return element

    def modal(self, root: Element, outcome: str, identifier: str, html: str) -> None:
        element = fragment(html, "modalFeedback", self.pictures)
        element.attrib.update({"outcomeIdentifier": outcome, "identifier": identifier, "showHide": "show"})
        root.append(element)
