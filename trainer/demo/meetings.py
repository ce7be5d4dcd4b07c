"""Invented live sessions: one that was, with those who came, and one ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.clock import local_date, local_moment
from trainer.cohorts.live.queries import attendance_of, session_of
from trainer.cohorts.live.services import SessionWish, note_attendance, plan_session
from trainer.cohorts.queries import CohortOf
from trainer.courseware.catalogue import Module

CAME = 0.6  # the chance that somebody came
HOUR = 10


def hold_sessions(session: Session, cohort: CohortOf, modules: Sequence[Module], *, at: datetime) -> None:
    """A session about the first module nine days ago, and one about the second in eight days; their own dice."""
    dice = Random(f"{cohort.organisation_slug}/{cohort.slug}/sessions")  # noqa: S311
    here: dict[str, Any] = {"actor": Actor.system(), "organisation": cohort.organisation_slug, "cohort": cohort.slug}
    plans = (("First session", -9, "Education room, Portacarron House"), ("Second session", 8, "Video call"))
    for module, (title, days, place) in zip(modules, plans, strict=False):
        starts_at = local_moment(local_date(at) + timedelta(days=days), datetime.min.time().replace(hour=HOUR))
        wish = SessionWish(title, place, starts_at, frozenset({module.id}))
        number = plan_session(session, **here, wish=wish)
        if starts_at < at:
            known = session_of(session, cohort.id, number)
            came = [one.enrolment_id for one in attendance_of(session, cohort.id, known.id) if dice.random() < CAME]
            note_attendance(session, **here, number=number, ticked=came, unticked=(), at=at)
