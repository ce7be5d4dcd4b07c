"""Slips for the people of a cohort who have no address, and beginning with one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.audit import EventKind
from trainer.accounts.models import Membership, Person, WardAccess
from trainer.accounts.ward import Slip, begin_with_slip, print_slip
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.joining import activate_enrolments
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import CohortOf
from trainer.errors import Invalid
from trainer.wording import said

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class SlipLine:
    """Somebody a slip can be printed for."""

    enrolment_id: int
    person_id: int
    name: str
    staff_id: str | None
    has_pin: bool


def slip_lines(session: Session, cohort_id: int) -> tuple[SlipLine, ...]:
    """Who of a cohort may be given a slip, by name. One statement.

    Nobody with an address who has not answered yet: whether they have an account elsewhere is not to be known here.
    Nobody with a password and an address: they use the ordinary way.
    """
    by_slip = Person.email.is_(None) | (Person.password_hash.is_(None) & (Enrolment.state == "active"))
    rows = session.execute(
        select(
            Enrolment.id,
            Person.id,
            func.coalesce(Enrolment.invited_as, Person.name),
            Membership.staff_id,
            WardAccess.pin_hash.is_not(None),
        )
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(WardAccess, WardAccess.person_id == Person.id)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & (Membership.organisation_id == Enrolment.organisation_id),
        )
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state.in_(("invited", "active")), Person.is_active, by_slip)
        .order_by(Person.name_key, Person.id)
    )
    return tuple(SlipLine(*row) for row in rows)


def print_slips(
    session: Session,
    *,
    actor: Actor,
    organisation: str,
    cohort: str,
    enrolment_ids: Collection[int],
    at: datetime,
) -> tuple[CohortOf, tuple[Slip, ...]]:
    """Draw start codes for chosen people of the cohort; those printed before open nothing any longer.

    Raises Invalid for nobody, for too many, or for somebody who cannot have a slip.
    """
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    wanted = set(enrolment_ids)
    if not wanted:
        raise Invalid(said("Choose at least one person."))
    if len(wanted) > MOST_AT_ONCE:
        raise Invalid(said("Print at most %(most)s slips at once.", most=MOST_AT_ONCE))
    lines = [line for line in slip_lines(session, target.id) if line.enrolment_id in wanted]
    if len(lines) < len(wanted):
        raise Invalid(said("For one of these people no slip can be printed."), said("Choose again from the list."))
    where = target.organisation_id
    return target, tuple(
        print_slip(session, actor=actor, organisation_id=where, person_id=line.person_id, at=at) for line in lines
    )


def begin_on_ward(session: Session, *, code: str, start: str, pin: str, at: datetime) -> Actor:
    """Use a slip: the PIN is chosen, and every enrolment that waited is active. Raises as ``begin_with_slip``."""
    organisation_id, actor = begin_with_slip(session, code=code, start=start, pin=pin, at=at)
    activate_enrolments(session, actor=actor, organisation_id=organisation_id, at=at, kind=EventKind.SLIP_USED)
    return actor
