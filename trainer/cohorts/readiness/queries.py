"""Reading what an organisation agreed to do: the list of its managers, and its counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.cohorts.models import ReadinessAction
from trainer.errors import NotFound
from trainer.wording import said


@dataclass(frozen=True, slots=True)
class ActionOf:
    """One agreed action. ``owner`` is a role in the organisation; ``due_month`` the first day of its month."""

    number: int
    text: str
    owner: str
    due_month: date
    done_at: datetime | None

    @property
    def is_done(self) -> bool:
        """True once somebody said so."""
        return self.done_at is not None


def actions_of(session: Session, organisation_id: int) -> tuple[ActionOf, ...]:
    """All actions of an organisation: open ones by month, then what is done. One statement."""
    rows = session.scalars(
        select(ReadinessAction)
        .where(ReadinessAction.organisation_id == organisation_id, ReadinessAction.removed_at.is_(None))
        .order_by(ReadinessAction.done_at.is_not(None), ReadinessAction.due_month, ReadinessAction.number)
    )
    return tuple(ActionOf(row.number, row.text, row.owner, row.due_month, row.done_at) for row in rows)


def action_of(session: Session, organisation_id: int, number: int) -> ActionOf:
    """One action of an organisation. Raises NotFound."""
    found = next((one for one in actions_of(session, organisation_id) if one.number == number), None)
    if found is None:
        raise NotFound(said("There is no such action in this organisation."))
    return found
