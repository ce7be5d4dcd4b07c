"""Letting parallel requests of one person, or of one organisation, line up."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.models import Organisation, Person
from trainer.db import has_row_locks

AT_ONCE = 5_000


def lock_person(session: Session, actor: Actor) -> None:
    """Wait for other writes of the same person; on SQLite the write transaction itself does that."""
    if has_row_locks(session):
        session.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update(key_share=True))


def lock_people(session: Session, person_ids: Collection[int]) -> None:
    """As ``lock_person`` for several, in the order of their ids, so that two lists never wait for each other."""
    if not has_row_locks(session):
        return
    ids = sorted(set(person_ids))
    for start in range(0, len(ids), AT_ONCE):
        some = Person.id.in_(ids[start : start + AT_ONCE])
        session.execute(select(Person.id).where(some).order_by(Person.id).with_for_update(key_share=True))


def lock_organisation(session: Session, organisation_id: int) -> None:
    """Wait for other changes to who is who in the organisation; on SQLite the write transaction itself does that.

    Whatever was read before this call may be out of date: read it again.
    """
    if has_row_locks(session):
        mine = select(Organisation.id).where(Organisation.id == organisation_id)
        session.execute(mine.with_for_update(key_share=True))
