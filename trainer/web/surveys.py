"""The voluntary survey of a cohort, for its learners; and the switch for its trainers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.queries import CohortOf
from trainer.cohorts.services import open_survey
from trainer.errors import Invalid
from trainer.extensions import reading, writing
from trainer.surveys.instrument import ITEMS, SCALE, read_answers
from trainer.surveys.queries import OwnAnswers, own_answers, survey_cohort
from trainer.surveys.services import keep_answers, withdraw_answers
from trainer.web.forms.strict import ConfirmForm
from trainer.web.forms.surveys import SurveyForm, WaveForm
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, lazy_gettext
from trainer.web.pages.shell import Crumb
from trainer.web.pages.survey import Rung, Statement, SurveyPage
from trainer.web.shell import notify, render
from trainer.web.words import day

blueprint = Blueprint("surveys", __name__, url_prefix="/organisations/<organisation>/cohorts/<cohort>/survey")

WAVES = {"before": lazy_gettext("Before the course"), "after": lazy_gettext("After the course")}
SWITCHED = {
    "before": lazy_gettext("The survey is open: before the course."),
    "after": lazy_gettext("The survey is open: after the course."),
    None: lazy_gettext("The survey is closed."),
}
WHO_SEES_SURVEY = lazy_gettext(
    "Nobody sees your answers but you. Your cohort’s trainers can only ever see how the whole group changed, and only "
    "when enough people have answered both times."
)


@blueprint.get("")
def survey(organisation: str, cohort: str) -> str:
    """The statements, with one's own answers so far."""
    found, given = _found(organisation, cohort)
    return render("surveys/survey.html", _page(found, given, None))


@blueprint.post("")
def send(organisation: str, cohort: str) -> Response | tuple[str, int]:
    """Keep the answers; answering again replaces them."""
    found, given = _found(organisation, cohort)
    if not SurveyForm().validate_on_submit():
        abort(400)
    try:
        answers = read_answers(request.form)
        with writing() as db:
            keep_answers(
                db,
                actor=current_actor(),
                organisation=organisation,
                cohort=cohort,
                answers=answers,
                at=request_time(),
            )
    except Invalid as problem:
        return render("surveys/survey.html", _page(found, given, in_words(problem))), 422
    notify("done", _("Thank you. Your answers are kept; you can change or withdraw them on the survey’s page."))
    return redirect(url_for("learner.my_learning"), code=303)


@blueprint.post("/withdraw")
def withdraw(organisation: str, cohort: str) -> Response:
    """Delete all one's answers in this cohort."""
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        withdraw_answers(db, actor=current_actor(), organisation=organisation, cohort=cohort)
    notify("done", _("Your answers are deleted."))
    return redirect(url_for("surveys.survey", organisation=organisation, cohort=cohort), code=303)


@blueprint.post("/wave")
def wave(organisation: str, cohort: str) -> Response:
    """Open or close the survey; for those who run the cohort."""
    with reading() as db:
        cohort_for(db, current_actor(), organisation, cohort, to=Permission.MANAGE)
    form = WaveForm()
    if not form.validate_on_submit():
        abort(400)
    chosen = form.wave.data if form.wave.data in WAVES else None
    with writing() as db:
        open_survey(db, actor=current_actor(), organisation=organisation, cohort=cohort, wave=chosen)
    notify("done", str(SWITCHED[chosen]))
    return redirect(url_for("cohorts.cohort", organisation=organisation, cohort=cohort), code=303)


def _found(organisation: str, cohort: str) -> tuple[CohortOf, tuple[OwnAnswers, ...]]:
    with reading() as db:
        found = survey_cohort(db, current_actor(), organisation, cohort)
        return found, own_answers(db, current_actor(), found.id)


def _page(cohort: CohortOf, given: tuple[OwnAnswers, ...], problem: str | None) -> SurveyPage:
    here: dict[str, Any] = {"organisation": cohort.organisation_slug, "cohort": cohort.slug}
    current = next((one.answers for one in given if one.wave == cohort.survey_wave), {})
    if problem:
        current = {item.number: request.form.get(f"item-{item.number}", 0, type=int) for item in ITEMS}
    statements = tuple(
        Statement(
            item.number,
            item.text,
            tuple(Rung(value, label, current.get(item.number) == value) for value, label in SCALE.items()),
        )
        for item in ITEMS
    )
    return SurveyPage(
        crumbs=(Crumb(_("My learning"), url_for("learner.my_learning")),),
        cohort=cohort.name,
        heading=WAVES.get(cohort.survey_wave or "", _("The survey of this cohort")),
        is_open=cohort.survey_wave is not None,
        statements=statements if cohort.survey_wave else (),
        given=tuple(_("%(wave)s, on %(date)s", wave=WAVES[one.wave], date=day(one.answered_at)) for one in given),
        problem=problem,
        send_url=url_for("surveys.send", **here),
        withdraw_url=url_for("surveys.withdraw", **here),
        who_sees=WHO_SEES_SURVEY,
    )
