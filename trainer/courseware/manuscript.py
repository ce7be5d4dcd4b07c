"""A module's folder, read but not yet rendered: what others may link to is known before anything is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage, split_front_matter
from trainer.courseware.lines import lines_of
from trainer.courseware.outline import PART_LEVEL, Outline, Part, read_outline
from trainer.courseware.scenariofile import ScenarioManuscript, read_scenario
from trainer.courseware.segments import refuse_blocks
from trainer.courseware.shapes import ModuleShape, QuizShape, read_shape
from trainer.courseware.source import TextFile, Tree, is_slug, scenario_name
from trainer.courseware.yamlish import Document


@dataclass(frozen=True, slots=True)
class QuizManuscript:
    """quiz.md; ``shape`` is None when its front matter has mistakes."""

    path: str
    document: Document | None
    shape: QuizShape | None
    outline: Outline


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A module's files; ``shape`` is None when the front matter has mistakes."""

    slug: str
    path: str
    document: Document | None
    shape: ModuleShape | None
    outline: Outline
    quiz: QuizManuscript | None
    facilitator: tuple[str, Outline] | None
    scenarios: tuple[ScenarioManuscript, ...]

    @property
    def section_ids(self) -> frozenset[str]:
        """The ids that links may name."""
        return frozenset(part.heading.attributes.id or "" for part in self.outline.parts) - {""}

    @property
    def status(self) -> str:
        """The status, also from front matter that has mistakes elsewhere."""
        return self.shape.status if self.shape else str(self._raw("status"))

    @property
    def source_numbers(self) -> Mapping[str, int]:
        """The number of each source, also from front matter that has mistakes elsewhere."""
        raw = self._raw("sources")
        entries = raw if isinstance(raw, list) else []
        ids = [str(entry.get("id")) for entry in entries if isinstance(entry, dict)]
        return {source: number for number, source in enumerate(dict.fromkeys(ids), start=1)}

    def line_of(self, *place: str | int) -> int:
        """The line of a key of the front matter."""
        return self.document.line_of(*place) if self.document else 1

    def _raw(self, key: str) -> object:
        return self.document.value.get(key) if self.document else None


def read_manuscript(slug: str, tree: Tree, report: Report) -> Manuscript | None:
    """Read module.md, quiz.md and facilitator.md. None, with a diagnostic, when there is no readable module.md."""
    folder = f"modules/{slug}"
    path = f"{folder}/module.md"
    file = tree.texts.get(path)
    if file is None:
        if not report.has_errors_in(path):
            report.add(rules.MISSING_FILE, path, 1, f"the module “{slug}” has no module.md")
        return None
    document, body = split_front_matter(file, report)
    shape = read_shape(ModuleShape, path, document, report) if document else None
    outline = read_outline(path, body, report)
    check_ids(path, outline.parts, report)
    quiz = tree.texts.get(f"{folder}/quiz.md")
    guide = tree.texts.get(f"{folder}/facilitator.md")
    return Manuscript(
        slug,
        path,
        document,
        shape,
        outline,
        _read_quiz(quiz, report) if quiz else None,
        (guide.path, _read_guide(guide, report)) if guide else None,
        _read_scenarios(folder, tree, report),
    )


def _read_scenarios(folder: str, tree: Tree, report: Report) -> tuple[ScenarioManuscript, ...]:
    found: list[ScenarioManuscript] = []
    for path, file in sorted(tree.texts.items()):
        name = scenario_name(path.removeprefix(f"{folder}/"))
        if name is not None:
            found.append(read_scenario(name, file, report))
            check_ids(path, found[-1].outline.parts, report)
    return tuple(found)


def check_ids(path: str, parts: tuple[Part, ...], report: Report) -> None:
    """Every part has a permanent id that is a slug and is used once."""
    seen: set[str] = set()
    for part in parts:
        heading = part.heading
        identifier = heading.attributes.id
        if identifier is None:
            report.add(rules.MISSING_ID, path, heading.line, f"“{heading.text}” has no id")
        elif not is_slug(identifier):
            report.add(rules.BAD_ID, path, heading.line, f"“{identifier}” cannot be an id")
        elif identifier in seen:
            report.add(rules.DUPLICATE_ID, path, heading.line, f"the id “{identifier}” is used for the second time")
        seen.add(identifier or "")


def _read_quiz(file: TextFile, report: Report) -> QuizManuscript:
    document, body = split_front_matter(file, report)
    shape = read_shape(QuizShape, file.path, document, report) if document else None
    outline = read_outline(file.path, body, report, deepest=PART_LEVEL)
    refuse_blocks(file.path, lines_of(body), report)
    check_ids(file.path, outline.parts, report)
    for line in lines_of(outline.opening):
        if not line.is_blank:
            report.add(rules.STRAY_TEXT, file.path, line.number, "text stands before the first question")
            break
    return QuizManuscript(file.path, document, shape, outline)


def _read_guide(file: TextFile, report: Report) -> Outline:
    body = Passage(file.text, 1)
    refuse_blocks(file.path, lines_of(body), report)
    return read_outline(file.path, body, report, deepest=PART_LEVEL)
