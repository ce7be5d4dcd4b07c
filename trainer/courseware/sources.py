"""The references of a module or page: numbered in the order of the front matter."""

from __future__ import annotations

from collections.abc import Sequence, Set

from trainer.courseware import rules
from trainer.courseware.catalogue import Source
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.render.markdown import Renderer
from trainer.courseware.shapes import SourceShape
from trainer.courseware.yamlish import Document


def build_sources(
    path: str, document: Document, shapes: Sequence[SourceShape], renderer: Renderer, report: Report
) -> tuple[Source, ...]:
    """The sources, rendered; an id that stands twice is reported."""
    found: list[Source] = []
    for index, source in enumerate(shapes):
        if any(source.id == other.id for other in found):
            line = document.line_of("sources", index, "id")
            report.add(rules.DUPLICATE_ID, path, line, f"the source “{source.id}” stands here twice")
        text = renderer.phrase(path, Passage(source.text, document.line_of("sources", index, "text")))
        found.append(Source(source.id, index + 1, source.text, text.html))
    return tuple(found)


def check_cited(
    path: str, document: Document | None, sources: Sequence[Source], cited: Set[str], report: Report
) -> None:
    """Warn of every source that nothing cites."""
    for index, source in enumerate(sources):
        if source.id not in cited:
            line = document.line_of("sources", index, "id") if document else 1
            report.add(rules.UNCITED_SOURCE, path, line, f"the source “{source.id}” is not cited")
