"""The survey: voluntary, for learners of the cohort, changeable, withdrawable, and nobody else's to read."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.factories import actor_of
from tests.samples import AT
from trainer.cohorts.services import open_survey
from trainer.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from trainer.surveys.instrument import INSTRUMENT, ITEMS, part_means, read_answers
from trainer.surveys.models import SurveyAnswer
from trainer.surveys.queries import own_answers, survey_cohort
from trainer.surveys.services import keep_answers, withdraw_answers


class TestInstrument:
    def test_twelve_statements_in_three_parts_of_four(self) -> None:
        assert [item.number for item in ITEMS] == list(range(1, 13))
        assert [item.number for item in ITEMS if item.is_reversed] == [3, 6, 10]
        for part in ("language", "boundaries", "team"):
            assert sum(item.part == part for item in ITEMS) == 4

    def test_left_out_statements_are_no_answers(self) -> None:
        assert read_answers({"item-1": "5", "item-2": "", "csrf_token": "x"}) == {1: 5}

    @pytest.mark.parametrize("value", ["0", "6", "-1", "agree", "1.5", "٣", " 3"])
    def test_off_the_scale_is_refused(self, value: str) -> None:
        with pytest.raises(Invalid):
            read_answers({"item-4": value})

    def test_reversed_statements_are_turned_round(self) -> None:
        all_fives = {item.number: 5 for item in ITEMS}
        assert part_means(all_fives) == {"language": Fraction(4), "boundaries": Fraction(4), "team": Fraction(4)}
        best = {item.number: 1 if item.is_reversed else 5 for item in ITEMS}
        assert set(part_means(best).values()) == {Fraction(5)}

    def test_a_part_with_a_gap_has_no_mean(self) -> None:
        assert set(part_means(dict.fromkeys(range(1, 9), 3))) == {"language", "boundaries"}


@pytest.mark.any_database
class TestAnswering:
    def open(self, session: Session, cast: Cast, wave: str | None = "before") -> None:
        trainer = actor_of(session, cast.trainer)
        open_survey(session, actor=trainer, organisation=cast.ours.slug, cohort=cast.autumn.slug, wave=wave)

    def answer(self, session: Session, cast: Cast, answers: dict[int, int]) -> None:
        here = {"organisation": cast.ours.slug, "cohort": cast.autumn.slug}
        keep_answers(session, actor=actor_of(session, cast.psw), answers=answers, at=AT, **here)

    def mine(self, session: Session, cast: Cast) -> dict[str, dict[int, int]]:
        found = own_answers(session, actor_of(session, cast.psw), cast.autumn.id)
        return {one.wave: one.answers for one in found}

    def test_answers_are_kept_by_wave_and_replaced(self, session: Session, cast: Cast) -> None:
        self.open(session, cast)
        self.answer(session, cast, {1: 2})
        self.answer(session, cast, {1: 3, 2: 4})
        self.open(session, cast, "after")
        self.answer(session, cast, {1: 5})
        assert self.mine(session, cast) == {"before": {1: 3, 2: 4}, "after": {1: 5}}
        assert set(session.scalars(select(SurveyAnswer.instrument))) == {INSTRUMENT}

    def test_closed_means_closed_and_keeps_what_was_sent(self, session: Session, cast: Cast) -> None:
        self.open(session, cast)
        self.answer(session, cast, {1: 2})
        self.open(session, cast, None)
        with pytest.raises(Conflict):
            self.answer(session, cast, {1: 5})
        assert self.mine(session, cast) == {"before": {1: 2}}

    def test_withdrawing_deletes_the_rows_also_when_closed(self, session: Session, cast: Cast) -> None:
        self.open(session, cast)
        self.answer(session, cast, {1: 2})
        self.open(session, cast, None)
        here = {"organisation": cast.ours.slug, "cohort": cast.autumn.slug}
        withdraw_answers(session, actor=actor_of(session, cast.psw), **here)
        assert session.scalar(select(func.count()).select_from(SurveyAnswer)) == 0

    def test_nothing_answered_is_nothing_kept(self, session: Session, cast: Cast) -> None:
        self.open(session, cast)
        with pytest.raises(Invalid):
            self.answer(session, cast, {})

    @pytest.mark.parametrize(
        ("who", "problem"),
        [("trainer", NotAllowed), ("manager", NotAllowed), ("withdrawn", NotAllowed), ("stranger_learner", NotFound)],
    )
    def test_only_active_learners_of_the_cohort(
        self, session: Session, cast: Cast, who: str, problem: type[DomainError]
    ) -> None:
        self.open(session, cast)
        with pytest.raises(problem):
            survey_cohort(session, actor_of(session, getattr(cast, who)), cast.ours.slug, cast.autumn.slug)

    def test_a_learner_cannot_open_it(self, session: Session, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            open_survey(
                session,
                actor=actor_of(session, cast.psw),
                organisation=cast.ours.slug,
                cohort=cast.autumn.slug,
                wave="before",
            )

    def test_a_strange_wave_is_refused(self, session: Session, cast: Cast) -> None:
        with pytest.raises(Invalid):
            self.open(session, cast, "during")
