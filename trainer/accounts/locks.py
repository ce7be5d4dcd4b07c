"""Letting parallel requests of one person line up."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.models import Person
from trainer.db import has_row_locks


def lock_person(session: Session, actor: Actor) -> None:
    """Wait for other writes of the same person; on SQLite the write transaction itself does that."""
    if has_row_locks(session):
        session.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update(key_share=True))
