"""Reading sanitised HTML back: its words, and which of them are prose in our own voice."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

BREAKS = frozenset({
    "p", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "table", "pre",
    "hr", "br", "div", "aside", "details", "summary",
})  # fmt: skip
VOID = frozenset({"br", "hr", "img"})
# Numbers of citations, and what an older release itself put around a voice.
SKIPPED_CLASSES = frozenset({"cite", "voice-label", "voice-note"})
NOT_OURS = frozenset({"blockquote", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text between two edges of blocks; ``is_prose`` is False for quotations, headings, tables and code."""

    text: str
    is_prose: bool


class TagWalker(HTMLParser):
    """Keeps the open tags, with their class, while it walks."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.open_tags: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        if tag not in VOID:
            self.open_tags.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        """Close a tag; the HTML comes from a sanitiser, so tags close in order."""
        if self.open_tags and self.open_tags[-1][0] == tag:
            self.open_tags.pop()

    def is_inside(self, tags: frozenset[str]) -> bool:
        """True when one of these tags is open."""
        return any(tag in tags for tag, _ in self.open_tags)

    def is_in_class(self, name: str) -> bool:
        """True when a tag with this class is open."""
        return any(name in classes.split() for _, classes in self.open_tags)


class _TextWalker(TagWalker):
    def __init__(self, skipped: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.skipped = skipped
        self.parts: list[str] = []
        self.stretches: list[Stretch] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BREAKS:
            self.cut()
        super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in BREAKS:
            self.cut()
        super().handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if not self.is_inside(self.skipped) and not any(map(self.is_in_class, SKIPPED_CLASSES)):
            self.parts.append(data)

    def cut(self) -> None:
        text = " ".join("".join(self.parts).split())
        if text:
            self.stretches.append(Stretch(text, not self.is_inside(NOT_OURS)))
        self.parts = []


def stretches_of(html: str, skipped: frozenset[str] = frozenset({"summary"})) -> tuple[Stretch, ...]:
    """The text block by block, without the numbers of citations and the labels of voices."""
    walker = _TextWalker(skipped)
    walker.feed(html)
    walker.close()
    walker.cut()
    return tuple(walker.stretches)


def plain_text(html: str) -> str:
    """All words, separated by single spaces."""
    return " ".join(stretch.text for stretch in stretches_of(html))


def text_outside_code(html: str) -> str:
    """All words but those in code."""
    return " ".join(stretch.text for stretch in stretches_of(html, frozenset({"code", "pre"})))
