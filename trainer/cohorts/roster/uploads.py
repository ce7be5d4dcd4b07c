"""Keeping a list between its preview and its use: for its uploader alone, for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.models import RosterUpload
from trainer.cohorts.queries import CohortOf
from trainer.errors import NotFound
from trainer.wording import said

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UploadOf:
    """An uploaded list and the cohort it is for."""

    id: int
    cohort: CohortOf
    file_name: str
    data: bytes


def keep_upload(
    session: Session, *, actor: Actor, organisation: str, cohort: str, file_name: str, data: bytes, at: datetime
) -> int:
    """Keep a list; returns its number. The actor's earlier lists for the cohort, and everybody's old ones, go."""
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    mine = (RosterUpload.cohort_id == target.id) & (RosterUpload.person_id == actor.person_id)
    session.execute(delete(RosterUpload).where(mine | (RosterUpload.created_at < at - KEPT)))
    row = RosterUpload(
        cohort_id=target.id, person_id=actor.person_id, file_name=file_name[:200], data=data, created_at=at
    )
    session.add(row)
    session.flush()
    return row.id


def upload_for(
    session: Session, actor: Actor, organisation: str, cohort: str, upload_id: int, *, at: datetime
) -> UploadOf:
    """The list, if the actor uploaded it for this cohort within the last day. Raises NotFound otherwise."""
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    row = session.execute(
        select(RosterUpload.id, RosterUpload.file_name, RosterUpload.data).where(
            RosterUpload.id == upload_id,
            RosterUpload.cohort_id == target.id,
            RosterUpload.person_id == actor.person_id,
            RosterUpload.created_at >= at - KEPT,
        )
    ).one_or_none()
    if row is None:
        raise NotFound(
            said("This list is no longer here."),
            said("Upload it again; a list is kept for a day, and only the last one."),
        )
    return UploadOf(row.id, target, row.file_name, row.data)


def drop_upload(session: Session, *, actor: Actor, organisation: str, cohort: str, upload_id: int) -> CohortOf:
    """Throw a list away; again is no error."""
    target = cohort_for(session, actor, organisation, cohort, to=Permission.MANAGE)
    session.execute(
        delete(RosterUpload).where(
            RosterUpload.id == upload_id,
            RosterUpload.cohort_id == target.id,
            RosterUpload.person_id == actor.person_id,
        )
    )
    return target
