"""glossary.md: ``## Term`` and one paragraph, each."""

from __future__ import annotations

import re
import unicodedata

from trainer.courseware import rules
from trainer.courseware.catalogue import GlossaryTerm
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.lines import lines_of
from trainer.courseware.outline import PART_LEVEL, Part, read_outline
from trainer.courseware.render.markdown import Renderer
from trainer.courseware.segments import refuse_blocks
from trainer.courseware.source import TextFile, is_slug

MOST_TERMS = 300
LONGEST_TERM = 80


def read_glossary(file: TextFile, renderer: Renderer, report: Report) -> tuple[GlossaryTerm, ...]:
    """The terms in the order of the file; those with mistakes are reported and left out."""
    body = Passage(file.text, 1)
    refuse_blocks(file.path, lines_of(body), report)
    outline = read_outline(file.path, body, report, deepest=PART_LEVEL)
    if not outline.is_sound:
        return ()
    if outline.opening.text.strip():
        report.add(rules.GLOSSARY_SHAPE, file.path, 1, "text stands before the first term")
    if len(outline.parts) > MOST_TERMS:
        line = outline.parts[MOST_TERMS].heading.line
        report.add(rules.GLOSSARY_SHAPE, file.path, line, f"the glossary has more than {MOST_TERMS} terms")
        return ()
    found: dict[str, GlossaryTerm] = {}
    for part in outline.parts:
        term = _term(file.path, part, renderer, report)
        if term is not None and term.slug in found:
            report.add(rules.DUPLICATE_ID, file.path, part.heading.line, f"the term “{term.term}” stands here twice")
        elif term is not None:
            found[term.slug] = term
    return tuple(found.values())


def _term(path: str, part: Part, renderer: Renderer, report: Report) -> GlossaryTerm | None:
    line = part.heading.line
    words = renderer.phrase(path, Passage(part.heading.text, line))
    slug = part.heading.attributes.id or slug_of(words.text)
    body = renderer.blocks(path, part.body)
    if not re.fullmatch(r"<p>(?:(?!</?p>|<br>|<img).)+</p>", body.html, re.DOTALL):
        report.add(rules.GLOSSARY_SHAPE, path, line, f"“{words.text}” needs exactly one paragraph")
        return None
    if "<" in words.html or len(words.text) > LONGEST_TERM:
        report.add(rules.GLOSSARY_SHAPE, path, line, "a term is plain words, at most 80 characters")
        return None
    if not is_slug(slug):
        report.add(rules.BAD_ID, path, line, f"“{words.text}” needs an id: {{#{slug or 'term'}}}")
        return None
    return GlossaryTerm(words.text, slug, body.html, body.text)


def slug_of(term: str) -> str:
    """The term in small letters and hyphens, without accents."""
    plain = unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
