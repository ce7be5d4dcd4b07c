"""The revision store: every compiled module that somebody could have taken, by the hash of its content."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.revision import dump_module, load_module
from trainer.errors import NotFound
from trainer.learning.models import ModuleRevision
from trainer.wording import said


def publish_revisions(session: Session, catalogue: Catalogue, *, at: datetime) -> int:
    """Keep the catalogue's modules for the attempts that will pin them; returns how many were new."""
    known = set(session.scalars(select(ModuleRevision.revision)))
    fresh = [module for module in catalogue.modules if module.revision not in known]
    session.add_all(
        ModuleRevision(revision=module.revision, module_id=module.id, compiled=dump_module(module), stored_at=at)
        for module in fresh
    )
    session.flush()
    return len(fresh)


def pinned_module(session: Session, catalogue: Catalogue, module_id: str, revision: str) -> Module:
    """The module exactly as an attempt pinned it. Raises NotFound if that revision was never stored."""
    current = catalogue.by_id.get(module_id)
    if current is not None and current.revision == revision:
        return current
    return stored_module(session, revision)


def stored_module(session: Session, revision: str) -> Module:
    """A module of the store. Raises NotFound if that revision was never stored."""
    compiled = session.scalar(select(ModuleRevision.compiled).where(ModuleRevision.revision == revision))
    if compiled is None:
        raise NotFound(said("The content of this attempt is not stored here."))
    return _loaded(compiled)


@lru_cache(maxsize=32)
def _loaded(compiled: str) -> Module:
    return load_module(compiled)
