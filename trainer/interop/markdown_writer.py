"""Foreign text as Markdown that our compiler reads back word for word, whatever characters it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from trainer.courseware.render.clean import clean_html
from trainer.courseware.render.links import OUTSIDE as LINK
from trainer.interop.markup import KEPT, fragment

SPECIAL = re.compile(r"[\\`*_{}\[\]|]")
# What has no escape and would be read as something else stands in a code span instead, with what touches it: the
# compiler looks for such marks again when code has been taken out.
UNESCAPABLE = re.compile(
    r"(?:\[|/{1,2})?(?:(?<!<)<+(?=[A-Za-z/!?&\[~])|&(?=#?[0-9A-Za-z]{1,40};)|/{3,}|~{3,}|\[\^)+(?:\^|/{1,2})?"
)
BLOCK_START = re.compile(r"(?:#|>|[-+](?=[\s-]|\Z))")
NUMBER_START = re.compile(r"(\d{1,9})\.(?=\s|\Z)")
TAG_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9]*)")
LOOKS_LIKE_HTML = re.compile(r"</?[A-Za-z][^<>]*>|&#?[0-9A-Za-z]{1,10};")
SYNONYMS = {"b": "strong", "i": "em", "h1": "h2", "h6": "h5"}
OTHER_NAMES = re.compile(r"<(/?)(b|i|h1|h6)(?=[\s/>])", re.IGNORECASE)
BLOCKS = frozenset({"p", "div", "ul", "ol", "li", "blockquote", "pre", "h2", "h3", "h4", "h5", "table", "hr", "tr"})
CONTAINERS = frozenset({"p", "div", "thead", "tbody", "table"})
BREAK = "\n"
# Bare containers lose nothing; of these a reader misses something.
HARMLESS = KEPT | set(SYNONYMS) - {"img", "table", "hr"}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list, quotation or piece of code by its lines."""

    lines: tuple[str, ...]
    is_paragraph: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line of Markdown, and the words that a reader sees of it."""

    markdown: str
    words: str


def escape_markdown(text: str) -> str:
    """The text in one line, escaped for use inside a line."""
    pieces: list[str] = []
    end = 0
    flat = re.sub(r"\s+", " ", text)
    for found in UNESCAPABLE.finditer(flat):
        pieces += [SPECIAL.sub(r"\\\g<0>", flat[end : found.start()]), f"`{found.group()}`"]
        end = found.end()
    return "".join([*pieces, SPECIAL.sub(r"\\\g<0>", flat[end:])])


def at_line_start(line: str) -> str:
    """The line, escaped where its beginning would make it a heading, a list or a quotation."""
    if BLOCK_START.match(line):
        return "\\" + line
    return NUMBER_START.sub(r"\1\\.", line, count=1)


def text_blocks(text: str) -> tuple[Block, ...]:
    """Plain text: every line that is not empty is a paragraph."""
    lines = [escape_markdown(line).strip() for line in text.split("\n")]
    return tuple(Block((at_line_start(line),), is_paragraph=True) for line in lines if line)


def html_blocks(html: str, *, links: bool = True) -> tuple[Block, ...]:
    """HTML from anywhere as blocks; what Markdown here has no form for leaves its words behind."""
    return tuple(_blocks(_understood(html), links=links, is_top=True))


def text_phrase(text: str) -> Phrase:
    """Plain text in one line."""
    return Phrase(at_line_start(escape_markdown(text).strip()), " ".join(text.split()))


def html_phrase(html: str) -> Phrase:
    """HTML from anywhere in one line: lists and quotations become words."""
    found = _understood(html)
    return Phrase(at_line_start(_words(found, links=True)), " ".join(_plain(found).split()))


def _understood(html: str) -> Element:
    """The tree of foreign HTML: only our sanitiser copes with whatever that may be."""
    return fragment(clean_html(OTHER_NAMES.sub(lambda tag: f"<{tag[1]}{SYNONYMS[tag[2].lower()]}", html)))


def lost_tags(html: str) -> tuple[str, ...]:
    """The names of the tags that ``html_blocks`` takes off, for the list of what is not represented."""
    return tuple(sorted({name.lower() for name in TAG_NAME.findall(html)} - HARMLESS))


def _blocks(element: Element, *, links: bool, is_top: bool) -> list[Block]:
    found: list[Block] = []
    run = [_escaped(element.text)]
    for child in element:
        if child.tag in BLOCKS:
            found += _paragraphs("".join(run))
            found += _block(child, links=links, is_top=is_top)
            run = []
        else:
            run.append(_inline(child, links=links))
        run.append(_escaped(child.tail))
    return found + _paragraphs("".join(run))


def _escaped(text: str | None) -> str:
    return escape_markdown(text or "")


def _paragraphs(run: str) -> list[Block]:
    lines = [" ".join(line.split()) for line in run.split(BREAK)]
    return [Block((at_line_start(line),), is_paragraph=True) for line in lines if line]


def _block(element: Element, *, links: bool, is_top: bool) -> list[Block]:
    tag = element.tag
    if tag in CONTAINERS:
        return _blocks(element, links=links, is_top=is_top)
    if tag in ("ul", "ol"):
        return _list(element, links=links)
    if tag == "blockquote":
        lines = _joined(_blocks(element, links=links, is_top=False))
        return [Block(tuple(f"> {line}".rstrip() for line in lines), is_paragraph=False)] if lines else []
    if tag == "pre":
        return _code_block(element, is_top=is_top)
    if tag == "hr":
        return []
    words = " – ".join(_words(cell, links=links) for cell in element) if tag == "tr" else _words(element, links=links)
    return _paragraphs(f"**{words}**" if tag in ("h2", "h3", "h4", "h5") and words else words)


def _words(element: Element, *, links: bool) -> str:
    """Everything inside as one line."""
    pieces = [_escaped(element.text)]
    for child in element:
        pieces += [_inline(child, links=links), _escaped(child.tail)]
    return " ".join("".join(pieces).split())


def _plain(element: Element) -> str:
    """Everything inside without its marks."""
    pieces = [element.text or ""]
    for child in element:
        apart = " " if child.tag in BLOCKS or child.tag == "br" else ""
        pieces += [apart, _plain(child), apart, child.tail or ""]
    return "".join(pieces)


def _list(element: Element, *, links: bool) -> list[Block]:
    mark = "- " if element.tag == "ul" else "1. "
    items = [_blocks(item, links=links, is_top=False) for item in element if item.tag == "li"]
    is_loose = any(len(item) > 1 for item in items)
    lines: list[str] = []
    for item in items:
        body = _joined(item)
        if not body:
            continue
        if is_loose and lines:
            lines.append("")
        lines += [f"{mark}{body[0]}", *(f"    {line}".rstrip() for line in body[1:])]
    return [Block(tuple(lines), is_paragraph=False)] if lines else []


def _code_block(element: Element, *, is_top: bool) -> list[Block]:
    text = "".join(element.itertext()).strip("\n")
    if is_top and text.strip() and "```" not in text:
        return [Block(("```", *text.split("\n"), "```"), is_paragraph=False)]
    return list(text_blocks(text))


def _joined(blocks: list[Block]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        lines += ["", *block.lines] if lines else block.lines
    return lines


def _inline(element: Element, *, links: bool) -> str:
    if element.tag == "br":
        return BREAK
    if element.tag == "code":
        return _code("".join(element.itertext()))
    if element.tag in BLOCKS:
        return f" {_words(element, links=links)} "
    words = "".join([_escaped(element.text), *(_inline(e, links=links) + _escaped(e.tail) for e in element)])
    if element.tag == "em":
        return _wrapped(words, "*")
    if element.tag == "strong":
        return _wrapped(words, "**")
    if element.tag == "a" and links and LINK.match(element.get("href", "")) and words.strip():
        return f"[{' '.join(words.split())}]({_address(element.get('href', ''))})"
    return words


def _address(href: str) -> str:
    """Brackets in an address would end it."""
    return href.replace("(", "%28").replace(")", "%29")


def _code(text: str) -> str:
    flat = " ".join(text.split())
    return f"`{flat}`" if flat and "`" not in flat else escape_markdown(flat)


def _wrapped(words: str, mark: str) -> str:
    """Emphasis without the spaces at its edges, which Markdown would not take."""
    inner = " ".join(words.split())
    if not inner:
        return words
    before = " " if words[0].isspace() else ""
    after = " " if words[-1].isspace() else ""
    return f"{before}{mark}{inner}{mark}{after}"
