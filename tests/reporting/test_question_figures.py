"""Question by question: figures as they may be shown, and what is worth talking about first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.factories import (
    make_judgement,
    make_multiple,
    make_quiz,
    make_single,
    right_answer,
    wrong_answer,
)
from tests.samples import sample_module
from trainer.courseware.quiz import Question, Quiz
from trainer.learning.drawing import draw_questions
from trainer.reporting.question_figures import QuestionFigures, Talk, analyse
from trainer.reporting.question_measures import Given, Sitting
from trainer.reporting.question_words import reading_of
from trainer.reporting.suppression.figures import HIDDEN, Kind


def sittings(
    quiz: Quiz, size: int, answer: Callable[[int, Question], Sequence[str]], *, sure: bool = False, batch: int = 1
) -> list[Sitting]:
    return [
        Sitting(
            batch,
            seed,
            {question.id: Given(tuple(answer(seed, question)), sure) for question in draw_questions(quiz, seed)},
        )
        for seed in range(size)
    ]


def wrong_for(counts: dict[str, int]) -> Callable[[int, Question], Sequence[str]]:
    """The first so many answer a question wrongly."""
    return lambda seed, question: (
        wrong_answer(question) if seed < counts.get(question.id, 0) else right_answer(question)
    )


def of(quiz: Quiz, found: Sequence[Sitting], name: str = "q") -> QuestionFigures:
    return next(one for one in analyse(quiz, found, threshold=10) if one.question.id == name)


def test_counts_are_rounded_and_the_interval_is_that_of_the_rounded_counts() -> None:
    quiz = make_quiz([make_single(), make_single("other")])
    one = of(quiz, sittings(quiz, 24, wrong_for({"q": 6, "other": 12})))
    assert (one.right.learners.words, one.right.completed.words) == ("24", "20")
    assert [option.chosen.completed.words for option in one.options] == ["20", "5", "fewer than 5"]
    assert [option.verdict for option in one.options] == ["right", "not_right", "not_right"]
    # 18 to 22 of 24 by Wilson: from the lower end of the one to the upper end of the other.
    assert (one.facility, one.interval) == (83, (55, 98))
    assert str(reading_of(one)[1]) == "About 5 of 24 chose “b”."


@pytest.mark.parametrize("size", [0, 1, 9])
def test_nothing_is_shown_below_the_threshold(size: int) -> None:
    quiz = make_quiz([make_single(), make_multiple("m"), make_judgement("j")])
    for one in analyse(quiz, sittings(quiz, size, wrong_for({"q": 5})), threshold=10):
        assert one.talk is Talk.HIDDEN
        assert one.right == HIDDEN
        assert {option.chosen for option in one.options} == {HIDDEN}
        figures = (one.facility, one.interval, one.mean_score, one.discrimination, one.efficiency)
        assert set(figures) == {None}


def test_everybody_right_tells_no_exact_figure_and_is_no_fault() -> None:
    quiz = make_quiz([make_single(), make_single("other")])
    everybody, nearly = (of(quiz, sittings(quiz, 30, wrong_for({"q": count, "other": 15}))) for count in (0, 4))
    assert everybody == nearly
    assert everybody.right.completed.kind is Kind.ALL_BUT_FEWER
    assert everybody.talk is Talk.FINE
    assert everybody.facility is None
    assert "mastery" in str(reading_of(everybody)[0])


def test_safety_first_then_sure_and_mistaken_then_the_fewest_right() -> None:
    quiz = make_quiz(
        [
            make_single("fine"),
            make_single("low"),
            make_single("lower"),
            make_single("safety", is_safety=True),
            make_single("safe", is_safety=True),
        ]
    )
    counts = {"low": 10, "lower": 15, "safety": 6, "safe": 2}
    found = analyse(quiz, sittings(quiz, 30, wrong_for(counts)), threshold=10)
    assert [one.question.id for one in found] == ["safety", "lower", "low", "fine", "safe"]
    assert [one.talk for one in found] == [Talk.SAFETY, Talk.LOW, Talk.LOW, Talk.FINE, Talk.FINE]


def test_sure_and_mistaken_is_counted_only_where_people_were_asked() -> None:
    module = sample_module("every-kind")
    assert module.quiz is not None
    found = analyse(module.quiz, sittings(module.quiz, 20, wrong_for({"one-of-three": 8}), sure=True), threshold=10)
    first = next(one for one in found if one.question.id == "one-of-three")
    assert first.talk is Talk.SURE
    assert first.sure_mistaken is not None
    assert first.sure_mistaken.completed.number == 10
    quiz = make_quiz([make_single()])
    assert of(quiz, sittings(quiz, 20, wrong_for({"q": 8}), sure=True)).sure_mistaken is None


def test_what_is_never_marked_has_shares_at_most() -> None:
    module = sample_module("every-kind")
    assert module.quiz is not None
    found = {
        one.question.kind: one for one in analyse(module.quiz, sittings(module.quiz, 20, wrong_for({})), threshold=10)
    }
    assert found["rewrite"].talk is Talk.HIDDEN
    assert found["rewrite"].options == ()
    assert found["dilemma"].talk is Talk.UNMARKED
    assert found["dilemma"].right == HIDDEN
    assert [option.verdict for option in found["dilemma"].options] == [None, None]


def test_a_question_that_not_everybody_was_asked_counts_those_who_were() -> None:
    quiz = make_quiz([make_single(letter) for letter in "abcdef"], draw=3)
    found = analyse(quiz, sittings(quiz, 60, wrong_for(dict.fromkeys("abcdef", 30))), threshold=10)
    shown = [one.right.learners.low for one in found if one.right != HIDDEN]  # one happens to tell about a few
    assert len(shown) >= 4
    assert all(20 <= size <= 40 for size in shown)


def test_an_unanswered_question_earns_nothing_and_has_no_option() -> None:
    quiz = make_quiz([make_single(), make_single("other")])
    silent = [Sitting(1, seed, {}) for seed in range(12)]
    one = of(quiz, [*sittings(quiz, 20, wrong_for({"q": 8}))[:20], *silent])
    assert one.right.learners.low == 32
    assert one.right.completed.low == 10
    assert one.options[0].chosen.learners.low == 20


def test_discrimination_is_moodles_rounded_to_ten() -> None:
    """The worked case of the definitions, five people of each line."""
    quiz = make_quiz([make_single(name) for name in ("one", "two", "three")])
    lines = ("110", "101", "010", "100", "000", "111")

    def answer(seed: int, question: Question) -> Sequence[str]:
        place = ("one", "two", "three").index(question.id)
        return right_answer(question) if lines[seed % 6][place] == "1" else wrong_answer(question)

    found = {one.question.id: one for one in analyse(quiz, sittings(quiz, 30, answer), threshold=10)}
    # By hand: covariance of column and rest over the geometric mean of their variances.
    assert [found[name].discrimination for name in ("one", "two", "three")] == [30, 0, 30]  # 34.3, 0, 34.3
    assert all(one.efficiency is not None and one.efficiency % 10 == 0 for one in found.values())


def test_a_second_batch_is_added_as_released() -> None:
    quiz = make_quiz([make_single()])
    first = sittings(quiz, 20, wrong_for({"q": 7}))
    second = sittings(quiz, 15, wrong_for({"q": 6}), batch=2)
    alone, both = of(quiz, first), of(quiz, [*first, *second])
    assert (alone.right.learners.low, alone.right.completed.low) == (20, 15)
    assert (both.right.learners.low, both.right.completed.low) == (35, 25)
    too_few = sittings(quiz, 9, wrong_for({"q": 9}), batch=2)
    assert of(quiz, [*first, *too_few]).right == alone.right
