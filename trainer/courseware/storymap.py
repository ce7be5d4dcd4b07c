"""A scenario drawn as a graph for its author: as text, as DOT for other tools, or as SVG. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from trainer.courseware.scenario import Place, Scenario

BOX_WIDTH, BOX_HEIGHT = 170, 46
GAP_ACROSS, GAP_DOWN = 24, 54
MARGIN = 16
LINE_CHARACTERS = 24
FILLS = {"best": "#e8eedf", "workable": "#e4ecf1", "risky": "#f8ecd2", None: "#fffdf8"}


@dataclass(frozen=True, slots=True)
class Box:
    """A place with its corner, in pixels."""

    place: Place
    x: int
    y: int


def rows_of(scenario: Scenario) -> tuple[tuple[Place, ...], ...]:
    """The places by the fewest choices it takes to come to them."""
    depth = {scenario.places[0].id: 0}
    waiting = deque([scenario.places[0]])
    while waiting:
        place = waiting.popleft()
        for choice in place.choices:
            target = scenario.find(choice.target)
            if target is not None and target.id not in depth:
                depth[target.id] = depth[place.id] + 1
                waiting.append(target)
    found: dict[int, list[Place]] = {}
    for place in scenario.places:
        found.setdefault(depth.get(place.id, 0), []).append(place)
    return tuple(tuple(found[key]) for key in sorted(found))


def as_text(scenario: Scenario) -> str:
    """Every place with its choices, one a line."""
    lines = [f"{scenario.title} ({len(scenario.places)} places, {len(scenario.ends)} ends)"]
    for place in scenario.places:
        mark = f" [{place.outcome}]" if place.outcome else ""
        lines.append(f"{place.id}{mark}: {place.title}")
        lines += [f"    -> {choice.target}: {choice.text}" for choice in place.choices]
    return "\n".join(lines)


def as_dot(scenario: Scenario) -> str:
    """The graph in the DOT language."""

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    lines = [f"digraph {quoted(scenario.name)} {{"]
    for place in scenario.places:
        shape = "doubleoctagon" if place.is_end else "box"
        label = f"{place.title} ({place.outcome})" if place.outcome else place.title
        lines.append(f"  {quoted(place.id)} [shape={shape}, label={quoted(label)}];")
    for place in scenario.places:
        for choice in place.choices:
            lines.append(f"  {quoted(place.id)} -> {quoted(choice.target)} [label={quoted(choice.text)}];")
    return "\n".join((*lines, "}"))


def as_svg(scenario: Scenario) -> str:
    """The graph as a picture with its own description; every text is escaped."""
    boxes = _boxes(scenario)
    width = max(box.x for box in boxes.values()) + BOX_WIDTH + MARGIN
    height = max(box.y for box in boxes.values()) + BOX_HEIGHT + MARGIN
    title = escape(f"Map of {scenario.title}: {len(scenario.places)} places, {len(scenario.ends)} ends")
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{title}" font-family="sans-serif" font-size="12">',
        f"<title>{title}</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8Z" fill="#57524a"/></marker></defs>',
    ]
    for place in scenario.places:
        for choice in place.choices:
            if choice.target in boxes:
                pieces.append(_arrow(boxes[place.id], boxes[choice.target], choice.text))
    pieces += [_box(box) for box in boxes.values()]
    return "\n".join((*pieces, "</svg>"))


def _boxes(scenario: Scenario) -> Mapping[str, Box]:
    rows = rows_of(scenario)
    widest = max(len(row) for row in rows)
    found: dict[str, Box] = {}
    for level, row in enumerate(rows):
        indent = (widest - len(row)) * (BOX_WIDTH + GAP_ACROSS) // 2
        for index, place in enumerate(row):
            x = MARGIN + indent + index * (BOX_WIDTH + GAP_ACROSS)
            found[place.id] = Box(place, x, MARGIN + level * (BOX_HEIGHT + GAP_DOWN))
    return found


def _box(box: Box) -> str:
    fill = FILLS[box.place.outcome]
    border = 3 if box.place.is_end else 1
    lines = _wrapped(box.place.title)
    texts = "".join(
        f'<text x="{box.x + BOX_WIDTH // 2}" y="{box.y + 20 + 15 * index}" text-anchor="middle" fill="#23211d">'
        f"{escape(line)}</text>"
        for index, line in enumerate(lines)
    )
    outcome = f" ({box.place.outcome})" if box.place.outcome else ""
    return (
        f"<g><title>{escape(box.place.id + outcome)}</title>"
        f'<rect x="{box.x}" y="{box.y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6" fill="{fill}" '
        f'stroke="#57524a" stroke-width="{border}"/>{texts}</g>'
    )


def _wrapped(title: str) -> list[str]:
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + len(word) >= LINE_CHARACTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 2:
        lines = [lines[0], lines[1] + "…"]
    return lines


def _arrow(start: Box, end: Box, words: str) -> str:
    x1, x2 = start.x + BOX_WIDTH // 2, end.x + BOX_WIDTH // 2
    if end.y > start.y:
        path = f"M{x1} {start.y + BOX_HEIGHT} C{x1} {start.y + BOX_HEIGHT + 30} {x2} {end.y - 30} {x2} {end.y}"
    else:  # back up or across: around the side
        side = max(start.x, end.x) + BOX_WIDTH + GAP_ACROSS // 2
        y1, y2 = start.y + BOX_HEIGHT // 2, end.y + BOX_HEIGHT // 2
        path = f"M{start.x + BOX_WIDTH} {y1} C{side + 20} {y1} {side + 20} {y2} {end.x + BOX_WIDTH} {y2}"
    return f'<path d="{path}" fill="none" stroke="#857c6d" marker-end="url(#tip)"><title>{escape(words)}</title></path>'
