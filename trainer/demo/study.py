"""Somebody invented takes a module, through the same services as everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.quiz import Dilemma, JudgementOption, Matching, Option, Ordering, Question, Rewriting, ShortText
from trainer.learning.drawing import draw_questions
from trainer.learning.services import mark_section_read, record_response, start_attempt, submit_attempt

MAX_TRIES = 4
HARDEST = 0.6  # how much the hardest question lowers the chance of a right answer; most are far easier

StopAfter = Literal["never", "first", "second", "part", "open"]
EARLY: Mapping[str, int] = {"first": 1, "second": 2}  # sections read


@dataclass(frozen=True, slots=True)
class Learner:
    """``knows`` is the chance of a right answer to an easy question."""

    session: Session
    person_id: int
    knows: float
    random: Random

    @property
    def actor(self) -> Actor:
        """The learner as the services see them."""
        return Actor(person_id=self.person_id, name="", email="")


def study_module(
    learner: Learner, module: Module, *, at: datetime, latest: datetime, stop_after: StopAfter = "never"
) -> datetime:
    """Read and, unless stopping early, take the quiz until passed; returns when it ended.

    ``stop_after``: the first or second section, half of them, or in the middle of an open attempt.
    """
    sections = module.sections
    if stop_after in EARLY:
        sections = sections[: EARLY[stop_after]]
    elif stop_after == "part":
        sections = sections[: max(1, len(sections) // 2)]
    for section in sections:
        at = _tick(learner, at, latest, section.minutes)
        mark_section_read(learner.session, actor=learner.actor, module=module, section_id=section.id, at=at)
    if stop_after in EARLY or stop_after == "part" or module.quiz is None:
        return at
    for tries in range(MAX_TRIES):
        at, is_passed = _sit(learner, module, at, latest, tries, stop_after)
        if is_passed or stop_after == "open":
            return at
        at += timedelta(hours=learner.random.randint(1, 30))
    return at


def _sit(
    learner: Learner, module: Module, at: datetime, latest: datetime, tries: int, stop_after: StopAfter
) -> tuple[datetime, bool]:
    session, actor = learner.session, learner.actor
    at = _tick(learner, at, latest, 1)
    seed = learner.random.randrange(2**31)
    number = start_attempt(session, actor=actor, module=module, seed=seed, at=at)
    questions = draw_questions(module.quiz, seed) if module.quiz else ()
    if stop_after == "open":
        questions = questions[: max(1, len(questions) // 2)]
    catalogue = _catalogue_of(module)
    for question in questions:
        at = _tick(learner, at, latest, 1)
        record_response(
            session,
            actor=actor,
            catalogue=catalogue,
            module_id=module.id,
            number=number,
            question_id=question.id,
            raw=choose(learner, question, tries),
            at=at,
        )
    if stop_after == "open":
        return at, False
    result = submit_attempt(session, actor=actor, catalogue=catalogue, module_id=module.id, number=number, at=at)
    return at, result.score.is_passed


def _catalogue_of(module: Module) -> Catalogue:
    return Catalogue(tracks=(), paths=(), modules=(module,), support=(), glossary=(), images={})


def choose(learner: Learner, question: Question, tries: int) -> list[str]:
    """Hard questions mislead more people, each towards its own tempting answer; explanations help next time."""
    difficulty = Random(question.id).random() ** 3 * HARDEST  # noqa: S311 - the same question is as hard for everybody
    is_right = learner.random.random() < learner.knows - difficulty + 0.2 * tries
    if isinstance(question, Ordering | Matching):
        return _pairs(learner, question, is_right=is_right)
    if isinstance(question, ShortText | Rewriting):
        return _words(learner, question, is_right=is_right)
    if isinstance(question, Dilemma):
        return [learner.random.choice(question.options).id]
    right = [option.id for option in question.options if _is_right(option)]
    others = [option.id for option in question.options if not _is_right(option)]
    if is_right or not others:
        return right if question.kind == "multiple" else right[:1]
    tempting = Random(f"{question.id}/tempting").choice(others)  # noqa: S311
    wrong = tempting if learner.random.random() < 0.6 else learner.random.choice(others)
    return [*right[:-1], wrong] if question.kind == "multiple" else [wrong]


def _pairs(learner: Learner, question: Ordering | Matching, *, is_right: bool) -> list[str]:
    """All in its place, or two of it the wrong way round."""
    if isinstance(question, Ordering):
        left = [item.id for item in question.items]
        right = [str(place) for place in range(1, len(left) + 1)]
    else:
        left, right = [row.id for row in question.rows], [row.target_id for row in question.rows]
    if not is_right:
        place = learner.random.randrange(len(right) - 1)
        right[place], right[place + 1] = right[place + 1], right[place]
    return [f"{one}={other}" for one, other in zip(left, right, strict=True)]


def _words(learner: Learner, question: ShortText | Rewriting, *, is_right: bool) -> list[str]:
    if isinstance(question, Rewriting):
        return [learner.random.choice(question.models)]
    return [question.accepted[0] if is_right else "not sure"]


def _is_right(option: Option | JudgementOption) -> bool:
    return option.verdict == "best" if isinstance(option, JudgementOption) else option.is_correct


def _tick(learner: Learner, at: datetime, latest: datetime, minutes: int) -> datetime:
    return min(latest, at + timedelta(seconds=minutes * learner.random.randint(40, 90)))
