"""Where a person stands in a module, folded from facts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer.courseware.catalogue import Module


class State(StrEnum):
    """Overdue is a flag beside the state, not a state that hides it."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class SubmittedScore:
    """What a submitted attempt contributes."""

    points: int
    possible: int
    is_passed: bool
    started_at: datetime
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """The projection of one person and one module."""

    state: State
    best_points: int | None
    best_possible: int | None
    has_passed: bool
    attempt_count: int
    started_at: datetime | None
    last_activity_at: datetime | None
    completed_at: datetime | None


def fold_standing(
    *,
    read_at: Sequence[datetime],
    open_since: Sequence[datetime],
    submitted: Sequence[SubmittedScore],
    completed_at: datetime | None,
) -> Standing:
    """All facts of a person and a module, in any order, as one standing."""
    moments = [*read_at, *open_since, *(s.started_at for s in submitted), *(s.submitted_at for s in submitted)]
    best = best_of(submitted)
    state = State.IN_PROGRESS if moments else State.NOT_STARTED
    if completed_at is not None:
        state = State.COMPLETED
    return Standing(
        state=state,
        best_points=best.points if best else None,
        best_possible=best.possible if best else None,
        has_passed=any(score.is_passed for score in submitted),
        attempt_count=len(submitted),
        started_at=min(moments, default=None),
        last_activity_at=max(moments, default=None),
        completed_at=completed_at,
    )


def best_of(submitted: Iterable[SubmittedScore]) -> SubmittedScore | None:
    """The highest share of points, compared without rounding; of equals, the earliest."""
    best: SubmittedScore | None = None
    for score in sorted(submitted, key=lambda score: score.submitted_at):
        if best is None or score.points * best.possible > best.points * score.possible:
            best = score
    return best


def is_complete(module: Module, *, read_ids: Iterable[str], has_passed: bool) -> bool:
    """The module's completion rule: read, passed, or both."""
    has_read = {section.id for section in module.sections} <= set(read_ids)
    if module.complete_when == "read":
        return has_read
    if module.complete_when == "passed":
        return has_passed
    return has_read and has_passed


def is_overdue(state: State, *, due_at: datetime | None, at: datetime) -> bool:
    """True once the due day has ended and the module is not completed."""
    return due_at is not None and at >= due_at and state is not State.COMPLETED
