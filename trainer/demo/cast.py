"""The five people that a visitor may look around as. Addresses and password are promised to scripts."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.accounts.actor import PracticeRole, Role
from trainer.wording import said

DEMO_PASSWORD = "walk-alongside-demo"  # noqa: S105 - printed at start, for invented people only


@dataclass(frozen=True, slots=True)
class CastMember:
    """An account of the demo: ``key`` is the first part of the address."""

    key: str
    name: str
    label: str
    description: str
    role: Role
    practice_role: PracticeRole | None

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key}@demo.example"


CAST = (
    CastMember(
        "psw",
        "Aoife Ní Dhomhnaill",
        said("a peer support worker"),
        said("Half-way through a module, with a quiz waiting."),
        Role.LEARNER,
        PracticeRole.PSW,
    ),
    CastMember(
        "clinician",
        "Tomás Ó Briain",
        said("a clinician"),
        said("A community nurse who has just started."),
        Role.LEARNER,
        PracticeRole.CLINICIAN,
    ),
    CastMember(
        "trainer",
        "Gráinne Uí Mhurchú",
        said("a trainer"),
        said("Runs two cohorts and reads their progress."),
        Role.TRAINER,
        None,
    ),
    CastMember(
        "manager",
        "Declan Okafor",
        said("a manager"),
        said("Sees the organisation in figures, without names."),
        Role.MANAGER,
        None,
    ),
    CastMember(
        "stranger",
        "Siobhán Fitzgerald",
        said("another organisation’s manager"),
        said("Belongs elsewhere and finds no trace of the others."),
        Role.MANAGER,
        None,
    ),
)
