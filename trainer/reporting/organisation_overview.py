"""The organisation in counts: per module and cohort, as they were frozen this week.

Somebody in two cohorts counts in the one they joined last: groups share no people. Cohorts too small for a
figure of their own are counted together, and the total adds up what is shown. Leaders stand beside all learners.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.cohorts.models import Cohort
from trainer.reporting.suppression.figures import HIDDEN, Released
from trainer.reporting.suppression.rule import effective, group_size
from trainer.reporting.weekly import FOR_LEADERS, FrozenModule, frozen_figures
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
class LeadersOfModule:
    """Leaders beside learners: two rows about different people, of which one may be hidden."""

    title: str
    leaders: Released
    learners: Released


@dataclass(frozen=True, slots=True)
class OrganisationOverview:
    """All modules that are set for any cohort; never a name. ``week`` is None before the first figures."""

    modules: tuple[OverviewOfModule, ...]
    cohort_count: int
    threshold: int
    week: date | None
    leaders: tuple[LeadersOfModule, ...] = ()  # empty while leaders are too few for a figure
    leaders_needed: int = 0


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
    named = [(titles.get(one.module_id, one.module_id), one) for one in modules]
    return OrganisationOverview(
        modules=tuple(_module(title, cohorts, one) for title, one in named if _is_for_learners(one)),
        cohort_count=len(cohorts),
        threshold=effective(threshold),
        week=frozen.week if frozen else None,
        leaders=tuple(LeadersOfModule(title, one.leaders, one.total) for title, one in named if one.leaders != HIDDEN),
        leaders_needed=group_size(threshold),
    )


def _is_for_learners(one: FrozenModule) -> bool:
    return one.module_id not in FOR_LEADERS or bool(one.cohort_ids) or one.others != HIDDEN


def _module(title: str, cohorts: Mapping[int, str], frozen: FrozenModule) -> OverviewOfModule:
    by_cohort = dict(zip(frozen.cohort_ids, frozen.lines, strict=True))
    lines = [OverviewLine(name, by_cohort[cohort_id]) for cohort_id, name in cohorts.items() if cohort_id in by_cohort]
    if frozen.others != HIDDEN:
        lines.append(OverviewLine(SMALL_TOGETHER, frozen.others))
    total = OverviewLine(ALL_TOGETHER if frozen.is_complete else SHOWN_TOGETHER, frozen.total)
    return OverviewOfModule(title, tuple(lines), total)
