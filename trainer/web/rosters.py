"""A list of people becomes enrolments: upload, look, apply. Nothing changes before the last step."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from trainer.clock import local_date
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.listed import invite_listed, note_export
from trainer.cohorts.queries import CohortOf, roster_of
from trainer.cohorts.roster.applying import Applied, Progress, apply_roster
from trainer.cohorts.roster.exporting import HEADINGS, roster_rows
from trainer.cohorts.roster.planning import Fate, plan_roster
from trainer.cohorts.roster.problems import MOST_BYTES
from trainer.cohorts.roster.reading import Roster, parse_roster
from trainer.cohorts.roster.uploads import UploadOf, drop_upload, keep_upload, upload_for
from trainer.errors import Conflict
from trainer.extensions import reading, writing
from trainer.reporting.access_log import note_list_taken
from trainer.tables import csv_blocks, workbook
from trainer.web.cohort_pages import cohort_crumbs, cohort_url
from trainer.web.forms.rosters import ApplyForm, UploadForm
from trainer.web.forms.strict import ConfirmForm
from trainer.web.identity import current_actor, request_time
from trainer.web.letters import send_letters_later
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, ngettext
from trainer.web.pages.rosters import ProgressPage
from trainer.web.progress import stream_progress
from trainer.web.roster_pages import preview_page, upload_page
from trainer.web.shell import notify, render

blueprint = Blueprint("rosters", __name__)
AT = "/organisations/<organisation>/cohorts/<cohort>/roster"
MANY = 2_000  # from here on somebody waits long enough to want to see it move
MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
SAMPLE = (
    HEADINGS[:3],
    ("Áine Ní Bhriain", "aine.nibhriain@example.ie", "10482"),
    ("Tomasz Kowalski", None, "10517"),
)


@blueprint.get(f"{AT}/")
def start(organisation: str, cohort: str) -> str:
    """What a list looks like, and where to upload one."""
    return render("rosters/upload.html", upload_page(_cohort(organisation, cohort), UploadForm(formdata=None)))


@blueprint.post(f"{AT}/")
def upload(organisation: str, cohort: str) -> BaseResponse | tuple[str, int]:
    """Read the file and keep it for the preview; a file that cannot be read is refused with the reason."""
    found = _cohort(organisation, cohort)
    form = UploadForm()
    if not form.validate_on_submit():
        return render("rosters/upload.html", upload_page(found, form)), 422
    data = form.file.data.stream.read(MOST_BYTES + 1)
    roster = parse_roster(data)
    if not roster.people and roster.problems:
        return render("rosters/upload.html", upload_page(found, form, roster.problems[:100])), 422
    name = form.file.data.filename or ""
    with writing() as db:
        number = keep_upload(db, **_target(organisation, cohort), file_name=name, data=data, at=request_time())
    return redirect(_preview_url(organisation, cohort, number), code=303)


@blueprint.get(f"{AT}/<int:upload>")
def preview(organisation: str, cohort: str, upload: int) -> str:
    """What each line would do; nothing is written."""
    found, roster = _uploaded(organisation, cohort, upload)
    with reading() as db:
        plan = plan_roster(db, found.cohort, roster)
    form = ApplyForm(formdata=None, digest=plan.digest)
    fate = next((one for one in Fate if one.value == request.args.get("fate")), None)
    page = max(1, request.args.get("page", 1, type=int))
    return render("rosters/preview.html", preview_page(found, roster, plan, form, fate=fate, page=page))


@blueprint.post(f"{AT}/<int:upload>")
def apply(organisation: str, cohort: str, upload: int) -> BaseResponse:
    """Carry out the plan that was on the screen: all of it, or nothing."""
    found, roster = _uploaded(organisation, cohort, upload)
    form = ApplyForm()
    if not form.validate_on_submit():
        abort(400)
    actor, at, digest = current_actor(), request_time(), form.digest.data or ""

    def work(progress: Progress) -> Applied:
        with writing() as db:
            whose: dict[str, Any] = {"actor": actor, "organisation": organisation, "cohort": cohort}
            done = apply_roster(db, **whose, roster=roster, digest=digest, at=at, progress=progress)
            drop_upload(db, **whose, upload_id=upload)
            invite_listed(db, actor=actor, cohort=found.cohort, done=done, at=at)
        send_letters_later(found.cohort.organisation_id, at=at)
        return done

    if len(roster.people) > MANY:
        page = ProgressPage(cohort_crumbs(found.cohort), _("Applying the list to %(cohort)s", cohort=found.cohort.name))
        return stream_progress(page, work, done_words, cohort_url(found.cohort))
    try:
        notify("done", done_words(work(lambda _done, _all: None)))
    except Conflict as problem:
        notify("problem", in_words(problem))
        return redirect(_preview_url(organisation, cohort, upload), code=303)
    return redirect(cohort_url(found.cohort), code=303)


@blueprint.post(f"{AT}/<int:upload>/discard")
def discard(organisation: str, cohort: str, upload: int) -> BaseResponse:
    """Throw the list away."""
    found = _cohort(organisation, cohort)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        drop_upload(db, **_target(organisation, cohort), upload_id=upload)
    notify("done", _("The list is thrown away; nothing was changed."))
    return redirect(cohort_url(found), code=303)


@blueprint.get("/organisations/<organisation>/cohorts/<cohort>/roster.csv", defaults={"form": "csv"})
@blueprint.get("/organisations/<organisation>/cohorts/<cohort>/roster.xlsx", defaults={"form": "xlsx"})
def export(organisation: str, cohort: str, form: str) -> Response:
    """The cohort as a list that imports as no change."""
    found = _cohort(organisation, cohort)
    with reading() as db:
        rows = list(roster_rows(roster_of(db, found.id)))
    with writing() as db:
        note_export(db, actor=current_actor(), cohort=found, at=request_time())
        note_list_taken(db, actor=current_actor(), cohort_id=found.id, at=request_time())
    body = workbook(rows, title=found.name) if form == "xlsx" else "".join(csv_blocks(rows))
    name = f"{found.organisation_slug}-{found.slug}-people-{local_date(request_time()).isoformat()}.{form}"
    return _file(body, name, form)


@blueprint.get("/roster-sample.csv")
def sample() -> Response:
    """Two invented people, to write over."""
    return _file("".join(csv_blocks(SAMPLE)), "roster-sample.csv", "csv")


def done_words(done: Applied) -> str:
    """What was done, for the notice."""
    counts = done.plan.counts
    parts = [
        ngettext("%(num)s person invited", "%(num)s people invited", counts[Fate.INVITE])
        if counts[Fate.INVITE]
        else "",
        ngettext("%(num)s enrolled", "%(num)s enrolled", counts[Fate.ENROL]) if counts[Fate.ENROL] else "",
        ngettext("%(num)s brought back", "%(num)s brought back", counts[Fate.RESTORE]) if counts[Fate.RESTORE] else "",
    ]
    told = ", ".join(part for part in parts if part)
    return _("The list is applied: %(what)s.", what=told) if told else _("The list is applied.")


def _uploaded(organisation: str, cohort: str, upload: int) -> tuple[UploadOf, Roster]:
    with reading() as db:
        found = upload_for(db, current_actor(), organisation, cohort, upload, at=request_time())
    return found, parse_roster(found.data)


def _cohort(organisation: str, cohort: str) -> CohortOf:
    with reading() as db:
        return cohort_for(db, current_actor(), organisation, cohort, to=Permission.MANAGE)


def _target(organisation: str, cohort: str) -> dict[str, Any]:
    return {"actor": current_actor(), "organisation": organisation, "cohort": cohort}


def _preview_url(organisation: str, cohort: str, upload: int) -> str:
    return url_for("rosters.preview", organisation=organisation, cohort=cohort, upload=upload)


def _file(body: str | bytes, name: str, form: str) -> Response:
    response = Response(body, content_type=MEDIA[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
