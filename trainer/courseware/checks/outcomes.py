"""What a quiz must ask: every outcome, at least twice, and every safety question in every attempt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.kinds.registry import UNMARKED_KINDS
from trainer.courseware.quiz import Question
from trainer.courseware.shapes import QuizShape


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


def check_before(path: str, line: int, shape: QuizShape, questions: Sequence[Question], report: Report) -> None:
    """Questions asked before the first section are in the pool, are marked, and fit into an attempt with the rest."""
    pool = {question.id: question for question in questions}
    for name in dict.fromkeys(shape.before):
        question = pool.get(name)
        if question is None:
            report.add(rules.BEFORE, path, line, f"before names “{name}”, but the quiz has no such question")
        elif question.kind in UNMARKED_KINDS:
            report.add(rules.BEFORE, path, line, f"before names “{name}”, which is never marked")
        elif shape.before.count(name) > 1:
            report.add(rules.BEFORE, path, line, f"before names “{name}” twice")
    unmarked = sum(question.kind in UNMARKED_KINDS for question in questions)
    if unmarked >= shape.draw:
        message = f"draw is {shape.draw}, and {unmarked} questions are never marked: an attempt could have no mark"
        report.add(rules.DRAW, path, line, message)
    always = {question.id for question in questions if question.is_safety} | set(shape.before)
    if shape.before and len(always) > shape.draw:
        message = f"draw is {shape.draw}, but {len(always)} questions are always asked"
        report.add(rules.DRAW, path, line, message)
