"""The organisation in counts: per module and cohort, suppressed before anybody holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, case, cast, distinct, func, null, select
from sqlalchemy.orm import Session

from trainer.cohorts.models import Assignment, Cohort, Enrolment
from trainer.learning.models import ModuleState
from trainer.reporting.suppression import Counts, Released, suppress


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """One cohort, or all together, for one module."""

    label: str
    figures: Released


@dataclass(frozen=True, slots=True)
class OverviewOfModule:
    """A module with its cohorts and their total."""

    title: str
    cohorts: tuple[OverviewLine, ...]
    total: OverviewLine


@dataclass(frozen=True, slots=True)
class OrganisationOverview:
    """All modules that are set for any cohort; never a name."""

    modules: tuple[OverviewOfModule, ...]
    cohort_count: int
    threshold: int
    as_of: datetime


def build(
    session: Session, organisation_id: int, *, titles: Mapping[str, str], threshold: int, at: datetime
) -> OrganisationOverview:
    """Two statements: the cohorts, and the figures per module, by cohort and over distinct people."""
    by_cohort: dict[str, dict[int, Counts]] = {}
    totals: dict[str, Counts] = {}
    # Cohorts and totals are counted at one moment: two moments could be told apart.
    both = _counting(organisation_id, Enrolment.cohort_id).union_all(_counting(organisation_id, None))
    for module_id, cohort_id, learners, completed in session.execute(both):
        if cohort_id is None:
            totals[module_id] = Counts(learners, completed)
        else:
            by_cohort.setdefault(module_id, {})[cohort_id] = Counts(learners, completed)
    # Named last, so that no cohort is in a total and missing beside it.
    cohorts = dict(
        session.execute(
            select(Cohort.id, Cohort.name)
            .where(Cohort.organisation_id == organisation_id)
            .order_by(Cohort.name, Cohort.id)
        ).all()
    )
    modules = tuple(
        _module(titles.get(module_id, module_id), cohorts, by_cohort[module_id], totals[module_id], threshold)
        for module_id in sorted(by_cohort, key=lambda one: _order(one, titles))
    )
    return OrganisationOverview(modules, len(cohorts), threshold, at)


def _order(module_id: str, titles: Mapping[str, str]) -> tuple[int, str]:
    known = list(titles)
    return (known.index(module_id) if module_id in titles else len(known), module_id)


def _counting(organisation_id: int, cohort_id: Any) -> Select[*tuple[Any, ...]]:
    """Learners and completions by module, and by cohort unless ``cohort_id`` is None."""
    is_completed = case((ModuleState.state == "completed", Enrolment.person_id))
    keys = [Assignment.module_id] if cohort_id is None else [Assignment.module_id, cohort_id]
    return (
        select(
            Assignment.module_id,
            cast(null(), Integer) if cohort_id is None else cohort_id,
            func.count(distinct(Enrolment.person_id)),
            func.count(distinct(is_completed)),
        )
        .select_from(Assignment)
        .join(Enrolment, (Enrolment.cohort_id == Assignment.cohort_id) & (Enrolment.state == "active"))
        .outerjoin(
            ModuleState,
            (ModuleState.person_id == Enrolment.person_id) & (ModuleState.module_id == Assignment.module_id),
        )
        .where(Assignment.organisation_id == organisation_id)
        .group_by(*keys)
    )


def _module(
    title: str, cohorts: Mapping[int, str], figures: Mapping[int, Counts], total: Counts, threshold: int
) -> OverviewOfModule:
    listed = [cohort_id for cohort_id in cohorts if cohort_id in figures]
    table = suppress([figures[cohort_id] for cohort_id in listed], total, threshold=threshold)
    lines = tuple(
        OverviewLine(cohorts[cohort_id], released) for cohort_id, released in zip(listed, table.groups, strict=True)
    )
    return OverviewOfModule(title, lines, OverviewLine("All cohorts together", table.total))
