"""From the reports that are one table to their pages: one learner, the last week, before and after."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.cohorts.queries import CohortOf
from trainer.reporting.change import CohortChange
from trainer.reporting.last_week import MOST_LINES, LastWeek
from trainer.reporting.one_learner import LearnerRecord
from trainer.reporting.sheets import Sheet
from trainer.web.locales import gettext as _
from trainer.web.pages.reports import SheetPage, WeekCount, WeekPage
from trainer.web.report_files import file_links, sheet_view
from trainer.web.report_head import report_head, where
from trainer.web.words import day, day_and_time


def week_page(cohort: CohortOf, week: LastWeek, sheet: Sheet, titles: Mapping[str, str]) -> WeekPage:
    """Counts, then the list."""
    return WeekPage(
        head=report_head(
            cohort,
            "cohorts.week",
            _("The last seven days in %(cohort)s", cohort=cohort.name),
            lead=_(
                "Modules completed, and modules begun, from %(since)s to %(until)s.",
                since=day(week.since),
                until=day(week.until),
            ),
            who_sees=_("Only the trainers of this cohort can open this page. Days are shown and never hours."),
            files=file_links("cohorts.week", **where(cohort)),
        ),
        counts=tuple(
            WeekCount(titles.get(one.module_id, one.module_id), one.completed, one.started) for one in week.modules
        ),
        sheet=sheet_view(sheet, _("What happened, newest first")),
        line_count=week.line_count,
        most_lines=MOST_LINES,
    )


def record_page(record: LearnerRecord, sheet: Sheet, enrolment_id: int) -> SheetPage:
    """One learner."""
    cohort = record.cohort
    return SheetPage(
        head=report_head(
            cohort,
            "",
            record.name,
            lead=_("Where %(name)s stands, as of %(when)s.", name=record.name, when=day_and_time(record.as_of)),
            who_sees=_(
                "Only the trainers of this cohort can open this page. That you opened it is written down, and the "
                "learner can read it."
            ),
            files=file_links("cohorts.record", **where(cohort), enrolment=enrolment_id),
        ),
        sheet=sheet_view(sheet, _("Modules set for this cohort")),
        notes=(
            _("Answers, practice, notes and role are the learner’s own: nobody else can open them."),
            _("If something here surprises you, ask before you conclude. There may be a good reason."),
        ),
    )


def change_page(cohort: CohortOf, report: CohortChange, sheet: Sheet) -> SheetPage:
    """Before and after."""
    notes = [
        _("A group that changed after a course may have changed for other reasons: this cannot show cause."),
        _(
            "Only people who answered both times are compared, and nothing is shown for fewer than %(needed)s of them. "
            "Who answered once only may differ from the others. Counts are rounded to 5.",
            needed=report.needed,
        ),
        _(
            "The difference is the mean of the differences; its 95 % interval is that of Student’s paired t "
            "(Student 1908), never shown narrower than a few points. Questions are compared with the first attempt at "
            "the quiz, as far as it is counted under Questions."
        ),
        _("The survey is our own and not validated. It describes a group and never a person."),
    ]
    if not report.survey:
        notes.append(_("While a survey is open, nothing of it is shown."))
    return SheetPage(
        head=report_head(
            cohort,
            "cohorts.change",
            _("Before and after in %(cohort)s", cohort=cohort.name),
            lead=_("How answers differ between the time before the course and the time after it."),
            who_sees=_("Trainers of this cohort see this, and never a single person’s answers."),
            files=file_links("cohorts.change", **where(cohort)),
        ),
        sheet=sheet_view(sheet, _("Matched pairs")),
        notes=tuple(notes),
    )
