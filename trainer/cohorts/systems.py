"""Which other systems may read something of somebody: told to the one it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, Scope
from trainer.accounts.models import ApiToken, Organisation, Person
from trainer.accounts.token_queries import may_read
from trainer.cohorts.models import Cohort, CohortTrainer, Enrolment


@dataclass(frozen=True, slots=True)
class SystemThatReads:
    """A system with a token, and a cohort in which it may read one's name; or even what one has completed."""

    name: str
    organisation: str
    made_by: str
    cohort: str
    reads_completions: bool


def systems_that_read(session: Session, actor: Actor, *, at: datetime) -> tuple[SystemThatReads, ...]:
    """The systems whose token works now, for each cohort that the actor is active in. One statement."""
    trains = exists().where(CohortTrainer.cohort_id == Cohort.id, CohortTrainer.person_id == ApiToken.created_by)
    reads_completions = may_read(Scope.COMPLETIONS_READ) & trains
    rows = session.execute(
        select(ApiToken.name, Organisation.name, Person.name, Cohort.name, reads_completions)
        .join(Organisation, Organisation.id == ApiToken.organisation_id)
        .join(Person, Person.id == ApiToken.created_by)
        .join(Cohort, Cohort.organisation_id == ApiToken.organisation_id)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(
            Enrolment.person_id == actor.person_id,
            Enrolment.state == "active",
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_at > at,
            Person.is_active,
            or_(may_read(Scope.ROSTERS_READ), reads_completions),
        )
        .order_by(Cohort.name, ApiToken.name, ApiToken.id)
    )
    return tuple(SystemThatReads(*row) for row in rows)
