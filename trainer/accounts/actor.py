"""Who acts, and what their roles allow. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """A person's role in one organisation."""

    LEARNER = "learner"
    TRAINER = "trainer"
    MANAGER = "manager"


class PracticeRole(StrEnum):
    """What a person does at work. Sensitive: optional, chosen by the person, not needed to learn."""

    PSW = "psw"
    CLINICIAN = "clinician"
    LEADER = "leader"
    OTHER = "other"


class Scope(StrEnum):
    """What a token of another system may do."""

    REPORTS_READ = "reports:read"
    ROSTERS_READ = "rosters:read"
    COMPLETIONS_READ = "completions:read"
    ENROLMENTS_WRITE = "enrolments:write"


@dataclass(frozen=True, slots=True)
class MembershipOf:
    """One organisation a person belongs to."""

    organisation_id: int
    organisation_slug: str
    organisation_name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request; the system itself has the id 0 and may do everything."""

    person_id: int
    name: str
    email: str
    practice_role: PracticeRole | None = None
    memberships: tuple[MembershipOf, ...] = ()
    session_id: int = 0
    shared_until: datetime | None = None  # on a shared computer: when the session ends if nothing happens
    notebook_is_closed: bool = False  # since somebody began again with a new slip; see accounts.ward
    token_id: int = 0  # of the token with which another system acts in the person's name

    @property
    def is_system(self) -> bool:
        """True for commands run by the operator."""
        return self.person_id == 0

    @property
    def is_shared(self) -> bool:
        """True on a computer that others use too."""
        return self.shared_until is not None

    @classmethod
    def system(cls) -> Actor:
        """The operator at the command line."""
        return cls(person_id=0, name="System", email="")

    def role_in(self, organisation_id: int) -> Role | None:
        """The role in an organisation, or None for a stranger to it."""
        for membership in self.memberships:
            if membership.organisation_id == organisation_id:
                return membership.role
        return None

    def has_role(self, *roles: Role) -> bool:
        """True if the person has one of these roles anywhere."""
        return any(membership.role in roles for membership in self.memberships)


_RANK = {Role.LEARNER: 0, Role.TRAINER: 1, Role.MANAGER: 2}


def may_grant(granter: Role | None, role: Role) -> bool:
    """Managers grant roles up to their own; nobody else grants any."""
    return granter is Role.MANAGER and _RANK[role] <= _RANK[granter]
