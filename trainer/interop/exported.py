"""What every exporter gives back."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.courseware.catalogue import Module
from trainer.courseware.quiz import Matching, Question, Quiz
from trainer.errors import NotFound


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a question that the format cannot hold, and why, in one sentence."""

    question_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Exported:
    """A file: the same module always gives the same bytes."""

    data: bytes
    name: str
    media_type: str
    left_out: tuple[LeftOut, ...]


def quiz_to_export(module: Module) -> Quiz:
    """The module's pool. Raises NotFound for a module that is only read."""
    if module.quiz is None or not module.quiz.questions:
        raise NotFound(f"“{module.title}” has no quiz.", "Choose a module that asks questions.")
    return module.quiz


def tags_of(question: Question) -> tuple[str, ...]:
    """What the other platform may sort by: kind, outcome, and whether it is about safety."""
    found: list[str] = [question.kind]
    if question.outcome is not None:
        found.append(f"outcome-{question.outcome}")
    if question.is_safety:
        found.append("safety")
    return tuple(found)


def lost_everywhere(question: Question) -> tuple[LeftOut, ...]:
    """What no format knows: that a safety question must be right to pass, and the heads of a match."""
    found: list[LeftOut] = []
    if question.is_safety:
        found.append(LeftOut(question.id, "is about safety; the file cannot say that it must be right to pass"))
    if isinstance(question, Matching):
        heads = f"“{question.row_head}” and “{question.target_head}”"
        found.append(LeftOut(question.id, f"the heads of its columns, {heads}, are not in the file"))
    return tuple(found)
