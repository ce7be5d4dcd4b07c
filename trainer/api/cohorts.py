"""Reading who studies what: the organisation, its cohorts, their people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from flask import request, url_for
from pydantic import BaseModel, Field

from trainer.accounts.access import organisation_for
from trainer.api.gate import caller, request_time
from trainer.api.operations import BatchQuery, NoQuery
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.batches import cohorts_after, roster_after
from trainer.cohorts.listed import export_is_noted, note_export
from trainer.extensions import reading, writing
from trainer.reporting.access_log import note_list_taken

NEXT = Field(description="The address of the next batch; null after the last.", examples=["/api/v1/…?cursor=41"])


class OrganisationItem(BaseModel):
    """An organisation; `organisation` is how addresses name it."""

    organisation: str
    name: str


class OrganisationList(BaseModel):
    """The organisation of the token: always one."""

    items: list[OrganisationItem]
    next: str | None = NEXT


class AssignmentItem(BaseModel):
    """A module set for a cohort. Days are whole days in Ireland."""

    module: str = Field(description="The permanent id of the module.", examples=["L1"])
    opens_on: date
    due_on: date | None


class CohortItem(BaseModel):
    """A cohort; `cohort` is how addresses name it."""

    cohort: str
    name: str
    assignments: list[AssignmentItem]


class CohortList(BaseModel):
    """The organisation's cohorts, the oldest first."""

    items: list[CohortItem]
    next: str | None = NEXT


class RosterItem(BaseModel):
    """Somebody who is in a cohort, or was asked and has not answered."""

    enrolment: int
    name: str
    email: str | None
    staff_id: str | None
    state: Literal["active", "invited"]
    since: datetime


class RosterList(BaseModel):
    """The people of a cohort, in the order they came; whoever was withdrawn is left out."""

    items: list[RosterItem]
    next: str | None = NEXT


def organisations(query: NoQuery) -> OrganisationList:
    """The organisation that the token was made in."""
    home = caller().organisation
    return OrganisationList(items=[OrganisationItem(organisation=home.slug, name=home.name)], next=None)


def cohorts(organisation: str, query: BatchQuery) -> CohortList:
    """Its cohorts, with what is set for each."""
    with reading() as db:
        home = organisation_for(db, caller().actor, organisation)
        found, has_more = cohorts_after(db, home.id, after_id=query.after_id, limit=query.limit)
    items = [
        CohortItem(
            cohort=one.slug,
            name=one.name,
            assignments=[
                AssignmentItem(module=set_.module_id, opens_on=set_.opens_on, due_on=set_.due_on)
                for set_ in one.assignments
            ],
        )
        for one in found
    ]
    return CohortList(items=items, next=next_address(query, found[-1].id) if has_more else None)


def roster(organisation: str, cohort: str, query: BatchQuery) -> RosterList:
    """Who is in a cohort. That the list was taken stands in the organisation's log, once a day."""
    actor, at = caller().actor, request_time()
    with reading() as db:
        target = cohort_for(db, actor, organisation, cohort, to=Permission.MANAGE)
        found, has_more = roster_after(db, target.id, after_id=query.after_id, limit=query.limit)
        is_noted = export_is_noted(db, actor=actor, cohort=target, at=at)
    if not is_noted:
        with writing() as db:
            note_export(db, actor=actor, cohort=target, at=at)
            note_list_taken(db, actor=actor, cohort_id=target.id, at=at)
    items = [
        RosterItem(
            enrolment=one.enrolment_id,
            name=one.name,
            email=one.email,
            staff_id=one.staff_id,
            state="invited" if one.state == "invited" else "active",
            since=one.since,
        )
        for one in found
    ]
    return RosterList(items=items, next=next_address(query, found[-1].enrolment_id) if has_more else None)


def next_address(query: BatchQuery, last_id: int) -> str:
    """Where to read on: the same address, behind the last that was told."""
    asked = {**(request.view_args or {}), "limit": query.limit, "cursor": last_id}
    return url_for(request.endpoint or "", **asked)
