"""What a quiz must ask: every outcome, at least twice, and every safety question in every attempt."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report


def check_outcomes(path: str, asked: Mapping[int, int], report: Report) -> None:
    """``asked`` says how many questions each outcome has, by its number."""
    for number, count in asked.items():
        if count == 0:
            report.add(rules.OUTCOME_UNASSESSED, path, 1, f"no question assesses outcome {number}")
        elif count == 1:
            report.add(rules.OUTCOME_ONCE, path, 1, f"only one question assesses outcome {number}")


def check_draw(path: str, line: int, draw: int, pool: int, safety_count: int, report: Report) -> None:
    """An attempt is no larger than the pool and has room for all safety questions."""
    if draw > pool:
        report.add(rules.DRAW, path, line, f"draw is {draw}, but the quiz has {pool} questions")
    if safety_count > draw:
        report.add(rules.DRAW, path, line, f"draw is {draw}, but the quiz has {safety_count} safety questions")
