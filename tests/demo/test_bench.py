"""What the bench measures with, and that its proof can fail."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bench import loads, proof
from bench.figures import percentile
from bench.stage import Browser
from bench.tree import LAST_WORDS, QUESTIONS, SECTION, SECTION_BYTES, section_text, write_tree
from trainer.courseware.catalogue import Module
from trainer.courseware.compiler import compile_tree
from trainer.courseware.parts import Prose
from trainer.db import Base

BROWSERS = tuple(Browser(person_id, "", "") for person_id in (1, 2, 3))


@pytest.fixture
def module(tmp_path: Path) -> Module:
    """The bench's own module."""
    compilation = compile_tree(write_tree(tmp_path / "content"), today=date(2026, 11, 23))
    assert compilation.catalogue is not None, compilation.diagnostics
    assert compilation.diagnostics == ()
    return compilation.catalogue.modules[0]


def test_the_content_has_the_agreed_size(module: Module) -> None:
    assert len(section_text().encode()) == pytest.approx(SECTION_BYTES, rel=0.05)
    assert [section.id for section in module.sections] == [SECTION]
    assert any(LAST_WORDS in part.html for part in module.sections[0].parts if isinstance(part, Prose))
    assert module.quiz is not None
    assert {question.kind for question in module.quiz.questions} == {"single"}
    assert len(module.quiz.questions) == QUESTIONS


def test_learners_answer_differently(module: Module) -> None:
    def sheet(person: int, attempt: int) -> tuple[str, ...]:
        return tuple(loads.choice(module, person, attempt, position) for position in range(1, QUESTIONS + 1))

    assert len({sheet(person, attempt) for person in range(1, 8) for attempt in (1, 2)}) > 7
    assert len(set(sheet(1, 1))) > 1


@pytest.mark.parametrize(("share", "value"), [(50, 5), (99, 10), (100, 10), (0, 1)])
def test_percentiles_are_values_that_were_seen(share: float, value: float) -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share) == value


@pytest.fixture
def stored(module: Module, tmp_path: Path) -> Path:
    """A database that holds exactly what the load would have sent in two attempts each."""
    file = tmp_path / "stored.sqlite"
    engine = create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        for browser in BROWSERS:
            for number in (1, 2):
                _store(connection, module, browser.person_id, number)
        connection.commit()
    return file


def _store(connection: sqlite3.Connection, module: Module, person_id: int, number: int) -> None:
    assert module.quiz is not None
    chosen = {
        question.id: loads.choice(module, person_id, number, position)
        for position, question in enumerate(module.quiz.questions, start=1)
    }
    points = 100 * sum(answer == "ask" for answer in chosen.values())
    attempt = connection.execute(
        "INSERT INTO attempt (person_id, module_id, number, revision, seed, started_at, submitted_at, points, "
        "possible, is_passed) VALUES (?, 'BENCH', ?, 'r', 1, 'then', 'now', ?, 1000, ?)",
        (person_id, number, points, points >= 800),
    ).lastrowid
    for sequence, (question_id, answer) in enumerate(chosen.items(), start=1):
        connection.execute(
            "INSERT INTO response (attempt_id, sequence, question_id, answer, recorded_at) VALUES (?, ?, ?, ?, 'now')",
            (attempt, sequence, question_id, f'["{answer}"]'),
        )
    if points >= 800:
        for statement in (
            "INSERT OR IGNORE INTO completion (person_id, module_id, revision, completed_at) "
            "VALUES (?, 'BENCH', 'r', 'now')",
            "INSERT OR IGNORE INTO module_state (person_id, module_id, state, has_passed, attempt_count) "
            "VALUES (?, 'BENCH', 'completed', 1, 1)",
        ):
            connection.execute(statement, (person_id,))


def test_what_was_sent_is_accepted(stored: Path, module: Module) -> None:
    assert proof.check_attempts(stored, module, BROWSERS, 2) == []


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM response WHERE id = 17",
        'UPDATE response SET answer = \'["wait", "ask"]\' WHERE id = 3',
        "UPDATE attempt SET points = points - 100 WHERE id = 2",
        "UPDATE attempt SET is_passed = 1 - is_passed WHERE id = 5",
        "UPDATE attempt SET submitted_at = NULL, points = NULL WHERE id = 6",
        "INSERT INTO completion (person_id, module_id, revision, completed_at) VALUES (77, 'BENCH', 'r', 'now')",
        "UPDATE module_state SET person_id = 78 WHERE person_id = (SELECT min(person_id) FROM module_state)",
    ],
)
def test_a_single_wrong_row_is_noticed(stored: Path, module: Module, harm: str) -> None:
    with closing(sqlite3.connect(stored)) as connection:
        assert connection.execute(harm).rowcount == 1
        connection.commit()
    assert proof.check_attempts(stored, module, BROWSERS, 2) != []


@pytest.mark.parametrize(
    ("harm", "is_wrong"),
    [
        ("UPDATE attempt SET submitted_at = submitted_at WHERE id = 1", False),
        ("DELETE FROM attempt WHERE id = 7", True),
        ("UPDATE attempt SET person_id = 2 WHERE id = 7", True),
    ],
)
def test_a_class_has_exactly_one_attempt_each(stored: Path, harm: str, is_wrong: bool) -> None:
    with closing(sqlite3.connect(stored)) as connection:
        connection.execute("DROP INDEX uq_attempt_open")  # so that a mistake can be planted at all
        for browser in BROWSERS:
            connection.execute(
                "INSERT INTO attempt (person_id, module_id, number, revision, seed, started_at) "
                "VALUES (?, 'BENCH', 3, 'r', 1, 'now')",
                (browser.person_id,),
            )
        if "person_id = 2" in harm:
            connection.execute("UPDATE attempt SET number = 4 WHERE id = 7")
        connection.execute(harm)
        connection.commit()
    assert bool(proof.check_class(stored, 6, BROWSERS)) is is_wrong
