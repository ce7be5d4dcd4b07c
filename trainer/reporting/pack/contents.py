"""What stands in the pack: plain values, made from the catalogue and from released figures. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainer.cohorts.readiness.queries import ActionOf
from trainer.courseware.catalogue import Module
from trainer.reporting.organisation_overview import OrganisationOverview, OverviewLine

REVISION_SHOWN = 12  # characters of the hash: enough to tell two revisions apart in print


@dataclass(frozen=True, slots=True)
class PackModule:
    """A module of the course."""

    id: str
    title: str
    minutes: int
    revision: str
    reviewed_on: str
    review_due_on: str


@dataclass(frozen=True, slots=True)
class PackLine:
    """A row of figures, in the words of the page. ``share`` is completed of learners, 0 to 1, or None."""

    label: str
    learners: str
    completed: str
    not_yet: str
    share: float | None


@dataclass(frozen=True, slots=True)
class PackFigures:
    """One module in figures; the last line is the total of what is shown."""

    title: str
    lines: tuple[PackLine, ...]


@dataclass(frozen=True, slots=True)
class PackAction:
    """An agreed action."""

    text: str
    owner: str
    due_month: str
    state: str


@dataclass(frozen=True, slots=True)
class Pack:
    """The whole pack. ``week`` is None before the first figures were released."""

    product: str
    organisation: str
    made_on: str
    week: str | None
    threshold: int
    cohort_count: int
    minutes: int
    modules: tuple[PackModule, ...]
    figures: tuple[PackFigures, ...]
    leaders: tuple[PackFigures, ...]  # leaders beside learners; empty while there are too few leaders
    leaders_needed: int
    actions: tuple[PackAction, ...]


def pack_of(
    *,
    product: str,
    organisation: str,
    overview: OrganisationOverview,
    modules: Sequence[Module],
    actions: Sequence[ActionOf],
    made_on: date,
) -> Pack:
    """The pack; figures in the words in which they were released."""
    return Pack(
        product=product,
        organisation=organisation,
        made_on=_day(made_on),
        week=_day(overview.week) if overview.week else None,
        threshold=overview.threshold,
        cohort_count=overview.cohort_count,
        minutes=sum(module.cpd_minutes for module in modules),
        modules=tuple(_module(one) for one in modules),
        figures=tuple(
            PackFigures(one.title, tuple(_line(line) for line in (*one.cohorts, one.total))) for one in overview.modules
        ),
        leaders=tuple(
            PackFigures(
                one.title, (_line(OverviewLine("Leaders", one.leaders)), _line(OverviewLine("Learners", one.learners)))
            )
            for one in overview.leaders
        ),
        leaders_needed=overview.leaders_needed,
        actions=tuple(
            PackAction(one.text, one.owner, f"{one.due_month:%B %Y}", "done" if one.is_done else "open")
            for one in actions
        ),
    )


def _module(one: Module) -> PackModule:
    return PackModule(
        one.id,
        one.title,
        one.cpd_minutes,
        one.revision[:REVISION_SHOWN],
        _day(one.reviewed_on),
        _day(one.review_due_on),
    )


def _line(one: OverviewLine) -> PackLine:
    told = one.figures
    return PackLine(
        str(one.label),
        str(told.learners.words),
        str(told.completed.words),
        str(told.not_yet.words),
        told.share,
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
