"""The paragraphs of a Word document, read with limits: no entities, no outside parts, nothing that unpacks large."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from xml.parsers import expat

from trainer.errors import Invalid

PART = "word/document.xml"
MOST_XML_BYTES = 40 * 1024 * 1024
MOST_PARTS = 5_000
DEEPEST = 256
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_QUOTING = ("quote", "code", "zitat", "citation", "preformatted", "macro")
_REMEDY = "Save it again as .docx, or copy the text into a plain file."


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The text of a paragraph; ``is_quoted`` when its style says that it quotes or shows code."""

    text: str
    is_quoted: bool


def read_paragraphs(data: bytes, most_characters: int) -> list[Paragraph]:
    """Every paragraph of the main text, empty ones too, in order. Raises Invalid."""
    parser = expat.ParserCreate(namespace_separator=" ")
    reader = _Reader(parser, most_characters)
    try:
        parser.Parse(_part(data), True)
    except expat.ExpatError:
        raise Invalid("The Word document is broken inside.", _REMEDY) from None
    return reader.paragraphs


def _part(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise Invalid("The Word document has too many parts.", _REMEDY)
            with archive.open(PART) as part:
                xml = part.read(MOST_XML_BYTES + 1)
    except KeyError:
        raise Invalid("There is no text in this file: it is no Word document.", _REMEDY) from None
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        raise Invalid("The file is no Word document, is locked or is damaged.", _REMEDY) from None
    if len(xml) > MOST_XML_BYTES:
        raise Invalid("The Word document is too large once unpacked.", "Look at it in parts.")
    return xml


class _Reader:
    """Follows the parser. Text boxes put paragraphs into paragraphs, so the open ones form a stack."""

    def __init__(self, parser: expat.XMLParserType, most_characters: int) -> None:
        self.paragraphs: list[Paragraph] = []
        self.open: list[tuple[list[str], list[bool]]] = []
        self.left = most_characters
        self.depth = 0
        self.skipping = 0
        self.is_text = False
        parser.StartDoctypeDeclHandler = self.refuse_doctype
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters

    def refuse_doctype(self, *_: object) -> None:
        raise Invalid("The Word document holds declarations that no Word document needs.", _REMEDY)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Invalid("The Word document is nested too deep.", _REMEDY)
        if name == _FALLBACK or self.skipping:
            self.skipping += 1
            return
        tag = _tag(name)
        if tag == "p":
            self.open.append(([], [False]))
        elif tag == "t":
            self.is_text = True
        elif tag in {"tab", "br", "cr"} and self.open:
            self.open[-1][0].append(" ")
        elif tag == "noBreakHyphen" and self.open:
            self.open[-1][0].append("-")
        elif tag == "pStyle" and self.open:
            style = next((value for key, value in attributes.items() if _tag(key) == "val"), "").lower()
            self.open[-1][1][0] = any(word in style for word in _QUOTING)

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.skipping:
            self.skipping -= 1
            return
        tag = _tag(name)
        if tag == "t":
            self.is_text = False
        elif tag == "p" and self.open:
            parts, (is_quoted,) = self.open.pop()
            self.paragraphs.append(Paragraph("".join(parts).replace("\r", " ").replace("\n", " "), is_quoted))

    def characters(self, text: str) -> None:
        if self.is_text and self.open and not self.skipping:
            self.left -= len(text)
            if self.left < 0:
                raise Invalid("The Word document is too long to be looked at in one go.", "Look at it in parts.")
            self.open[-1][0].append(text)


def _tag(name: str) -> str:
    """The plain name of an element of a Word document, in either of its two namespaces; else nothing."""
    for space in (_W, _STRICT_W):
        if name.startswith(space):
            return name[len(space) :]
    return ""
