"""The voices of a module: what speaks to one role, asks for a thought, invites to rewrite or to try."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.lines import joined, lines_of
from trainer.courseware.render.markdown import Rendered, Renderer
from trainer.courseware.segments import Block, Segment

ROLE_LABELS = {
    "psw": "If you are a peer support worker",
    "clinician": "If you are a clinician",
    "leader": "If you lead a team or service",
}
REFLECT_LABEL = "Something to think about"
REFLECT_NOTE = "For you alone. Nothing is written or stored here."
REWRITE_LABEL = "Try your own words first"
MODEL_LABEL = "How others have put it"
TRY_LABEL = "One thing to try this week"
MODEL_LINE = re.compile(r"[-*+] ")


@dataclass(frozen=True, slots=True)
class Voice:
    """A segment as HTML; neighbouring lenses are shown side by side."""

    rendered: Rendered
    is_lens: bool


def render_segments(renderer: Renderer, path: str, segments: Iterable[Segment], report: Report) -> Rendered:
    """A section's segments as one piece of HTML."""
    voices = [_voice(renderer, path, segment, report) for segment in segments]
    pieces: list[str] = []
    for is_lens, group in groupby(voices, key=lambda voice: voice.is_lens):
        html = [voice.rendered.html for voice in group]
        pieces.append(f'<div class="lenses">{"".join(html)}</div>' if is_lens and len(html) > 1 else "\n".join(html))
    cited = dict.fromkeys(source for voice in voices for source in voice.rendered.source_ids)
    return Rendered("\n".join(pieces), " ".join(voice.rendered.text for voice in voices), tuple(cited))


def _voice(renderer: Renderer, path: str, segment: Segment, report: Report) -> Voice:
    if isinstance(segment, Passage):
        return Voice(renderer.blocks(path, segment), is_lens=False)
    if segment.name == "rewrite":
        return Voice(_rewrite(renderer, path, segment, report), is_lens=False)
    body = renderer.blocks(path, segment.body)
    if not body.text:
        report.add(rules.BLOCK_SHAPE, path, segment.line, f"the block “{segment.name}” has no words")
    if segment.name == "role":
        opening = f'<aside class="voice voice-role" data-role="{segment.argument}">'
        return Voice(_aside(opening, ROLE_LABELS[segment.argument], body), is_lens=True)
    if segment.name == "reflect":
        opening = f'<aside class="voice voice-reflect" id="reflect-{segment.argument}">'
        note = f'\n<p class="voice-note">{REFLECT_NOTE}</p>'
        return Voice(_aside(opening, REFLECT_LABEL, body, note), is_lens=False)
    return Voice(_aside('<aside class="voice voice-try">', TRY_LABEL, body), is_lens=False)


def _aside(opening: str, label: str, body: Rendered, ending: str = "") -> Rendered:
    html = f'{opening}<p class="voice-label">{label}</p>\n{body.html}{ending}</aside>'
    return Rendered(html, body.text, body.source_ids)


def _rewrite(renderer: Renderer, path: str, block: Block, report: Report) -> Rendered:
    lines = lines_of(block.body)
    start = next((index for index, line in enumerate(lines) if MODEL_LINE.match(line.text)), len(lines))
    task = renderer.blocks(path, joined(lines[:start], block.line))
    model = renderer.blocks(path, joined(lines[start:], block.line))
    is_whole = task.html.startswith("<blockquote>") and not task.html.endswith("</blockquote>")
    if not (is_whole and re.fullmatch(r"<ul>.*</ul>", model.html, re.DOTALL)):
        report.add(
            rules.BLOCK_SHAPE,
            path,
            block.line,
            "a rewrite has a > quotation, then an instruction, then a list of answers",
        )
    details = f'\n<details class="model"><summary>{MODEL_LABEL}</summary>\n{model.html}</details>'
    both = Rendered(task.html, f"{task.text} {model.text}", (*task.source_ids, *model.source_ids))
    return _aside(f'<aside class="voice voice-rewrite" id="rewrite-{block.argument}">', REWRITE_LABEL, both, details)
