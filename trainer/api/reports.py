"""Reading reports: what was released about an organisation and about questions, and completions with names."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol, cast

from flask import current_app
from pydantic import BaseModel, Field

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Role
from trainer.api.cohorts import NEXT, next_address
from trainer.api.gate import caller, request_time
from trainer.api.operations import BatchQuery, NoQuery
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.queries import assignments_of
from trainer.config import Settings
from trainer.courseware.catalogue import Catalogue, Module
from trainer.errors import NotFound
from trainer.extensions import reading, writing
from trainer.reporting import organisation_overview, question_analysis
from trainer.reporting.completions import completions_after, note_reading, reading_is_noted
from trainer.reporting.counted import close_batches, tallies_of
from trainer.reporting.organisation_overview import OverviewLine
from trainer.reporting.report_sheets import question_sheet
from trainer.reporting.suppression.figures import Figure


class House(Protocol):
    """What this door needs of the composition root."""

    @property
    def settings(self) -> Settings:
        """How the app runs."""

    @property
    def catalogue(self) -> Catalogue:
        """What is published."""


class FigureItem(BaseModel):
    """A released figure: in words, and as a number where a number may be shown. Numbers are rounded to 5."""

    words: str = Field(examples=["15", "fewer than 10"])
    number: int | None


class OverviewItem(BaseModel):
    """One cohort, or several together."""

    label: str
    learners: FigureItem
    completed: FigureItem
    not_yet: FigureItem


class OverviewModule(BaseModel):
    """A module with its cohorts and the total of what is shown."""

    module: str
    title: str
    cohorts: list[OverviewItem]
    total: OverviewItem


class OverviewAnswer(BaseModel):
    """The organisation in figures, as the page shows them; the same all week, and never a name."""

    organisation: str
    week: date | None = Field(description="The Monday of the week; null before the first figures.")
    threshold: int = Field(description="Figures that rest on fewer people are not shown.")
    modules: list[OverviewModule]


class QuestionsQuery(NoQuery):
    """Which module."""

    module: str = Field(pattern=r"^[A-Za-z0-9-]{1,80}$", description="The module's id or slug.", examples=["L1"])


class ColumnItem(BaseModel):
    """A column; its code never changes."""

    code: str
    label: str


class QuestionsAnswer(BaseModel):
    """The questions of a module as a cohort answered them: counted first attempts, small counts hidden.

    The rows are those of the page and of its files, by the code of the column.
    """

    organisation: str
    cohort: str
    module: str
    revision: str | None = Field(description="Of the module that was taken; null before anybody was counted.")
    as_of: datetime
    columns: list[ColumnItem]
    rows: list[dict[str, str | int | float | None]]


class CompletionItem(BaseModel):
    """Somebody has completed a module, on the revision that is named."""

    enrolment: int
    name: str
    staff_id: str | None
    module: str
    revision: str
    completed_at: datetime


class CompletionList(BaseModel):
    """Completions of the modules that are set, in the order they were recorded."""

    items: list[CompletionItem]
    next: str | None = NEXT


def overview(organisation: str, query: NoQuery) -> OverviewAnswer:
    """Exactly what was released for this week."""
    catalogue, threshold = house().catalogue, house().settings.suppression_threshold
    titles = {module.id: module.title for module in catalogue.modules}
    with reading() as db:
        home = organisation_for(db, caller().actor, organisation, Role.MANAGER)
        # Each module under its id, in the order of the catalogue; the title is put beside it here.
        report = organisation_overview.build(db, home.id, titles={one: one for one in titles}, threshold=threshold)
    return OverviewAnswer(
        organisation=home.slug,
        week=report.week,
        threshold=report.threshold,
        modules=[
            OverviewModule(
                module=one.title,
                title=titles.get(one.title, one.title),
                cohorts=[_line(line) for line in one.cohorts],
                total=_line(one.total),
            )
            for one in report.modules
        ],
    )


def _line(line: OverviewLine) -> OverviewItem:
    shown = line.figures
    return OverviewItem(
        label=str(line.label),
        learners=_figure(shown.learners),
        completed=_figure(shown.completed),
        not_yet=_figure(shown.not_yet),
    )


def _figure(figure: Figure) -> FigureItem:
    return FigureItem(words=str(figure.words), number=figure.number)


def questions(organisation: str, cohort: str, query: QuestionsQuery) -> QuestionsAnswer:
    """Question analysis, for a token whose maker is a trainer of the cohort."""
    actor, at, catalogue = caller().actor, request_time(), house().catalogue
    threshold = house().settings.suppression_threshold
    with reading() as db:
        target = cohort_for(db, actor, organisation, cohort, to=Permission.REPORT)
        module = _module(catalogue, query.module, {one.module_id for one in assignments_of(db, target.id)})
        is_due = any(one.is_due(threshold=threshold, at=at) for one in tallies_of(db, target.id, [module.id]))
    if is_due:  # as when a trainer opens the page
        with writing() as db:
            close_batches(
                db, actor=actor, organisation=organisation, cohort=cohort, module_ids=[module.id],
                threshold=threshold, at=at,
            )  # fmt: skip
    with reading() as db:
        report = question_analysis.build(
            db, target.id, catalogue=catalogue, module_id=module.id, threshold=threshold, at=at
        )
    sheet = question_sheet(report)
    codes = [column.code for column in sheet.columns]
    return QuestionsAnswer(
        organisation=target.organisation_slug,
        cohort=target.slug,
        module=module.id,
        revision=report.tally.revision if report.tally else None,
        as_of=report.as_of,
        columns=[ColumnItem(code=column.code, label=str(column.label)) for column in sheet.columns],
        rows=[dict(zip(codes, row, strict=True)) for row in sheet.rows],
    )


def _module(catalogue: Catalogue, name: str, assigned: set[str]) -> Module:
    found = catalogue.by_id.get(name) or catalogue.by_slug.get(name)
    if found is None or found.id not in assigned or found.quiz is None:
        raise NotFound("This module is not set for the cohort, or has no quiz.", "Name one that is set for it.")
    return found


def completions(organisation: str, cohort: str, query: BatchQuery) -> CompletionList:
    """Who has completed what, for a token whose maker is a trainer of the cohort; its learners can read of it."""
    actor, at = caller().actor, request_time()
    with reading() as db:
        target = cohort_for(db, actor, organisation, cohort, to=Permission.REPORT)
        is_noted = reading_is_noted(db, actor=actor, cohort=target, at=at)
    if not is_noted:
        with writing() as db:
            note_reading(db, actor=actor, cohort=target, at=at)
    with reading() as db:
        found, has_more = completions_after(db, target.id, after_id=query.after_id, limit=query.limit)
    items = [
        CompletionItem(
            enrolment=one.enrolment_id,
            name=one.name,
            staff_id=one.staff_id,
            module=one.module_id,
            revision=one.revision,
            completed_at=one.completed_at,
        )
        for one in found
    ]
    return CompletionList(items=items, next=next_address(query, found[-1].completion_id) if has_more else None)


def house() -> House:
    """The settings and the catalogue of the running app."""
    return cast(House, current_app.extensions["house"])
