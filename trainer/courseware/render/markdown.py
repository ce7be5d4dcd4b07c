"""Markdown to safe HTML, one renderer a file: parse, check the tree, sanitise, look for what was left over."""

from __future__ import annotations

from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.render.clean import clean_html
from trainer.courseware.render.plain import plain_text, text_outside_code
from trainer.courseware.render.scope import Scope
from trainer.courseware.render.tree import Citation, TreeCheck, line_of

RAW_HTML = ("html_block",)
# Raw HTML, links defined elsewhere, and addresses in angle brackets that the library scrambles.
INLINE_OFF = (
    "html", "entity", "automail", "reference", "image_reference", "short_reference", "short_image_ref",
)  # fmt: skip
BLOCKS_OFF = ("setextheader", "reference")
# What a phrase has not: it is a paragraph whatever it begins with.
PHRASE_OFF = ("indent", "code", "table", "hashheader", "hr", "olist", "ulist", "quote")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, its plain text, and the sources cited in it in order."""

    html: str
    text: str
    source_ids: tuple[str, ...]


class Renderer:
    """Renders the passages of one scope; ``cited`` gathers the sources. Problems go to the report, with their lines."""

    def __init__(self, scope: Scope, report: Report) -> None:
        self._report = report
        self.cited: set[str] = set()
        self._blocks, self._block_check = _parser(scope, report)
        self._phrases, self._phrase_check = _parser(scope, report)
        for name in PHRASE_OFF:
            self._phrases.parser.blockprocessors.deregister(name)
        self._phrases.preprocessors.deregister("fenced_code_block")

    def blocks(self, path: str, passage: Passage) -> Rendered:
        """Paragraphs, lists, quotations, tables and so on."""
        return self._render(self._blocks, self._block_check, path, passage)

    def phrase(self, path: str, passage: Passage) -> Rendered:
        """Words in a line: a heading or an option, without a paragraph around them."""
        rendered = self._render(self._phrases, self._phrase_check, path, passage)
        html = rendered.html.removeprefix("<p>").removesuffix("</p>")
        return Rendered(html, rendered.text, rendered.source_ids)

    def _render(self, md: Markdown, check: TreeCheck, path: str, passage: Passage) -> Rendered:
        check.begin(path, passage)
        try:
            html = clean_html(md.reset().convert(passage.text))
        except Exception:  # the library's own faults must cost a diagnostic, not the whole tree
            self._report.add(rules.UNREADABLE_MARKDOWN, path, passage.line, "this passage cannot be read")
            return Rendered("", "", ())
        self._check_left_over(html, path, passage)
        self.cited.update(check.cited)
        return Rendered(html, plain_text(html), tuple(check.cited))

    def _check_left_over(self, html: str, path: str, passage: Passage) -> None:
        text = text_outside_code(html) if "///" in html or "[^" in html else ""
        if "///" in text:
            self._report.add(rules.BLOCK_LEFT, path, line_of(passage, "///"), "/// is left over in the text")
        if "[^" in text:
            self._report.add(rules.UNKNOWN_SOURCE, path, line_of(passage, "[^"), "a citation cannot be read here")


def _parser(scope: Scope, report: Report) -> tuple[Markdown, TreeCheck]:
    md = Markdown(extensions=[FencedCodeExtension(), SaneListExtension(), TableExtension()], output_format="html")
    for name in RAW_HTML:
        md.preprocessors.deregister(name)
    for name in INLINE_OFF:
        md.inlinePatterns.deregister(name)
    for name in BLOCKS_OFF:
        md.parser.blockprocessors.deregister(name)
    md.inlinePatterns.register(Citation(md, scope), "citation", 165)
    check = TreeCheck(md, scope, report)
    # Below 0, so that escaped characters are themselves again.
    md.treeprocessors.register(check, "house", -10)
    return md, check
