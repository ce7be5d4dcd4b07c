"""Freezing an organisation's figures once a week, and reading what was frozen.

Yesterday minus today would tell about one person, so nothing about an organisation is ever counted while somebody
looks: every page, file and answer of the API shows the same figures until Monday.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from trainer.accounts.models import Organisation
from trainer.clock import local_date
from trainer.cohorts.models import Assignment, Enrolment
from trainer.db import has_row_locks
from trainer.learning.models import ModuleState
from trainer.reporting.models import WeeklyFigures
from trainer.reporting.suppression.figures import Released
from trainer.reporting.suppression.snapshots import Snapshot, Standing, next_snapshot, table


@dataclass(frozen=True, slots=True)
class FrozenModule:
    """A module's released figures: a line for each cohort, by its id, and those that are only counted together."""

    module_id: str
    cohort_ids: tuple[int, ...]
    lines: tuple[Released, ...]
    others: Released
    total: Released
    is_complete: bool


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


def freeze_due_figures(session: Session, *, threshold: int, at: datetime) -> int:
    """Freeze every organisation that has no figures of this week; returns how many. Safe to call at any time.

    The basis of earlier weeks is not kept: only the last one is needed to go on from.
    """
    week = week_of(at)
    fresh = select(WeeklyFigures.organisation_id).where(WeeklyFigures.week >= week)
    due = session.scalars(select(Organisation.id).where(Organisation.id.not_in(fresh)).order_by(Organisation.id)).all()
    return sum(_freeze(session, organisation_id, week, threshold, at) for organisation_id in due)


def frozen_figures(session: Session, organisation_id: int) -> Frozen | None:
    """What was released last; None before the first week. One statement."""
    row = session.execute(
        select(WeeklyFigures.week, WeeklyFigures.released)
        .where(WeeklyFigures.organisation_id == organisation_id)
        .order_by(WeeklyFigures.week.desc())
        .limit(1)
    ).one_or_none()
    return Frozen(row.week, _RELEASED.validate_json(row.released)) if row else None


def _freeze(session: Session, organisation_id: int, week: date, threshold: int, at: datetime) -> bool:
    if has_row_locks(session):
        session.execute(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update())
    mine = WeeklyFigures.organisation_id == organisation_id
    last = session.scalar(select(WeeklyFigures).where(mine).order_by(WeeklyFigures.week.desc()).limit(1))
    if last is not None and last.week >= week:
        return False  # another process was here first
    previous = _BASIS.validate_json(last.basis) if last and last.basis else None
    standings = tuple(_standings(session, organisation_id))
    snapshot = next_snapshot(previous, standings, week, threshold=threshold)
    if last is not None:
        last.basis = ""
    session.add(
        WeeklyFigures(
            organisation_id=organisation_id,
            week=week,
            released=_RELEASED.dump_json(tuple(_modules(snapshot, standings))).decode(),
            basis=_BASIS.dump_json(snapshot).decode(),
            frozen_at=at,
        )
    )
    session.flush()
    return True


def _modules(snapshot: Snapshot, standings: Sequence[Standing]) -> Iterator[FrozenModule]:
    """A line for every cohort in which somebody learns the module, shown or hidden."""
    places: defaultdict[str, set[int]] = defaultdict(set)
    known = {(group.module_id, group.place) for group in snapshot.groups}
    for module_id, place in known | {(one.module_id, one.place) for one in standings}:
        places[module_id].update([int(place)] if place else [])
    for module_id, found in sorted(places.items()):
        ids = tuple(sorted(found))
        shown = table(snapshot, module_id, [str(one) for one in ids])
        yield FrozenModule(module_id, ids, shown.lines, shown.others, shown.total, shown.is_complete)


def _standings(session: Session, organisation_id: int) -> Iterator[Standing]:
    for person_id, module_id, cohort_id, state in session.execute(_places(organisation_id)):
        yield Standing(person_id, module_id, str(cohort_id), state == "completed")


def _places(organisation_id: int) -> Select[*tuple[Any, ...]]:
    """Everybody counts once a module: in the cohort they joined last."""
    order = (Enrolment.state_since.desc(), Enrolment.id.desc())
    place = func.row_number().over(partition_by=(Assignment.module_id, Enrolment.person_id), order_by=order)
    places = (
        select(Assignment.module_id, Enrolment.cohort_id, Enrolment.person_id, place.label("place"))
        .join(Enrolment, (Enrolment.cohort_id == Assignment.cohort_id) & (Enrolment.state == "active"))
        .where(Assignment.organisation_id == organisation_id)
        .subquery()
    )
    return (
        select(places.c.person_id, places.c.module_id, places.c.cohort_id, ModuleState.state)
        .select_from(places)
        .outerjoin(
            ModuleState,
            (ModuleState.person_id == places.c.person_id) & (ModuleState.module_id == places.c.module_id),
        )
        .where(places.c.place == 1)
        .order_by(places.c.module_id, places.c.person_id)
    )
