"""scenario-<name>.md: headings are the places, the links at the end of a place are the choices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from trainer.courseware import rules
from trainer.courseware.attributes import Attributes
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage, split_front_matter
from trainer.courseware.lines import Line, joined, lines_of
from trainer.courseware.outline import PART_LEVEL, Outline, Part, read_outline
from trainer.courseware.quiz import Verdict
from trainer.courseware.render.markdown import Renderer
from trainer.courseware.scenario import Choice, Place, Scenario
from trainer.courseware.segments import refuse_blocks
from trainer.courseware.shapes import ScenarioShape, read_shape
from trainer.courseware.source import TextFile
from trainer.courseware.storygraph import check_story

CHOICE = re.compile(r"[-*+] \[(.+)\]\(#([a-z0-9-]+)\)\s*\Z", re.DOTALL)
LIST_LINE = re.compile(r"[-*+] ")
OUTCOMES = frozenset({"best", "workable", "risky"})
MOST_PLACES = 60
MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class ScenarioManuscript:
    """A scenario's file, read but not yet rendered; ``shape`` is None when its front matter has mistakes."""

    name: str
    path: str
    shape: ScenarioShape | None
    outline: Outline


def read_scenario(name: str, file: TextFile, report: Report) -> ScenarioManuscript:
    """Split a scenario's file into places."""
    document, body = split_front_matter(file, report)
    shape = read_shape(ScenarioShape, file.path, document, report) if document else None
    if shape is not None and document is not None and not shape.fiction:
        report.add(rules.SCENARIO_FICTION, file.path, document.line_of("fiction"), "fiction is not true")
    refuse_blocks(file.path, lines_of(body), report)
    outline = read_outline(file.path, body, report, deepest=PART_LEVEL)
    for line in lines_of(outline.opening):
        if not line.is_blank:
            report.add(rules.STRAY_TEXT, file.path, line.number, "text stands before the first place")
            break
    return ScenarioManuscript(name, file.path, shape, outline)


def build_scenarios(
    module_path: str,
    manuscripts: Sequence[ScenarioManuscript],
    doors: Sequence[tuple[str, int]],
    renderer: Renderer,
    report: Report,
) -> tuple[Scenario, ...]:
    """The scenarios of a module. ``doors`` are the names that its sections open, each with its line."""
    known = {manuscript.name for manuscript in manuscripts}
    for name, line in doors:
        if name not in known:
            report.add(rules.SCENARIO_MISSING, module_path, line, f"there is no scenario-{name}.md")
    opened = {name for name, _ in doors}
    for manuscript in manuscripts:
        if manuscript.name not in opened:
            report.add(rules.SCENARIO_UNOPENED, manuscript.path, 1, "no section opens this scenario")
    built = [build_scenario(manuscript, renderer, report) for manuscript in manuscripts]
    return tuple(scenario for scenario in built if scenario is not None)


def build_scenario(manuscript: ScenarioManuscript, renderer: Renderer, report: Report) -> Scenario | None:
    """The scenario, or None with diagnostics."""
    if not manuscript.outline.is_sound:
        return None
    parts = manuscript.outline.parts
    if len(parts) > MOST_PLACES:
        report.add(rules.SCENARIO_SIZE, manuscript.path, 1, f"the scenario has {len(parts)} places")
        return None
    builder = _PlaceBuilder(manuscript.path, renderer, report)
    places = tuple(builder.place(part) for part in parts)
    lines = {part.heading.attributes.id or "": part.heading.line for part in parts}
    check_story(manuscript.path, places, lines, report)
    title = manuscript.shape.title if manuscript.shape else ""
    return Scenario(manuscript.name, title, places)


class _PlaceBuilder:
    def __init__(self, path: str, renderer: Renderer, report: Report) -> None:
        self.path = path
        self.renderer = renderer
        self.report = report

    def place(self, part: Part) -> Place:
        line, attributes = part.heading.line, part.heading.attributes
        title = self.renderer.phrase(self.path, Passage(part.heading.text, line))
        story, choice_lines = split_choices(lines_of(part.body))
        body = self.renderer.blocks(self.path, joined(story, part.body.line))
        if not body.text:
            self.report.add(rules.NO_SECTIONS, self.path, line, f"the place “{title.text}” has no text")
        choices = tuple(self.choice(lines) for lines in choice_lines)
        found = tuple(choice for choice in choices if choice is not None)
        if len(found) > MOST_CHOICES:
            self.report.add(rules.SCENARIO_SIZE, self.path, line, f"the place “{title.text}” has {len(found)} choices")
        return Place(attributes.id or "", title.text, body.html, found, self.outcome(attributes, line))

    def choice(self, lines: Sequence[Line]) -> Choice | None:
        written = joined(list(lines), lines[0].number)
        match = CHOICE.match(written.text)
        if not match:
            self.report.add(rules.SCENARIO_CHOICE, self.path, written.line, "this line is no choice")
            return None
        words = self.renderer.phrase(self.path, Passage(" ".join(match.group(1).split()), written.line))
        return Choice(words.text, words.html, match.group(2))

    def outcome(self, attributes: Attributes, line: int) -> Verdict | None:
        is_end = ".end" in attributes.words
        outcome = attributes.values.get("outcome")
        rest = replace(attributes, id=None, words=tuple(w for w in attributes.words if w != ".end"), values={})
        if rest != Attributes() or set(attributes.values) - {"outcome"}:
            self.report.add(rules.UNKNOWN_ATTRIBUTE, self.path, line, "a place takes #id, .end and outcome= only")
        if is_end != (outcome is not None) or (is_end and outcome not in OUTCOMES):
            self.report.add(rules.SCENARIO_END, self.path, line, "this place is not clearly an end")
            return "workable" if is_end else None
        return cast("Verdict | None", outcome)


def split_choices(lines: Sequence[Line]) -> tuple[list[Line], list[list[Line]]]:
    """The story of a place, and the list of links with which it ends; a choice may go over several lines."""
    kept = list(lines)
    while kept and kept[-1].is_blank:
        kept.pop()
    start = len(kept)
    while start and _is_of_list(kept[start - 1]):
        start -= 1
    while start < len(kept) and not kept[start].text.startswith(("- [", "* [", "+ [")):
        start += 1
    choices: list[list[Line]] = []
    for line in kept[start:]:
        if LIST_LINE.match(line.text):
            choices.append([line])
        elif not line.is_blank:
            choices[-1].append(line)
    return kept[:start], choices


def _is_of_list(line: Line) -> bool:
    return not line.is_code and (line.is_blank or line.text.startswith("  ") or LIST_LINE.match(line.text) is not None)
