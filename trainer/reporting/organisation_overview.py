"""The organisation in counts: per module and cohort, suppressed before anybody holds them.

Somebody in two cohorts counts in the one they joined last. So the cohorts add up to the total, and
nobody who knows who is in both can work out how they stand by subtracting one cohort from the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
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
    """Two statements: the figures per module and cohort, and the cohorts' names."""
    by_cohort: dict[str, dict[int, Counts]] = {}
    for module_id, cohort_id, learners, completed in session.execute(_counting(organisation_id)):
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
        _module(titles.get(module_id, module_id), cohorts, by_cohort[module_id], threshold)
        for module_id in sorted(by_cohort, key=lambda one: _order(one, titles))
    )
    return OrganisationOverview(modules, len(cohorts), threshold, at)


def _order(module_id: str, titles: Mapping[str, str]) -> tuple[int, str]:
    known = list(titles)
    return (known.index(module_id) if module_id in titles else len(known), module_id)


def _counting(organisation_id: int) -> Select[*tuple[Any, ...]]:
    """Learners and completions by module and cohort. Everybody counts once a module: where they joined last."""
    places = (
        select(
            Assignment.module_id,
            Enrolment.cohort_id,
            Enrolment.person_id,
            func.row_number()
            .over(
                partition_by=(Assignment.module_id, Enrolment.person_id),
                order_by=(Enrolment.state_since.desc(), Enrolment.id.desc()),
            )
            .label("place"),
        )
        .join(Enrolment, (Enrolment.cohort_id == Assignment.cohort_id) & (Enrolment.state == "active"))
        .where(Assignment.organisation_id == organisation_id)
        .subquery()
    )
    is_completed = case((ModuleState.state == "completed", 1))
    return (
        select(places.c.module_id, places.c.cohort_id, func.count(), func.count(is_completed))
        .select_from(places)
        .outerjoin(
            ModuleState,
            (ModuleState.person_id == places.c.person_id) & (ModuleState.module_id == places.c.module_id),
        )
        .where(places.c.place == 1)
        .group_by(places.c.module_id, places.c.cohort_id)
    )


def _module(title: str, cohorts: Mapping[int, str], figures: Mapping[int, Counts], threshold: int) -> OverviewOfModule:
    listed = [cohort_id for cohort_id in cohorts if cohort_id in figures]
    table = suppress([figures[cohort_id] for cohort_id in listed], threshold=threshold)
    lines = tuple(
        OverviewLine(cohorts[cohort_id], released) for cohort_id, released in zip(listed, table.groups, strict=True)
    )
    return OverviewOfModule(title, lines, OverviewLine("All cohorts together", table.total))
