"""The body of module.md: its opening and its sections, rendered and checked."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from trainer.courseware import rules
from trainer.courseware.attributes import Attributes
from trainer.courseware.catalogue import Section
from trainer.courseware.checks.module import WORDS_A_MINUTE
from trainer.courseware.checks.readability import check_readability
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.manuscript import Manuscript
from trainer.courseware.outline import Part
from trainer.courseware.parts import Detour
from trainer.courseware.parts import Part as SectionPart
from trainer.courseware.render.markdown import Renderer
from trainer.courseware.render.popovers import Glossary
from trainer.courseware.render.voices import Body, render_segments
from trainer.courseware.segments import NAMED, Block, split_segments


@dataclass(frozen=True, slots=True)
class Reading:
    """What learners read; ``words`` counts all of it. ``doors`` are the scenarios it opens, each with its line."""

    opening: tuple[SectionPart, ...]
    opening_source_ids: tuple[str, ...]
    sections: tuple[Section, ...]
    words: int
    doors: tuple[tuple[str, int], ...]


def build_body(manuscript: Manuscript, renderer: Renderer, glossary: Glossary, report: Report) -> Reading:
    """Render the opening and every section. A file that may not be rendered gives empty ones."""
    builder = _BodyBuilder(manuscript, renderer, glossary, report)
    opening = builder.opening(manuscript.outline.opening)
    sections = tuple(builder.section(part) for part in manuscript.outline.parts)
    if manuscript.outline.is_sound and not sections:
        report.add(rules.NO_SECTIONS, manuscript.path, manuscript.outline.opening.line, "the module has no section")
    words = count_words(opening.text) + sum(section.words for section in sections)
    return Reading(glossary.mark(opening.parts), opening.source_ids, sections, words, tuple(builder.doors))


def count_words(text: str) -> int:
    """Words as a reader counts them: what spaces separate, if a letter or digit is in it."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


class _BodyBuilder:
    def __init__(self, manuscript: Manuscript, renderer: Renderer, glossary: Glossary, report: Report) -> None:
        self.path = manuscript.path
        self.is_sound = manuscript.outline.is_sound
        self.renderer = renderer
        self.glossary = glossary
        self.report = report
        self.voice_names: set[tuple[str, str]] = set()
        self.doors: list[tuple[str, int]] = []

    def opening(self, passage: Passage) -> Body:
        rendered = self.passage(passage)
        if any(isinstance(part, Detour) for part in rendered.parts):
            self.report.add(rules.DETOUR, self.path, passage.line, "the opening has a way around; only sections can")
        blank_lines = len(passage.text) - len(passage.text.lstrip("\n"))
        check_readability(self.path, passage.line + blank_lines, "the opening", rendered.html, passage, self.report)
        return rendered

    def section(self, part: Part) -> Section:
        line, attributes = part.heading.line, part.heading.attributes
        title = self.renderer.phrase(self.path, Passage(part.heading.text, line))
        if "<a" in title.html or "<img" in title.html:
            self.report.add(rules.HEADING_FORM, self.path, line, "a heading holds words only")
        if attributes != Attributes(id=attributes.id):
            self.report.add(rules.UNKNOWN_ATTRIBUTE, self.path, line, "a section takes #id only")
        body = self.passage(part.body)
        if self.is_sound and not body.text:
            self.report.add(rules.NO_SECTIONS, self.path, line, f"“{title.text}” has no text")
        check_readability(self.path, line, f"“{title.text}”", body.html, part.body, self.report)
        if sum(isinstance(part, Detour) for part in body.parts) > 1:
            self.report.add(rules.DETOUR, self.path, line, f"“{title.text}” has more than one way around")
        words = count_words(body.text)
        return Section(
            id=attributes.id or "",
            title=title.text,
            parts=self.glossary.mark(body.parts),
            words=words,
            minutes=max(1, round(Fraction(words, WORDS_A_MINUTE))),
            source_ids=body.source_ids,
        )

    def passage(self, passage: Passage) -> Body:
        segments = split_segments(self.path, passage, self.report)
        for segment in segments:
            if isinstance(segment, Block) and segment.name in NAMED:
                self.check_name(segment)
        if not self.is_sound:
            return Body((), "", "", ())
        return render_segments(self.renderer, self.path, segments, self.report)

    def check_name(self, block: Block) -> None:
        if block.name == "scenario":
            self.doors.append((block.argument, block.line))
        # A reflection and a rewrite share their names: both are kept in the notebook.
        name = ("scenario" if block.name == "scenario" else "note", block.argument)
        if name in self.voice_names:
            message = f"the name “{block.argument}” is used for the second time"
            self.report.add(rules.DUPLICATE_ID, self.path, block.line, message)
        self.voice_names.add(name)
