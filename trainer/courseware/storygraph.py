"""A scenario as a graph: every place can be reached, and from every place an end can."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.scenario import Place

START = "start"


def check_story(path: str, places: Sequence[Place], lines: Mapping[str, int], report: Report) -> None:
    """Report what would leave a learner stranded. ``lines`` gives the line of each place's heading."""
    if not places or places[0].id != START:
        line = lines.get(places[0].id, 1) if places else 1
        report.add(rules.SCENARIO_START, path, line, "the first place is not the start")
        return
    _check_choices(path, places, lines, report)
    onwards = {place.id: [choice.target for choice in place.choices] for place in places}
    backwards: dict[str, list[str]] = {place.id: [] for place in places}
    for source, targets in onwards.items():
        for target in targets:
            backwards.setdefault(target, []).append(source)
    reached = spread([START], onwards)
    ending = spread([place.id for place in places if place.is_end], backwards)
    for place in places:
        line = lines.get(place.id, 1)
        if place.id not in reached:
            report.add(rules.SCENARIO_UNREACHED, path, line, f"no choice leads to “{place.title}”")
        elif place.id not in ending:
            report.add(rules.SCENARIO_ENDLESS, path, line, f"no road from “{place.title}” comes to an end")


def _check_choices(path: str, places: Sequence[Place], lines: Mapping[str, int], report: Report) -> None:
    known = {place.id for place in places}
    for place in places:
        line = lines.get(place.id, 1)
        if place.is_end and place.choices:
            report.add(rules.SCENARIO_END, path, line, f"the end “{place.title}” has choices")
        for choice in place.choices:
            if choice.target not in known:
                message = f"“{choice.text}” leads to #{choice.target}, which is no place"
                report.add(rules.SCENARIO_LOST, path, line, message)


def spread(starts: Iterable[str], steps: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """All that can be reached from the starts, themselves included."""
    seen = set(starts)
    waiting = deque(seen)
    while waiting:
        for target in steps.get(waiting.popleft(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return frozenset(seen)
