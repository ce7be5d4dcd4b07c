"""facilitator.md: the guide to a module's live session, for those who lead it."""

from __future__ import annotations

from trainer.courseware.catalogue import Guide
from trainer.courseware.chapters import build_chapters
from trainer.courseware.diagnostics import Report
from trainer.courseware.manuscript import Manuscript
from trainer.courseware.render.markdown import Renderer


def build_guide(manuscript: Manuscript, renderer: Renderer, report: Report) -> Guide | None:
    """The guide, or None where the module has none or its file may not be rendered."""
    if manuscript.facilitator is None:
        return None
    path, outline = manuscript.facilitator
    if not outline.is_sound:
        return None
    before = set(renderer.cited)
    opening = renderer.blocks(path, outline.opening)
    chapters = build_chapters(path, outline, renderer, report)
    cited = renderer.cited - before
    ids = tuple(source for source in manuscript.source_numbers if source in cited)
    return Guide(manuscript.slug, opening.html, chapters, ids)
