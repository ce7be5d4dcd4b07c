"""When a refresher may be offered, and what it asks. Pure.

Spacing: even gaps at about 1, 4, 8 and 12 weeks after completion (spaced practice in health education, SMD 0.32,
9 studies; expanding against even gaps made no difference). A question that was missed comes back after a week.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trainer.courseware.kinds.registry import UNMARKED_KINDS
from trainer.courseware.quiz import Question, Quiz

WEEKS = (1, 4, 8, 12)
SOONER = timedelta(weeks=1)
FEWEST, MOST = 3, 5


@dataclass(frozen=True, slots=True)
class Sitting:
    """A finished refresher of a module, and whether something was missed in it."""

    finished_at: datetime
    has_missed: bool


def next_due(completed_at: datetime, sittings: Sequence[Sitting]) -> datetime | None:
    """From when the next refresher is offered; None when the last one is done and nothing was missed in it.

    A sitting before its date, or for something missed, does not use up a date of the four.
    """
    stage = 0
    for sitting in sorted(sittings, key=lambda one: one.finished_at):
        if stage < len(WEEKS) and sitting.finished_at >= completed_at + timedelta(weeks=WEEKS[stage]):
            stage += 1
    last = max(sittings, key=lambda one: one.finished_at, default=None)
    planned = completed_at + timedelta(weeks=WEEKS[stage]) if stage < len(WEEKS) else None
    if last is None:
        return planned
    sooner = last.finished_at + SOONER
    if last.has_missed:
        return sooner
    # Whoever comes late is not asked again the next day.
    return None if planned is None else max(planned, sooner)


def is_paused(*, is_on: bool, paused_until: date | None, today: date) -> bool:
    """True while somebody wants none."""
    return not is_on or (paused_until is not None and today < paused_until)


def choose_questions(
    quiz: Quiz, *, missed: Collection[str], last_asked: Mapping[str, datetime], seed: int
) -> tuple[Question, ...]:
    """Three to five questions in the author's order: safety always, then what was missed, then what rested longest."""
    pool = [question for question in quiz.questions if question.kind not in UNMARKED_KINDS]
    safety = [question.id for question in pool if question.is_safety]
    others = [question for question in pool if not question.is_safety]

    def urgency(question: Question) -> tuple[bool, float, bytes]:
        asked = last_asked.get(question.id)
        rest = asked.timestamp() if asked else 0.0
        return (question.id not in missed, rest, hashlib.sha256(f"{seed}:{question.id}".encode()).digest())

    wanted = max(FEWEST, min(MOST, len(safety) + sum(question.id in missed for question in others)))
    room = max(0, wanted - len(safety))
    chosen = {*safety, *(question.id for question in sorted(others, key=urgency)[:room])}
    return tuple(question for question in pool if question.id in chosen)
