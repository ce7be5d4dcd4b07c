"""A Markdown file in chapters: pages and guides, which have no blocks, no quiz and no records hanging on them."""

from __future__ import annotations

from trainer.courseware import rules
from trainer.courseware.catalogue import Chapter
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.glossary import slug_of
from trainer.courseware.outline import Outline
from trainer.courseware.render.markdown import Renderer


def build_chapters(path: str, outline: Outline, renderer: Renderer, report: Report) -> tuple[Chapter, ...]:
    """One chapter for each ``##``; its id is its own or its heading in small letters, and is used once."""
    found: dict[str, Chapter] = {}
    for part in outline.parts:
        line = part.heading.line
        title = renderer.phrase(path, Passage(part.heading.text, line)).text
        identifier = part.heading.attributes.id or slug_of(title)
        if identifier in found or not identifier:
            report.add(rules.DUPLICATE_ID, path, line, f"“{title}” needs a heading or an id of its own")
        body = renderer.blocks(path, part.body)
        found[identifier] = Chapter(identifier, title, body.html)
    return tuple(found.values())
