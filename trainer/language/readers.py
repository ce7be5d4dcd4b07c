"""Documents as text with the stretches to leave out: plain text, Markdown and Word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from trainer.errors import Invalid
from trainer.language.docx import read_paragraphs
from trainer.language.findings import Finding, Look
from trainer.language.markdown import not_prose
from trainer.language.matcher import MOST_CHARACTERS, Lens
from trainer.language.quotations import Extent

Kind = Literal["text", "markdown", "docx"]
MOST_BYTES = 24 * 1024 * 1024
_SUFFIXES: dict[str, Kind] = {".md": "markdown", ".markdown": "markdown", ".docx": "docx"}


# What the open page and the open address take in one go, about 10,000 words: a look takes well under a second.
MOST_PASTED = 60_000


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the lens reads it. In a Word document every paragraph is a line of its own."""

    kind: Kind
    text: str
    left_out: tuple[Extent, ...] = ()

    def look(self, lens: Lens, own_words: tuple[str, ...] = ()) -> Look:
        """Look at it."""
        return lens.look(self.text, own_words=own_words, left_out=self.left_out)

    def line_of(self, finding: Finding) -> int:
        """The line, or in a Word document the paragraph, counted from 1."""
        return (finding.line + 1) // 2 if self.kind == "docx" else finding.line


def kind_of(name: str) -> Kind:
    """What a file is, told by the end of its name; plain text unless told otherwise."""
    return _SUFFIXES.get(PurePath(name).suffix.lower(), "text")


def read_document(data: bytes, kind: Kind) -> Document:
    """The bytes of a file as a document. Raises Invalid for what is too large, broken or no text."""
    if len(data) > MOST_BYTES:
        raise Invalid(f"The file is over {MOST_BYTES // 1024 // 1024} MB.", "Look at it in parts.")
    if kind == "docx":
        return _word_document(data)
    return text_document(_decoded(data), kind)


def text_document(text: str, kind: Kind = "text") -> Document:
    """Text that is already here. Raises Invalid when it is too long."""
    if len(text) > MOST_CHARACTERS:
        raise Invalid(
            f"This text has {len(text):,} characters; at most {MOST_CHARACTERS:,} can be looked at in one go.",
            "Look at it in parts, chapter by chapter.",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Document(kind, text, tuple(not_prose(text)) if kind == "markdown" else ())


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        encodings = []
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("This is no text file.", "The lens reads plain text, Markdown and .docx.")


def _word_document(data: bytes) -> Document:
    texts: list[str] = []
    left_out: list[Extent] = []
    offset = 0
    for paragraph in read_paragraphs(data, MOST_CHARACTERS // 2):
        texts.append(paragraph.text)
        if paragraph.is_quoted:
            left_out.append((offset, offset + len(paragraph.text)))
        offset += len(paragraph.text) + 2
    text = "\n\n".join(texts)
    if len(text) > MOST_CHARACTERS:
        raise Invalid("The Word document has too many paragraphs.", "Look at it in parts.")
    return Document("docx", text, tuple(left_out))
