"""Reading the log of changes, and finding out whether somebody has tampered with it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.accounts.audit import BEGINNING, FACTS, hash_of
from trainer.accounts.models import AuditEvent, Organisation
from trainer.errors import Invalid

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class LogHead:
    """The last row of an organisation's log: to be kept outside the database."""

    organisation: str
    number: int
    hash: str

    def __str__(self) -> str:
        """One line of a file of heads."""
        return f"{self.organisation} {self.number} {self.hash}"


@dataclass(frozen=True, slots=True)
class LogLine:
    """A row of the log as its readers see it."""

    number: int
    at: datetime
    actor_id: int
    kind: str
    subject_id: int | None
    detail: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Tampering:
    """A place in a log that is not as it was written."""

    organisation: str
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. Without anchors, a tail that was cut off cannot be seen."""

    event_count: int
    anchor_count: int
    found: tuple[Tampering, ...]


def log_lines(session: Session, organisation_id: int, *, first: int, count: int) -> tuple[tuple[LogLine, ...], int]:
    """Rows of one organisation, the newest first, and how many there are. Callers decide who may read."""
    mine = AuditEvent.organisation_id == organisation_id
    rows = session.scalars(select(AuditEvent).where(mine).order_by(AuditEvent.number.desc()).offset(first).limit(count))
    lines = tuple(
        LogLine(row.number, row.at, row.actor_id, row.kind, row.subject_id, json.loads(row.detail)) for row in rows
    )
    return lines, session.scalar(select(func.count()).select_from(AuditEvent).where(mine)) or 0


def log_heads(session: Session) -> tuple[LogHead, ...]:
    """The head of every organisation that has a log."""
    last = select(func.max(AuditEvent.id)).group_by(AuditEvent.organisation_id)
    rows = session.execute(
        select(Organisation.slug, AuditEvent.number, AuditEvent.hash)
        .join(Organisation, Organisation.id == AuditEvent.organisation_id)
        .where(AuditEvent.id.in_(last))
        .order_by(Organisation.slug)
    )
    return tuple(LogHead(*row) for row in rows)


def read_heads(text: str) -> tuple[LogHead, ...]:
    """Heads as ``trainer audit head`` prints them. Raises Invalid with the line that is none."""
    heads = []
    for place, line in enumerate(text.splitlines(), start=1):
        parts = line.split()
        if not parts:
            continue
        if len(parts) != 3 or not parts[1].isdigit() or len(parts[2]) != 64:
            raise Invalid(f"Line {place} of the heads is no head.", "Use a file that trainer audit head printed.")
        heads.append(LogHead(parts[0], int(parts[1]), parts[2]))
    return tuple(heads)


def check_log(session: Session, anchors: Collection[LogHead] = ()) -> Verdict:
    """Recompute every chain; each anchor must be met on the way."""
    found: list[Tampering] = []
    count = 0
    slugs = {row.id: row.slug for row in session.execute(select(Organisation.id, Organisation.slug))}
    logs = set(session.scalars(select(AuditEvent.organisation_id).distinct()))
    for organisation_id in sorted(logs | set(slugs)):
        slug = slugs.get(organisation_id, f"organisation {organisation_id}")
        chain = _Chain(slug, {one.number: one.hash for one in anchors if one.organisation == slug})
        for row in _rows(session, organisation_id):
            chain.add(row)
            count += 1
        found += chain.finished()
    missing = {one.organisation for one in anchors} - set(slugs.values())
    found += [Tampering(slug, 0, "the organisation of a head is gone") for slug in sorted(missing)]
    return Verdict(count, len(anchors), tuple(found))


def _rows(session: Session, organisation_id: int) -> Iterator[AuditEvent]:
    statement = select(AuditEvent).where(AuditEvent.organisation_id == organisation_id).order_by(AuditEvent.number)
    yield from session.scalars(statement.execution_options(yield_per=AT_ONCE))


class _Chain:
    """One organisation's rows, in their order."""

    def __init__(self, slug: str, anchors: Mapping[int, str]) -> None:
        self.slug, self.anchors = slug, anchors
        self.number, self.previous = 0, BEGINNING
        self.found: list[Tampering] = []

    def add(self, row: AuditEvent) -> None:
        """Look at the next row."""
        if row.number != self.number + 1:
            self._note(self.number + 1, "a row is missing")
        elif row.previous_hash != self.previous:
            self._note(row.number, "what stood before this row was changed")
        facts = tuple(getattr(row, name) for name in FACTS)
        if row.hash != hash_of(row.previous_hash, row.at, facts):
            self._note(row.number, "this row was changed")
        if self.anchors.get(row.number, row.hash) != row.hash:
            self._note(row.number, "the log was written anew: the head that was kept has another hash")
        self.number, self.previous = row.number, row.hash

    def finished(self) -> list[Tampering]:
        """Everything found; a head beyond the last row means that the tail was cut off."""
        beyond = [number for number in self.anchors if number > self.number]
        if beyond:
            self._note(self.number + 1, f"the end was cut off: row {max(beyond)} was there once")
        return self.found

    def _note(self, number: int, what: str) -> None:
        self.found.append(Tampering(self.slug, number, what))
