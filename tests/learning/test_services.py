"""What is written while learning: once, exactly, and safe to repeat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.factories import actor_of, right_answer, take_quiz, wrong_answer
from tests.samples import AT, sample_module
from trainer.accounts.actor import Actor
from trainer.courseware.catalogue import Catalogue
from trainer.courseware.quiz import Question
from trainer.courseware.revision import revision_of
from trainer.errors import Conflict, Invalid, NotFound
from trainer.learning.drawing import draw_questions
from trainer.learning.models import Attempt, Completion, Response, SectionRead
from trainer.learning.progress import State
from trainer.learning.queries import attempts_of, find_completion, get_attempt, sections_read, standings_of
from trainer.learning.revisions import pinned_module, publish_revisions
from trainer.learning.services import mark_section_read, record_response, start_attempt, submit_attempt

pytestmark = pytest.mark.any_database
MODULE = sample_module()
SECTIONS = [section.id for section in MODULE.sections]
LATER = AT + timedelta(hours=1)
SEED = 7


@pytest.fixture
def psw(session: Session, cast: Cast) -> Actor:
    return actor_of(session, cast.psw)


@pytest.fixture
def asked() -> tuple[Question, ...]:
    assert MODULE.quiz is not None
    return draw_questions(MODULE.quiz, SEED)


class Sitting:
    """One attempt of one person, with short words for what one does in it."""

    def __init__(self, session: Session, actor: Actor, catalogue: Catalogue) -> None:
        self.session, self.actor, self.catalogue = session, actor, catalogue
        self.number = start_attempt(session, actor=actor, module=MODULE, seed=SEED, at=AT)

    def answer(self, question: Question, raw: list[str] | None = None, minutes: int = 1) -> object:
        return record_response(
            self.session,
            actor=self.actor,
            catalogue=self.catalogue,
            module_id=MODULE.id,
            number=self.number,
            question_id=question.id,
            raw=right_answer(question) if raw is None else raw,
            at=AT + timedelta(minutes=minutes),
        )

    def submit(self, hours: int = 1) -> object:
        return submit_attempt(
            self.session,
            actor=self.actor,
            catalogue=self.catalogue,
            module_id=MODULE.id,
            number=self.number,
            at=AT + timedelta(hours=hours),
        )


@pytest.fixture
def sitting(session: Session, psw: Actor, catalogue: Catalogue) -> Sitting:
    return Sitting(session, psw, catalogue)


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


class TestReading:
    def test_a_section_is_read_once(self, session: Session, psw: Actor) -> None:
        for at in (AT, LATER):
            mark_section_read(session, actor=psw, module=MODULE, section_id=SECTIONS[0], at=at)
        assert sections_read(session, psw.person_id, MODULE.id) == {SECTIONS[0]}
        assert session.scalars(select(SectionRead.read_at)).one() == AT
        standing = standings_of(session, psw.person_id)[MODULE.id]
        assert (standing.state, standing.started_at, standing.last_activity_at) == (State.IN_PROGRESS, AT, AT)

    def test_a_section_that_is_not_there_is_not_read(self, session: Session, psw: Actor) -> None:
        with pytest.raises(NotFound):
            mark_section_read(session, actor=psw, module=MODULE, section_id="elsewhere", at=AT)
        assert count(session, SectionRead) == 0

    def test_a_module_to_read_is_complete_with_its_last_section(self, session: Session, psw: Actor) -> None:
        module = sample_module("reading-only")
        for hours, section in enumerate(module.sections):
            assert find_completion(session, psw.person_id, module.id) is None
            at = AT + timedelta(hours=hours)
            mark_section_read(session, actor=psw, module=module, section_id=section.id, at=at)
        completion = find_completion(session, psw.person_id, module.id)
        assert completion is not None
        assert (completion.completed_at, completion.revision) == (LATER, module.revision)
        assert standings_of(session, psw.person_id)[module.id].state is State.COMPLETED


class TestStarting:
    def test_starting_again_goes_on(self, session: Session, psw: Actor) -> None:
        numbers = {start_attempt(session, actor=psw, module=MODULE, seed=seed, at=AT) for seed in (1, 2, 3)}
        assert numbers == {1}
        assert session.scalars(select(Attempt.seed)).one() == 1

    def test_after_submission_the_next_attempt_has_the_next_number(self, session: Session, psw: Actor) -> None:
        assert [take_quiz(session, psw, MODULE) for _ in range(3)] == [1, 2, 3]

    def test_people_and_modules_do_not_share_numbers(self, session: Session, cast: Cast, psw: Actor) -> None:
        clinician = actor_of(session, cast.clinician)
        assert start_attempt(session, actor=psw, module=MODULE, seed=1, at=AT) == 1
        assert start_attempt(session, actor=clinician, module=MODULE, seed=1, at=AT) == 1
        assert start_attempt(session, actor=psw, module=sample_module("quiz-only"), seed=1, at=AT) == 1

    def test_a_module_without_a_quiz_has_no_attempts(self, session: Session, psw: Actor) -> None:
        with pytest.raises(NotFound):
            start_attempt(session, actor=psw, module=sample_module("reading-only"), seed=1, at=AT)


class TestAnswering:
    def test_the_last_answer_counts_and_none_is_lost(
        self, session: Session, sitting: Sitting, asked: tuple[Question, ...]
    ) -> None:
        question = asked[0]
        answers = [wrong_answer(question), right_answer(question), wrong_answer(question)]
        for minutes, raw in enumerate(answers, start=1):
            sitting.answer(question, raw, minutes)
        attempt = get_attempt(session, sitting.actor.person_id, MODULE.id, 1)
        assert list(attempt.answers[question.id].answer) == answers[-1]
        assert attempt.answers[question.id].recorded_at == AT + timedelta(minutes=3)
        assert count(session, Response) == 3
        assert list(session.scalars(select(Response.sequence).order_by(Response.id))) == [1, 2, 3]

    def test_the_same_answer_again_is_the_same_receipt(
        self, session: Session, sitting: Sitting, asked: tuple[Question, ...]
    ) -> None:
        first = sitting.answer(asked[0], minutes=1)
        assert sitting.answer(asked[0], minutes=9) == first
        assert count(session, Response) == 1

    def test_a_question_of_the_pool_that_was_not_asked_is_refused(
        self, session: Session, sitting: Sitting, asked: tuple[Question, ...]
    ) -> None:
        assert MODULE.quiz is not None
        (other,) = set(MODULE.quiz.questions) - set(asked)
        with pytest.raises(Invalid, match="not part of this attempt"):
            sitting.answer(other)
        assert count(session, Response) == 0

    def test_an_option_of_another_question_is_refused(self, sitting: Sitting, asked: tuple[Question, ...]) -> None:
        with pytest.raises(Invalid, match="does not belong"):
            sitting.answer(asked[0], right_answer(asked[1]))

    def test_after_submission_answers_stay(
        self, session: Session, sitting: Sitting, asked: tuple[Question, ...]
    ) -> None:
        sitting.answer(asked[0])
        sitting.submit()
        with pytest.raises(Conflict):
            sitting.answer(asked[0], wrong_answer(asked[0]))
        assert count(session, Response) == 1

    def test_nobody_answers_for_somebody_else(
        self, session: Session, cast: Cast, sitting: Sitting, asked: tuple[Question, ...]
    ) -> None:
        sitting.actor = actor_of(session, cast.clinician)
        with pytest.raises(NotFound):
            sitting.answer(asked[0])
        with pytest.raises(NotFound):
            sitting.submit()


class TestSubmitting:
    def test_the_score_is_kept_with_the_attempt(
        self, session: Session, sitting: Sitting, asked: tuple[Question, ...]
    ) -> None:
        for question in asked:
            sitting.answer(question)
        submitted = sitting.submit()
        assert submitted.is_new  # type: ignore[attr-defined]
        (line,) = attempts_of(session, sitting.actor.person_id, MODULE.id)
        assert (line.points, line.possible, line.is_passed, line.submitted_at) == (400, 400, True, LATER)

    def test_submitting_again_is_the_first_result(
        self, session: Session, sitting: Sitting, asked: tuple[Question, ...]
    ) -> None:
        sitting.answer(asked[0])
        first, second = sitting.submit(hours=1), sitting.submit(hours=5)
        assert second == replace(first, is_new=False)  # type: ignore[type-var]
        (line,) = attempts_of(session, sitting.actor.person_id, MODULE.id)
        assert line.submitted_at == LATER
        assert standings_of(session, sitting.actor.person_id)[MODULE.id].attempt_count == 1

    def test_an_empty_attempt_can_be_submitted_and_earns_nothing(self, session: Session, sitting: Sitting) -> None:
        sitting.submit()
        (line,) = attempts_of(session, sitting.actor.person_id, MODULE.id)
        assert (line.points, line.possible, line.is_passed) == (0, 400, False)

    def test_passing_and_reading_in_any_order_completes_once(self, session: Session, psw: Actor, cast: Cast) -> None:
        clinician = actor_of(session, cast.clinician)
        take_quiz(session, psw, MODULE)
        for person in (psw, clinician):
            assert find_completion(session, person.person_id, MODULE.id) is None
            for section in SECTIONS:
                mark_section_read(session, actor=person, module=MODULE, section_id=section, at=LATER)
        take_quiz(session, clinician, MODULE, at=LATER)
        take_quiz(session, psw, MODULE, at=LATER + timedelta(days=9))
        for person in (psw, clinician):
            completion = find_completion(session, person.person_id, MODULE.id)
            assert completion is not None
            assert completion.completed_at == LATER
        assert count(session, Completion) == 2

    def test_a_completion_names_the_attempt_it_rests_on(self, session: Session, psw: Actor) -> None:
        module = sample_module("quiz-only")
        take_quiz(session, psw, module, wrong=1)
        assert find_completion(session, psw.person_id, module.id) is None
        take_quiz(session, psw, module)
        rests_on = select(Attempt.number).join(Completion, Completion.attempt_id == Attempt.id)
        assert session.scalars(rests_on).one() == 2

    def test_a_later_failure_takes_nothing_away(self, session: Session, psw: Actor) -> None:
        module = sample_module("quiz-only")
        take_quiz(session, psw, module)
        take_quiz(session, psw, module, wrong=2, at=LATER)
        standing = standings_of(session, psw.person_id)[module.id]
        assert (standing.state, standing.best_points, standing.has_passed) == (State.COMPLETED, 200, True)
        assert standing.attempt_count == 2


class TestAChangedModule:
    """Content is edited while people sit in an attempt."""

    @pytest.fixture
    def edited(self, session: Session, sitting: Sitting, catalogue: Catalogue) -> Catalogue:
        assert MODULE.quiz is not None
        new = replace(MODULE, title="Rewritten", quiz=replace(MODULE.quiz, questions=MODULE.quiz.questions[:2], draw=2))
        new = replace(new, revision=revision_of(new))
        found = replace(catalogue, modules=(new, *catalogue.modules[1:]))
        assert publish_revisions(session, found, at=LATER) == 1
        return found

    def test_the_attempt_goes_on_with_what_it_began_with(
        self, session: Session, sitting: Sitting, asked: tuple[Question, ...], edited: Catalogue
    ) -> None:
        sitting.catalogue = edited
        for question in asked:
            sitting.answer(question)
        submitted = sitting.submit()
        assert (submitted.score.points, submitted.score.possible) == (400, 400)  # type: ignore[attr-defined]

    def test_the_pinned_module_is_the_old_one_to_the_letter(
        self, session: Session, sitting: Sitting, edited: Catalogue
    ) -> None:
        attempt = get_attempt(session, sitting.actor.person_id, MODULE.id, 1)
        assert attempt.revision == MODULE.revision
        assert pinned_module(session, edited, MODULE.id, attempt.revision) == MODULE

    def test_the_next_attempt_takes_the_new_one(self, session: Session, sitting: Sitting, edited: Catalogue) -> None:
        sitting.submit()
        new = edited.by_id[MODULE.id]
        number = start_attempt(session, actor=sitting.actor, module=new, seed=SEED, at=LATER)
        assert get_attempt(session, sitting.actor.person_id, MODULE.id, number).revision == new.revision

    def test_a_retired_module_keeps_its_attempts(
        self, session: Session, sitting: Sitting, catalogue: Catalogue
    ) -> None:
        without = replace(catalogue, modules=catalogue.modules[1:])
        assert pinned_module(session, without, MODULE.id, MODULE.revision) == MODULE

    def test_publishing_again_stores_nothing(self, session: Session, catalogue: Catalogue) -> None:
        assert publish_revisions(session, catalogue, at=LATER) == 0

    def test_a_revision_that_was_never_stored_is_not_found(self, session: Session, catalogue: Catalogue) -> None:
        with pytest.raises(NotFound):
            pinned_module(session, catalogue, MODULE.id, "0" * 64)
