"""Marking each kind: known cases, and what holds for every answer."""

from __future__ import annotations

import contextlib
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_judgement, make_multiple, make_single
from trainer.courseware.quiz import Question, Verdict
from trainer.errors import Invalid
from trainer.learning.kinds.frame import POINTS_PER_QUESTION, mark_of
from trainer.learning.kinds.registry import KINDS

SINGLE, MULTIPLE, JUDGEMENT = make_single(), make_multiple(), make_judgement()
EVERY_KIND = (SINGLE, MULTIPLE, JUDGEMENT)


def points(question: Question, answer: str) -> int:
    return KINDS[question.kind].mark(question, tuple(answer)).points


def subsets(letters: str) -> list[str]:
    return ["".join(one) for one in chain.from_iterable(combinations(letters, n) for n in range(len(letters) + 1))]


def test_single_choice_earns_all_or_nothing() -> None:
    assert [points(SINGLE, letter) for letter in "abc"] == [100, 0, 0]


@pytest.mark.parametrize(
    ("answer", "earned"),
    [("ab", 100), ("a", 50), ("b", 50), ("abc", 50), ("ac", 0), ("c", 0), ("cd", 0), ("abcd", 0), ("", 0)],
)
def test_multiple_response_adds_the_right_and_takes_away_the_others(answer: str, earned: int) -> None:
    assert points(MULTIPLE, answer) == earned


def test_multiple_response_rounds_a_third_to_the_nearest_point() -> None:
    question = make_multiple(right="abc", options="abcd")
    assert [points(question, answer) for answer in ("a", "ab", "abc")] == [33, 67, 100]


def test_multiple_response_where_everything_is_right() -> None:
    question = make_multiple(right="abc", options="abc")
    assert points(question, "abc") == 100
    assert points(question, "ab") == 67


@pytest.mark.parametrize(("answer", "earned"), [("a", 100), ("b", 50), ("c", 0)])
def test_judgement_is_worth_what_it_may_do(answer: str, earned: int) -> None:
    assert points(JUDGEMENT, answer) == earned


def test_halves_are_rounded_up() -> None:
    assert mark_of(Fraction(1, 200)).points == 1
    assert mark_of(Fraction(1, 201)).points == 0


@given(
    letters=st.integers(2, 8).map(lambda count: "abcdefgh"[:count]),
    data=st.data(),
)
def test_multiple_response_stays_within_bounds_and_rewards_only_the_exact_answer(
    letters: str, data: st.DataObject
) -> None:
    right = "".join(sorted(data.draw(st.sets(st.sampled_from(letters), min_size=1))))
    question = make_multiple(right=right, options=letters)
    answer = "".join(sorted(data.draw(st.sets(st.sampled_from(letters)))))
    earned = points(question, answer)
    assert 0 <= earned <= POINTS_PER_QUESTION
    assert (earned == POINTS_PER_QUESTION) == (answer == right)
    if set(right) != set(letters):
        assert points(question, letters) == 0
    for more in set(right) - set(answer):
        assert points(question, answer + more) >= earned
    for more in set(letters) - set(right) - set(answer):
        assert points(question, answer + more) <= earned


@given(verdicts=st.lists(st.sampled_from(["best", "workable", "risky"]), min_size=2, max_size=8), data=st.data())
def test_judgement_depends_on_the_verdict_and_nothing_else(verdicts: list[Verdict], data: st.DataObject) -> None:
    question = make_judgement(verdicts=verdicts)
    place = data.draw(st.integers(0, len(verdicts) - 1))
    worth = {"best": 100, "workable": 50, "risky": 0}
    assert points(question, "abcdefgh"[place]) == worth[verdicts[place]]


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda one: one.kind)
class TestReadingAnAnswer:
    def test_nothing_chosen_asks_for_a_choice(self, question: Question) -> None:
        with pytest.raises(Invalid, match="No answer is chosen"):
            KINDS[question.kind].read_answer(question, [])

    @pytest.mark.parametrize("strange", ["z", "", "A", "a ", "option-a", "\0", "true"])
    def test_an_option_it_has_not_is_refused(self, question: Question, strange: str) -> None:
        with pytest.raises(Invalid, match="does not belong"):
            KINDS[question.kind].read_answer(question, [strange])
        with pytest.raises(Invalid):
            KINDS[question.kind].read_answer(question, ["a", strange])

    def test_the_same_option_twice_is_one(self, question: Question) -> None:
        assert KINDS[question.kind].read_answer(question, ["a", "a"]) == ("a",)

    def test_counts_name_every_option(self, question: Question) -> None:
        counts = KINDS[question.kind].summarise(question, [("a",), ("a",), ("b",), ("gone",)])
        assert list(counts) == [option.id for option in question.options]
        assert (counts["a"], counts["b"], counts["c"]) == (2, 1, 0)

    @given(raw=st.lists(st.text(max_size=3), max_size=5))
    def test_any_text_is_read_or_refused(self, question: Question, raw: list[str]) -> None:
        with contextlib.suppress(Invalid):
            assert set(KINDS[question.kind].read_answer(question, raw)) == set(raw)


@pytest.mark.parametrize("question", [SINGLE, JUDGEMENT], ids=lambda one: one.kind)
def test_one_answer_means_one(question: Question) -> None:
    with pytest.raises(Invalid, match="takes one answer"):
        KINDS[question.kind].read_answer(question, ["a", "b"])


@pytest.mark.parametrize("chosen", [one for one in subsets("abcd") if one])
def test_several_answers_are_kept_in_the_questions_order(chosen: str) -> None:
    assert KINDS["multiple"].read_answer(MULTIPLE, list(reversed(chosen))) == tuple(chosen)
