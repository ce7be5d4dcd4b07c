"""Marking of the kinds that are placed, matched and written, held by properties."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import right_answer, wrong_answer
from tests.samples import sample_module
from trainer.courseware.quiz import (
    Dilemma,
    DilemmaOption,
    Matching,
    MatchRow,
    MatchTarget,
    Ordering,
    OrderItem,
    Question,
    Rewriting,
    ShortText,
)
from trainer.errors import Invalid
from trainer.learning.kinds import dilemma, match, order, rewrite, text
from trainer.learning.kinds.registry import KINDS

FRAME = {"id": "q", "prompt": "q", "prompt_html": "q", "intro_html": "", "outcome": 1, "is_safety": False}
LETTERS = "abcdefgh"


def make_order(count: int) -> Ordering:
    items = tuple(OrderItem(letter, letter, letter, "") for letter in LETTERS[:count])
    return Ordering(**FRAME, items=items, explanation_html="why")


def make_match(partners: str) -> Matching:
    rows = tuple(MatchRow(f"row-{index}", "", "", f"t-{target}") for index, target in enumerate(partners))
    targets = tuple(MatchTarget(f"t-{target}", "", "") for target in dict.fromkeys(partners))
    return Matching(**FRAME, row_head="", target_head="", rows=rows, targets=targets, explanation_html="why")


def make_text(*accepted: str) -> ShortText:
    return ShortText(**FRAME, accepted=accepted, explanation_html="why")


def every_kind() -> tuple[Question, ...]:
    quiz = sample_module("every-kind").quiz
    assert quiz is not None
    return quiz.questions


@pytest.mark.parametrize("question", every_kind(), ids=lambda question: question.kind)
def test_right_is_full_and_wrong_is_not(question: Question) -> None:
    rules = KINDS[question.kind]
    full = rules.mark(question, rules.read_answer(question, right_answer(question)))
    none = rules.mark(question, rules.read_answer(question, wrong_answer(question)))
    if question.kind in ("rewrite", "dilemma"):
        assert full is none is None
    else:
        assert full is not None
        assert none is not None
        assert full.is_full
        assert none.points == 0


@pytest.mark.parametrize("question", every_kind(), ids=lambda question: question.kind)
@pytest.mark.parametrize("raw", [[], [""], ["   "], ["\n"]])
def test_nothing_is_no_answer(question: Question, raw: list[str]) -> None:
    with pytest.raises(Invalid):
        KINDS[question.kind].read_answer(question, raw)


@pytest.mark.parametrize("question", every_kind(), ids=lambda question: question.kind)
@given(raw=st.lists(st.text(max_size=30), max_size=6))
def test_whatever_is_sent_is_read_or_refused(question: Question, raw: list[str]) -> None:
    rules = KINDS[question.kind]
    try:
        answer = rules.read_answer(question, raw)
    except Invalid:
        return
    assert all(isinstance(part, str) for part in answer)
    mark = rules.mark(question, answer)
    assert mark is None or 0 <= mark.points <= 100
    counts = rules.summarise(question, [answer, answer])
    assert all(value >= 0 for value in counts.values())


class TestOrder:
    @given(st.integers(3, 7).flatmap(lambda count: st.permutations(LETTERS[:count])))
    def test_the_share_of_neighbours_in_order(self, given_order: list[str]) -> None:
        question = make_order(len(given_order))
        answer = order.read_answer(question, [f"{item}={place}" for place, item in enumerate(given_order, start=1)])
        right = sorted(given_order)
        in_order = sum(given_order.index(one) < given_order.index(two) for one, two in pairwise(right))
        share = in_order / (len(right) - 1)
        assert order.mark(question, answer).points == int(share * 100 + 0.5)

    def test_only_the_right_order_earns_everything(self) -> None:
        question = make_order(4)
        full = [
            "".join(given_order)
            for given_order in permutations("abcd")
            if order.mark(question, tuple(f"{item}={place + 1}" for place, item in enumerate(given_order))).is_full
        ]
        assert full == ["abcd"]

    def test_what_has_no_place_or_shares_one_is_not_in_order(self) -> None:
        question = make_order(3)
        assert order.mark(question, order.read_answer(question, ["a=1", "b=2", "c="])).points == 50
        assert order.mark(question, order.read_answer(question, ["a=1", "b=1", "c=1"])).points == 0

    @pytest.mark.parametrize("raw", [["a=4"], ["a=0"], ["x=1"], ["a=1", "a=2"], ["a"], ["a=1=1"], ["=1"]])
    def test_strange_places_are_refused(self, raw: list[str]) -> None:
        with pytest.raises(Invalid):
            order.read_answer(make_order(3), raw)

    def test_summary_counts_right_places(self) -> None:
        question = make_order(3)
        answers = [("a=1", "b=2", "c=3"), ("a=1", "b=3", "c=2")]
        assert order.summarise(question, answers) == {"a": 2, "b": 1, "c": 1}


class TestMatch:
    @given(st.lists(st.sampled_from("xyz"), min_size=2, max_size=6), st.data())
    def test_the_share_of_rows(self, partners: list[str], data: st.DataObject) -> None:
        question = make_match("".join(partners))
        targets = [target.id for target in question.targets]
        chosen = [data.draw(st.sampled_from([*targets, ""])) for _ in question.rows]
        if not any(chosen):
            return
        raw = [f"{row.id}={target}" for row, target in zip(question.rows, chosen, strict=True)]
        hits = sum(row.target_id == target for row, target in zip(question.rows, chosen, strict=True))
        answer = match.read_answer(question, raw)
        assert match.mark(question, answer).points == int(hits / len(partners) * 100 + 0.5)

    def test_a_row_is_matched_once(self) -> None:
        with pytest.raises(Invalid):
            match.read_answer(make_match("xy"), ["row-0=t-x", "row-0=t-y"])


class TestText:
    @pytest.mark.parametrize("written", ["Cur Síos", "  cur   sios ", "CUR SÍOS", "cur si\u0301os", "cur\u00a0síos"])
    def test_case_spaces_and_accents_do_not_matter(self, written: str) -> None:
        question = make_text("cur síos")
        assert text.mark(question, text.read_answer(question, [written])).is_full

    @pytest.mark.parametrize("written", ["cur sios.", "cursíos", "cur sío", "cur síoss"])
    def test_nothing_is_guessed(self, written: str) -> None:
        question = make_text("cur síos")
        assert text.mark(question, text.read_answer(question, [written])).points == 0

    def test_both_apostrophes_are_one(self) -> None:
        question = make_text("person’s own word")
        assert text.mark(question, text.read_answer(question, ["Person's own word"])).is_full

    @given(st.text(min_size=1, max_size=40))
    def test_folding_twice_is_folding_once(self, written: str) -> None:
        assert text.folded(text.folded(written)) == text.folded(written)

    def test_too_long_is_refused_with_both_numbers(self) -> None:
        with pytest.raises(Invalid, match="201 characters"):
            text.read_answer(make_text("a"), ["x" * 201])

    def test_the_summary_never_repeats_what_people_wrote(self) -> None:
        assert text.summarise(make_text("a"), [("a",), ("my own rare words",)]) == {"accepted": 1, "other": 1}


class TestUnmarked:
    def test_rewriting_keeps_its_lines_and_is_never_marked(self) -> None:
        question = Rewriting(**FRAME, line_text="x", line_html="x", models=("m",), models_html="<ul><li>m</li></ul>")
        answer = rewrite.read_answer(question, ["One line.  \r\nAnother. "])
        assert answer == ("One line.\nAnother.",)
        assert rewrite.mark(question, answer) is None
        assert rewrite.summarise(question, [answer]) == {"answered": 1}

    def test_a_dilemma_takes_one_choice_and_is_never_marked(self) -> None:
        options = tuple(DilemmaOption(letter, letter, letter, "why", ()) for letter in "ab")
        question = Dilemma(**FRAME, options=options)
        assert dilemma.mark(question, dilemma.read_answer(question, ["b"])) is None
        with pytest.raises(Invalid):
            dilemma.read_answer(question, ["a", "b"])
