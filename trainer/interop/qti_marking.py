"""How a QTI item marks: our rules as response processing, exact where a platform follows the specification."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from trainer.courseware.quiz import Judgement, Matching, MultipleResponse, Ordering, Question, ShortText, SingleChoice
from trainer.interop.markup import xml_text
from trainer.interop.weights import option_weights, written_answers

RESPONSE, SCORE, FEEDBACK, GENERAL = "RESPONSE", "SCORE", "FEEDBACK", "GENERAL"
SHOWN = "shown"  # the one value of GENERAL


def number(value: Fraction | int) -> str:
    """A number as QTI writes it."""
    exact = Fraction(value)
    return str(exact.numerator) if exact.denominator == 1 else str(float(exact))


def declare_response(item: Element, question: Question) -> None:
    """What is answered, what is right, and what each answer is worth."""
    kind, base = "single", "identifier"
    if isinstance(question, MultipleResponse):
        kind = "multiple"
    elif isinstance(question, Ordering):
        kind = "ordered"
    elif isinstance(question, Matching):
        kind, base = "multiple", "directedPair"
    elif isinstance(question, ShortText) or question.kind == "rewrite":
        base = "string"
    declaration = SubElement(
        item, "responseDeclaration", {"identifier": RESPONSE, "cardinality": kind, "baseType": base}
    )
    right = right_values(question)
    if right:
        correct = SubElement(declaration, "correctResponse")
        for value in right:
            SubElement(correct, "value").text = xml_text(value)
    _map(declaration, question)


def right_values(question: Question) -> tuple[str, ...]:
    """The best answer; nothing where no answer is better than another."""
    if isinstance(question, SingleChoice | MultipleResponse):
        return tuple(choice_id(i) for i, option in enumerate(question.options) if option.is_correct)
    if isinstance(question, Judgement):
        return tuple(choice_id(i) for i, one in enumerate(question.options) if one.verdict == "best")[:1]
    if isinstance(question, Ordering):
        return tuple(choice_id(i) for i in range(len(question.items)))
    if isinstance(question, Matching):
        return pairs_of(question)
    return question.accepted[:1] if isinstance(question, ShortText) else ()


def choice_id(index: int) -> str:
    """The identifier of an option, row or item by its place."""
    return f"C{index + 1}"


def target_id(index: int) -> str:
    """The identifier of a match's target by its place."""
    return f"T{index + 1}"


def pairs_of(question: Matching) -> tuple[str, ...]:
    """Row and target of every row."""
    places = {target.id: target_id(i) for i, target in enumerate(question.targets)}
    return tuple(f"{choice_id(i)} {places[row.target_id]}" for i, row in enumerate(question.rows))


def _map(declaration: Element, question: Question) -> None:
    """In whole numbers, so that three thirds are one: the sum is divided afterwards."""
    if isinstance(question, MultipleResponse | Judgement):
        whole = divisor(question)
        worth = [weight * whole for weight in option_weights(question)]
        mapping = SubElement(declaration, "mapping", {"lowerBound": "0", "defaultValue": "0"})
        for index, value in enumerate(worth):
            SubElement(mapping, "mapEntry", {"mapKey": choice_id(index), "mappedValue": number(value)})
    elif isinstance(question, Matching):
        mapping = SubElement(declaration, "mapping", {"lowerBound": "0", "defaultValue": "0"})
        for pair in pairs_of(question):
            SubElement(mapping, "mapEntry", {"mapKey": pair, "mappedValue": "1"})
    elif isinstance(question, ShortText):
        mapping = SubElement(declaration, "mapping", {"lowerBound": "0", "upperBound": "1", "defaultValue": "0"})
        for text in written_answers(question.accepted):
            entry = {"mapKey": xml_text(text), "mappedValue": "1", "caseSensitive": "false"}
            SubElement(mapping, "mapEntry", entry)


def divisor(question: Question) -> int:
    """What the mapped sum is divided by for a share of the question."""
    if isinstance(question, MultipleResponse):
        right = sum(option.is_correct for option in question.options)
        return right * max(1, len(question.options) - right)
    if isinstance(question, Matching):
        return len(question.rows)
    return len(question.items) - 1 if isinstance(question, Ordering) else 2 if isinstance(question, Judgement) else 1


def process_response(item: Element, question: Question, *, has_choices: bool, has_general: bool) -> None:
    """Set the score and what is shown afterwards."""
    processing = SubElement(item, "responseProcessing")
    if isinstance(question, SingleChoice):
        when = _when(processing)
        both = SubElement(when, "match")
        SubElement(both, "variable", {"identifier": RESPONSE})
        SubElement(both, "correct", {"identifier": RESPONSE})
        _set(when, SCORE).append(_float(1))
    elif isinstance(question, Ordering):
        _score_order(processing, question)
    elif isinstance(question, ShortText):
        SubElement(_set(processing, SCORE), "mapResponse", {"identifier": RESPONSE})
    elif isinstance(question, MultipleResponse | Judgement | Matching):
        quotient = SubElement(_set(processing, SCORE), "divide")
        SubElement(quotient, "mapResponse", {"identifier": RESPONSE})
        quotient.append(_float(divisor(question)))
    if has_choices:
        SubElement(_set(processing, FEEDBACK), "variable", {"identifier": RESPONSE})
    if has_general:
        SubElement(_set(processing, GENERAL), "baseValue", {"baseType": "identifier"}).text = SHOWN


def _score_order(processing: Element, question: Ordering) -> None:
    """A pair is in order when, with everything else taken away, its two stand as they should."""
    ids = [choice_id(i) for i in range(len(question.items))]
    for first, second in pairwise(ids):
        others = [one for one in ids if one not in (first, second)]
        when = _when(processing)
        both = SubElement(when, "match")
        both.append(_left_after(others))
        pair = SubElement(both, "ordered")
        pair.extend([_identifier(first), _identifier(second)])
        total = SubElement(_set(when, SCORE), "sum")
        SubElement(total, "variable", {"identifier": SCORE})
        total.append(_float(1))
    quotient = SubElement(_set(processing, SCORE), "divide")
    SubElement(quotient, "variable", {"identifier": SCORE})
    quotient.append(_float(divisor(question)))


def _left_after(others: Sequence[str]) -> Element:
    """The response without these."""
    left = Element("variable", {"identifier": RESPONSE})
    for other in others:
        smaller = Element("delete")
        smaller.extend([_identifier(other), left])
        left = smaller
    return left


def _when(processing: Element) -> Element:
    """A condition; its test and what follows from it are added to the element given back."""
    return SubElement(SubElement(processing, "responseCondition"), "responseIf")


def _set(parent: Element, identifier: str) -> Element:
    return SubElement(parent, "setOutcomeValue", {"identifier": identifier})


def _float(value: int) -> Element:
    element = Element("baseValue", {"baseType": "float"})
    element.text = number(value)
    return element


def _identifier(value: str) -> Element:
    element = Element("baseValue", {"baseType": "identifier"})
    element.text = value
    return element
