"""What changed since somebody finished: from which revision to compare, and that it has been read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.locks import lock_person
from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.changes import Changes, changes_between
from trainer.errors import NotFound
from trainer.learning.models import ChangeSeen
from trainer.learning.queries import CompletionOf
from trainer.learning.revisions import pinned_module
from trainer.wording import said


def changes_since(session: Session, catalogue: Catalogue, module: Module, completion: CompletionOf) -> Changes:
    """What is different from the revision that was completed, or from the one whose changes were read since."""
    known = completion.seen_revision or completion.revision
    if known == module.revision:
        return Changes((), 0)
    return changes_between(pinned_module(session, catalogue, module.id, known), module)


def mark_changes_seen(
    session: Session, *, actor: Actor, module: Module, completion: CompletionOf | None, at: datetime
) -> None:
    """Compare from here next time. Raises NotFound for a module that the actor has not completed."""
    if completion is None:
        raise NotFound(said("You have not completed this module yet."), said("Its changes are simply its text."))
    lock_person(session, actor)
    row = session.get(ChangeSeen, (actor.person_id, module.id))
    if row is None:
        row = ChangeSeen(person_id=actor.person_id, module_id=module.id)
        session.add(row)
    row.revision, row.seen_at = module.revision, at
    session.flush()
