"""Invented answers before and after a course, so that the report about change has something to show.

Their own dice: nothing else in the demo depends on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, MembershipOf, Role
from trainer.cohorts.queries import CohortOf
from trainer.cohorts.services import open_survey
from trainer.courseware.catalogue import Module
from trainer.demo.study import Learner, choose
from trainer.learning.before import answer_before, before_questions
from trainer.surveys.instrument import HIGHEST, ITEMS, LOWEST
from trainer.surveys.services import keep_answers

ANSWERS_BEFORE = 0.85  # the chance that somebody answers the voluntary questions
KNOWS_LESS = 0.3
WAVES = (("before", 0.0, 0.9), ("after", 0.45, 0.75))  # by how many steps opinions moved, and who answers


def answer_beforehand(learner: Learner, module: Module, *, at: datetime) -> None:
    """The module's own questions before the first section, as somebody answers who has not read it."""
    dice = Random(f"{learner.person_id}/{module.id}/before")  # noqa: S311
    questions = before_questions(module)
    if not questions or dice.random() > ANSWERS_BEFORE:
        return
    unread = Learner(learner.session, learner.person_id, learner.knows - KNOWS_LESS, dice)
    raw = {question.id: choose(unread, question, 0) for question in questions}
    answer_before(learner.session, actor=learner.actor, module=module, raw=raw, at=at)


def answer_surveys(
    session: Session, people: Sequence[int], cohort: CohortOf, *, began_at: datetime, ended_at: datetime
) -> None:
    """The survey of a cohort that is over, both times; some answered once only."""
    dice = Random(f"{cohort.organisation_slug}/{cohort.slug}/survey")  # noqa: S311
    usual = {person: [dice.gauss(3.2, 0.6) for _ in ITEMS] for person in people}
    here = {"organisation": cohort.organisation_slug, "cohort": cohort.slug}
    member = MembershipOf(cohort.organisation_id, cohort.organisation_slug, cohort.organisation_name, Role.LEARNER)
    for (wave, moved, share), at in zip(WAVES, (began_at, ended_at), strict=True):
        open_survey(session, actor=Actor.system(), **here, wave=wave)
        for person in people:
            if dice.random() > share:
                continue
            actor = Actor(person_id=person, name="", email="", memberships=(member,))
            answers = {
                item.number: _step(item.is_reversed, usual[person][place] + dice.gauss(moved, 0.5))
                for place, item in enumerate(ITEMS)
            }
            keep_answers(session, actor=actor, **here, answers=answers, at=at)
    open_survey(session, actor=Actor.system(), **here, wave=None)


def _step(is_reversed: bool, opinion: float) -> int:
    step = min(HIGHEST, max(LOWEST, round(opinion)))
    return LOWEST + HIGHEST - step if is_reversed else step
