"""People who were asked to join: one by letter, one by slip; and a code to join with. For the world of the matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.samples import AT
from trainer.accounts.actor import Role
from trainer.accounts.invitations import draw_letters, invite_people
from trainer.accounts.models import Membership, Person
from trainer.accounts.queries import find_actor_by_email
from trainer.clock import local_date
from trainer.cohorts.join_codes import find_join_code, make_join_code
from trainer.cohorts.models import Enrolment

NAME = "A. N. Other"
EMAIL = "a.n.other@quay.example"
NEW = "seven herons at noon"
PIN = "274916"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the cast has asked, and what they need to answer."""

    token: str = ""
    invited_id: int = 0
    slip_id: int = 0
    code: str = ""
    enrolments: Mapping[str, int] = field(default_factory=dict)  # "letter", "slip"
    members: Mapping[str, int] = field(default_factory=dict)  # numbers of memberships, by the key of the cast

    @property
    def forms(self) -> dict[str, dict[str, Any]]:
        """Forms that would be accepted, by rule."""
        cohort = "/organisations/<organisation>/cohorts/<cohort>"
        return {
            "/invitations/<token>": {"name": NAME, "password": NEW, "again": NEW},
            "/join": {"code": self.code},
            "/join/letter": {"code": self.code, "name": NAME, "email": "another@quay.example"},
            "/join/mine": {"code": self.code},
            "/ward": {"code": "heron teapot 417", "pin": PIN},
            "/ward/start": {"code": "heron teapot 417", "start": "CDFGH JKMNP", "pin": PIN, "again": PIN},
            "/ward/notebook": {"pin": PIN},
            "/profile/pin/": {"current": "not the password", "pin": PIN, "again": PIN},
            "/organisations/<organisation>/people/<int:member>": {"role": "learner"},
            "/organisations/<organisation>/new-cohort": {"name": NAME},
            f"{cohort}/settings": {"name": NAME},
            f"{cohort}/join-code": {"most_joins": "20", "last_day": "2026-12-20"},
            f"{cohort}/slips/": {"enrolment": str(self.enrolments.get("slip", 0))},
        }


def ask_people(session: Session, cast: Cast) -> Asked:
    """Autumn asks somebody with an address, somebody without, and has a code."""
    manager = find_actor_by_email(session, cast.manager.email)
    assert manager is not None
    ours = cast.ours.id
    letter = add_invited(session, cast, email=EMAIL)
    slip = add_invited(session, cast, staff_id="10482")
    invite_people(session, actor=manager, organisation_id=ours, person_ids=[letter, slip], at=AT)
    (drawn,) = draw_letters(session, limit=10, at=AT)
    where = {"organisation": cast.ours.slug, "cohort": cast.autumn.slug}
    last_day = local_date(AT + timedelta(days=28))
    make_join_code(session, actor=manager, **where, most_joins=30, last_day=last_day, at=AT)
    code = find_join_code(session, cast.autumn.id)
    assert code is not None
    keys = ("psw", "winter_learner", "stranger_learner", "trainer", "manager", "stranger_manager")
    return Asked(
        token=drawn.token,
        invited_id=letter,
        slip_id=slip,
        code=code.code,
        enrolments={"letter": enrolment_of(session, cast, letter), "slip": enrolment_of(session, cast, slip)},
        members={key: member_of(session, getattr(cast, key).id) for key in keys},
    )


def add_invited(session: Session, cast: Cast, *, email: str | None = None, staff_id: str | None = None) -> int:
    """Somebody new on the list of autumn, as an imported list makes them."""
    person = Person(name=NAME, name_key=NAME.casefold(), email=email, email_key=email)
    person.is_active, person.created_at = True, AT
    session.add(person)
    session.flush()
    session.add(
        Membership(
            organisation_id=cast.ours.id,
            person_id=person.id,
            role=Role.LEARNER,
            staff_id=staff_id,
            staff_key=staff_id,
            created_at=AT,
        )
    )
    add_waiting(session, cast, person.id)
    return person.id


def add_waiting(session: Session, cast: Cast, person_id: int) -> None:
    """An enrolment in autumn that waits for an answer."""
    row = Enrolment(organisation_id=cast.ours.id, cohort_id=cast.autumn.id, person_id=person_id)
    row.state, row.state_since, row.invited_as = "invited", AT, NAME
    session.add(row)
    session.flush()


def enrolment_of(session: Session, cast: Cast, person_id: int) -> int:
    """The number of somebody's enrolment in autumn."""
    mine = (Enrolment.cohort_id == cast.autumn.id, Enrolment.person_id == person_id)
    return session.scalars(select(Enrolment.id).where(*mine)).one()


def member_of(session: Session, person_id: int) -> int:
    """The number of somebody's membership."""
    return session.scalars(select(Membership.id).where(Membership.person_id == person_id)).one()
