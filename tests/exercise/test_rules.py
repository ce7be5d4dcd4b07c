"""The deciding rules: who meets which situation, what a figure is made of, and when there is none."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import sqrt
from statistics import NormalDist, mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.courseware.folder import content_folder
from trainer.errors import Invalid
from trainer.exercise.analysis import HALF_AT_LEAST, Measured, change_of, effective, measure
from trainer.exercise.assignment import first_letter, letter_for, other
from trainer.exercise.interval import mean_and_half, t_quantile, t_share
from trainer.exercise.notes import FEWEST_WORDS, MOST_CHARACTERS, MOST_WORDS, read_note
from trainer.exercise.stages import STEPS, WAVES, Stage, stage_of
from trainer.language.loading import lens_of

seeds = st.integers(min_value=0, max_value=2**31 - 1)
measured = st.builds(
    Measured, words=st.integers(min_value=15, max_value=300), marked=st.integers(min_value=0, max_value=15)
)
Notes = dict[int, Measured]


@st.composite
def cohorts(draw: st.DrawFn, least: int = 0) -> tuple[Notes, Notes]:
    """First and second notes by person; at least so many wrote both, some one only."""
    both = draw(st.lists(st.tuples(measured, measured), min_size=least, max_size=least + 25))
    only = [draw(st.lists(measured, max_size=12)) for _ in range(2)]
    before = {person: one for person, (one, _) in enumerate(both)} | {100 + at: one for at, one in enumerate(only[0])}
    after = {person: one for person, (_, one) in enumerate(both)} | {200 + at: one for at, one in enumerate(only[1])}
    return before, after


class TestAssignment:
    @given(seed=seeds, size=st.integers(min_value=1, max_value=80))
    def test_the_halves_of_any_cohort_differ_by_one_at_most(self, seed: int, size: int) -> None:
        halves = Counter(first_letter(rank, seed) for rank in range(size))
        assert abs(halves["a"] - halves["b"]) == size % 2

    @given(seed=seeds, rank=st.integers(min_value=0, max_value=500))
    def test_each_person_meets_both_one_a_wave(self, seed: int, rank: int) -> None:
        before = letter_for("before", rank=rank, seed=seed)
        assert letter_for("after", rank=rank, seed=seed) == other(before)
        assert other(other(before)) == before

    def test_a_place_in_the_list_tells_nothing_without_the_seed(self) -> None:
        for rank in range(4):
            share = sum(first_letter(rank, seed) == "a" for seed in range(2000)) / 2000
            assert 0.45 < share < 0.55

    def test_the_order_of_two_is_not_the_same_in_every_block(self) -> None:
        firsts = {tuple(first_letter(2 * block, seed) for block in range(8)) for seed in range(50)}
        assert len(firsts) > 25


class TestInterval:
    # Student (1908): hours of sleep gained by ten people; the differences of the two drugs.
    SLEEP = tuple(Fraction(tenths, 10) for tenths in (12, 24, 13, 13, 0, 10, 18, 8, 46, 14))

    def test_a_case_worked_by_hand(self) -> None:
        # Sum 15.8, mean 1.58; sum of squared distances 13.616; variance 1.51288…, standard error 0.388958…;
        # times 2.262157 (the table's t for nine degrees) is 0.879885…: from 0.700114 to 2.459886.
        average, half = mean_and_half(self.SLEEP)
        assert average == Fraction(158, 100)
        assert float(average) - half == pytest.approx(0.7001142, abs=1e-7)
        assert float(average) + half == pytest.approx(2.4598858, abs=1e-7)

    @pytest.mark.parametrize(
        ("freedom", "printed"),
        [
            (1, 12.706),
            (2, 4.303),
            (3, 3.182),
            (4, 2.776),
            (9, 2.262),
            (13, 2.160),
            (29, 2.045),
            (30, 2.042),
            (120, 1.980),
        ],
    )
    def test_the_quantile_is_that_of_the_printed_table(self, freedom: int, printed: float) -> None:
        assert t_quantile(freedom) == pytest.approx(printed, abs=5e-4)

    @given(freedom=st.integers(min_value=1, max_value=400))
    def test_exactly_95_per_cent_lie_within(self, freedom: int) -> None:
        assert t_share(t_quantile(freedom), freedom) == pytest.approx(0.95, abs=1e-9)
        assert t_quantile(freedom + 1) < t_quantile(freedom)

    def test_many_people_are_nearly_normal(self) -> None:
        assert t_quantile(5000) == pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-3)

    @given(values=st.lists(st.fractions(min_value=-50, max_value=50, max_denominator=300), min_size=2, max_size=40))
    def test_it_agrees_with_plain_floats(self, values: list[Fraction]) -> None:
        average, half = mean_and_half(values)
        floats = [float(one) for one in values]
        assert float(average) == pytest.approx(mean(floats), abs=1e-9)
        expected = t_quantile(len(values) - 1) * stdev(floats) / sqrt(len(values))
        assert half == pytest.approx(expected, rel=1e-6, abs=1e-9)

    @pytest.mark.parametrize("values", [[], [Fraction(1)]])
    def test_one_difference_has_no_interval(self, values: list[Fraction]) -> None:
        with pytest.raises(ValueError, match="two"):
            mean_and_half(values)

    @pytest.mark.parametrize("ask", [t_quantile, lambda freedom: t_share(1.0, freedom)])
    def test_no_degree_of_freedom_is_no_distribution(self, ask) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(ValueError, match="freedom"):
            ask(0)


class TestChange:
    def test_student_once_more_in_notes_of_100_words(self) -> None:
        before = {person: Measured(1000, 0) for person in range(10)}
        after = {person: Measured(1000, int(10 * one)) for person, one in enumerate(TestInterval.SLEEP)}
        after |= {person: Measured(1000, 500) for person in range(20, 25)}
        change = change_of(before, after, threshold=10)
        assert change is not None
        assert (change.pair_count, change.mean_tenths, change.low_tenths, change.high_tenths) == (10, 16, 7, 25)
        assert (change.only_before_count, change.only_after_count) == (None, None)

    def test_fewer_is_negative(self) -> None:
        many = {person: Measured(100, 5 + person % 3) for person in range(12)}
        few = {person: Measured(100, 1) for person in range(12)}
        change = change_of(many, few, threshold=10)
        assert change is not None
        assert change.low_tenths <= change.mean_tenths < change.high_tenths < 0

    @given(notes=cohorts(), threshold=st.integers(min_value=5, max_value=30))
    def test_there_is_a_figure_exactly_when_enough_wrote_both(self, notes: tuple[Notes, Notes], threshold: int) -> None:
        before, after = notes
        both = before.keys() & after.keys()
        change = change_of(before, after, threshold=threshold)
        assert (change is not None) == (len(both) >= effective(threshold))
        if change is None:
            return
        assert change.pair_count == len(both)
        exact, half = mean_and_half([after[one].rate - before[one].rate for one in sorted(both)])
        assert abs(change.mean_tenths - 10 * exact) <= Fraction(1, 2)
        assert change.low_tenths <= 10 * (float(exact) - half) + 1e-6  # outwards, never inwards
        assert change.high_tenths >= 10 * (float(exact) + half) - 1e-6
        assert change.high_tenths - change.low_tenths >= 20 * HALF_AT_LEAST

    @given(notes=cohorts(least=5))
    def test_a_small_number_of_people_is_never_told(self, notes: tuple[Notes, Notes]) -> None:
        before, after = notes
        change = change_of(before, after, threshold=5)
        assert change is not None
        for shown, alone in (
            (change.only_before_count, before.keys() - after.keys()),
            (change.only_after_count, after.keys() - before.keys()),
        ):
            assert (shown is None) == (len(alone) < 5)
            assert shown is None or (shown % 5 == 0 and shown <= len(alone) < shown + 5)

    @given(notes=cohorts(least=5))
    def test_who_is_who_and_who_came_first_makes_no_difference(self, notes: tuple[Notes, Notes]) -> None:
        renamed = [{1000 - person: one for person, one in reversed(wave.items())} for wave in notes]
        assert change_of(*notes, threshold=5) == change_of(*renamed, threshold=5)

    def test_people_who_all_changed_alike_are_not_told_exactly(self) -> None:
        same = {person: Measured(50, 1) for person in range(12)}
        change = change_of(same, same, threshold=10)
        assert change is not None
        assert (change.low_tenths, change.mean_tenths, change.high_tenths) == (-5, 0, 5)

    @pytest.mark.parametrize(("threshold", "in_force"), [(5, 5), (6, 10), (10, 10), (12, 15), (100, 100)])
    def test_the_threshold_is_a_multiple_of_5_as_in_reports(self, threshold: int, in_force: int) -> None:
        assert effective(threshold) == in_force


class TestMeasure:
    lens = lens_of(content_folder() / "lexicon.yaml")

    def test_what_is_better_avoided_or_worth_another_look_is_counted(self) -> None:
        found = measure(self.lens, "He was manipulative and non-compliant. He walked to the shop and back again.")
        assert (found.marked, found.words) == (2, 14)  # a hyphen joins two words
        assert found.rate == Fraction(200, 14)

    @pytest.mark.parametrize(
        "text",
        [
            "She said: “I am not manipulative.” Then she went for a walk with her sister.",
            "We talked about relapse and what it means to her.",  # open to discussion only
            "",
        ],
    )
    def test_quotations_and_what_is_open_to_discussion_are_not(self, text: str) -> None:
        assert measure(self.lens, text).marked == 0

    @given(st.text(max_size=400))
    def test_any_text_at_all_can_be_measured(self, text: str) -> None:
        found = measure(self.lens, text)
        assert found.marked >= 0
        assert found.rate >= 0


class TestStages:
    def test_nobody_goes_back_behind_the_second_note(self) -> None:
        assert STEPS[Stage.AFTER] == frozenset()
        assert all(Stage.NONE not in steps for steps in STEPS.values())  # only counting ends a round
        assert Stage.AFTER not in STEPS[Stage.NONE]

    def test_the_stage_is_told_by_the_open_wave_and_the_round(self) -> None:
        assert stage_of(None, is_running=False) is Stage.NONE
        assert stage_of(None, is_running=True) is Stage.BETWEEN
        for stage, wave in WAVES.items():
            assert stage_of(wave, is_running=True) is stage


class TestNotes:
    def test_a_note_is_kept_as_it_was_typed_but_for_its_ends(self) -> None:
        words = " ".join(["word"] * FEWEST_WORDS)
        assert read_note(f"  {words}\r\n{words}\n ") == f"{words}\n{words}"

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (" \n ", "Nothing is written yet"),
            ("word " * (FEWEST_WORDS - 1), f"{FEWEST_WORDS - 1} words so far"),
            ("word " * (MOST_WORDS + 1), "longer than"),
            (f"{'word ' * 20}{'x' * MOST_CHARACTERS}", "longer than"),
            ("x" * 400_000, "words so far"),
        ],
    )
    def test_too_little_or_too_much_is_refused_with_what_to_do(self, text: str, words: str) -> None:
        with pytest.raises(Invalid, match=words) as refused:
            read_note(text)
        assert refused.value.remedy
