"""Writing and deleting one's own notes. A deleted note is gone: no row, no copy, no mark."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.locks import lock_person
from trainer.errors import Conflict, Invalid
from trainer.notebook.models import NotebookEntry
from trainer.notebook.queries import place_of
from trainer.notebook.sealing import Sealer
from trainer.wording import said

LONGEST = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Kept:
    """The receipt of a note: its version, 0 when it is empty and therefore gone, and when the server took it."""

    version: int
    saved_at: datetime


@dataclass(eq=False)
class WrittenElsewhere(Conflict):
    """Another window wrote meanwhile. Nothing is lost: ``text`` is what stands there, ``version`` its version."""

    text: str = field(repr=False)
    version: int

    def __post_init__(self) -> None:
        super().__init__(
            said("This note was changed in another window."),
            said("Both versions are here: keep what you want of each, and save again."),
        )


def save_note(
    session: Session,
    *,
    actor: Actor,
    sealer: Sealer,
    module_id: str,
    name: str,
    text: str,
    base_version: int,
    at: datetime,
    first_version: int = 1,
) -> Kept:
    """Keep a note; an empty one is deleted. The same text again is the same receipt.

    A note that is begun counts from ``first_version``: a door draws it by lot, because nothing is kept of a deleted
    note, and an old window must not take the one begun again for the one it knew.

    Raises Invalid over 20,000 characters, WrittenElsewhere when the note is no longer what the page was opened with,
    Unopenable when no key opens what stands there.
    """
    text = text.replace("\r\n", "\n").strip()
    _check_length(text)
    _check_open(actor)
    lock_person(session, actor)
    row = session.scalar(select(NotebookEntry).where(*_this(actor, module_id, name)))
    place = place_of(module_id, name)
    if row is None:
        sealed = sealer.seal(text, person_id=actor.person_id, place=place)
        return _add(session, actor, module_id, name, sealed, first_version, at) if text else Kept(0, at)
    before = sealer.open(row.sealed, person_id=actor.person_id, place=place)
    if before == text:
        return Kept(row.version, row.updated_at)
    if row.version != base_version:
        raise WrittenElsewhere(before, row.version)
    if not text:
        session.delete(row)
        session.flush()
        return Kept(0, at)
    return _change(session, row, sealer.seal(text, person_id=actor.person_id, place=place), at)


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise Invalid(
            said("This note has %(count)s characters.", count=f"{len(text):,}"),
            said("Shorten it to %(count)s, or write a second one.", count=f"{LONGEST:,}"),
        )


def _check_open(actor: Actor) -> None:
    if actor.notebook_is_closed:
        raise Invalid(
            said("Your notebook is closed on shared computers, because you began again with a new slip."),
            said("Open it with the PIN you had before: “Notebook” leads there. Copy what you wrote first."),
        )


def _this(actor: Actor, module_id: str, name: str) -> tuple[ColumnElement[bool], ...]:
    return (
        NotebookEntry.person_id == actor.person_id,
        NotebookEntry.module_id == module_id,
        NotebookEntry.name == name,
    )


def _add(session: Session, actor: Actor, module_id: str, name: str, sealed: str, version: int, at: datetime) -> Kept:
    session.add(
        NotebookEntry(
            person_id=actor.person_id,
            module_id=module_id,
            name=name,
            sealed=sealed,
            version=version,
            created_at=at,
            updated_at=at,
        )
    )
    session.flush()
    return Kept(version, at)


def _change(session: Session, row: NotebookEntry, sealed: str, at: datetime) -> Kept:
    row.sealed, row.version, row.updated_at = sealed, row.version + 1, at
    session.flush()
    return Kept(row.version, at)


def delete_note(session: Session, *, actor: Actor, module_id: str, name: str) -> None:
    """Delete one note for good, also one that cannot be opened; deleting it again is no error."""
    _check_open(actor)
    session.execute(delete(NotebookEntry).where(*_this(actor, module_id, name)))


def delete_all_notes(session: Session, *, actor: Actor) -> int:
    """Delete every note of the actor for good; returns how many there were."""
    _check_open(actor)
    mine = NotebookEntry.person_id == actor.person_id
    count = session.scalar(select(func.count()).select_from(NotebookEntry).where(mine)) or 0
    session.execute(delete(NotebookEntry).where(mine))
    return count
