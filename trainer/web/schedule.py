"""Several modules at once: along a path, or as another cohort had them. A plan is looked at, changed, saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from trainer.clock import local_date
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.planning import PlannedModule, check_dates, path_plan, shifted_plan, weeks_between
from trainer.cohorts.queries import AssignmentOf, CohortOf, assignments_of
from trainer.cohorts.scheduling import Wish, cohorts_to_copy_from, set_assignments
from trainer.errors import Invalid
from trainer.extensions import reading, writing
from trainer.web.cohort_pages import cohort_crumbs, cohort_url
from trainer.web.forms.cohorts import title_choices
from trainer.web.forms.schedule import CopyForm, PathForm
from trainer.web.forms.strict import refuse_unknown_fields
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, ngettext
from trainer.web.pages.schedule import PlanRow, SchedulePage
from trainer.web.shell import house, notify, render
from trainer.web.words import day

blueprint = Blueprint("schedule", __name__, url_prefix="/organisations/<organisation>/cohorts/<cohort>")
Plan = tuple[PlannedModule, ...]


@blueprint.get("/schedule")
def plan(organisation: str, cohort: str) -> str | tuple[str, int]:
    """Two ways to make a plan; with one chosen, the plan."""
    found, present = _cohort(organisation, cohort)
    path_form, copy_form = _forms(found)
    try:
        planned = _planned(organisation, path_form, copy_form)
    except Invalid as problem:
        copy_form.source.errors = [in_words(problem)]
        planned = ()
    rows = tuple(_row(one, present) for one in planned)
    is_wrong = bool(path_form.errors or copy_form.errors)
    return _page(found, path_form, copy_form, rows), 422 if is_wrong else 200


@blueprint.post("/schedule")
def save(organisation: str, cohort: str) -> Response | tuple[str, int]:
    """Set what is ticked, all or nothing. Dates that a module has already stay where nothing is ticked."""
    found, present = _cohort(organisation, cohort)
    titles = _titles()
    refuse_unknown_fields({"csrf_token", *(f"{part}-{key}" for key in titles for part in ("set", "opens", "due"))})
    rows = tuple(_typed_row(key, present) for key in titles if f"opens-{key}" in request.form)
    if any(row.error for row in rows):
        return _page(found, *_forms(found), rows), 422
    wishes = [
        Wish(PlannedModule(row.module_id, *_dates(row)), replaces=row.module_id in present)
        for row in rows
        if row.is_ticked
    ]
    with writing() as db:
        target: dict[str, Any] = {"actor": current_actor(), "organisation": organisation, "cohort": cohort}
        outcome = set_assignments(db, **target, wishes=wishes)
    count = len(outcome.was_set)
    notify("done", ngettext("%(num)s module is set.", "%(num)s modules are set.", count))
    if outcome.stayed:
        notify(
            "done", _("Somebody set other dates for %(modules)s meanwhile; those stay.", modules=_named(outcome.stayed))
        )
    return redirect(cohort_url(found), code=303)


def _planned(organisation: str, path_form: PathForm, copy_form: CopyForm) -> Plan:
    """What the address asks for; nothing if a form needs another look. Raises Invalid for nothing to copy."""
    if "path" in request.args and path_form.validate():
        ids = {module.slug: module.id for module in house().catalogue.live_modules}
        path = next(one for one in house().catalogue.paths if one.slug == path_form.path.data)
        dates = {"opens_on": path_form.opens_on.data, "first_due_on": path_form.first_due_on.data}
        live = [ids[slug] for slug in path.module_slugs if slug in ids]
        return path_plan(live, gap_weeks=path_form.gap_weeks.data, **dates)
    if "source" in request.args and copy_form.validate():
        with reading() as db:
            source = cohort_for(db, current_actor(), organisation, copy_form.source.data, to=Permission.MANAGE)
            theirs = assignments_of(db, source.id)
        titles = _titles()
        old = [PlannedModule(one.module_id, one.opens_on, one.due_on) for one in theirs if one.module_id in titles]
        if not old:
            raise Invalid(_("No module is set for that cohort."), _("Choose another cohort."))
        first = min(one.opens_on for one in old)
        return shifted_plan(old, weeks=weeks_between(first, copy_form.begins_on.data))
    return ()


def _forms(found: CohortOf) -> tuple[PathForm, CopyForm]:
    asked: MultiDict[str, str] = request.args
    path_form = PathForm(formdata=asked if "path" in asked else None, opens_on=_today(), gap_weeks=2)
    copy_form = CopyForm(formdata=asked if "source" in asked else None, begins_on=_today())
    path_form.path.choices = title_choices([(one.slug, one.title) for one in house().catalogue.paths])
    with reading() as db:
        copy_form.source.choices = list(cohorts_to_copy_from(db, current_actor(), found))
    return path_form, copy_form


def _page(found: CohortOf, path_form: PathForm, copy_form: CopyForm, rows: tuple[PlanRow, ...]) -> str:
    page = SchedulePage(
        crumbs=cohort_crumbs(found),
        cohort=found.name,
        path_form=path_form,
        copy_form=copy_form if copy_form.source.choices else None,
        rows=rows,
        note=_("Nothing is saved yet. Change any date, and take the tick from what you do not want.") if rows else None,
    )
    return render("trainer/schedule.html", page)


def _row(one: PlannedModule, present: Mapping[str, AssignmentOf]) -> PlanRow:
    due = one.due_on.isoformat() if one.due_on else ""
    is_new = one.module_id not in present
    return _filled(one.module_id, one.opens_on.isoformat(), due, present, is_ticked=is_new)


def _typed_row(module_id: str, present: Mapping[str, AssignmentOf]) -> PlanRow:
    """What was typed for a module, and what is wrong with it."""
    opens, due = (request.form.get(f"{part}-{module_id}", "").strip() for part in ("opens", "due"))
    is_ticked = f"set-{module_id}" in request.form
    row = _filled(module_id, opens, due, present, is_ticked=is_ticked)
    if not is_ticked:
        return row
    try:
        check_dates(*_dates(row))
    except Invalid as problem:
        error = in_words(problem)
    except ValueError:
        error = _("Enter a date like 2026-12-01.")
    else:
        return row
    return _filled(module_id, opens, due, present, is_ticked=True, error=error)


def _filled(
    module_id: str,
    opens: str,
    due: str,
    present: Mapping[str, AssignmentOf],
    *,
    is_ticked: bool,
    error: str | None = None,
) -> PlanRow:
    now = present.get(module_id)
    words = None
    if now is not None:
        opened = day(now.opens_on)
        words = _("opens %(opens)s, due %(due)s", opens=opened, due=day(now.due_on)) if now.due_on else None
        words = words or _("opens %(opens)s, no due date", opens=opened)
    return PlanRow(module_id, _titles()[module_id], opens, due, words, is_ticked, error)


def _dates(row: PlanRow) -> tuple[date, date | None]:
    """Raises ValueError for what is no date."""
    return date.fromisoformat(row.opens), date.fromisoformat(row.due) if row.due else None


def _named(module_ids: Iterable[str]) -> str:
    titles = _titles()
    return ", ".join(titles.get(key, key) for key in module_ids)


def _titles() -> dict[str, str]:
    return {module.id: module.title for module in house().catalogue.live_modules}


def _today() -> date:
    return local_date(request_time())


def _cohort(organisation: str, cohort: str) -> tuple[CohortOf, dict[str, AssignmentOf]]:
    with reading() as db:
        found = cohort_for(db, current_actor(), organisation, cohort, to=Permission.MANAGE)
        return found, {one.module_id: one for one in assignments_of(db, found.id)}
