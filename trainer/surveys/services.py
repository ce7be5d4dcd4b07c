"""Answering, changing and withdrawing the survey; opening and closing it for a cohort."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.cohorts.queries import CohortOf
from trainer.errors import Conflict, Invalid
from trainer.surveys.instrument import INSTRUMENT
from trainer.surveys.models import SurveyAnswer
from trainer.surveys.queries import survey_cohort
from trainer.wording import said


def keep_answers(
    session: Session, *, actor: Actor, organisation: str, cohort: str, answers: Mapping[int, int], at: datetime
) -> CohortOf:
    """Keep the actor's answers for the wave that is open; answering again replaces them.

    Raises Conflict when no survey is open and Invalid when nothing is answered.
    """
    found = survey_cohort(session, actor, organisation, cohort)
    if found.survey_wave is None:
        raise Conflict(
            said("This survey is closed at the moment."), said("Your trainer opens it before and after the course.")
        )
    if not answers:
        raise Invalid(
            said("Nothing is answered yet."), said("Answer what you like, or leave the page: nobody will ask why.")
        )
    row = session.get(SurveyAnswer, (actor.person_id, found.id, found.survey_wave))
    if row is None:
        row = SurveyAnswer(person_id=actor.person_id, cohort_id=found.id, wave=found.survey_wave)
        session.add(row)
    row.instrument, row.answered_at = INSTRUMENT, at
    row.answers = json.dumps({str(number): value for number, value in sorted(answers.items())})
    session.flush()
    return found


def withdraw_answers(session: Session, *, actor: Actor, organisation: str, cohort: str) -> CohortOf:
    """Delete all the actor's answers in a cohort, also while the survey is closed."""
    found = survey_cohort(session, actor, organisation, cohort)
    session.execute(
        delete(SurveyAnswer).where(SurveyAnswer.person_id == actor.person_id, SurveyAnswer.cohort_id == found.id)
    )
    return found
