"""After Markdown has become a tree: addresses, citations, headings, pictures and tables are checked and completed."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report, Rule
from trainer.courseware.frontmatter import Passage
from trainer.courseware.render.links import Refusal, image_address, link_address
from trainer.courseware.render.scope import Scope

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LABEL_CHARACTERS = 80


class Citation(InlineProcessor):
    """``[^id]`` becomes a numbered link to the source."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, scope: Scope) -> None:
        super().__init__(r"\[\^([^\[\]\s]{1,80})\]", md)
        self.scope = scope

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        """An unknown id is reported later, when the order of the text is known."""
        link = Element("a", {"class": "cite", "href": f"#source-{m.group(1)}", "data-source": m.group(1)})
        label = Element("span", {"class": "visually-hidden"})
        label.text = "Source "
        label.tail = str(self.scope.sources.get(m.group(1), "?"))
        link.append(label)
        return link, m.start(0), m.end(0)


class TreeCheck(Treeprocessor):
    """Runs last. Before each conversion ``begin`` says where the text comes from."""

    def __init__(self, md: Markdown, scope: Scope, report: Report) -> None:
        super().__init__(md)
        self.scope = scope
        self.report = report
        self.begin("", Passage("", 1))

    def begin(self, path: str, passage: Passage) -> None:
        """The next tree is made from this passage."""
        self.path = path
        self.passage = passage
        self.cited: list[str] = []
        self._after: dict[str, int] = {}

    def run(self, root: Element) -> None:
        """Check and complete the tree in place."""
        for parent in list(root.iter()):
            for child in list(parent):
                self.visit(parent, child, is_top=parent is root)

    def visit(self, parent: Element, child: Element, *, is_top: bool) -> None:
        """One element, in the order of the text."""
        if child.tag == "a":
            self.check_link(child)
        elif child.tag == "img":
            self.check_image(child)
        elif child.tag == "th":
            child.set("scope", "col")
        elif child.tag == "table":
            wrap_table(parent, child)
        elif child.tag in HEADINGS:
            self.check_heading(child, is_top=is_top)

    def check_link(self, link: Element) -> None:
        """Citations are noted; every other link gets the address of the site."""
        source = link.attrib.pop("data-source", None)
        if source is not None:
            self.note_citation(source)
            return
        target = link.get("href", "")
        if not "".join(link.itertext()).strip() and link.find(".//img") is None:
            self.add(rules.LINK_EMPTY, f"the link to “{target}” has no words", f"[]({target}")
        self.set_address(link, "href", link_address(target, self.scope))

    def check_image(self, image: Element) -> None:
        """A picture needs words and a file."""
        target = image.get("src", "")
        if not image.get("alt", "").strip():
            self.add(rules.NO_ALT, f"the picture “{target}” has no alternative text", f"]({target}")
        self.set_address(image, "src", image_address(target, self.scope))

    def check_heading(self, heading: Element, *, is_top: bool) -> None:
        """The ## above is the page's h1, so ### becomes h2."""
        text = "".join(heading.itertext())
        if not is_top:
            self.add(rules.HEADING_FORM, f"“{text}” is a heading inside a list or quotation", text)
        heading.tag = f"h{max(2, HEADINGS[heading.tag] - 1)}"

    def note_citation(self, source: str) -> None:
        """Order of first citation; an unknown source is a diagnostic."""
        if source not in self.scope.sources:
            self.add(rules.UNKNOWN_SOURCE, f"there is no source “{source}”", f"[^{source}]")
        elif source not in self.cited:
            self.cited.append(source)

    def set_address(self, element: Element, name: str, address: str | Refusal) -> None:
        """Set the address, or take it away and say why."""
        if isinstance(address, Refusal):
            written = element.attrib.pop(name, "")
            self.add(address.rule, address.message, written)
        else:
            element.set(name, address)

    def add(self, rule: Rule, message: str, needle: str) -> None:
        """Report at the line where the needle stands; the next time at its next place."""
        key = rule.code + needle
        position = self.passage.text.find(needle, self._after.get(key, 0))
        if position >= 0:
            self._after[key] = position + 1
        self.report.add(rule, self.path, line_at(self.passage, position), message)


def wrap_table(parent: Element, table: Element) -> None:
    """A wide table scrolls by itself, also with the keyboard, and says what it is."""
    heads = ["".join(cell.itertext()).strip() for cell in table.iter("th")]
    label = ", ".join(head for head in heads if head)[:LABEL_CHARACTERS] or "values"
    wrapper = Element(
        "div", {"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": f"Table: {label}"}
    )
    wrapper.tail, table.tail = table.tail, "\n"
    parent[list(parent).index(table)] = wrapper
    wrapper.append(table)


def line_of(passage: Passage, needle: str) -> int:
    """The line of the file on which the needle first stands; else where the passage begins."""
    return line_at(passage, passage.text.find(needle))


def line_at(passage: Passage, position: int) -> int:
    """The line of a position in the passage; of the first words for a negative one."""
    if position < 0:
        position = len(passage.text) - len(passage.text.lstrip())
    return passage.line + passage.text.count("\n", 0, position)
