"""From question analysis and the two roles to their pages."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from markupsafe import Markup, escape

from trainer.accounts.actor import PracticeRole
from trainer.cohorts.queries import CohortOf
from trainer.courseware.catalogue import Module
from trainer.reporting.counted import BETWEEN_BATCHES, Tally
from trainer.reporting.question_analysis import QuestionAnalysis
from trainer.reporting.question_figures import QuestionFigures, Talk
from trainer.reporting.question_measures import OptionFigures
from trainer.reporting.question_words import VERDICTS, WHY, reading_of
from trainer.reporting.report_sheets import CLINICIANS, PSWS
from trainer.reporting.sheets import Sheet
from trainer.reporting.suppression.figures import Released
from trainer.reporting.two_roles import OptionByRole, TwoRoles
from trainer.web.locales import english, lazy_gettext, ngettext, translated
from trainer.web.locales import gettext as _
from trainer.web.pages.reports import (
    AgendaItem,
    FacilityChart,
    ModuleOfQuestions,
    OptionOfRoles,
    OptionView,
    QuestionListPage,
    QuestionsPage,
    QuestionView,
    RevisionLink,
    TwoRolesPage,
)
from trainer.web.pages.shell import Crumb
from trainer.web.report_files import file_links, sheet_view
from trainer.web.report_head import report_head, where
from trainer.web.words import day
from trainer.wording import Sentence

WHO_SEES = lazy_gettext("Trainers of this cohort see these counts, and never which answers a person chose.")
FLAGGED = (Talk.SAFETY, Talk.SURE, Talk.LOW)
NAMES = {PracticeRole.CLINICIAN: CLINICIANS, PracticeRole.PSW: PSWS}


def question_list_page(
    cohort: CohortOf, modules: Sequence[Module], tallies: Sequence[Tally], needed: int
) -> QuestionListPage:
    """The modules, with how many first attempts are counted and how many wait."""
    head = report_head(
        cohort,
        "cohorts.question_list",
        _("Questions in %(cohort)s", cohort=cohort.name),
        lead=_("Which questions mislead people, and which are worth talking about together."),
        who_sees=str(WHO_SEES),
    )
    found = tuple(
        ModuleOfQuestions(
            title=module.title,
            words=" ".join(_status([one for one in tallies if one.module_id == module.id])),
            url=url_for("cohorts.questions", **where(cohort), slug=module.slug),
            two_roles_url=url_for("cohorts.two_roles", **where(cohort), slug=module.slug),
        )
        for module in modules
    )
    return QuestionListPage(head, found, needed)


def questions_page(cohort: CohortOf, module: Module, report: QuestionAnalysis, sheet: Sheet) -> QuestionsPage:
    """Question analysis of one module."""
    here = {**where(cohort), "slug": module.slug}
    chosen = report.tally.revision if report.tally else None
    head = report_head(
        cohort,
        "cohorts.question_list",
        _("What the quiz tells"),
        lead=_("First submitted attempts, as they were counted. Counts are rounded to 5."),
        who_sees=str(WHO_SEES),
        files=file_links("cohorts.questions", **here, revision=chosen) if report.questions else (),
        crumbs=(Crumb(_("Questions"), url_for("cohorts.question_list", **where(cohort))),),
    )
    return QuestionsPage(
        head=head,
        module_title=module.title,
        status=_status(report.tallies),
        next_count=_next_count(report),
        revisions=tuple(
            RevisionLink(
                _("As last taken on %(date)s", date=day(one.newest_at)),
                url_for("cohorts.questions", **here, revision=one.revision),
                one.revision == chosen,
            )
            for one in report.tallies
        ),
        questions=tuple(_question(one) for one in report.questions if one.talk is not Talk.HIDDEN),
        not_shown=tuple(one.question.prompt for one in report.questions if one.talk is Talk.HIDDEN),
        sheet=sheet_view(sheet, _("All figures")),
        two_roles_url=url_for("cohorts.two_roles", **here),
        needed=report.needed,
    )


def two_roles_page(cohort: CohortOf, module: Module, report: TwoRoles, sheet: Sheet) -> TwoRolesPage:
    """An agenda for a joint session."""
    here = {**where(cohort), "slug": module.slug}
    questions = url_for("cohorts.questions", **here)
    nothing = None
    if not report.is_shown:
        nothing = _(
            "There is nothing to show yet. Both groups need %(needed)s counted first attempts, and whoever gives no "
            "role is in neither.",
            needed=report.needed,
        )
    elif not report.questions:
        nothing = _("The two groups answered alike, as far as counts of this size can tell.")
    return TwoRolesPage(
        head=report_head(
            cohort,
            "cohorts.question_list",
            _("Answered differently"),
            lead=_(
                "Questions in which peer support workers and clinicians chose differently, in the order of the quiz: "
                "an agenda for a session together. Neither group is the measure of the other."
            ),
            who_sees=str(WHO_SEES),
            files=file_links("cohorts.two_roles", **here) if report.questions else (),
            crumbs=(
                Crumb(_("Questions"), url_for("cohorts.question_list", **where(cohort))),
                Crumb(english(module.title), questions),
            ),
        ),
        module_title=module.title,
        items=tuple(
            AgendaItem(one.position, one.question.prompt, tuple(_by_role(option) for option in one.options))
            for one in report.questions
        ),
        nothing=nothing,
        sheet=sheet_view(sheet, _("All figures")),
    )


def _status(tallies: Sequence[Tally]) -> tuple[str, ...]:
    counted, waiting = sum(one.counted for one in tallies), sum(one.waiting for one in tallies)
    if not counted and not waiting:
        return (_("Nobody has submitted this quiz yet."),)
    told = ngettext("%(num)s first attempt is counted.", "%(num)s first attempts are counted.", counted)
    if not waiting:
        return (told,)
    return told, ngettext("%(num)s waits to be counted.", "%(num)s wait to be counted.", waiting)


def _next_count(report: QuestionAnalysis) -> str:
    """When those who wait will be counted."""
    ready = [one for one in report.tallies if one.waiting >= report.needed and one.counted_at]
    if ready:
        soonest = min(one.counted_at + BETWEEN_BATCHES for one in ready if one.counted_at)
        return _("Whoever waits is counted when this page is opened from %(date)s on.", date=day(soonest))
    return _(
        "Whoever waits is counted as soon as there are %(needed)s of them, all with the same version of the module, "
        "and at most once a week.",
        needed=report.needed,
    )


def _question(one: QuestionFigures) -> QuestionView:
    return QuestionView(
        position=one.position,
        prompt=one.question.prompt,
        why=translated(WHY[one.talk]),
        is_flagged=one.talk in FLAGGED,
        reading=tuple(_marked(sentence) for sentence in reading_of(one)),
        chart=_chart(one),
        options=tuple(_option(option) for option in one.options),
    )


def _marked(sentence: Sentence) -> str:
    """The sentence in the language of the page, with the option's text marked as English."""
    values = dict(sentence.values)
    option = values.pop("option", None)
    told = {name: translated(str(value)) if isinstance(value, str) else value for name, value in values.items()}
    if option is None:
        return translated(sentence)
    template = _(sentence.template)
    return Markup(escape(template)) % {**told, "option": english(str(option))}  # noqa: S704  # escaped as a whole


def _chart(one: QuestionFigures) -> FacilityChart | None:
    if one.facility is None or one.interval is None:
        return None
    low, high = one.interval
    title = _(
        "About %(share)s %% answered right; the 95 %% interval reaches from %(low)s %% to %(high)s %%.",
        share=one.facility,
        low=low,
        high=high,
    )
    return FacilityChart(one.facility, low, high, title)


def _option(option: OptionFigures) -> OptionView:
    count, learners = option.chosen.completed.number, option.chosen.learners.number
    return OptionView(
        text=option.text,
        verdict=translated(VERDICTS[option.verdict]) if option.verdict else None,
        chosen=_chosen(option.chosen),
        bar=round(100 * count / learners) if count is not None and learners else None,
    )


def _chosen(one: Released) -> str:
    """How many chose an option; numbers are rounded, so they say so."""
    words = translated(one.completed.words)
    return _("about %(count)s", count=words) if one.completed.number is not None else words


def _by_role(option: OptionByRole) -> OptionOfRoles:
    more = translated(NAMES[option.more_often]) if option.more_often else None
    return OptionOfRoles(option.text, _of(option.clinicians), _of(option.psws), more)


def _of(one: Released) -> str:
    count, all_of_them = translated(one.completed.words), translated(one.learners.words)
    return _("%(count)s of %(all)s", count=count, all=all_of_them)
