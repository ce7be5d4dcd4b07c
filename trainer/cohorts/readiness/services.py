"""Agreeing on an action, changing it, saying that it is done, and taking it off the list. For managers.

What a leader answered in the module is never read here: an action is written by hand, after people talked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Actor, Role
from trainer.accounts.locks import lock_organisation
from trainer.cohorts.models import ReadinessAction
from trainer.cohorts.readiness.queries import action_of, actions_of
from trainer.errors import Conflict, Invalid
from trainer.wording import said

MOST_ACTIONS = 100


@dataclass(frozen=True, slots=True)
class ActionWish:
    """What an action shall say. Any day of the month will do."""

    text: str
    owner: str
    due_month: date


def add_action(session: Session, *, actor: Actor, organisation: str, wish: ActionWish, at: datetime) -> int:
    """Put an action on the list and return its number; the same again, while it is open, is no second one.

    Raises Invalid for an owner that is an address, and Conflict for a list that is full.
    """
    home_id = _home(session, actor, organisation)
    wanted = _checked(wish)
    known = actions_of(session, home_id)
    for one in known:
        if not one.is_done and (one.text, one.owner, one.due_month) == wanted:
            return one.number
    if len(known) >= MOST_ACTIONS:
        raise Conflict(
            said("The list holds %(most)s actions.", most=MOST_ACTIONS),
            said("Take off what is done or no longer meant, then add this one."),
        )
    last = session.scalar(select(func.max(ReadinessAction.number)).where(ReadinessAction.organisation_id == home_id))
    row = ReadinessAction(organisation_id=home_id, number=(last or 0) + 1, made_at=at)
    row.text, row.owner, row.due_month = wanted
    session.add(row)
    session.flush()
    return row.number


def change_action(session: Session, *, actor: Actor, organisation: str, number: int, wish: ActionWish) -> None:
    """Change what an action says, done or not. Raises NotFound, and Invalid as ``add_action`` does."""
    row = _row(session, actor, organisation, number)
    row.text, row.owner, row.due_month = _checked(wish)
    session.flush()


def settle_action(
    session: Session, *, actor: Actor, organisation: str, number: int, is_done: bool, at: datetime
) -> None:
    """Say that an action is done, or open after all. Again is no error, and the first moment stays."""
    row = _row(session, actor, organisation, number)
    row.done_at = (row.done_at or at) if is_done else None
    session.flush()


def remove_action(session: Session, *, actor: Actor, organisation: str, number: int, at: datetime) -> None:
    """Take an action off the list; its words are forgotten. Raises NotFound if it is gone."""
    row = _row(session, actor, organisation, number)
    row.text, row.owner, row.removed_at = "", "", at
    session.flush()


def _home(session: Session, actor: Actor, organisation: str) -> int:
    home = organisation_for(session, actor, organisation, Role.MANAGER)
    lock_organisation(session, home.id)
    return home.id


def _row(session: Session, actor: Actor, organisation: str, number: int) -> ReadinessAction:
    home_id = _home(session, actor, organisation)
    known = action_of(session, home_id, number)
    mine = (ReadinessAction.organisation_id == home_id, ReadinessAction.number == known.number)
    return session.scalars(select(ReadinessAction).where(*mine)).one()


def _checked(wish: ActionWish) -> tuple[str, str, date]:
    text, owner = " ".join(wish.text.split()), " ".join(wish.owner.split())
    if not text or not owner:
        raise Invalid(said("An action says what is done, and which role sees to it."), said("Fill in both."))
    if "@" in owner:
        raise Invalid(
            said("The owner is a role, not a person."), said("Write a role title, such as “Director of nursing”.")
        )
    return text, owner, wish.due_month.replace(day=1)
