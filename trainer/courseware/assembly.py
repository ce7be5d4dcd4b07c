"""One module: its manuscript becomes a ``Module``, with every problem on the way reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from trainer.courseware.catalogue import Module, Source
from trainer.courseware.checks.module import check_module, reading_minutes
from trainer.courseware.diagnostics import Report
from trainer.courseware.manuscript import Manuscript
from trainer.courseware.questions import build_quiz
from trainer.courseware.quiz import Quiz
from trainer.courseware.render.markdown import Renderer
from trainer.courseware.render.popovers import Glossary
from trainer.courseware.render.scope import Scope, Target
from trainer.courseware.revision import revision_of
from trainer.courseware.scenario import Scenario
from trainer.courseware.scenariofile import build_scenarios
from trainer.courseware.sections import Reading, build_body
from trainer.courseware.shapes import ModuleShape
from trainer.courseware.sources import build_sources


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a module needs to know of the rest of the tree."""

    modules: Mapping[str, Target]
    images: frozenset[str]
    glossary: Glossary

    def scope_of(self, manuscript: Manuscript) -> Scope:
        """What the module's own passages may point at."""
        return Scope(manuscript.slug, manuscript.source_numbers, self.images, self.modules)


def assemble_module(manuscript: Manuscript, around: Surroundings, renderer: Renderer, report: Report) -> Module | None:
    """The module, or None when its front matter cannot be used. What the renderer has cited so far counts as cited."""
    if manuscript.document is None:
        return None
    body = build_body(manuscript, renderer, around.glossary, report)
    quiz = _quiz(manuscript, renderer, report)
    scenarios = build_scenarios(manuscript.path, manuscript.scenarios, body.doors, renderer, report)
    if manuscript.shape is None:
        return None
    cited = frozenset(renderer.cited)
    sources = build_sources(manuscript.path, manuscript.document, manuscript.shape.sources, renderer, report)
    module = _module(manuscript.slug, manuscript.shape, sources, body, scenarios, quiz)
    check_module(manuscript, module, cited, report)
    return replace(module, revision=revision_of(module))


def _module(
    slug: str,
    shape: ModuleShape,
    sources: tuple[Source, ...],
    body: Reading,
    scenarios: tuple[Scenario, ...],
    quiz: Quiz | None,
) -> Module:
    return Module(
        id=shape.id,
        slug=slug,
        title=shape.title,
        summary=shape.summary,
        track=shape.track,
        audience=tuple(dict.fromkeys(shape.audience)),
        outcomes=tuple(shape.outcomes),
        complete_when=shape.complete_when,
        cpd_minutes=shape.cpd_minutes,
        reading_minutes=reading_minutes(body.words, quiz, len(scenarios)),
        content_note=shape.content_note,
        status=shape.status,
        written_by=tuple(shape.written_by),
        reviewed_on=shape.reviewed_on,
        review_due_on=shape.review_due_on,
        sources=sources,
        opening=body.opening,
        opening_source_ids=body.opening_source_ids,
        sections=body.sections,
        scenarios=scenarios,
        quiz=quiz,
        revision="",
    )


def _quiz(manuscript: Manuscript, renderer: Renderer, report: Report) -> Quiz | None:
    outcomes = manuscript.document.value.get("outcomes") if manuscript.document else None
    count = len(outcomes) if isinstance(outcomes, list) else None
    return build_quiz(manuscript.quiz, renderer, count, report) if manuscript.quiz else None
