"""The cast: two organisations and everybody a test may need, with names that cannot be mistaken.

Both organisations have a cohort of the same short name, so that mixing them up shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from trainer.accounts.actor import PracticeRole, Role
from trainer.accounts.models import Membership, Person
from trainer.accounts.passwords import hash_password
from trainer.accounts.services import create_organisation, create_person, grant_membership, set_active
from trainer.cohorts.counters import rebuild_counters
from trainer.cohorts.models import Assignment, Cohort, Enrolment
from trainer.cohorts.services import create_cohort, enrol_person, name_trainer, set_assignment

PASSWORD = "a quiet harbour at dawn"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the cast."""

    id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation or a cohort of the cast; ``organisation`` is a slug."""

    id: int
    slug: str
    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything, by name."""

    ours: Place
    theirs: Place
    autumn: Place  # ours; trainer teaches it, psw and clinician learn in it
    winter: Place  # ours; other_trainer teaches it, winter_learner learns in it
    their_autumn: Place
    manager: Someone
    trainer: Someone
    other_trainer: Someone
    psw: Someone
    clinician: Someone
    winter_learner: Someone
    withdrawn: Someone  # was in autumn
    disabled: Someone  # a trainer of autumn whose account is closed
    removed: Someone  # a trainer of autumn who has left the organisation
    stranger_manager: Someone
    stranger_trainer: Someone
    stranger_learner: Someone
    enrolments: Mapping[str, int]  # by the learner's key
    assignments: Mapping[str, int]  # by "autumn S1"

    @property
    def our_people(self) -> tuple[Someone, ...]:
        """Everybody of the first organisation."""
        return tuple(getattr(self, key) for key, one in _PEOPLE.items() if one[1] == "ours")

    @property
    def their_people(self) -> tuple[Someone, ...]:
        """Everybody of the second organisation."""
        return tuple(getattr(self, key) for key, one in _PEOPLE.items() if one[1] == "theirs")


_PEOPLE: dict[str, tuple[str, str, Role, PracticeRole | None]] = {
    "manager": ("Bríd Ní Ghallchóir", "ours", Role.MANAGER, None),
    "trainer": ("Cathal Mac Suibhne", "ours", Role.TRAINER, None),
    "other_trainer": ("Deirdre Okonkwo", "ours", Role.TRAINER, None),
    "psw": ("Eimear Ó Dálaigh", "ours", Role.LEARNER, PracticeRole.PSW),
    "clinician": ("Fionn Kowalczyk", "ours", Role.LEARNER, PracticeRole.CLINICIAN),
    "winter_learner": ("Gobnait Nic Aodha", "ours", Role.LEARNER, None),
    "withdrawn": ("Hanora Ferriter", "ours", Role.LEARNER, None),
    "disabled": ("Iarlaith Breathnach", "ours", Role.TRAINER, None),
    "removed": ("Jarlath Tuohy", "ours", Role.TRAINER, None),
    "stranger_manager": ("Keelin Abernethy", "theirs", Role.MANAGER, None),
    "stranger_trainer": ("Lorcan Pettigrew", "theirs", Role.TRAINER, None),
    "stranger_learner": ("Maebh Drummond", "theirs", Role.LEARNER, None),
}
_ASSIGNMENTS = (
    ("autumn", "S1", date(2026, 11, 30)),
    ("autumn", "S3", date(2026, 11, 20)),  # overdue on the day of the tests
    ("winter", "S1", None),
    ("their_autumn", "S1", date(2026, 12, 4)),
)
_ENROLMENTS = (
    ("autumn", "psw"),
    ("autumn", "clinician"),
    ("autumn", "withdrawn"),
    ("winter", "winter_learner"),
    ("their_autumn", "stranger_learner"),
)
_TRAINERS = (
    ("autumn", "trainer"),
    ("autumn", "disabled"),
    ("autumn", "removed"),
    ("winter", "other_trainer"),
    ("their_autumn", "stranger_trainer"),
)


@cache
def password_hash() -> str:
    """The hash of PASSWORD, computed once."""
    return hash_password(PASSWORD)


def seed_cast(session: Session, *, at: datetime) -> Cast:
    """Write the cast through the services; flushes, does not commit."""
    ours = _organisation(session, "gannet-quay", "Gannet Quay Service", at)
    theirs = _organisation(session, "heron-weir", "Heron Weir Trust", at)
    home = {"ours": ours, "theirs": theirs}
    cohorts = {
        "autumn": _cohort(session, ours, "autumn", "Autumn on the Quay", at),
        "winter": _cohort(session, ours, "winter", "Winter on the Quay", at),
        "their_autumn": _cohort(session, theirs, "autumn", "Autumn at the Weir", at),
    }
    people = {key: _person(session, key, home, at) for key in _PEOPLE}
    session.execute(update(Person).values(password_hash=password_hash()))
    for cohort, key in _TRAINERS:
        place = cohorts[cohort]
        organisation_id = _organisation_of(session, place)
        name_trainer(session, cohort_id=place.id, organisation_id=organisation_id, person_id=people[key].id)
    enrolments = _enrol(session, cohorts, people, at)
    assignments = _assign(session, cohorts)
    set_active(session, person_id=people["disabled"].id, is_active=False)
    session.execute(delete(Membership).where(Membership.person_id == people["removed"].id))
    return Cast(ours=ours, theirs=theirs, **cohorts, **people, enrolments=enrolments, assignments=assignments)


def _organisation(session: Session, slug: str, name: str, at: datetime) -> Place:
    return Place(create_organisation(session, slug=slug, name=name, at=at), slug, name, slug)


def _cohort(session: Session, home: Place, slug: str, name: str, at: datetime) -> Place:
    cohort_id = create_cohort(session, organisation_id=home.id, slug=slug, name=name, at=at)
    return Place(cohort_id, slug, name, home.slug)


def _person(session: Session, key: str, home: Mapping[str, Place], at: datetime) -> Someone:
    name, where, role, practice_role = _PEOPLE[key]
    email = f"{key.replace('_', '.')}@{home[where].slug}.example"
    person_id = create_person(session, name=name, email=email, password=None, at=at, practice_role=practice_role)
    grant_membership(session, organisation_id=home[where].id, person_id=person_id, role=role, at=at)
    return Someone(person_id, name, email)


def _enrol(
    session: Session, cohorts: Mapping[str, Place], people: Mapping[str, Someone], at: datetime
) -> dict[str, int]:
    found = {}
    for cohort, key in _ENROLMENTS:
        place, person = cohorts[cohort], people[key]
        organisation_id = _organisation_of(session, place)
        enrol_person(session, cohort_id=place.id, organisation_id=organisation_id, person_id=person.id, at=at)
        mine = (Enrolment.cohort_id == place.id, Enrolment.person_id == person.id)
        found[key] = session.scalars(select(Enrolment.id).where(*mine)).one()
    session.execute(update(Enrolment).where(Enrolment.id == found["withdrawn"]).values(state="withdrawn"))
    rebuild_counters(session)
    return found


def _assign(session: Session, cohorts: Mapping[str, Place]) -> dict[str, int]:
    found = {}
    for cohort, module_id, due_on in _ASSIGNMENTS:
        place = cohorts[cohort]
        set_assignment(
            session,
            cohort_id=place.id,
            organisation_id=_organisation_of(session, place),
            module_id=module_id,
            opens_on=date(2026, 11, 2),
            due_on=due_on,
        )
        this = (Assignment.cohort_id == place.id, Assignment.module_id == module_id)
        found[f"{cohort} {module_id}"] = session.scalars(select(Assignment.id).where(*this)).one()
    return found


def _organisation_of(session: Session, place: Place) -> int:
    return session.scalars(select(Cohort.organisation_id).where(Cohort.id == place.id)).one()
