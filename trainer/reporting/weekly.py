"""Freezing an organisation's figures once a week, and reading what was frozen.

Yesterday minus today would tell about one person, so nothing about an organisation is ever counted while somebody
looks: every page, file and answer of the API shows the same figures until Monday.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Role
from trainer.accounts.models import Membership, Organisation
from trainer.clock import local_date
from trainer.cohorts.models import Assignment, Enrolment
from trainer.db import has_row_locks
from trainer.learning.models import ModuleState
from trainer.reporting.models import WeeklyFigures
from trainer.reporting.suppression.figures import HIDDEN, Released
from trainer.reporting.suppression.snapshots import Snapshot, Standing, line_apart, next_snapshot, table

LEADERS = "leaders"  # the place of the organisation's managers, beside its cohorts
FOR_LEADERS = ("O1", "O2")  # asked of leaders, whether or not they are set for a cohort


@dataclass(frozen=True, slots=True)
class FrozenModule:
    """A module's released figures: a line for each cohort, by its id, and those that are only counted together."""

    module_id: str
    cohort_ids: tuple[int, ...]
    lines: tuple[Released, ...]
    others: Released
    total: Released
    is_complete: bool
    leaders: Released = HIDDEN  # apart from all the others, and in no total


@dataclass(frozen=True, slots=True)
class Frozen:
    """What was released for a week."""

    week: date
    modules: tuple[FrozenModule, ...]


_BASIS = TypeAdapter(Snapshot)
_RELEASED = TypeAdapter(tuple[FrozenModule, ...])


def week_of(at: datetime) -> date:
    """The Monday of the week, where the services are."""
    today = local_date(at)
    return today - timedelta(days=today.weekday())


@dataclass(frozen=True, slots=True)
class Prepared:
    """An organisation's figures of a week, worked out and not yet kept; ``follows`` is the basis they go on from."""

    figures: WeeklyFigures
    follows: str | None


def freeze_due_figures(session: Session, *, threshold: int, at: datetime) -> int:
    """Freeze every organisation that has no figures of this week; returns how many. Safe to call at any time.

    All in the caller's transaction: where there are many people, do as ``upkeep`` does and prepare while reading.
    """
    due = organisations_due(session, at=at)
    return sum(keep_figures(session, prepare_figures(session, one, threshold=threshold, at=at)) for one in due)


def organisations_due(session: Session, *, at: datetime) -> Sequence[int]:
    """The ids of the organisations that have no figures of this week. One statement."""
    fresh = select(WeeklyFigures.organisation_id).where(WeeklyFigures.week >= week_of(at))
    return session.scalars(select(Organisation.id).where(Organisation.id.not_in(fresh)).order_by(Organisation.id)).all()


def prepare_figures(session: Session, organisation_id: int, *, threshold: int, at: datetime) -> Prepared:
    """Work this week's figures out, one module at a time, so that only its people are in memory. Writes nothing."""
    week = week_of(at)
    last = _last(session, organisation_id)
    previous = _BASIS.validate_json(last.basis) if last and last.basis else None
    snapshots, modules = [], []
    for module_id in _module_ids(session, organisation_id, previous):
        standings = tuple(_standings(session, organisation_id, module_id))
        before = _of_module(previous, module_id) if previous else None
        snapshots.append(next_snapshot(before, standings, week, threshold=threshold, apart=(LEADERS,)))
        modules.append(_module(snapshots[-1], module_id, standings))
    basis = Snapshot(
        week,
        tuple(group for one in snapshots for group in one.groups),
        tuple(waiting for one in snapshots for waiting in one.waiting),
    )
    figures = WeeklyFigures(
        organisation_id=organisation_id,
        week=week,
        released=_RELEASED.dump_json(tuple(modules)).decode(),
        basis=_BASIS.dump_json(basis).decode(),
        frozen_at=at,
    )
    return Prepared(figures, last.basis if last else None)


def keep_figures(session: Session, prepared: Prepared) -> bool:
    """Keep them, unless another process was here first or somebody was erased meanwhile: then they are prepared again.

    The basis of earlier weeks is not kept: only the last one is needed to go on from.
    """
    organisation_id = prepared.figures.organisation_id
    if has_row_locks(session):
        session.execute(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update())
    last = _last(session, organisation_id)
    if (last.basis if last else None) != prepared.follows or (last and last.week >= prepared.figures.week):
        return False
    if last is not None:
        last.basis = ""
    session.add(prepared.figures)
    session.flush()
    return True


def frozen_figures(session: Session, organisation_id: int) -> Frozen | None:
    """What was released last; None before the first week. One statement."""
    row = session.execute(
        select(WeeklyFigures.week, WeeklyFigures.released)
        .where(WeeklyFigures.organisation_id == organisation_id)
        .order_by(WeeklyFigures.week.desc())
        .limit(1)
    ).one_or_none()
    return Frozen(row.week, _RELEASED.validate_json(row.released)) if row else None


def _last(session: Session, organisation_id: int) -> WeeklyFigures | None:
    mine = WeeklyFigures.organisation_id == organisation_id
    return session.scalar(
        select(WeeklyFigures).where(mine).order_by(WeeklyFigures.week.desc()).limit(1),
        execution_options={"populate_existing": True},
    )


def _module_ids(session: Session, organisation_id: int, previous: Snapshot | None) -> list[str]:
    """What is set for a cohort now, what was (who has left stays counted), and what leaders are asked to read."""
    is_set = select(Assignment.module_id).where(Assignment.organisation_id == organisation_id).distinct()
    known = {group.module_id for group in previous.groups} if previous else set()
    return sorted(known.union(FOR_LEADERS, session.scalars(is_set)))


def _of_module(previous: Snapshot, module_id: str) -> Snapshot:
    return Snapshot(
        previous.week,
        tuple(group for group in previous.groups if group.module_id == module_id),
        tuple(waiting for waiting in previous.waiting if waiting.module_id == module_id),
    )


def _module(snapshot: Snapshot, module_id: str, standings: Sequence[Standing]) -> FrozenModule:
    """A line for every cohort in which somebody learns the module, shown or hidden."""
    places = {group.place for group in snapshot.groups} | {one.place for one in standings}
    ids = tuple(sorted(int(place) for place in places if place and place != LEADERS))
    shown = table(snapshot, module_id, [str(one) for one in ids], apart=(LEADERS,))
    leaders = line_apart(snapshot, module_id, LEADERS)
    return FrozenModule(module_id, ids, shown.lines, shown.others, shown.total, shown.is_complete, leaders)


def _standings(session: Session, organisation_id: int, module_id: str) -> Iterator[Standing]:
    """Everybody once: who leads as a leader, and nobody else but in a cohort."""
    for person_id, state in session.execute(_leaders(organisation_id, module_id)):
        yield Standing(person_id, module_id, LEADERS, state == "completed")
    places: dict[int, str] = {}
    for person_id, cohort_id, state in session.execute(_places(organisation_id, module_id)):
        place = places.setdefault(cohort_id, str(cohort_id))
        yield Standing(person_id, module_id, place, state == "completed")


def _places(organisation_id: int, module_id: str) -> Select[*tuple[Any, ...]]:
    """Everybody but leaders counts once: in the cohort they joined last."""
    order = (Enrolment.state_since.desc(), Enrolment.id.desc())
    place = func.row_number().over(partition_by=Enrolment.person_id, order_by=order)
    places = (
        select(Enrolment.cohort_id, Enrolment.person_id, place.label("place"))
        .select_from(Assignment)
        .join(Enrolment, (Enrolment.cohort_id == Assignment.cohort_id) & (Enrolment.state == "active"))
        .where(Assignment.organisation_id == organisation_id, Assignment.module_id == module_id)
        .subquery()
    )
    return (
        select(places.c.person_id, places.c.cohort_id, ModuleState.state)
        .select_from(places)
        .outerjoin(
            ModuleState,
            (ModuleState.person_id == places.c.person_id) & (ModuleState.module_id == module_id),
        )
        .where(places.c.place == 1, places.c.person_id.not_in(_managers(organisation_id)))
        .order_by(places.c.person_id)
    )


def _leaders(organisation_id: int, module_id: str) -> Select[*tuple[Any, ...]]:
    """The managers with their state in a module, whether or not it was set for them."""
    managers = _managers(organisation_id).subquery()
    return (
        select(managers.c.person_id, ModuleState.state)
        .select_from(managers)
        .outerjoin(
            ModuleState,
            (ModuleState.person_id == managers.c.person_id) & (ModuleState.module_id == module_id),
        )
        .order_by(managers.c.person_id)
    )


def _managers(organisation_id: int) -> Select[*tuple[Any, ...]]:
    mine = Membership.organisation_id == organisation_id
    return select(Membership.person_id).where(mine, Membership.role == Role.MANAGER.value)
