"""Joining with a code: for a class, from a page on the wall. A weak secret, so it opens little.

Eight signs without look-alikes or vowels. Whoever types it sees the name of the organisation and of the cohort, and may
ask for a letter to an address of theirs; the letter, not the code, makes them a member. So the answer is the same
whether or not the address has an account, and nobody can join as somebody else. Who is signed in joins at once.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.audit import EventKind, record_event
from trainer.accounts.invitations import write_invitations
from trainer.accounts.models import Person
from trainer.accounts.names import name_key
from trainer.accounts.passwords import email_key
from trainer.clock import local_date
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.belonging import find_member
from trainer.cohorts.joining import activate_enrolments
from trainer.cohorts.models import Enrolment, JoinCode
from trainer.cohorts.queries import CohortOf, cohort_by_id
from trainer.errors import Conflict, Invalid
from trainer.wording import said

SIGNS = "CDFGHJKMNPQRTVWXY34679"  # no look-alikes, and no vowels, so that no code is a word
CODE_LENGTH = 8
MOST_JOINS = 500
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class JoinCodeOf:
    """A cohort's code and what is left of it."""

    code: str
    last_day: date
    most_joins: int
    join_count: int


class WrongCode(Invalid):
    """Unknown, switched off, over or used up: the four look the same."""

    def __init__(self) -> None:
        super().__init__(
            said("This code opens nothing at the moment."),
            said("Check the eight signs. If they are right, ask whoever gave you the code for a new one."),
        )


def plain_code(typed: str) -> str:
    """A code as it is compared: capitals, without spaces and hyphens."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def find_join_code(session: Session, cohort_id: int) -> JoinCodeOf | None:
    """The cohort's code, if there is one. Callers decide who may know of it."""
    row = session.get(JoinCode, cohort_id)
    return JoinCodeOf(row.code, row.last_day, row.most_joins, row.join_count) if row else None


def make_join_code(
    session: Session, *, actor: Actor, organisation: str, cohort: str, most_joins: int, last_day: date, at: datetime
) -> CohortOf:
    """Switch joining on, or draw a new code; the old one opens nothing. Raises Invalid for odd limits."""
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    today = local_date(at)
    if not 1 <= most_joins <= MOST_JOINS:
        raise Invalid(said("A code is for 1 to %(most)s people.", most=MOST_JOINS))
    if not today <= last_day <= today + LONGEST:
        raise Invalid(said("The last day lies before today, or more than a year away."), said("Choose another day."))
    row = session.get(JoinCode, target.id)
    if row is None:
        row = JoinCode(cohort_id=target.id)
        session.add(row)
    row.code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
    row.made_at, row.last_day, row.most_joins, row.join_count = at, last_day, most_joins, 0
    session.flush()
    where, kind = target.organisation_id, EventKind.CODE_MADE
    record_event(session, actor=actor, organisation_id=where, kind=kind, subject_id=target.id, at=at)
    return target


def end_join_code(session: Session, *, actor: Actor, organisation: str, cohort: str, at: datetime) -> CohortOf:
    """Switch joining off; again is no change."""
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    ended = session.execute(delete(JoinCode).where(JoinCode.cohort_id == target.id).returning(JoinCode.cohort_id))
    if ended.all():
        where, kind = target.organisation_id, EventKind.CODE_ENDED
        record_event(session, actor=actor, organisation_id=where, kind=kind, subject_id=target.id, at=at)
    return target


def cohort_behind(session: Session, code: str, *, at: datetime) -> CohortOf:
    """Where a code leads. Raises WrongCode."""
    cohort_id = session.scalar(
        select(JoinCode.cohort_id).where(
            JoinCode.code == plain_code(code),
            JoinCode.last_day >= local_date(at),
            JoinCode.join_count < JoinCode.most_joins,
        )
    )
    if cohort_id is None:
        raise WrongCode
    return cohort_by_id(session, cohort_id)


def join_with_code(session: Session, *, actor: Actor, code: str, at: datetime) -> CohortOf:
    """Join as who one is. Raises WrongCode, and Conflict for somebody who was withdrawn from the cohort."""
    target = cohort_behind(session, code, at=at)
    state = _state(session, target.id, actor.person_id)
    if state == "active":
        return target
    if state == "withdrawn":
        raise Conflict(
            said("You were in this cohort and have left it."), said("Its trainers can bring you back in one step.")
        )
    if state is None:
        _take_place(session, code, at)
        _enrol(session, target, actor.person_id, None, at)
    activate_enrolments(session, actor=actor, organisation_id=target.organisation_id, at=at)
    _record(session, actor, target, at)
    return target


def ask_to_join(session: Session, *, code: str, name: str, email: str, at: datetime) -> CohortOf:
    """Have a letter sent to an address; the same answer and nearly the same work whoever has it. Raises WrongCode.

    Somebody who is in the cohort already, or was withdrawn from it, gets none.
    """
    target = cohort_behind(session, code, at=at)
    person_id = session.scalar(select(Person.id).where(Person.email_key == email_key(email)))
    if person_id is None:
        person_id = _new_person(session, name, email, at)
    state = _state(session, target.id, person_id)
    if state is None:
        _take_place(session, code, at)
        # Whoever is a member already keeps their own name there: a code makes nobody look as if they had not answered.
        is_known = find_member(session, target.organisation_id, email_key(email)) is not None
        _enrol(session, target, person_id, None if is_known else " ".join(name.split()), at)
    if state in (None, "invited"):
        where = target.organisation_id
        write_invitations(session, organisation_id=where, person_ids=[person_id], invited_by=None, at=at)
        _record(session, Actor(person_id=person_id, name=name, email=email), target, at)
    return target


def _new_person(session: Session, name: str, email: str, at: datetime) -> int:
    tidy = " ".join(name.split())
    person = Person(name=tidy, name_key=name_key(tidy), email=email.strip(), email_key=email_key(email))
    person.is_active, person.created_at = True, at
    session.add(person)
    session.flush()
    return person.id


def _state(session: Session, cohort_id: int, person_id: int) -> str | None:
    mine = (Enrolment.cohort_id == cohort_id, Enrolment.person_id == person_id)
    return session.scalar(select(Enrolment.state).where(*mine))


def _take_place(session: Session, code: str, at: datetime) -> None:
    """Count somebody in one statement: of two who want the last place, one gets it. Raises WrongCode."""
    taken = session.execute(
        update(JoinCode)
        .where(
            JoinCode.code == plain_code(code),
            JoinCode.last_day >= local_date(at),
            JoinCode.join_count < JoinCode.most_joins,
        )
        .values(join_count=JoinCode.join_count + 1)
        .returning(JoinCode.cohort_id),
        execution_options={"synchronize_session": False},
    )
    if not taken.all():
        raise WrongCode


def _enrol(session: Session, target: CohortOf, person_id: int, invited_as: str | None, at: datetime) -> None:
    row = Enrolment(organisation_id=target.organisation_id, cohort_id=target.id, person_id=person_id)
    row.state, row.state_since, row.invited_as = "invited", at, invited_as
    session.add(row)
    session.flush()


def _record(session: Session, actor: Actor, target: CohortOf, at: datetime) -> None:
    where, told = target.organisation_id, {"cohort": target.id}
    record_event(session, actor=actor, organisation_id=where, kind=EventKind.CODE_USED, detail=told, at=at)
