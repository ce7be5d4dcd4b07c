"""The organisation in counts: per module and cohort, as they were frozen this week.

Somebody in two cohorts counts in the one they joined last: groups share no people. Cohorts too small for a
figure of their own are counted together, and the total adds up what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.cohorts.models import Cohort
from trainer.reporting.suppression.figures import HIDDEN, Released
from trainer.reporting.suppression.rule import effective
from trainer.reporting.weekly import FrozenModule, frozen_figures
from trainer.wording import said

SMALL_TOGETHER = said("Smaller cohorts together")
ALL_TOGETHER = said("All cohorts together")
SHOWN_TOGETHER = said("All that is shown, together")


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """One cohort, or several together, for one module."""

    label: str
    figures: Released


@dataclass(frozen=True, slots=True)
class OverviewOfModule:
    """A module with its cohorts, the small ones together where they fill a line, and the total of what is shown."""

    title: str
    cohorts: tuple[OverviewLine, ...]
    total: OverviewLine


@dataclass(frozen=True, slots=True)
class OrganisationOverview:
    """All modules that are set for any cohort; never a name. ``week`` is None before the first figures."""

    modules: tuple[OverviewOfModule, ...]
    cohort_count: int
    threshold: int
    week: date | None


def build(session: Session, organisation_id: int, *, titles: Mapping[str, str], threshold: int) -> OrganisationOverview:
    """Two statements: this week's figures, and the cohorts' names."""
    frozen = frozen_figures(session, organisation_id)
    cohorts = dict(
        session.execute(
            select(Cohort.id, Cohort.name)
            .where(Cohort.organisation_id == organisation_id)
            .order_by(Cohort.name, Cohort.id)
        ).all()
    )
    order = {module_id: place for place, module_id in enumerate(titles)}
    modules = (
        sorted(frozen.modules, key=lambda one: (order.get(one.module_id, len(order)), one.module_id)) if frozen else ()
    )
    shown = tuple(_module(titles.get(one.module_id, one.module_id), cohorts, one) for one in modules)
    return OrganisationOverview(shown, len(cohorts), effective(threshold), frozen.week if frozen else None)


def _module(title: str, cohorts: Mapping[int, str], frozen: FrozenModule) -> OverviewOfModule:
    by_cohort = dict(zip(frozen.cohort_ids, frozen.lines, strict=True))
    lines = [OverviewLine(name, by_cohort[cohort_id]) for cohort_id, name in cohorts.items() if cohort_id in by_cohort]
    if frozen.others != HIDDEN:
        lines.append(OverviewLine(SMALL_TOGETHER, frozen.others))
    total = OverviewLine(ALL_TOGETHER if frozen.is_complete else SHOWN_TOGETHER, frozen.total)
    return OverviewOfModule(title, tuple(lines), total)
