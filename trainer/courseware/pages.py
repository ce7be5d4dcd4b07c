"""pages/*.md: what stands beside the modules, such as the evidence and how the course was made."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.courseware.catalogue import Page
from trainer.courseware.chapters import build_chapters
from trainer.courseware.checks.readability import check_readability
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import split_front_matter
from trainer.courseware.lines import lines_of
from trainer.courseware.outline import PART_LEVEL, read_outline
from trainer.courseware.render.markdown import Renderer
from trainer.courseware.render.scope import Scope, Target
from trainer.courseware.segments import refuse_blocks
from trainer.courseware.shapes import PageShape, read_shape
from trainer.courseware.source import PAGES, TextFile, Tree
from trainer.courseware.sources import build_sources, check_cited


def read_pages(tree: Tree, targets: Mapping[str, Target], report: Report) -> tuple[Page, ...]:
    """The pages by name; those whose front matter has mistakes are reported and left out."""
    files = (file for path, file in sorted(tree.texts.items()) if path.startswith(f"{PAGES}/"))
    return tuple(page for file in files if (page := _page(file, targets, report)) is not None)


def _page(file: TextFile, targets: Mapping[str, Target], report: Report) -> Page | None:
    document, body = split_front_matter(file, report)
    shape = read_shape(PageShape, file.path, document, report) if document else None
    refuse_blocks(file.path, lines_of(body), report)
    outline = read_outline(file.path, body, report, deepest=PART_LEVEL)
    if document is None or shape is None or not outline.is_sound:
        return None
    numbers = {source: number for number, source in enumerate(dict.fromkeys(one.id for one in shape.sources), start=1)}
    renderer = Renderer(Scope(None, numbers, modules=targets), report)
    opening = renderer.blocks(file.path, outline.opening)
    chapters = build_chapters(file.path, outline, renderer, report)
    for part, chapter in zip(outline.parts, chapters, strict=False):
        check_readability(file.path, part.heading.line, f"“{chapter.title}”", chapter.html, part.body, report)
    sources = build_sources(file.path, document, shape.sources, renderer, report)
    check_cited(file.path, document, sources, renderer.cited, report)
    slug = file.path.removeprefix(f"{PAGES}/").removesuffix(".md")
    return Page(slug, shape.title, shape.summary, opening.html, chapters, sources)
