"""Changing a name, in every table that keeps its key to sort by: tables of the rings above name themselves here."""

from __future__ import annotations

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from trainer.accounts.models import Person
from trainer.accounts.names import name_key

_copies: list[Table] = []


def keep_name_key(table: Table) -> None:
    """From now on the columns ``person_id`` and ``name_key`` of the table follow the person."""
    if table not in _copies:
        _copies.append(table)


def rename_person(session: Session, *, person_id: int, name: str) -> None:
    """Give somebody another name. One statement, and one for every table that keeps the key."""
    tidy, key = name.strip(), name_key(name)
    session.execute(update(Person).where(Person.id == person_id).values(name=tidy, name_key=key))
    for table in _copies:
        session.execute(update(table).where(table.c.person_id == person_id).values(name_key=key))
