"""From cohorts to what their pages say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_wtf import FlaskForm

from trainer.accounts.queries import OrganisationOf
from trainer.cohorts.queries import AssignmentOf, CohortLine, CohortOf, RosterLine
from trainer.courseware.catalogue import Catalogue
from trainer.web.forms.surveys import WaveForm
from trainer.web.locales import english, lazy_gettext, of_page, with_english
from trainer.web.locales import gettext as _
from trainer.web.pages.exercise import ExercisePanel
from trainer.web.pages.shell import Crumb
from trainer.web.pages.trainer import AssignmentRow, CohortCard, CohortPage, CohortsPage, ConfirmPage, RosterRow
from trainer.web.words import day, listed

STATES = {
    "active": lazy_gettext("Active"),
    "invited": lazy_gettext("Invited"),
    "withdrawn": lazy_gettext("Withdrawn"),
}


def cohorts_page(
    organisation: OrganisationOf,
    lines: Sequence[CohortLine],
    own: Collection[int],
    is_manager: bool,
    titles: Mapping[str, str],
) -> CohortsPage:
    """The list; the report is offered only where the reader is a trainer of the cohort."""
    return CohortsPage(
        crumbs=(),
        organisation=organisation.name,
        cards=tuple(_card(line, line.cohort.id in own, titles) for line in lines),
        overview_url=url_for("organisation.overview", organisation=organisation.slug) if is_manager else None,
    )


def _card(line: CohortLine, is_own: bool, titles: Mapping[str, str]) -> CohortCard:
    cohort = line.cohort
    due = None
    if line.next_due:
        on, module_id = line.next_due
        due = with_english(
            _("Next due %(date)s: %(module)s"), date=of_page(day(on)), module=titles.get(module_id, module_id)
        )
    return CohortCard(
        name=cohort.name,
        url=cohort_url(cohort),
        report_url=report_url(cohort) if is_own else None,
        learner_count=line.learner_count,
        module_count=line.module_count,
        trainers=listed(line.trainers),
        next_due=due,
    )


def titles_of(catalogue: Catalogue) -> dict[str, str]:
    """The titles of all modules by id, in catalogue order; a module that is no longer published has none."""
    return {module.id: module.title for module in catalogue.modules}


def cohort_url(cohort: CohortOf) -> str:
    """The cohort's page."""
    return url_for("cohorts.cohort", organisation=cohort.organisation_slug, cohort=cohort.slug)


def report_url(cohort: CohortOf) -> str:
    """The cohort's report."""
    return url_for("cohorts.report", organisation=cohort.organisation_slug, cohort=cohort.slug)


def cohort_crumbs(cohort: CohortOf, *, with_cohort: bool = True) -> tuple[Crumb, ...]:
    """The way back to the list, and to the cohort."""
    here = (Crumb(_("Cohorts"), url_for("cohorts.cohort_list", organisation=cohort.organisation_slug)),)
    return (*here, Crumb(cohort.name, cohort_url(cohort))) if with_cohort else here


def cohort_page(
    cohort: CohortOf,
    *,
    assignments: Sequence[AssignmentOf],
    roster: Sequence[RosterLine],
    trainers: Sequence[str],
    can_report: bool,
    assign_form: FlaskForm,
    enrol_form: FlaskForm,
    catalogue: Catalogue,
    today: date,
    exercise: ExercisePanel | None,
) -> CohortPage:
    """One cohort; no progress here."""
    here: dict[str, Any] = {"organisation": cohort.organisation_slug, "cohort": cohort.slug}
    return CohortPage(
        crumbs=cohort_crumbs(cohort, with_cohort=False),
        name=cohort.name,
        organisation=cohort.organisation_name,
        trainers=listed(trainers),
        report_url=report_url(cohort) if can_report else None,
        assignments=tuple(_assignment_row(cohort, one, catalogue, today) for one in assignments),
        roster=tuple(_roster_row(cohort, line) for line in roster),
        assign_form=assign_form,
        assign_url=url_for("cohorts.assign", **here),
        enrol_form=enrol_form,
        roster_url=url_for("rosters.start", **here),
        enrol_url=url_for("cohorts.enrol", **here),
        survey_form=WaveForm(formdata=None, wave=cohort.survey_wave or ""),
        survey_url=url_for("surveys.wave", **here),
        exercise=exercise,
    )


def _assignment_row(cohort: CohortOf, one: AssignmentOf, catalogue: Catalogue, today: date) -> AssignmentRow:
    module = catalogue.by_id.get(one.module_id)
    return AssignmentRow(
        module_title=english(module.title) if module else _("%(module)s (no longer published)", module=one.module_id),
        module_url=url_for("learner.module", slug=module.slug) if module else url_for("learner.catalogue"),
        opens_on=day(one.opens_on),
        due_on=day(one.due_on) if one.due_on else None,
        is_past_due=one.due_on is not None and one.due_on < today,
        remove_url=url_for(
            "cohorts.remove", organisation=cohort.organisation_slug, cohort=cohort.slug, assignment=one.id
        ),
    )


def _roster_row(cohort: CohortOf, line: RosterLine) -> RosterRow:
    here: dict[str, Any] = {
        "organisation": cohort.organisation_slug,
        "cohort": cohort.slug,
        "enrolment": line.enrolment_id,
    }
    is_withdrawn = line.state == "withdrawn"
    return RosterRow(
        name=line.name,
        email=line.email or _("Staff id %(id)s", id=line.staff_id),
        state=STATES[line.state],
        since=day(line.since),
        withdraw_url=None if is_withdrawn else url_for("cohorts.withdraw", **here),
        restore_url=url_for("cohorts.restore", **here) if is_withdrawn else None,
    )


def confirm_page(
    cohort: CohortOf, heading: str, paragraphs: tuple[str, ...], form: FlaskForm, submit_label: str
) -> ConfirmPage:
    """A question before something is taken away."""
    return ConfirmPage(
        crumbs=cohort_crumbs(cohort),
        heading=heading,
        paragraphs=paragraphs,
        form=form,
        submit_label=submit_label,
        cancel_url=cohort_url(cohort),
    )
