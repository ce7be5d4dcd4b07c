"""The reports about questions, change, one learner and the last week as sheets: the same rows in every form. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trainer.accounts.actor import PracticeRole
from trainer.reporting.change import CohortChange
from trainer.reporting.last_week import LastWeek
from trainer.reporting.one_learner import LearnerRecord
from trainer.reporting.organisation_overview import OrganisationOverview
from trainer.reporting.paired import Change
from trainer.reporting.question_analysis import QuestionAnalysis
from trainer.reporting.question_figures import QuestionFigures
from trainer.reporting.question_measures import OptionFigures
from trainer.reporting.question_words import VERDICTS, WHY
from trainer.reporting.sheets import Column, Sheet
from trainer.reporting.suppression.figures import HIDDEN, Figure
from trainer.reporting.two_roles import TwoRoles
from trainer.tables import Value
from trainer.wording import said

YES, NO = said("yes"), said("no")
TOO_FEW = said("too few")
STATES = {
    "not_started": said("not started"),
    "in_progress": said("in progress"),
    "completed": said("completed"),
    "started": said("begun"),
}
CLINICIANS, PSWS = said("Clinicians"), said("Peer support workers")
MODULE = (Column("MODULE", said("Module"), is_content=True), Column("TITLE", said("Title"), is_content=True))


def record_sheet(record: LearnerRecord, titles: Mapping[str, str]) -> Sheet:
    """One learner: a row a module."""
    columns = (
        *MODULE,
        Column("DUE_ON", said("Due on"), is_day=True),
        Column("STATE", said("State")),
        Column("OVERDUE", said("Overdue")),
        Column("STARTED_ON", said("Begun on"), is_day=True),
        Column("COMPLETED_ON", said("Completed on"), is_day=True),
        Column("ASSESSED", said("Assessed")),
        Column("BEST_PERCENT", said("Best score %")),
        Column("ATTEMPTS", said("Attempts")),
    )
    rows = [
        (
            line.module_id,
            titles.get(line.module_id, ""),
            _day(line.due_on),
            STATES[line.state.value],
            YES if line.is_overdue else NO,
            _day(line.started_on),
            _day(line.completed_on),
            YES if line.is_assessed else NO,
            line.best_percent,
            line.attempt_count,
        )
        for line in record.lines
    ]
    return Sheet("record", columns, rows)


def week_sheet(week: LastWeek, titles: Mapping[str, str]) -> Sheet:
    """The last week: a row for each thing that happened."""
    columns = (
        Column("ON", said("Day"), is_day=True),
        Column("NAME", said("Learner")),
        *MODULE,
        Column("WHAT", said("What")),
    )
    rows = [
        (_day(line.on), line.name, line.module_id, titles.get(line.module_id, ""), STATES[line.what])
        for line in week.lines
    ]
    return Sheet("last-week", columns, rows)


QUESTION_COLUMNS = (
    Column("PLACE", said("Question")),
    Column("ID", said("Its id"), is_content=True),
    Column("PROMPT", said("Prompt"), is_content=True),
    Column("KIND", said("Kind"), is_content=True),
    Column("SAFETY", said("Safety question")),
    Column("TALK", said("Worth talking about")),
    Column("N", said("First attempts")),
    Column("RIGHT", said("Answered right")),
    Column("FACILITY", said("Facility %")),
    Column("LOW", said("Interval (95 %) from")),
    Column("HIGH", said("to")),
    Column("MEAN", said("Mean score %")),
    Column("DISCRIMINATION", said("Discrimination index")),
    Column("EFFICIENCY", said("Discriminative efficiency")),
    Column("SURE_MISTAKEN", said("Sure and mistaken")),
    Column("OPTION", said("Option"), is_content=True),
    Column("VERDICT", said("Verdict")),
    Column("CHOSEN", said("Chosen by")),
)


def question_sheet(analysis: QuestionAnalysis) -> Sheet:
    """Question analysis: a row an option, the question's figures in the first of its rows and in each."""
    return Sheet("questions", QUESTION_COLUMNS, list(_question_rows(analysis)))


def _question_rows(analysis: QuestionAnalysis) -> Iterator[tuple[Value, ...]]:
    for one in analysis.questions:
        options: tuple[OptionFigures | None, ...] = one.options or (None,)
        for option in options:
            yield (*_of_question(one), *_of_option(option))


def _of_question(one: QuestionFigures) -> tuple[Value, ...]:
    low, high = one.interval or (None, None)
    marked = one.right != HIDDEN
    return (
        one.position,
        one.question.id,
        one.question.prompt,
        one.question.kind,
        YES if one.question.is_safety else NO,
        WHY[one.talk],
        _figure(one.right.learners) if marked else None,
        _figure(one.right.completed) if marked else None,
        one.facility,
        low,
        high,
        one.mean_score,
        one.discrimination,
        one.efficiency,
        _figure(one.sure_mistaken.completed) if one.sure_mistaken is not None else None,
    )


def _of_option(option: OptionFigures | None) -> tuple[Value, ...]:
    if option is None:
        return None, None, None
    return option.text, VERDICTS[option.verdict] if option.verdict else None, _figure(option.chosen.completed)


def two_roles_sheet(report: TwoRoles) -> Sheet:
    """Two roles: a row an option of each question on the agenda."""
    columns = (
        Column("PLACE", said("Question")),
        Column("PROMPT", said("Prompt"), is_content=True),
        Column("OPTION", said("Option"), is_content=True),
        Column("CLINICIANS", CLINICIANS),
        Column("OF_CLINICIANS", said("of")),
        Column("PSWS", PSWS),
        Column("OF_PSWS", said("of")),
        Column("MORE_OFTEN", said("Chosen more often by")),
    )
    groups = {PracticeRole.CLINICIAN: CLINICIANS, PracticeRole.PSW: PSWS}
    rows = [
        (
            one.position,
            one.question.prompt,
            option.text,
            _figure(option.clinicians.completed),
            _figure(option.clinicians.learners),
            _figure(option.psws.completed),
            _figure(option.psws.learners),
            groups[option.more_often] if option.more_often else None,
        )
        for one in report.questions
        for option in one.options
    ]
    return Sheet("two-roles", columns, rows)


SURVEY_PARTS = {
    "language": said("Survey: language"),
    "boundaries": said("Survey: boundaries"),
    "team": said("Survey: team"),
}


def change_sheet(report: CohortChange, titles: Mapping[str, str]) -> Sheet:
    """Change: a row a module with questions beforehand, and a row a part of the survey."""
    columns = (
        Column("WHAT", said("Of what"), is_content=True),
        Column("UNIT", said("Unit")),
        Column("PAIRS", said("Answered both times")),
        Column("ONLY_BEFORE", said("Only before")),
        Column("ONLY_AFTER", said("Only after")),
        Column("MEAN", said("Mean difference")),
        Column("LOW", said("Interval (95 %) from")),
        Column("HIGH", said("to")),
    )
    modules = [
        (
            f"{one.module_id} {titles.get(one.module_id, '')}".strip(),
            said("points of 100"),
            *_change(one.change, report),
        )
        for one in report.modules
    ]
    survey = [
        (SURVEY_PARTS[one.part], said("steps, from 1 to 5"), *_change(one.change, report)) for one in report.survey
    ]
    return Sheet("change", columns, [*modules, *survey])


def _change(change: Change | None, report: CohortChange) -> tuple[Value, ...]:
    if change is None:
        return said("fewer than %(count)s", count=report.needed), None, None, None, None, None
    only = (change.only_before_count, change.only_after_count)
    fewer = said("fewer than %(count)s", count=report.needed)
    return (
        change.pair_count,
        *(fewer if count is None else count for count in only),
        change.mean,
        change.low,
        change.high,
    )


def _figure(figure: Figure) -> Value:
    return figure.words if figure.number is None else figure.number


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def overview_sheet(report: OrganisationOverview) -> Sheet:
    """The organisation as it was released: a row a cohort and module, then the total of what is shown."""
    columns = (
        Column("MODULE", said("Module"), is_content=True),
        Column("COHORT", said("Cohort")),
        Column("LEARNERS", said("Learners")),
        Column("COMPLETED", said("Completed")),
        Column("NOT_YET", said("Not yet")),
    )
    rows = [
        (module.title, line.label, *map(_figure, (line.figures.learners, line.figures.completed, line.figures.not_yet)))
        for module in report.modules
        for line in (*module.cohorts, module.total)
    ]
    return Sheet("overview", columns, rows)
