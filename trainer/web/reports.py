"""The reports of a cohort beside its progress, for its trainers: page, or the same rows as a file.

The blueprint of cohorts holds them, by ``RULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.queries import CohortOf, assignments_of
from trainer.courseware.catalogue import Module
from trainer.errors import NotFound
from trainer.exercise.interval import mean_and_half
from trainer.extensions import reading, writing
from trainer.reporting import change as cohort_change
from trainer.reporting import last_week, question_analysis
from trainer.reporting import two_roles as both_roles
from trainer.reporting.access_log import note_report_taken
from trainer.reporting.counted import close_batches, tallies_of
from trainer.reporting.one_learner import open_record
from trainer.reporting.parts import people_needed
from trainer.reporting.report_sheets import change_sheet, question_sheet, record_sheet, two_roles_sheet, week_sheet
from trainer.web.cohort_pages import titles_of
from trainer.web.identity import current_actor, request_time
from trainer.web.question_pages import question_list_page, questions_page, two_roles_page
from trainer.web.report_files import asked_form, file_response
from trainer.web.sheet_pages import change_page, record_page, week_page
from trainer.web.shell import house, render
from trainer.wording import said


def week(organisation: str, cohort: str) -> str | Response:
    """What changed in the last seven days. Names: a file of it is written down."""
    titles, form = titles_of(house().catalogue), asked_form()
    with writing() if form else reading() as db:
        found = cohort_for(db, current_actor(), organisation, cohort, to=Permission.REPORT)
        report = last_week.build(db, found.id, at=request_time())
        if form:
            note_report_taken(db, actor=current_actor(), cohort=found, at=request_time())
    sheet = week_sheet(report, titles)
    if form:
        return file_response(sheet, form, found)
    return render("trainer/report_week.html", week_page(found, report, sheet, titles))


def record(organisation: str, cohort: str, enrolment: int) -> str | Response:
    """One learner. Opening it is written down in the same transaction, so this address writes although it is read."""
    titles, form = titles_of(house().catalogue), asked_form()
    with writing() as db:
        report = open_record(
            db,
            actor=current_actor(),
            organisation=organisation,
            cohort=cohort,
            enrolment_id=enrolment,
            at=request_time(),
        )
    sheet = record_sheet(report, titles)
    if form:
        return file_response(sheet, form, report.cohort)
    return render("trainer/report_record.html", record_page(report, sheet, enrolment))


def question_list(organisation: str, cohort: str) -> str:
    """The modules whose questions can be looked at."""
    catalogue = house().catalogue
    found, ids = _assigned(organisation, cohort)
    count_who_wait(found, ids)
    with reading() as db:
        tallies = tallies_of(db, found.id, ids)
    modules = [catalogue.by_id[one] for one in ids if one in catalogue.by_id and catalogue.by_id[one].quiz]
    page = question_list_page(found, modules, tallies, people_needed(house().settings.suppression_threshold))
    return render("trainer/report_question_list.html", page)


def questions(organisation: str, cohort: str, slug: str) -> str | Response:
    """Question analysis of one module, as it was counted."""
    threshold = house().settings.suppression_threshold
    found, module = _module(organisation, cohort, slug)
    count_who_wait(found, [module.id])
    with reading() as db:
        report = question_analysis.build(
            db,
            found.id,
            catalogue=house().catalogue,
            module_id=module.id,
            revision=request.args.get("revision"),
            threshold=threshold,
            at=request_time(),
        )
    sheet, form = question_sheet(report), asked_form()
    if form:
        return file_response(sheet, form, found, module.slug)
    return render("trainer/report_questions.html", questions_page(found, module, report, sheet))


def two_roles(organisation: str, cohort: str, slug: str) -> str | Response:
    """An agenda for a joint session."""
    found, module = _module(organisation, cohort, slug)
    count_who_wait(found, [module.id])
    with reading() as db:
        report = both_roles.build(
            db,
            found.id,
            catalogue=house().catalogue,
            module_id=module.id,
            threshold=house().settings.suppression_threshold,
            at=request_time(),
        )
    sheet, form = two_roles_sheet(report), asked_form()
    if form:
        return file_response(sheet, form, found, module.slug)
    return render("trainer/report_two_roles.html", two_roles_page(found, module, report, sheet))


def change(organisation: str, cohort: str) -> str | Response:
    """Matched pairs, before and after."""
    catalogue, threshold = house().catalogue, house().settings.suppression_threshold
    found, ids = _assigned(organisation, cohort)
    count_who_wait(found, ids)
    with reading() as db:
        report = cohort_change.build(
            db, found, catalogue=catalogue, interval=mean_and_half, threshold=threshold, at=request_time()
        )
    sheet, form = change_sheet(report, titles_of(catalogue)), asked_form()
    if form:
        return file_response(sheet, form, found)
    return render("trainer/report_change.html", change_page(found, report, sheet))


def count_who_wait(cohort: CohortOf, module_ids: Sequence[str]) -> None:
    """Count first attempts that wait, where a batch is due: seldom, so nearly always this only reads."""
    told: dict[str, Any] = {"threshold": house().settings.suppression_threshold, "at": request_time()}
    with reading() as db:
        is_due = any(one.is_due(**told) for one in tallies_of(db, cohort.id, module_ids))
    if is_due:
        here: dict[str, Any] = {"organisation": cohort.organisation_slug, "cohort": cohort.slug}
        with writing() as db:
            close_batches(db, actor=current_actor(), **here, module_ids=module_ids, **told)


def _assigned(organisation: str, cohort: str) -> tuple[CohortOf, list[str]]:
    """The gate, and the modules that are set for the cohort."""
    with reading() as db:
        found = cohort_for(db, current_actor(), organisation, cohort, to=Permission.REPORT)
        return found, [one.module_id for one in assignments_of(db, found.id)]


def _module(organisation: str, cohort: str, slug: str) -> tuple[CohortOf, Module]:
    """The gate first. Raises NotFound for a module that is not set for the cohort or has no quiz."""
    found, ids = _assigned(organisation, cohort)
    module = house().catalogue.by_slug.get(slug)
    if module is None or module.quiz is None or module.id not in ids:
        raise NotFound(said("This module is not set for the cohort, or has no quiz."))
    return found, module


RULES: tuple[tuple[str, Callable[..., str | BaseResponse], str], ...] = (
    ("/<cohort>/report/week", week, "GET"),
    ("/<cohort>/report/change", change, "GET"),
    ("/<cohort>/report/questions/", question_list, "GET"),
    ("/<cohort>/report/questions/<slug>", questions, "GET"),
    ("/<cohort>/report/two-roles/<slug>", two_roles, "GET"),
    ("/<cohort>/learners/<int:enrolment>", record, "GET"),
)
