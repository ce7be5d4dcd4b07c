"""Our sanitised HTML as well-formed XML for other platforms: their own words, no addresses of this site."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement, tostring

Picture = Callable[[str], str | None]
VOID = frozenset({"br", "hr", "img"})
KEPT = frozenset({
    "p", "br", "em", "strong", "code", "pre", "a", "img", "span", "ul", "ol", "li", "blockquote", "hr", "h2", "h3",
    "h4", "h5", "div", "table", "thead", "tbody", "tr", "th", "td",
})  # fmt: skip
DEEPEST = 40
OUTSIDE = re.compile(r"(?:https|mailto|tel):")
IMAGE_ADDRESS = re.compile(r"/modules/[a-z0-9-]+/images/([^/]+)\Z")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PARAGRAPHS = re.compile(r"(?:<p>([^<&]*)</p>\s*)*\Z")


def no_pictures(name: str) -> str | None:
    """For formats that hold no files: a picture is replaced by its words."""
    return None


def xml_text(text: str) -> str:
    """The text without what XML has no way to write."""
    return NOT_XML.sub("\ufffd", text)


def fragment(html: str, tag: str = "div", picture: Picture = no_pictures) -> Element:
    """The HTML inside a new element. ``picture`` gives the new address of a picture by its file name, or None."""
    writer = _Writer(tag, picture)
    writer.feed(html)
    writer.close()
    return writer.root


def markup(html: str, picture: Picture = no_pictures) -> str:
    """The same as text for readers of HTML, who would take ``<em />`` for a tag that is never closed."""
    text = tostring(fragment(html, "div", picture), encoding="unicode", method="html")
    return text.removeprefix("<div>").removesuffix("</div>")


def plain_paragraphs(html: str) -> str | None:
    """The words, paragraphs apart, where there is nothing but words; None where there is more."""
    if "<" not in html and "&" not in html:
        return html
    if not PARAGRAPHS.match(html):
        return None
    return "\n\n".join(" ".join(found.split()) for found in re.findall(r"<p>([^<&]*)</p>", html))


class _Writer(HTMLParser):
    """Rebuilds the tree; unknown tags leave their words behind, and tags that are never closed are closed."""

    def __init__(self, tag: str, picture: Picture) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element(tag)
        self.picture = picture
        self.stack: list[tuple[str, Element | None]] = [(tag, self.root)]
        self.cites = 0
        self.hidden: list[int] = []  # how deep the definitions stand that a page opens on demand

    @property
    def here(self) -> Element:
        """The innermost element that was kept."""
        return next(element for _, element in reversed(self.stack) if element is not None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if values.get("class") == "term-definition":
            self.stack.append((tag, None))
            self.hidden.append(len(self.stack))
        elif self.hidden:
            self.stack.append((tag, None)) if tag not in VOID else None
        elif tag == "img":
            self.image(values)
        elif tag in VOID:
            SubElement(self.here, tag)
        elif tag == "a" and values.get("class") == "cite":
            self.words("[")
            self.stack.append(("cite", None))
            self.cites += 1
        elif len(self.stack) > DEEPEST or not self.is_kept(tag, values):
            self.stack.append((tag, None))
        else:
            kept = {"a": ("href",), "th": ("scope",), "ol": ("start",)}.get(tag, ())
            attributes = {name: xml_text(values[name]) for name in kept if values.get(name)}
            self.stack.append((tag, SubElement(self.here, tag, attributes)))

    def is_kept(self, tag: str, values: dict[str, str]) -> bool:
        """Links inside this site lead nowhere else, so only their words stay."""
        return tag in KEPT and tag != "span" and (tag != "a" or OUTSIDE.match(values.get("href", "")) is not None)

    def handle_endtag(self, tag: str) -> None:
        name = "cite" if tag == "a" and any(opened == "cite" for opened, _ in self.stack) else tag
        place = next((i for i in range(len(self.stack) - 1, 0, -1) if self.stack[i][0] == name), None)
        if place is not None:
            del self.stack[place:]
            self.hidden = [depth for depth in self.hidden if depth <= len(self.stack)]
            if name == "cite":
                self.words("]")
                self.cites -= 1

    def handle_data(self, data: str) -> None:
        # “Source 3” is spoken by a screen reader; the number is what is printed.
        is_spoken = self.cites and self.stack[-1][0] == "span"
        if not (is_spoken or self.hidden):
            self.words(data)

    def words(self, text: str) -> None:
        parent = self.here
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + xml_text(text)
        else:
            parent.text = (parent.text or "") + xml_text(text)

    def image(self, values: dict[str, str]) -> None:
        found = IMAGE_ADDRESS.match(values.get("src", ""))
        address = self.picture(found.group(1)) if found else None
        if address is None:
            self.words(f"[{values.get('alt', '')}]")
        else:
            SubElement(self.here, "img", {"src": xml_text(address), "alt": xml_text(values.get("alt", ""))})
