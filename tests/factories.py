"""Builders for what a test needs besides the cast: questions, quizzes, modules, people, learning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from tests.cast import Someone
from tests.samples import AT, sample_catalogue, sample_module
from trainer.accounts.actor import Actor, Role
from trainer.accounts.queries import find_actor_by_email
from trainer.accounts.services import create_person, grant_membership
from trainer.cohorts.services import enrol_person
from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.quiz import (
    Dilemma,
    Judgement,
    JudgementOption,
    Matching,
    MultipleResponse,
    Option,
    Ordering,
    Question,
    Quiz,
    Rewriting,
    ShortText,
    SingleChoice,
    Verdict,
)
from trainer.courseware.revision import revision_of
from trainer.learning.drawing import draw_questions
from trainer.learning.services import record_response, start_attempt, submit_attempt


def make_option(name: str, *, is_correct: bool) -> Option:
    """An option called by a letter or a word."""
    return Option(id=name, text=name, html=name, explanation_html=f"why {name}", is_correct=is_correct)


def make_single(name: str = "q", *, right: str = "a", options: str = "abc", is_safety: bool = False) -> SingleChoice:
    """A single choice whose options are letters."""
    return SingleChoice(
        id=name,
        prompt=name,
        prompt_html=name,
        intro_html="",
        outcome=1,
        is_safety=is_safety,
        options=tuple(make_option(letter, is_correct=letter == right) for letter in options),
    )


def make_multiple(name: str = "q", *, right: str = "ab", options: str = "abcd") -> MultipleResponse:
    """A multiple response whose options are letters."""
    return MultipleResponse(
        id=name,
        prompt=name,
        prompt_html=name,
        intro_html="",
        outcome=1,
        is_safety=False,
        options=tuple(make_option(letter, is_correct=letter in right) for letter in options),
    )


def make_judgement(name: str = "q", verdicts: Sequence[Verdict] = ("best", "workable", "risky")) -> Judgement:
    """A judgement whose options are letters, with these verdicts."""
    return Judgement(
        id=name,
        prompt=name,
        prompt_html=name,
        intro_html="",
        outcome=1,
        is_safety=False,
        options=tuple(
            JudgementOption(id=letter, text=letter, html=letter, explanation_html="why", verdict=verdict)
            for letter, verdict in zip("abcdefgh", verdicts, strict=False)
        ),
    )


def make_quiz(
    questions: Sequence[Question], *, draw: int | None = None, pass_mark: int = 80, shuffle: bool = False
) -> Quiz:
    """A quiz that asks all its questions unless told how many to draw."""
    return Quiz(
        pass_mark=pass_mark,
        draw=len(questions) if draw is None else draw,
        shuffle=shuffle,
        questions=tuple(questions),
    )


def make_module(number: int) -> Module:
    """A copy of the first sample module under another name."""
    module = replace(sample_module(), id=f"M{number:03}", slug=f"module-{number:03}", title=f"Module {number:03}")
    return replace(module, revision=revision_of(module))


def catalogue_of(count: int) -> Catalogue:
    """A catalogue of that many live modules, all under one track."""
    sample = sample_catalogue()
    modules = tuple(make_module(number) for number in range(1, count + 1))
    track = replace(sample.tracks[0], module_slugs=tuple(module.slug for module in modules))
    return replace(sample, tracks=(track,), paths=(), modules=modules)


def actor_of(session: Session, person: Someone) -> Actor:
    """Somebody of the cast, as a service wants them."""
    actor = find_actor_by_email(session, person.email)
    assert actor is not None
    return actor


def add_learner(session: Session, organisation_id: int, cohort_id: int, number: int, *, at: datetime = AT) -> int:
    """One more active learner of a cohort; returns the person's id."""
    email = f"learner.{number}@more.example"
    person_id = create_person(session, name=f"Learner {number:04}", email=email, password=None, at=at)
    grant_membership(session, organisation_id=organisation_id, person_id=person_id, role=Role.LEARNER, at=at)
    enrol_person(session, cohort_id=cohort_id, organisation_id=organisation_id, person_id=person_id, at=at)
    return person_id


def right_answer(question: Question) -> list[str]:
    """What the browser sends for an answer that earns everything there is to earn."""
    if isinstance(question, Judgement):
        return [next(option.id for option in question.options if option.verdict == "best")]
    if isinstance(question, Ordering):
        return [f"{item.id}={place}" for place, item in enumerate(question.items, start=1)]
    if isinstance(question, Matching):
        return [f"{row.id}={row.target_id}" for row in question.rows]
    if isinstance(question, ShortText):
        return [question.accepted[0]]
    if isinstance(question, Rewriting):
        return ["In my own words"]
    if isinstance(question, Dilemma):
        return [question.options[0].id]
    return [option.id for option in question.options if option.is_correct]


def wrong_answer(question: Question) -> list[str]:
    """What the browser sends for an answer that earns nothing."""
    if isinstance(question, Judgement):
        return [next(option.id for option in question.options if option.verdict == "risky")]
    if isinstance(question, Ordering):
        return [f"{item.id}={place}" for place, item in enumerate(reversed(question.items), start=1)]
    if isinstance(question, Matching):
        targets = [target.id for target in question.targets]
        wrong = [next(target for target in targets if target != row.target_id) for row in question.rows]
        return [f"{row.id}={target}" for row, target in zip(question.rows, wrong, strict=True)]
    if isinstance(question, ShortText):
        return ["something else entirely"]
    if isinstance(question, Rewriting | Dilemma):
        return right_answer(question)
    return [next(option.id for option in question.options if not option.is_correct)]


def take_quiz(
    session: Session,
    actor: Actor,
    module: Module,
    *,
    catalogue: Catalogue | None = None,
    wrong: int = 0,
    seed: int = 7,
    at: datetime = AT,
) -> int:
    """Start, answer everything (the first few wrongly), submit; returns the attempt's number."""
    catalogue = catalogue or sample_catalogue()
    number = start_attempt(session, actor=actor, module=module, seed=seed, at=at)
    assert module.quiz is not None
    for place, question in enumerate(draw_questions(module.quiz, seed)):
        raw = wrong_answer(question) if place < wrong else right_answer(question)
        record_response(
            session,
            actor=actor,
            catalogue=catalogue,
            module_id=module.id,
            number=number,
            question_id=question.id,
            raw=raw,
            at=at,
        )
    submit_attempt(session, actor=actor, catalogue=catalogue, module_id=module.id, number=number, at=at)
    return number
