"""From answers to a score, in whole numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_judgement, make_multiple, make_single, right_answer
from tests.samples import sample_module
from trainer.learning.kinds.registry import KINDS
from trainer.learning.marking import Score, mark_question, percent_of, score_attempt

QUESTIONS = (make_single("one"), make_multiple("two"), make_judgement("three"), make_single("four", is_safety=True))


def test_everything_right_is_everything() -> None:
    answers = {"one": ("a",), "two": ("a", "b"), "three": ("a",), "four": ("a",)}
    score = score_attempt(QUESTIONS, answers, pass_mark=100)
    assert (score.points, score.possible, score.percent) == (400, 400, 100)
    assert score.is_passed


def test_what_is_not_answered_earns_nothing_and_still_counts() -> None:
    score = score_attempt(QUESTIONS, {"one": ("a",)}, pass_mark=20)
    assert (score.points, score.possible) == (100, 400)
    assert score.missed_safety == ("four",)


def test_a_missed_safety_question_is_not_outweighed() -> None:
    answers = {"one": ("a",), "two": ("a", "b"), "three": ("a",), "four": ("b",)}
    score = score_attempt(QUESTIONS, answers, pass_mark=75)
    assert score.percent == 75
    assert not score.is_passed
    assert score_attempt(QUESTIONS[:3], answers, pass_mark=75).is_passed


def test_answers_to_questions_that_were_not_asked_count_for_nothing() -> None:
    score = score_attempt(QUESTIONS[:1], {"one": ("b",), "two": ("a", "b")}, pass_mark=1)
    assert (score.points, score.possible) == (0, 100)


@pytest.mark.parametrize(
    ("points", "possible", "percent"),
    [(0, 0, 0), (0, 800, 0), (799, 1000, 79), (800, 1000, 80), (1, 3, 33), (2, 3, 66), (3, 3, 100)],
)
def test_percent_is_rounded_down(points: int, possible: int, percent: int) -> None:
    assert percent_of(points, possible) == percent


def test_no_answer_is_no_points() -> None:
    assert mark_question(QUESTIONS[0], None).points == 0


@given(points=st.integers(0, 2000), possible=st.integers(1, 2000), pass_mark=st.integers(0, 100))
def test_passing_is_decided_without_rounding(points: int, possible: int, pass_mark: int) -> None:
    score = Score(points, possible, (), pass_mark)
    assert score.is_passed == (points / possible * 100 >= pass_mark or points * 100 == possible * pass_mark)
    if score.percent >= pass_mark:
        assert score.is_passed
    if not score.is_passed:
        assert score.percent < pass_mark


def test_what_is_never_marked_neither_gives_nor_takes() -> None:
    quiz = sample_module("every-kind").quiz
    assert quiz is not None
    answers = {q.id: KINDS[q.kind].read_answer(q, right_answer(q)) for q in quiz.questions}
    score = score_attempt(quiz.questions, answers, pass_mark=100)
    assert (score.points, score.possible) == (600, 600)
    assert score.is_passed
    only = [question for question in quiz.questions if question.kind in ("rewrite", "dilemma")]
    assert score_attempt(only, {}, pass_mark=100).possible == 0
