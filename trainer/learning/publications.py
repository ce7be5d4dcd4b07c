"""Publishing: a compiled catalogue goes live whole, or not at all.

Attempts, completions and notes name the revision they were made on, so an older one is never taken away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.courseware.catalogue import (
    Catalogue,
    GlossaryTerm,
    Guide,
    Image,
    Module,
    Page,
    StartingPath,
    SupportCountry,
    Track,
)
from trainer.courseware.revision import load_module
from trainer.errors import DomainError
from trainer.learning.compatibility import Conflict, find_conflicts, find_vanished
from trainer.learning.models import Attempt, Completion, ModuleRevision, Publication, PublishedPicture
from trainer.learning.revisions import publish_revisions, stored_module

_TRACKS = TypeAdapter(tuple[Track, ...])
_PATHS = TypeAdapter(tuple[StartingPath, ...])
_SUPPORT = TypeAdapter(tuple[SupportCountry, ...])
_GLOSSARY = TypeAdapter(tuple[GlossaryTerm, ...])
_PAGES = TypeAdapter(tuple[Page, ...])
_GUIDES = TypeAdapter(tuple[Guide, ...])
# What a module carries besides its content: where it stands, and when somebody looks at it again.
MOST_SHOWN = 10
BESIDES = ("slug", "track", "status")
BESIDES_DATES = ("reviewed_on", "review_due_on")


class Incompatible(DomainError):
    """The content contradicts what people have already answered; nothing was published."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        shown = "\n".join(f"{one.rule.code} {one.module_slug}: {one.message}" for one in conflicts[:MOST_SHOWN])
        super().__init__(
            f"This content cannot follow what learners have answered ({len(conflicts)} in all):\n{shown}",
            "Nothing was changed. “trainer content publish” names each place and its remedy.",
        )
        self.conflicts = conflicts


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did; ``is_new`` is False when exactly this was live already."""

    publication_id: int
    is_new: bool
    module_count: int
    new_revision_count: int


def publish_catalogue(session: Session, catalogue: Catalogue, *, at: datetime) -> Published:
    """Make a catalogue the one that everybody is served; drafts stay out of it.

    Raises Incompatible, with every conflict, before anything is written.
    """
    modules = tuple(one for one in catalogue.modules if one.status != "draft")
    slugs = {module.slug for module in modules}
    guides = tuple(guide for guide in catalogue.guides if guide.module_slug in slugs)
    shown = replace(catalogue, modules=modules, guides=guides)
    conflicts = conflicts_of(session, shown)
    if conflicts:
        raise Incompatible(conflicts)
    stored = publish_revisions(session, shown, at=at)
    _store_pictures(session, shown)
    compiled = _dumped(shown)
    digest = hashlib.sha256(compiled.encode()).hexdigest()
    latest = session.execute(
        select(Publication.id, Publication.digest).order_by(Publication.id.desc()).limit(1)
    ).one_or_none()
    if latest is not None and latest.digest == digest:
        return Published(latest.id, False, len(shown.modules), stored)
    row = Publication(digest=digest, compiled=compiled, published_at=at)
    session.add(row)
    session.flush()
    return Published(row.id, True, len(shown.modules), stored)


def conflicts_of(session: Session, catalogue: Catalogue) -> tuple[Conflict, ...]:
    """What the catalogue contradicts in the recorded attempts and completions."""
    revisions = _recorded_revisions(session)
    found: list[Conflict] = []
    for module in catalogue.modules:
        recorded = revisions.get(module.id, ())
        if module.revision not in recorded or len(recorded) > 1:
            found += find_conflicts(module, [stored_module(session, revision) for revision in recorded])
    slugs = {
        module_id: stored_module(session, recorded[-1]).slug
        for module_id, recorded in revisions.items()
        if recorded and module_id not in catalogue.by_id
    }
    return (*found, *find_vanished(slugs, catalogue.by_id))


def _recorded_revisions(session: Session) -> dict[str, tuple[str, ...]]:
    """The revisions that somebody attempted or completed, by module id, in the order in which they were stored."""
    used = select(Attempt.revision).union(select(Completion.revision)).subquery()
    rows = session.execute(
        select(ModuleRevision.module_id, ModuleRevision.revision)
        .join(used, used.c.revision == ModuleRevision.revision)
        .where(ModuleRevision.compiled != "")  # the stand-ins of synthetic data have no content
        .order_by(ModuleRevision.stored_at, ModuleRevision.revision)
    )
    found: dict[str, tuple[str, ...]] = {}
    for module_id, revision in rows:
        found[module_id] = (*found.get(module_id, ()), revision)
    return found


def latest_publication_id(session: Session) -> int | None:
    """The number of what is live; None before the first publication. One statement."""
    return session.scalar(select(func.max(Publication.id)))


def load_publication(session: Session, publication_id: int) -> Catalogue:
    """The catalogue as it was published, equal to the one that was compiled but for drafts."""
    compiled = session.scalar(select(Publication.compiled).where(Publication.id == publication_id))
    fields = json.loads(compiled or "{}")
    revisions = [entry["revision"] for entry in fields["modules"]]
    rows = session.execute(
        select(ModuleRevision.revision, ModuleRevision.compiled).where(ModuleRevision.revision.in_(revisions))
    )
    stored = {row.revision: row.compiled for row in rows}
    return Catalogue(
        tracks=_TRACKS.validate_python(fields["tracks"]),
        paths=_PATHS.validate_python(fields["paths"]),
        modules=tuple(_placed(load_module(stored[entry["revision"]]), entry) for entry in fields["modules"]),
        support=_SUPPORT.validate_python(fields["support"]),
        glossary=_GLOSSARY.validate_python(fields["glossary"]),
        images=_pictures(session, fields["pictures"]),
        # What was published before there were pages and guides has none.
        pages=_PAGES.validate_python(fields.get("pages", ())),
        guides=_GUIDES.validate_python(fields.get("guides", ())),
    )


def _placed(module: Module, entry: Mapping[str, Any]) -> Module:
    values: dict[str, Any] = {name: entry[name] for name in BESIDES}
    values |= {name: date.fromisoformat(entry[name]) for name in BESIDES_DATES}
    return replace(module, **values)


def _dumped(catalogue: Catalogue) -> str:
    modules = [
        {
            "revision": module.revision,
            **{name: getattr(module, name) for name in BESIDES},
            **{name: getattr(module, name).isoformat() for name in BESIDES_DATES},
        }
        for module in catalogue.modules
    ]
    slugs = {module.slug for module in catalogue.modules}
    pictures = [[slug, name, one.media_type, one.digest] for (slug, name), one in _sorted_pictures(catalogue, slugs)]
    fields = {
        "tracks": _TRACKS.dump_python(catalogue.tracks, mode="json"),
        "paths": _PATHS.dump_python(catalogue.paths, mode="json"),
        "support": _SUPPORT.dump_python(catalogue.support, mode="json"),
        "glossary": _GLOSSARY.dump_python(catalogue.glossary, mode="json"),
        "modules": modules,
        "pages": _PAGES.dump_python(catalogue.pages, mode="json"),
        "guides": _GUIDES.dump_python(catalogue.guides, mode="json"),
        "pictures": pictures,
    }
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sorted_pictures(catalogue: Catalogue, slugs: set[str]) -> list[tuple[tuple[str, str], Image]]:
    return sorted((key, image) for key, image in catalogue.images.items() if key[0] in slugs)


def _store_pictures(session: Session, catalogue: Catalogue) -> None:
    known = set(session.scalars(select(PublishedPicture.digest)))
    fresh = {image.digest: image.data for image in catalogue.images.values() if image.digest not in known}
    session.add_all(PublishedPicture(digest=digest, data=data) for digest, data in fresh.items())
    session.flush()


def _pictures(session: Session, entries: list[list[str]]) -> Mapping[tuple[str, str], Image]:
    digests = {entry[3] for entry in entries}
    rows = session.execute(
        select(PublishedPicture.digest, PublishedPicture.data).where(PublishedPicture.digest.in_(digests))
    )
    data = {row.digest: row.data for row in rows}
    return MappingProxyType(
        {(slug, name): Image(name, kind, digest, data[digest]) for slug, name, kind, digest in entries}
    )
