"""The voices of a module: plain text, what speaks to one role, asks for a thought, invites to rewrite or to try."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.lines import joined, lines_of
from trainer.courseware.parts import (
    Audience,
    Detour,
    Lens,
    Lenses,
    Part,
    Prose,
    Reflection,
    RewriteTask,
    ScenarioDoor,
    TryThis,
)
from trainer.courseware.render.markdown import Rendered, Renderer
from trainer.courseware.segments import Block, Segment

MODEL_LINE = re.compile(r"[-*+] ")


@dataclass(frozen=True, slots=True)
class Body:
    """A section's parts with all their words, HTML in one piece (for checks) and citations."""

    parts: tuple[Part, ...]
    html: str
    text: str
    source_ids: tuple[str, ...]


def render_segments(renderer: Renderer, path: str, segments: Iterable[Segment], report: Report) -> Body:
    """A section's segments, rendered; neighbouring role lenses become one part."""
    voices = [_Voices(renderer, path, report).voice(segment) for segment in segments]
    parts: list[Part] = []
    for is_lens, group in groupby((part for part, _ in voices), key=lambda part: isinstance(part, Lens)):
        if is_lens:
            parts.append(Lenses(tuple(cast("list[Lens]", list(group)))))
        else:
            parts.extend(cast("list[Part]", list(group)))
    cited = dict.fromkeys(source for _, rendered in voices for source in rendered.source_ids)
    return Body(
        tuple(parts),
        "\n".join(rendered.html for _, rendered in voices),
        " ".join(rendered.text for _, rendered in voices),
        tuple(cited),
    )


class _Voices:
    def __init__(self, renderer: Renderer, path: str, report: Report) -> None:
        self.renderer = renderer
        self.path = path
        self.report = report

    def voice(self, segment: Segment) -> tuple[Part | Lens, Rendered]:
        if isinstance(segment, Passage):
            rendered = self.renderer.blocks(self.path, segment)
            return Prose(rendered.html), rendered
        if segment.name == "rewrite":
            return self.rewrite(segment)
        body = self.renderer.blocks(self.path, segment.body)
        if not body.text and segment.name != "scenario":
            message = f"the block “{segment.name}” has no words"
            self.report.add(rules.BLOCK_SHAPE, self.path, segment.line, message)
        return self.part(segment, body.html), body

    def part(self, block: Block, html: str) -> Part | Lens:
        if block.name == "role":
            return Lens(cast(Audience, block.argument), html)
        if block.name == "reflect":
            return Reflection(block.argument, html)
        if block.name == "scenario":
            return ScenarioDoor(block.argument, html)
        if block.name == "instead":
            return Detour(block.argument, html)
        return TryThis(html)

    def rewrite(self, block: Block) -> tuple[Part, Rendered]:
        lines = lines_of(block.body)
        start = next((index for index, line in enumerate(lines) if MODEL_LINE.match(line.text)), len(lines))
        task = self.renderer.blocks(self.path, joined(lines[:start], block.line))
        model = self.renderer.blocks(self.path, joined(lines[start:], block.line))
        is_whole = task.html.startswith("<blockquote>") and not task.html.endswith("</blockquote>")
        if not (is_whole and re.fullmatch(r"<ul>.*</ul>", model.html, re.DOTALL)):
            message = "a rewrite has a > quotation, then an instruction, then a list of answers"
            self.report.add(rules.BLOCK_SHAPE, self.path, block.line, message)
        both = Rendered(
            f"{task.html}\n{model.html}", f"{task.text} {model.text}", (*task.source_ids, *model.source_ids)
        )
        return RewriteTask(block.argument, task.html, model.html), both
