"""What is stored against what was sent: a fast server that loses an answer has lost the race."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.loads import choice
from bench.stage import Browser
from bench.tree import PASS_MARK, QUESTIONS
from trainer.courseware.catalogue import Module

POINTS = 100


def _rows(file: Path, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return connection.execute(statement, values).fetchall()


def attempts_found(file: Path) -> int:
    """All attempts that are stored."""
    return int(_rows(file, "SELECT count(*) FROM attempt")[0][0])


def responses_found(file: Path) -> int:
    """All answers that are stored."""
    return int(_rows(file, "SELECT count(*) FROM response")[0][0])


def check_attempts(file: Path, module: Module, browsers: Sequence[Browser], per_person: int) -> list[str]:
    """Every attempt, answer, score and completion against what the load sent; empty if all is right."""
    stored: dict[tuple[int, int], dict[str, list[str]]] = {}
    for person_id, number, question_id, answer in _rows(
        file,
        "SELECT person_id, number, question_id, answer FROM attempt JOIN response ON attempt_id = attempt.id "
        "WHERE submitted_at IS NOT NULL ORDER BY sequence",
    ):
        stored.setdefault((person_id, number), {})[question_id] = json.loads(answer)
    scores = {
        (person_id, number): (points, possible, bool(is_passed))
        for person_id, number, points, possible, is_passed in _rows(
            file,
            "SELECT person_id, number, points, possible, is_passed FROM attempt WHERE submitted_at IS NOT NULL",
        )
    }
    problems = []
    for browser in browsers:
        for number in range(1, per_person + 1):
            sent = _sent(module, browser.person_id, number)
            key = (browser.person_id, number)
            if stored.get(key) != sent:
                problems.append(f"answers of attempt {key}: {stored.get(key)} instead of {sent}")
            if scores.get(key) != _score(module, sent):
                problems.append(f"score of attempt {key}: {scores.get(key)} instead of {_score(module, sent)}")
    if len(scores) != len(browsers) * per_person:
        problems.append(f"{len(scores)} submitted attempts instead of {len(browsers) * per_person}")
    return problems + _check_completions(file, scores)


def _sent(module: Module, person_id: int, number: int) -> dict[str, list[str]]:
    assert module.quiz is not None  # the bench's module has one
    return {
        question.id: [choice(module, person_id, number, position)]
        for position, question in enumerate(module.quiz.questions, start=1)
    }


def _score(module: Module, sent: dict[str, list[str]]) -> tuple[int, int, bool]:
    assert module.quiz is not None  # the bench's module has one
    right = {q.id: [o.id for o in q.options if getattr(o, "is_correct", False)] for q in module.quiz.questions}
    points = POINTS * sum(right[question_id] == answer for question_id, answer in sent.items())
    possible = POINTS * QUESTIONS
    return points, possible, points * 100 >= possible * PASS_MARK


def _check_completions(file: Path, scores: dict[tuple[int, int], tuple[int, int, bool]]) -> list[str]:
    passed = {person_id for (person_id, _number), score in scores.items() if score[2]}
    completed = {row[0] for row in _rows(file, "SELECT person_id FROM completion")}
    states = {row[0] for row in _rows(file, "SELECT person_id FROM module_state WHERE state = 'completed'")}
    if not passed == completed == states:
        return [f"{len(passed)} people passed, {len(completed)} completions, {len(states)} completed states"]
    return []


def check_class(file: Path, before: int, browsers: Sequence[Browser]) -> list[str]:
    """One new open attempt for everybody of the class, no more and no fewer."""
    found = attempts_found(file) - before
    mine = {browser.person_id for browser in browsers}
    owners = [row[0] for row in _rows(file, "SELECT person_id FROM attempt WHERE submitted_at IS NULL")]
    problems = [] if found == len(browsers) else [f"{found} new attempts instead of {len(browsers)}"]
    if sorted(owner for owner in owners if owner in mine) != sorted(mine):
        problems.append("somebody of the class has no open attempt, or two")
    return problems
