"""Reading one's own notes. There is no way to ask for somebody else's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.notebook.models import NotebookEntry
from trainer.notebook.sealing import Sealer, Unopenable


@dataclass(frozen=True, slots=True)
class NoteOf:
    """A note, opened; ``text`` is None when no key opens it. Its words are kept out of every log line."""

    module_id: str
    name: str
    text: str | None = field(repr=False)
    version: int = 0
    created_at: datetime | None = None
    updated_at: datetime | None = None


def place_of(module_id: str, name: str) -> str:
    """What a note is sealed to, besides its writer."""
    return f"{module_id}/{name}"


def notes_of(session: Session, *, actor: Actor, sealer: Sealer, module_id: str | None = None) -> tuple[NoteOf, ...]:
    """The actor's notes, or those of one module, the oldest first; none while the notebook is closed. One statement."""
    if actor.notebook_is_closed:
        return ()
    statement = select(
        NotebookEntry.module_id,
        NotebookEntry.name,
        NotebookEntry.sealed,
        NotebookEntry.version,
        NotebookEntry.created_at,
        NotebookEntry.updated_at,
    ).where(NotebookEntry.person_id == actor.person_id)
    if module_id is not None:
        statement = statement.where(NotebookEntry.module_id == module_id)
    rows = session.execute(statement.order_by(NotebookEntry.created_at, NotebookEntry.id))
    return tuple(
        NoteOf(
            row.module_id,
            row.name,
            _opened(sealer, row.sealed, actor.person_id, place_of(row.module_id, row.name)),
            row.version,
            row.created_at,
            row.updated_at,
        )
        for row in rows
    )


def _opened(sealer: Sealer, sealed: str, person_id: int, place: str) -> str | None:
    try:
        return sealer.open(sealed, person_id=person_id, place=place)
    except Unopenable:
        return None
