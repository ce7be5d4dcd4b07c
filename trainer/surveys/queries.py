"""Reading the survey: which one is open, and one's own answers. Nobody can ask for somebody else's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.cohorts.belonging import is_active_learner
from trainer.cohorts.queries import CohortOf, find_cohort
from trainer.errors import NotAllowed, NotFound
from trainer.surveys.models import SurveyAnswer
from trainer.wording import said

Wave = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class OwnAnswers:
    """What somebody answered, by item number."""

    wave: Wave
    answers: dict[int, int]
    answered_at: datetime


def survey_cohort(session: Session, actor: Actor, organisation: str, cohort: str) -> CohortOf:
    """The cohort whose survey the actor may answer.

    Raises NotFound for anybody outside the organisation, NotAllowed for members who do not learn in the cohort.
    """
    found = find_cohort(session, organisation, cohort)
    if found is None or actor.role_in(found.organisation_id) is None:
        raise NotFound(said("There is no cohort at this address."))
    if not is_active_learner(session, found.id, actor.person_id):
        raise NotAllowed(
            said("The survey is for the learners of this cohort."),
            said("Trainers open and close it on the cohort’s page."),
        )
    return found


def own_answers(session: Session, actor: Actor, cohort_id: int) -> tuple[OwnAnswers, ...]:
    """The actor's answers in a cohort, before and after. One statement."""
    rows = session.execute(
        select(SurveyAnswer.wave, SurveyAnswer.answers, SurveyAnswer.answered_at)
        .where(SurveyAnswer.person_id == actor.person_id, SurveyAnswer.cohort_id == cohort_id)
        .order_by(SurveyAnswer.answered_at)
    )
    return tuple(
        OwnAnswers(row.wave, {int(number): value for number, value in json.loads(row.answers).items()}, row.answered_at)
        for row in rows
    )
