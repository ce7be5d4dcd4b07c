"""What applying a roster would do to each person: read from the database, changed nowhere."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from trainer.accounts.models import Membership, Person
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import CohortOf
from trainer.cohorts.roster.problems import Note, Problem
from trainer.cohorts.roster.reading import Roster, RosterPerson
from trainer.wording import said


class Fate(StrEnum):
    """What happens to a line."""

    INVITE = "invite"  # nobody in this organisation yet
    ENROL = "enrol"  # a member, not yet in the cohort
    RESTORE = "restore"  # was withdrawn
    UNCHANGED = "unchanged"  # is in the cohort


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One person of the file. ``person_id`` is None for whoever is new to the organisation."""

    person: RosterPerson
    fate: Fate
    person_id: int | None
    adds_staff_id: bool = False
    is_waiting: bool = False  # a member who was invited and has never signed in


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen. It may be applied if it has no problems; the same facts give the same digest."""

    lines: tuple[PlannedLine, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    missing_count: int  # who is in the cohort and not in the file: they stay

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many lines have each fate; zero for the others."""
        found = Counter(line.fate for line in self.lines)
        return {fate: found[fate] for fate in Fate}

    @property
    def changes(self) -> int:
        """How many lines change something."""
        return sum(line.fate is not Fate.UNCHANGED or line.adds_staff_id for line in self.lines)

    @property
    def digest(self) -> str:
        """What somebody who saw the plan agrees to."""
        lines = [
            (one.person.line, one.person.name, one.person.email_key, one.person.staff_key, one.fate, one.person_id,
             one.adds_staff_id)
            for one in self.lines
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Known:
    """A person this organisation knows: a member, or somebody it has invited into this cohort."""

    person_id: int
    email_key: str | None
    staff_key: str | None
    is_member: bool
    is_active: bool
    state: str | None  # of the enrolment in this cohort
    is_waiting: bool


def plan_roster(session: Session, cohort: CohortOf, roster: Roster) -> Plan:
    """Match each person with those the organisation knows. Two statements, whatever the size of the file.

    Accounts that people have elsewhere are not looked at: they are not this organisation's to know.
    """
    known = (*_members(session, cohort), *_invited(session, cohort))
    matcher = _Matcher(known)
    for person in roster.people:
        matcher.add(person)
    enrolled = {one.person_id for one in known if one.state in ("active", "invited")}
    missing = enrolled - {line.person_id for line in matcher.lines}
    return Plan(
        tuple(matcher.lines), (*roster.problems, *matcher.problems), (*roster.notes, *matcher.notes), len(missing)
    )


def _members(session: Session, cohort: CohortOf) -> tuple[_Known, ...]:
    waits = aliased(Enrolment)
    is_waiting = (
        select(waits.id)
        .where(
            waits.organisation_id == cohort.organisation_id,
            waits.person_id == Person.id,
            waits.invited_as.is_not(None),
        )
        .exists()
        .label("is_waiting")
    )
    rows = session.execute(
        select(Person.id, Person.email_key, Membership.staff_key, Person.is_active, Enrolment.state, is_waiting)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Enrolment, (Enrolment.person_id == Person.id) & (Enrolment.cohort_id == cohort.id))
        .where(Membership.organisation_id == cohort.organisation_id)
    )
    return tuple(
        _Known(row.id, row.email_key, row.staff_key, True, row.is_active, row.state, row.is_waiting) for row in rows
    )


def _invited(session: Session, cohort: CohortOf) -> tuple[_Known, ...]:
    """People of other organisations whom this cohort has invited and who have not answered yet, or have left."""
    is_member = (Membership.person_id == Person.id) & (Membership.organisation_id == cohort.organisation_id)
    rows = session.execute(
        select(Person.id, Person.email_key, Enrolment.state)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .outerjoin(Membership, is_member)
        .where(Enrolment.cohort_id == cohort.id, Membership.id.is_(None))
    )
    # Whether such an account is open is not ours to know either.
    return tuple(_Known(row.id, row.email_key, None, False, True, row.state, True) for row in rows)


class _Matcher:
    """Finds for each line who it is, and says where a line cannot be one person."""

    def __init__(self, known: Sequence[_Known]) -> None:
        self.by_email = {one.email_key: one for one in known if one.email_key}
        self.by_staff = {one.staff_key: one for one in known if one.staff_key}
        self.lines: list[PlannedLine] = []
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.taken: dict[int, RosterPerson] = {}

    def add(self, person: RosterPerson) -> None:
        """Plan one line."""
        found = {one.person_id: one for one in self._matches(person)}
        if len(found) > 1:
            message = said(
                "The address belongs to one person here and the staff id %(id)s to another.", id=person.staff_id
            )
            self._problem(person, message, said("Check which of the two is meant, and correct the other value."))
            return
        known = next(iter(found.values()), None)
        if known is None:
            self.lines.append(PlannedLine(person, Fate.INVITE, None))
            return
        if self._is_sound(person, known):
            adds = person.staff_key is not None and known.staff_key is None and known.is_member
            self.taken[known.person_id] = person
            self.lines.append(PlannedLine(person, _fate_of(known.state), known.person_id, adds, known.is_waiting))

    def _matches(self, person: RosterPerson) -> Iterator[_Known]:
        for key, known in ((person.email_key, self.by_email), (person.staff_key, self.by_staff)):
            if key in known:
                yield known[key]

    def _is_sound(self, person: RosterPerson, known: _Known) -> bool:
        earlier = self.taken.get(known.person_id)
        if earlier is not None:
            self._problem(
                person,
                said("This is the same person as line %(line)s.", line=earlier.line),
                said("Keep one line, with address and staff id."),
            )
        elif not known.is_active:
            self._problem(
                person,
                said("The account of %(name)s is closed.", name=person.name),
                said("Leave the line out, or ask a manager."),
            )
        elif person.staff_key and known.staff_key and person.staff_key != known.staff_key:
            message = said("%(name)s has another staff id here than %(id)s.", name=person.name, id=person.staff_id)
            self._problem(
                person, message, said("Correct the staff id in the file, or ask a manager to correct it here.")
            )
        else:
            if person.email_key and known.email_key and person.email_key != known.email_key:
                message = said(
                    "%(name)s uses another address here; people change their address themselves.", name=person.name
                )
                self.notes.append(Note(person.line, message))
            return True
        return False

    def _problem(self, person: RosterPerson, message: str, remedy: str) -> None:
        self.problems.append(Problem(person.line, "", message, remedy))


def _fate_of(state: str | None) -> Fate:
    if state is None:
        return Fate.ENROL
    return Fate.RESTORE if state == "withdrawn" else Fate.UNCHANGED
