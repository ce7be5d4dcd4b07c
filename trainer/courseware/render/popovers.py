"""The first mention of a glossary term in a section becomes a button that opens its definition.

This runs on sanitised HTML and adds only what is written here, with the term's text escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from trainer.courseware.catalogue import GlossaryTerm
from trainer.courseware.parts import Lenses, Part
from trainer.courseware.render.plain import TagWalker

WHERE = frozenset({"p", "li"})
NOT_IN = frozenset({"a", "button", "blockquote", "code", "pre", "summary", "table", "h2", "h3", "h4", "h5", "h6"})


class Glossary:
    """The terms, ready to be found in text."""

    def __init__(self, terms: Sequence[GlossaryTerm]) -> None:
        longest_first = sorted(terms, key=lambda term: -len(term.term))
        self.by_words = {_folded(term.term): term for term in longest_first}
        words = "|".join(_pattern(term.term) for term in longest_first)
        self.pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None

    def mark(self, parts: Iterable[Part]) -> tuple[Part, ...]:
        """A section's parts with buttons at first mentions, and each definition at the end of the part that has it."""
        used: set[str] = set()
        return tuple(self._marked(part, used) for part in parts)

    def _marked(self, part: Part, used: set[str]) -> Part:
        if isinstance(part, Lenses):
            return Lenses(tuple(replace(lens, html=self._marked_html(lens.html, used)) for lens in part.lenses))
        return replace(part, html=self._marked_html(part.html, used))

    def _marked_html(self, html: str, used: set[str]) -> str:
        if self.pattern is None:
            return html
        walker = _MarkWalker(self, used)
        walker.feed(html)
        walker.close()
        return "".join((*walker.pieces, *(definition_html(term) for term in walker.found)))


def definition_html(term: GlossaryTerm) -> str:
    """The pop-over of a term."""
    words = f"<strong>{escape(term.term, quote=False)}</strong> {escape(term.text, quote=False)}"
    return f'\n<span popover id="term-{term.slug}" class="term-definition">{words}</span>'


class _MarkWalker(TagWalker):
    """Copies the HTML through, changing only text."""

    def __init__(self, glossary: Glossary, used: set[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.glossary = glossary
        self.used = used
        self.pieces: list[str] = []
        self.found: list[GlossaryTerm] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        self.pieces.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        self.pieces.append(f"</{tag}>")

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.pieces.append(f"&#{name};")

    def handle_data(self, data: str) -> None:
        may_mark = self.is_inside(WHERE) and not self.is_inside(NOT_IN)
        pattern = self.glossary.pattern
        self.pieces.append(pattern.sub(self.button, data) if may_mark and pattern else data)

    def button(self, found: re.Match[str]) -> str:
        words = found.group()
        term = self.glossary.by_words.get(_folded(words))
        if term is None or term.slug in self.used:
            return words
        self.used.add(term.slug)
        self.found.append(term)
        return f'<button type="button" class="term" popovertarget="term-{term.slug}">{words}</button>'


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _pattern(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())
