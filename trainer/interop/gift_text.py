"""The texts of one GIFT question as Markdown, and what was lost on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trainer.interop.gift_reader import GiftText
from trainer.interop.markdown_writer import (
    LOOKS_LIKE_HTML,
    Block,
    Phrase,
    html_blocks,
    html_phrase,
    lost_tags,
    text_blocks,
    text_phrase,
)

SHOWN = 60
LAID_OUT = re.compile(r"<(?:ul|ol|blockquote|pre|table)\b", re.IGNORECASE)


def shortened(text: str) -> str:
    """The beginning, for a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else f"{flat[:SHOWN]}…"


class Passages:
    """``form`` is the format of the question, which its other texts share unless they name one."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.losses: list[str] = []

    def prompt(self, text: GiftText) -> tuple[str, list[str]]:
        """The heading and the lines below it."""
        found = list(self._read(text))
        if not found or not found[0].is_paragraph:
            return "", lines_of(found)
        heading = next(iter(self._read(text, links=False)))
        return heading.lines[0], lines_of(found[1:])

    def phrase(self, text: GiftText) -> Phrase:
        """Everything in one line."""
        if not self._is_html(text):
            return text_phrase(text.text)
        if LAID_OUT.search(text.text):
            self.losses.append(
                f"has a list or quotation in an answer, which becomes one line: “{shortened(text.text)}”"
            )
        return html_phrase(text.text)

    def blocks(self, text: GiftText) -> list[str]:
        """The lines of an explanation."""
        return lines_of(self._read(text))

    def _read(self, text: GiftText, *, links: bool = True) -> Sequence[Block]:
        return html_blocks(text.text, links=links) if self._is_html(text) else text_blocks(text.text)

    def _is_html(self, text: GiftText) -> bool:
        """True for HTML, with a note on what of it has no form here. Moodle reads HTML in its own format too."""
        form = text.form or self.form
        if form == "markdown":
            self.losses.append("is written in Markdown, which is taken as plain words")
        if form not in ("html", "moodle", "") or (form != "html" and not LOOKS_LIKE_HTML.search(text.text)):
            return False
        lost = lost_tags(text.text)
        if lost:
            self.losses.append(f"has formatting without a form here, whose words are kept: {', '.join(lost[:8])}")
        return True


def lines_of(blocks: Sequence[Block]) -> list[str]:
    """The lines of several blocks with a blank one between them."""
    lines: list[str] = []
    for block in blocks:
        lines += ["", *block.lines] if lines else block.lines
    return lines
