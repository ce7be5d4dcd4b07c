"""Which questions an attempt asks: the same for ever, fair, and never without the safety questions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_quiz, make_single
from tests.samples import sample_module
from trainer.courseware.quiz import Matching, Ordering, Quiz
from trainer.learning.drawing import draw_questions, shown_ids

POOL = make_quiz([make_single(f"q{number:02}", is_safety=number == 5) for number in range(12)], draw=4)


def drawn(quiz: Quiz, seed: int) -> list[str]:
    return [question.id for question in draw_questions(quiz, seed)]


def test_the_draw_of_old_attempts_never_changes() -> None:
    # Golden values: attempts in the field rest on them. A change here changes what people were asked.
    assert [drawn(POOL, seed) for seed in (0, 1, 7, 2**31 - 1)] == [
        ["q05", "q07", "q08", "q11"],
        ["q03", "q05", "q06", "q07"],
        ["q02", "q05", "q09", "q10"],
        ["q00", "q02", "q03", "q05"],
    ]


def test_the_order_of_options_of_old_attempts_never_changes() -> None:
    quiz = make_quiz([make_single(options="abcdef")], shuffle=True)
    orders = ["".join(shown_ids(quiz, quiz.questions[0], seed)) for seed in (0, 1, 7)]
    assert orders == ["fdbaec", "afebcd", "adbfce"]


def test_options_stay_as_written_unless_the_quiz_shuffles() -> None:
    quiz = make_quiz([make_single(options="abcdef")])
    assert shown_ids(quiz, quiz.questions[0], 3) == tuple("abcdef")


@given(
    seed=st.integers(0, 2**31 - 1),
    safety=st.sets(st.integers(0, 9)),
    count=st.integers(1, 10),
    draw=st.integers(1, 12),
)
def test_a_draw_has_its_size_its_safety_questions_and_the_authors_order(
    seed: int, safety: set[int], count: int, draw: int
) -> None:
    quiz = make_quiz([make_single(f"q{number}", is_safety=number in safety) for number in range(count)], draw=draw)
    found = draw_questions(quiz, seed)
    needed = {question.id for question in quiz.questions if question.is_safety}
    assert needed <= {question.id for question in found}
    assert len(found) == min(count, max(draw, len(needed)))
    assert [quiz.questions.index(question) for question in found] == sorted(
        quiz.questions.index(question) for question in found
    )
    assert found == draw_questions(quiz, seed)


@given(seed=st.integers(0, 2**31 - 1))
def test_shuffling_loses_no_option(seed: int) -> None:
    quiz = sample_module("quiz-only").quiz
    assert quiz is not None
    for question in quiz.questions:
        assert sorted(shown_ids(quiz, question, seed)) == sorted(option.id for option in question.options)


def test_every_question_is_drawn_about_as_often() -> None:
    counts = Counter(name for seed in range(2_000) for name in drawn(POOL, seed))
    assert counts.pop("q05") == 2_000
    # 3 of 11 others each time: 545 expected, with a standard deviation of 20.
    assert all(445 < count < 645 for count in counts.values()), counts


def test_questions_of_the_set_before_are_asked_in_every_attempt() -> None:
    quiz = replace(make_quiz([make_single(name) for name in "abcdefgh"], draw=3), before_ids=("c", "g"))
    for seed in range(60):
        drawn = [question.id for question in draw_questions(quiz, seed)]
        assert len(drawn) == 3
        assert {"c", "g"} <= set(drawn)


def test_lines_to_order_never_begin_in_the_right_order_and_targets_are_mixed() -> None:
    quiz = sample_module("every-kind").quiz
    assert quiz is not None
    order = next(question for question in quiz.questions if isinstance(question, Ordering))
    match = next(question for question in quiz.questions if isinstance(question, Matching))
    right = tuple(item.id for item in order.items)
    shown = {shown_ids(quiz, order, seed) for seed in range(200)}
    assert right not in shown
    assert all(sorted(one) == sorted(right) for one in shown)
    assert len({shown_ids(quiz, match, seed) for seed in range(50)}) > 1
