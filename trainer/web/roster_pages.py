"""From a plan to what its page says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_wtf import FlaskForm

from trainer.cohorts.queries import CohortOf
from trainer.cohorts.roster.planning import Fate, Plan, PlannedLine
from trainer.cohorts.roster.problems import LIMITS, Note, Problem
from trainer.cohorts.roster.reading import Roster
from trainer.cohorts.roster.uploads import UploadOf
from trainer.web.cohort_pages import cohort_crumbs
from trainer.web.locales import gettext as _
from trainer.web.locales import ngettext, translated
from trainer.web.pages.rosters import FateCount, PreviewPage, PreviewRow, ProblemRow, UploadPage
from trainer.web.pages.shell import Crumb

LINES_A_PAGE = 200
MOST_PROBLEMS = 100


def upload_page(cohort: CohortOf, form: FlaskForm, problems: Sequence[Problem] = ()) -> UploadPage:
    """Where a list begins; ``problems`` are those of a file that cannot be read."""
    here = _here(cohort)
    return UploadPage(
        crumbs=cohort_crumbs(cohort),
        cohort=cohort.name,
        form=form,
        upload_url=url_for("rosters.upload", **here),
        limits=translated(LIMITS),
        csv_url=url_for("rosters.export", form="csv", **here),
        xlsx_url=url_for("rosters.export", form="xlsx", **here),
        sample_url=url_for("rosters.sample"),
        problems=tuple(_problem(one) for one in problems),
    )


def preview_page(
    upload: UploadOf, roster: Roster, plan: Plan, form: FlaskForm, *, fate: Fate | None, page: int
) -> PreviewPage:
    """Counts first, then the lines, a page of them at a time."""
    cohort = upload.cohort
    here = {**_here(cohort), "upload": upload.id}
    lines = [line for line in plan.lines if fate is None or line.fate is fate]
    start = (page - 1) * LINES_A_PAGE
    shown = lines[start : start + LINES_A_PAGE]
    return PreviewPage(
        crumbs=(*cohort_crumbs(cohort), Crumb(_("A list of people"), url_for("rosters.upload", **_here(cohort)))),
        cohort=cohort.name,
        file_name=upload.file_name,
        described=translated(roster.described),
        counts=tuple(_counts(plan, here, fate)),
        rows=tuple(_row(line) for line in shown),
        shown=_shown(start, len(shown), len(lines)),
        previous_url=_page_url(here, fate, page - 1) if page > 1 else None,
        next_url=_page_url(here, fate, page + 1) if start + LINES_A_PAGE < len(lines) else None,
        problems=tuple(_problem(one) for one in plan.problems[:MOST_PROBLEMS]),
        more_problems=max(0, len(plan.problems) - MOST_PROBLEMS),
        notes=tuple(_note(one) for one in plan.notes[:MOST_PROBLEMS]),
        more_notes=max(0, len(plan.notes) - MOST_PROBLEMS),
        missing=_missing(plan.missing_count),
        form=form,
        apply_url=url_for("rosters.apply", **here),
        discard_url=url_for("rosters.discard", **here),
        apply_label=_apply_label(plan),
        upload_url=url_for("rosters.upload", **_here(cohort)),
    )


def fate_words(line: PlannedLine) -> str:
    """What happens to a line."""
    words = {
        Fate.INVITE: _("New here: will be invited"),
        Fate.ENROL: _("Has an account here: will be enrolled"),
        Fate.RESTORE: _("Had withdrawn: will be brought back"),
        Fate.UNCHANGED: _("Is in the cohort: no change"),
    }[line.fate]
    return _("%(fate)s; the staff id is added", fate=words) if line.adds_staff_id else words


def _counts(plan: Plan, here: dict[str, Any], current: Fate | None) -> Sequence[FateCount]:
    labels = {
        Fate.INVITE: _("will be invited"),
        Fate.ENROL: _("will be enrolled"),
        Fate.RESTORE: _("will be brought back"),
        Fate.UNCHANGED: _("no change"),
    }
    return [
        FateCount(labels[fate], count, _page_url(here, fate, 1), fate is current)
        for fate, count in plan.counts.items()
        if count
    ]


def _row(line: PlannedLine) -> PreviewRow:
    person = line.person
    contact = person.email or _("Staff id %(id)s", id=person.staff_id)
    return PreviewRow(person.line, person.name, contact, fate_words(line))


def _shown(start: int, count: int, total: int) -> str:
    if not total:
        return _("No lines")
    return _("%(first)s to %(last)s of %(total)s", first=start + 1, last=start + count, total=f"{total:,}")


def _missing(count: int) -> str | None:
    if not count:
        return None
    return ngettext(
        "%(num)s person is in the cohort and not on the list, and stays. Withdrawing somebody is a step of its own, "
        "on the cohort’s page.",
        "%(num)s people are in the cohort and not on the list, and stay. Withdrawing somebody is a step of its own, "
        "on the cohort’s page.",
        count,
    )


def _apply_label(plan: Plan) -> str | None:
    if plan.problems or not plan.changes:
        return None
    return ngettext("Apply %(num)s change", "Apply %(num)s changes", plan.changes)


def _problem(problem: Problem) -> ProblemRow:
    return ProblemRow(_place(problem.line, problem.column), translated(problem.message), translated(problem.remedy))


def _note(note: Note) -> ProblemRow:
    return ProblemRow(_place(note.line, ""), translated(note.message))


def _place(line: int, column: str) -> str | None:
    if not line:
        return None
    if column:
        return _("Line %(line)s, %(column)s", line=line, column=column)
    return _("Line %(line)s", line=line)


def _page_url(here: dict[str, Any], fate: Fate | None, page: int) -> str:
    return url_for("rosters.preview", fate=fate.value if fate else None, page=page if page > 1 else None, **here)


def _here(cohort: CohortOf) -> dict[str, Any]:
    return {"organisation": cohort.organisation_slug, "cohort": cohort.slug}
