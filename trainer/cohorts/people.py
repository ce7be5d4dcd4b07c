"""Reading who belongs to an organisation, and whom it has asked.

Somebody who was asked and has not answered may have an account elsewhere, or none: nothing here tells the two apart.
Until they answer they appear by the name that was written for them, and in no list of members.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Role
from trainer.accounts.models import Membership, Person
from trainer.accounts.names import name_key
from trainer.cohorts.models import Cohort, CohortTrainer, Enrolment

PEOPLE_A_PAGE = 50
_Member = tuple[int, int, str, str | None, str | None, str, bool, int]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in a list; no practice role and no progress."""

    member_id: int
    person_id: int
    name: str
    contact: str
    role: Role
    is_active: bool
    cohort_count: int


@dataclass(frozen=True, slots=True)
class TrainerLine:
    """Somebody who runs a cohort, or could."""

    member_id: int
    person_id: int
    name: str


def _has_answered() -> ColumnElement[bool]:
    """True of a membership whose person waits for nothing: no list has asked them, or they have said yes."""
    return ~exists().where(
        Enrolment.organisation_id == Membership.organisation_id,
        Enrolment.person_id == Membership.person_id,
        Enrolment.invited_as.is_not(None),
    )


def _members(organisation_id: int) -> Select[_Member]:
    cohorts = (
        select(func.count())
        .where(
            Enrolment.organisation_id == Membership.organisation_id,
            Enrolment.person_id == Membership.person_id,
            Enrolment.state == "active",
        )
        .scalar_subquery()
    )
    return (
        select(
            Membership.id,
            Person.id,
            Person.name,
            Person.email,
            Membership.staff_id,
            Membership.role,
            Person.is_active,
            cohorts,
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id, _has_answered())
    )


def member_lines(
    session: Session, organisation_id: int, *, search: str = "", first: int = 0, count: int = PEOPLE_A_PAGE
) -> tuple[tuple[MemberLine, ...], int]:
    """Members by name, those whose name, address or staff id holds ``search``; and how many. Two statements."""
    statement = _members(organisation_id)
    if key := name_key(search):
        held = (Person.name_key, Person.email_key, Membership.staff_key)
        statement = statement.where(or_(*(column.contains(key, autoescape=True) for column in held)))
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    rows = session.execute(statement.order_by(Person.name_key, Person.id).offset(first).limit(count))
    return tuple(_member_line(row) for row in rows), total


def find_member_line(session: Session, organisation_id: int, member_id: int) -> MemberLine | None:
    """One member by the number of the membership; somebody who has not answered is none."""
    row = session.execute(_members(organisation_id).where(Membership.id == member_id)).one_or_none()
    return _member_line(row) if row else None


def _member_line(row: Sequence[Any]) -> MemberLine:
    member_id, person_id, name, email, staff_id, role, is_active, cohort_count = row
    return MemberLine(member_id, person_id, name, email or staff_id or "", Role(role), is_active, cohort_count)


def waiting_count(session: Session, organisation_id: int) -> int:
    """How many people have been asked and have not answered."""
    mine = (Enrolment.organisation_id == organisation_id, Enrolment.state == "invited")
    return session.scalar(select(func.count(func.distinct(Enrolment.person_id))).where(*mine)) or 0


def trainers_of(session: Session, cohort_id: int, organisation_id: int) -> tuple[TrainerLine, ...]:
    """Who runs a cohort now, by name."""
    runs = exists().where(CohortTrainer.cohort_id == cohort_id, CohortTrainer.person_id == Person.id)
    return _teaching(session, organisation_id, runs)


def possible_trainers(session: Session, cohort_id: int, organisation_id: int) -> tuple[TrainerLine, ...]:
    """The organisation's trainers and managers who do not run the cohort, by name."""
    runs = exists().where(CohortTrainer.cohort_id == cohort_id, CohortTrainer.person_id == Person.id)
    return _teaching(session, organisation_id, ~runs)


def _teaching(session: Session, organisation_id: int, which: ColumnElement[bool]) -> tuple[TrainerLine, ...]:
    rows = session.execute(
        select(Membership.id, Person.id, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role.in_((Role.TRAINER, Role.MANAGER)),
            Person.is_active,
            which,
        )
        .order_by(Person.name_key, Person.id)
    )
    return tuple(TrainerLine(*row) for row in rows)


def names_in(session: Session, organisation_id: int, person_ids: Collection[int]) -> dict[int, str]:
    """What an organisation may call people: members by name, people it has asked by the name it wrote."""
    rows = session.execute(
        select(Person.id, Person.name, Enrolment.invited_as)
        .outerjoin(Membership, (Membership.person_id == Person.id) & (Membership.organisation_id == organisation_id))
        .outerjoin(
            Enrolment,
            (Enrolment.person_id == Person.id)
            & (Enrolment.organisation_id == organisation_id)
            & Enrolment.invited_as.is_not(None),
        )
        .where(Person.id.in_(person_ids), or_(Membership.id.is_not(None), Enrolment.id.is_not(None)))
    )
    return {row.id: row.invited_as or row.name for row in rows}


def cohort_names(session: Session, organisation_id: int) -> dict[int, str]:
    """The names of the organisation's cohorts, by id."""
    rows = session.execute(select(Cohort.id, Cohort.name).where(Cohort.organisation_id == organisation_id))
    return {row.id: row.name for row in rows}
