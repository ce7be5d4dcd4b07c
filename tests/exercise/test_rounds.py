"""From the first note to the cohort's figure: what is kept, what is counted, and that nothing is left."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.orm import Session

from tests.cast import Cast, Someone
from tests.databases import counted
from tests.factories import actor_of, add_learner
from tests.samples import AT
from trainer.accounts.actor import Actor
from trainer.accounts.queries import find_actor_by_email
from trainer.cohorts.models import Cohort, Enrolment
from trainer.cohorts.services import restore_enrolment, withdraw_enrolment
from trainer.courseware.folder import content_folder
from trainer.db import Base, begin_writing
from trainer.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from trainer.exercise.models import ExerciseRound, ExerciseText
from trainer.exercise.queries import exercise_cohort, letter_of, own_notes, rounds_of, running_round
from trainer.exercise.rounds import Ended, end_round, move_round
from trainer.exercise.services import forget_old_notes, forget_who_left, keep_note, withdraw_notes
from trainer.exercise.situations import load_pairs
from trainer.exercise.stages import Stage
from trainer.language.loading import lens_of
from trainer.notebook.sealing import Sealer

pytestmark = pytest.mark.any_database
SEALER = Sealer([bytes(32)])
LENS = lens_of(content_folder() / "lexicon.yaml")
PAIRS = load_pairs(content_folder() / "exercise.yaml")
PLAIN = "He walked to the shop with his sister and came back with bread, milk and a newspaper."
MARKED = "He was manipulative and non-compliant at the shop, and came back late with bread and milk."
CANARY = "Siskin-over-the-lock-2208"


@dataclass
class Course:
    """One cohort's exercise, and everybody who takes part in it."""

    session: Session
    cast: Cast

    def __post_init__(self) -> None:
        self.here = {"organisation": self.cast.ours.slug, "cohort": self.cast.autumn.slug}

    def actor(self, person: Someone) -> Actor:
        return actor_of(self.session, person)

    def learners(self, count: int) -> list[Actor]:
        """More learners of the cohort, from before the exercise."""
        for number in range(count):
            add_learner(self.session, self.cast.ours.id, self.cast.autumn.id, number, at=AT - timedelta(days=9))
        found = [find_actor_by_email(self.session, f"learner.{number}@more.example") for number in range(count)]
        return [one for one in found if one is not None]

    def move(self, to: Stage, person: Someone | None = None, seed: int = 7) -> None:
        actor = self.actor(person or self.cast.trainer)
        move_round(self.session, actor=actor, to=to, pairs=PAIRS, seed=seed, at=AT, **self.here)

    def write(self, actor: Actor, words: str = PLAIN, *, at: datetime = AT, has_agreed: bool = True) -> None:
        keep_note(self.session, actor=actor, sealer=SEALER, text=words, has_agreed=has_agreed, at=at, **self.here)

    def end(self, person: Someone | None = None, *, threshold: int = 10, sealer: Sealer = SEALER) -> Ended:
        actor = self.actor(person or self.cast.trainer)
        return end_round(self.session, actor=actor, sealer=sealer, lens=LENS, threshold=threshold, at=AT, **self.here)

    def kept(self) -> int:
        return self.session.scalar(select(func.count()).select_from(ExerciseText)) or 0

    def round(self) -> ExerciseRound:
        return self.session.scalars(select(ExerciseRound).order_by(ExerciseRound.number.desc())).first()  # type: ignore[return-value]

    def both_waves(self, people: list[Actor], *, before: str = MARKED, after: str = PLAIN) -> None:
        self.move(Stage.BEFORE)
        for one in people:
            self.write(one, before)
        self.move(Stage.AFTER)
        for one in people:
            self.write(one, after)


@pytest.fixture
def stage(session: Session, cast: Cast) -> Course:
    return Course(session, cast)


class TestWriting:
    def test_a_note_is_sealed_replaced_and_its_writers_alone(self, stage: Course, session: Session, cast: Cast) -> None:
        stage.move(Stage.BEFORE)
        psw = stage.actor(cast.psw)
        stage.write(psw, f"{CANARY} {PLAIN}")
        stage.write(psw, f"{CANARY} once more. {PLAIN}", at=AT + timedelta(hours=1))
        row = session.scalars(select(ExerciseText)).one()
        assert CANARY not in row.sealed
        assert row.kept_at == AT + timedelta(hours=1)
        mine = own_notes(session, actor=psw, sealer=SEALER, round_id=row.round_id)
        assert mine["before"].text == f"{CANARY} once more. {PLAIN}"
        assert CANARY not in repr(mine)
        other = own_notes(session, actor=stage.actor(cast.clinician), sealer=SEALER, round_id=row.round_id)
        assert other == {}

    def test_a_note_that_waited_for_a_year_is_deleted(self, stage: Course, session: Session, cast: Cast) -> None:
        stage.move(Stage.BEFORE)
        stage.write(stage.actor(cast.psw))
        stage.write(stage.actor(cast.clinician), at=AT + timedelta(days=1))
        forget_old_notes(session, at=AT + timedelta(days=365, hours=1))
        assert list(session.scalars(select(ExerciseText.person_id))) == [cast.clinician.id]

    def test_a_sealed_text_moved_to_somebody_else_does_not_open(
        self, stage: Course, session: Session, cast: Cast
    ) -> None:
        stage.move(Stage.BEFORE)
        stage.write(stage.actor(cast.psw))
        session.execute(update(ExerciseText).values(person_id=cast.clinician.id))
        session.expire_all()
        moved = own_notes(session, actor=stage.actor(cast.clinician), sealer=SEALER, round_id=stage.round().id)
        assert moved["before"].text is None

    def test_nothing_is_kept_without_agreement_or_when_it_cannot_be_counted(self, stage: Course, cast: Cast) -> None:
        stage.move(Stage.BEFORE)
        psw = stage.actor(cast.psw)
        with pytest.raises(Invalid, match="agreement"):
            stage.write(psw, has_agreed=False)
        with pytest.raises(Invalid, match="words so far"):
            stage.write(psw, "Too short.")
        assert stage.kept() == 0

    @pytest.mark.parametrize("to", [None, Stage.BETWEEN])
    def test_closed_means_closed(self, stage: Course, cast: Cast, to: Stage | None) -> None:
        if to:
            stage.move(Stage.BEFORE)
            stage.move(to)
        with pytest.raises(Conflict):
            stage.write(stage.actor(cast.psw))
        assert stage.kept() == 0

    def test_withdrawing_deletes_both_notes_while_anything_or_nothing_is_open(self, stage: Course, cast: Cast) -> None:
        stage.both_waves([stage.actor(cast.psw), stage.actor(cast.clinician)])
        assert stage.kept() == 4
        withdraw_notes(stage.session, actor=stage.actor(cast.psw), **stage.here)
        withdraw_notes(stage.session, actor=stage.actor(cast.psw), **stage.here)
        assert set(stage.session.scalars(select(ExerciseText.person_id))) == {cast.clinician.id}

    def test_declining_leaves_no_trace(self, stage: Course, session: Session, cast: Cast) -> None:
        """Whoever reads the agreement and leaves changes no row at all."""
        stage.move(Stage.BEFORE)
        session.commit()
        with session.get_bind().connect() as other:
            before = [other.execute(table.select()).all() for table in Base.metadata.sorted_tables]
        found = exercise_cohort(session, stage.actor(cast.psw), **stage.here)
        running = running_round(session, found.id)
        assert running is not None
        letter_of(session, stage.actor(cast.psw), found.id, running, "before")
        session.commit()
        with session.get_bind().connect() as other:
            assert [other.execute(table.select()).all() for table in Base.metadata.sorted_tables] == before


class TestSituations:
    def test_halves_are_balanced_and_each_meets_both(self, stage: Course, session: Session) -> None:
        people = stage.learners(9)
        stage.both_waves(people)
        found = {(row.person_id, row.wave): row.letter for row in session.scalars(select(ExerciseText))}
        for one in people:
            assert {found[one.person_id, "before"], found[one.person_id, "after"]} == {"a", "b"}
        firsts = [found[one.person_id, "before"] for one in people]
        assert abs(firsts.count("a") - firsts.count("b")) <= 1

    def test_somebody_who_joins_changes_nothing_for_those_before(
        self, stage: Course, session: Session, cast: Cast
    ) -> None:
        stage.move(Stage.BEFORE)
        running = running_round(session, cast.autumn.id)
        assert running is not None
        psw = stage.actor(cast.psw)
        here = letter_of(session, psw, cast.autumn.id, running, "before")
        stage.learners(5)
        assert letter_of(session, psw, cast.autumn.id, running, "before") == here

    def test_what_somebody_wrote_to_decides_whatever_the_coins_say(
        self, stage: Course, session: Session, cast: Cast
    ) -> None:
        stage.move(Stage.BEFORE)
        stage.write(stage.actor(cast.psw))
        for letter, second in (("a", "b"), ("b", "a")):
            session.execute(update(ExerciseText).values(letter=letter))
            running = running_round(session, cast.autumn.id)
            assert running is not None
            assert letter_of(session, stage.actor(cast.psw), cast.autumn.id, running, "before") == letter
            assert letter_of(session, stage.actor(cast.psw), cast.autumn.id, running, "after") == second

    def test_a_round_keeps_its_pair_and_the_next_has_another(self, stage: Course, session: Session, cast: Cast) -> None:
        for number, pair in enumerate(PAIRS, start=1):
            stage.move(Stage.BEFORE)
            running = running_round(session, cast.autumn.id)
            assert running is not None
            assert (running.number, running.pair) == (number, pair)
            stage.end()
        with pytest.raises(Conflict, match="every pair"):
            stage.move(Stage.BEFORE)


class TestSteps:
    def test_there_and_back_but_never_behind_the_second_note(self, stage: Course, session: Session, cast: Cast) -> None:
        def wave() -> str | None:
            return session.scalar(select(Cohort.exercise_wave).where(Cohort.id == cast.autumn.id))

        steps = [(Stage.BEFORE, "before"), (Stage.BEFORE, "before"), (Stage.BETWEEN, None), (Stage.BEFORE, "before")]
        for to, expected in [*steps, (Stage.AFTER, "after"), (Stage.AFTER, "after")]:
            stage.move(to)
            assert wave() == expected
        for to in (Stage.BEFORE, Stage.BETWEEN, Stage.NONE):
            with pytest.raises(Conflict):
                stage.move(to)
        stage.end()
        assert wave() is None
        with pytest.raises(Conflict):
            stage.move(Stage.AFTER)
        assert session.scalar(select(func.count()).select_from(ExerciseRound)) == 1

    @pytest.mark.parametrize(
        ("who", "problem"),
        [
            ("psw", NotAllowed),
            ("manager", NotAllowed),
            ("other_trainer", NotAllowed),
            ("stranger_trainer", NotFound),
            ("stranger_manager", NotFound),
        ],
    )
    def test_only_the_cohorts_trainers_run_it(
        self, stage: Course, cast: Cast, who: str, problem: type[DomainError]
    ) -> None:
        with pytest.raises(problem):
            stage.move(Stage.BEFORE, getattr(cast, who))
        stage.move(Stage.BEFORE)
        with pytest.raises(problem):
            stage.end(getattr(cast, who))

    @pytest.mark.parametrize(
        ("who", "problem"),
        [("trainer", NotAllowed), ("manager", NotAllowed), ("withdrawn", NotAllowed), ("stranger_learner", NotFound)],
    )
    def test_only_active_learners_of_the_cohort_take_part(
        self, stage: Course, cast: Cast, who: str, problem: type[DomainError]
    ) -> None:
        stage.move(Stage.BEFORE)
        with pytest.raises(problem):
            stage.write(stage.actor(getattr(cast, who)))


class TestAnalysis:
    def test_enough_people_give_a_figure_and_every_text_is_gone(self, stage: Course, session: Session) -> None:
        people = stage.learners(14)
        stage.move(Stage.BEFORE)
        for one in people:
            stage.write(one, MARKED)
        stage.move(Stage.AFTER)
        for one in people[:11]:
            stage.write(one, PLAIN)
        ended = stage.end()
        assert ended.change is not None
        # Two marked words in 17 before, none in 17 after: 200/17 fewer per 100 words, everybody alike.
        assert (ended.change.pair_count, ended.change.mean_tenths) == (11, -118)
        assert (ended.change.low_tenths, ended.change.high_tenths) == (-123, -112)
        assert (ended.change.only_before_count, ended.change.only_after_count) == (None, None)
        assert stage.kept() == 0
        row = stage.round()
        assert (row.ended_at, row.threshold, row.lexicon_version, row.seed) == (AT, 10, LENS.lexicon.version, 0)
        assert rounds_of(session, row.cohort_id)[0].change == ended.change

    def test_too_few_leave_no_figure_at_all(self, stage: Course, session: Session) -> None:
        stage.both_waves(stage.learners(9))
        assert stage.end().change is None
        assert stage.kept() == 0
        row = stage.round()
        figures = (row.pair_count, row.only_before_count, row.only_after_count)
        assert (*figures, row.mean_tenths, row.low_tenths, row.high_tenths) == (None,) * 6
        assert row.ended_at == AT

    def test_it_is_counted_once_for_ever(self, stage: Course) -> None:
        stage.both_waves(stage.learners(10))
        stage.end()
        with pytest.raises(Conflict, match="ended already"):
            stage.end()
        with pytest.raises(Conflict):
            stage.write(stage.actor(stage.cast.psw))

    def test_whoever_leaves_is_ignored_at_once_and_for_ever(self, stage: Course, session: Session, cast: Cast) -> None:
        people = stage.learners(10)
        stage.both_waves(people)
        mine = (Enrolment.cohort_id == cast.autumn.id, Enrolment.person_id == people[0].person_id)
        enrolment = session.scalars(select(Enrolment.id).where(*mine)).one()
        trainer = stage.actor(cast.trainer)
        # Through a door that forgot to delete the texts, and back again: what was written before does not count.
        withdraw_enrolment(session, actor=trainer, enrolment_id=enrolment, at=AT + timedelta(days=1), **stage.here)
        restore_enrolment(session, actor=trainer, enrolment_id=enrolment, at=AT + timedelta(days=2), **stage.here)
        assert stage.end().change is None
        assert stage.kept() == 0

    def test_forgetting_takes_the_texts_of_those_who_left_and_no_others(
        self, stage: Course, session: Session, cast: Cast
    ) -> None:
        stage.both_waves([stage.actor(cast.psw), stage.actor(cast.clinician)])
        withdraw_enrolment(
            session, actor=stage.actor(cast.trainer), enrolment_id=cast.enrolments["psw"], at=AT, **stage.here
        )
        forget_who_left(session, cohort_id=cast.winter.id)
        assert stage.kept() == 4
        forget_who_left(session, cohort_id=cast.autumn.id)
        assert set(session.scalars(select(ExerciseText.person_id))) == {cast.clinician.id}

    def test_a_lost_key_stops_the_analysis_and_loses_nothing(self, stage: Course, session: Session) -> None:
        stage.both_waves(stage.learners(10))
        session.commit()
        with pytest.raises(Conflict, match="nothing deleted") as refused:
            stage.end(sealer=Sealer([bytes([1]) * 32]))
        session.rollback()
        begin_writing(session)
        assert "manipulative" not in str(refused.value.message)
        assert stage.kept() == 20
        assert stage.end().change is not None

    def test_another_cohorts_texts_are_left_alone(self, stage: Course, session: Session, cast: Cast) -> None:
        stage.both_waves([stage.actor(cast.psw)])
        there = {"organisation": cast.ours.slug, "cohort": cast.winter.slug}
        trainer, learner = stage.actor(cast.other_trainer), stage.actor(cast.winter_learner)
        move_round(session, actor=trainer, to=Stage.BEFORE, pairs=PAIRS, seed=1, at=AT, **there)
        keep_note(session, actor=learner, sealer=SEALER, text=PLAIN, has_agreed=True, at=AT, **there)
        stage.end()
        assert set(session.scalars(select(ExerciseText.person_id))) == {cast.winter_learner.id}

    @pytest.mark.parametrize("size", [10, 40])
    def test_it_takes_the_same_few_statements_however_many_wrote(
        self, stage: Course, session: Session, engine: Engine, size: int
    ) -> None:
        stage.both_waves(stage.learners(size))
        session.commit()
        begin_writing(session)
        actor = stage.actor(stage.cast.trainer)
        with counted(engine) as statements:
            end_round(session, actor=actor, sealer=SEALER, lens=LENS, threshold=10, at=AT, **stage.here)
        assert len(statements) <= 9, statements

    def test_no_word_of_a_text_is_left_in_any_column(self, stage: Course, session: Session, engine: Engine) -> None:
        people = stage.learners(10)
        stage.both_waves(people, before=f"{CANARY} {MARKED}", after=f"{CANARY} {PLAIN}")
        session.commit()
        assert not in_any_row(engine, CANARY)
        begin_writing(session)
        stage.end()
        session.commit()
        assert not in_any_row(engine, CANARY)
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM exercise_text")) == 0


def in_any_row(engine: Engine, words: str) -> bool:
    with engine.connect() as connection:
        rows = [str(row) for table in Base.metadata.sorted_tables for row in connection.execute(table.select())]
    return any(words in row for row in rows)


def test_a_note_sent_while_the_trainer_ends_the_round_is_counted_or_refused(
    engine: Engine, session: Session, cast: Cast
) -> None:
    stage = Course(session, cast)
    people = stage.learners(6)
    stage.both_waves(people)
    session.commit()
    outcomes: list[str] = []
    barrier = threading.Barrier(len(people) + 2)

    def run(act: Callable[[Course], Any]) -> None:
        with Session(engine) as own:
            barrier.wait(timeout=60)
            begin_writing(own)
            try:
                act(Course(own, cast))
                own.commit()
                outcomes.append("done")
            except Conflict:
                own.rollback()
                outcomes.append("refused")

    acts: list[Callable[[Course], Any]] = [lambda here, one=one: here.write(one) for one in people]
    acts += [lambda here: here.end()] * 2
    crowd = [threading.Thread(target=run, args=(act,)) for act in acts]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(timeout=60)
    assert len(outcomes) == len(acts)
    assert outcomes.count("refused") >= 1  # of two trainers one comes too late
    session.rollback()
    assert stage.kept() == 0
