"""Enough of QTI's response processing to mark our items, as the specification reads."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

from trainer.interop.qti_items import NAMESPACE

Value = tuple[str, ...] | Fraction | bool


def tag_of(element: Element) -> str:
    """The name without the namespace."""
    return element.tag.removeprefix(f"{{{NAMESPACE}}}")


def files_of(package: bytes) -> dict[str, bytes]:
    """Every file of a package."""
    with ZipFile(BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def named(root: Element, tag: str) -> list[Element]:
    """All elements of that name."""
    return list(root.iter(f"{{{NAMESPACE}}}{tag}"))


class Engine:
    """One item and one response to it."""

    def __init__(self, item: bytes, response: tuple[str, ...]) -> None:
        self.root = fromstring(item)
        self.response = response
        self.outcomes: dict[str, Value] = {
            one.get("identifier", ""): Fraction(0) if one.get("baseType") == "float" else ()
            for one in named(self.root, "outcomeDeclaration")
        }
        self.run(named(self.root, "responseProcessing")[0])

    @property
    def score(self) -> Fraction | None:
        """What the response earned; None for an item without a score."""
        found = self.outcomes.get("SCORE")
        return found if isinstance(found, Fraction) else None

    @property
    def shown(self) -> list[str]:
        """The feedback that is shown, in the order of the item."""
        found = []
        for modal in named(self.root, "modalFeedback"):
            value = self.outcomes[modal.get("outcomeIdentifier", "")]
            assert isinstance(value, tuple)
            if modal.get("identifier") in value:
                found.append("".join(modal.itertext()).strip())
        return found

    def run(self, parent: Element) -> None:
        for rule in parent:
            if tag_of(rule) == "setOutcomeValue":
                identifier = rule.get("identifier", "")
                assert identifier in self.outcomes, "every outcome is declared"
                self.outcomes[identifier] = self.value(rule[0])
            else:
                assert tag_of(rule) == "responseCondition"
                test, *then = rule[0]
                if self.value(test):
                    holder = Element("then")
                    holder.extend(then)
                    self.run(holder)

    def value(self, element: Element) -> Value:
        tag = tag_of(element)
        if tag == "variable":
            identifier = element.get("identifier", "")
            return self.response if identifier == "RESPONSE" else self.outcomes[identifier]
        if tag == "correct":
            return tuple(one.text or "" for one in named(named(self.root, "correctResponse")[0], "value"))
        if tag == "baseValue":
            text = element.text or ""
            return Fraction(text) if element.get("baseType") == "float" else (text,)
        if tag == "mapResponse":
            return self.mapped()
        inner = [self.value(child) for child in element]
        if tag == "match":
            return inner[0] == inner[1]
        if tag == "ordered":
            return tuple(one for value in inner if isinstance(value, tuple) for one in value)
        if tag == "delete":
            assert isinstance(inner[0], tuple)
            assert isinstance(inner[1], tuple)
            return tuple(one for one in inner[1] if one not in inner[0])
        numbers = [Fraction(one) for one in inner if isinstance(one, Fraction)]
        assert len(numbers) == len(inner)
        assert tag in ("sum", "divide")
        return sum(numbers, Fraction(0)) if tag == "sum" else numbers[0] / numbers[1]

    def mapped(self) -> Fraction:
        mapping = named(self.root, "mapping")[0]
        entries = {one.get("mapKey", ""): one for one in named(mapping, "mapEntry")}
        total = Fraction(0)
        for given in self.response:
            found = [
                one
                for key, one in entries.items()
                if key == given or (one.get("caseSensitive") == "false" and key.casefold() == given.casefold())
            ]
            total += Fraction((found[0] if found else mapping).get("mappedValue" if found else "defaultValue", "0"))
        low, high = mapping.get("lowerBound"), mapping.get("upperBound")
        total = max(total, Fraction(low)) if low is not None else total
        return min(total, Fraction(high)) if high is not None else total
