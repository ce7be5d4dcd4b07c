"""Live sessions of a cohort: planned, changed, called off, and who came. For its trainers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from trainer.clock import local_moment
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.live.queries import attendance_of, session_of, sessions_of
from trainer.cohorts.live.services import SessionWish, cancel_session, change_session, note_attendance, plan_session
from trainer.cohorts.queries import AssignmentOf, CohortOf, assignments_of
from trainer.errors import Conflict
from trainer.extensions import reading, writing
from trainer.web.cohort_pages import titles_of
from trainer.web.forms.cohorts import title_choices
from trainer.web.forms.live import LiveSessionForm
from trainer.web.forms.strict import ConfirmForm, refuse_unknown_fields
from trainer.web.identity import current_actor, request_time
from trainer.web.live_pages import form_of, session_page, sessions_page
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, ngettext
from trainer.web.shell import house, notify, render

blueprint = Blueprint("live", __name__, url_prefix="/organisations/<organisation>/cohorts/<cohort>/sessions")


@blueprint.route("/", methods=["GET", "POST"])
def sessions(organisation: str, cohort: str) -> str | Response | tuple[str, int]:
    """What is planned and what was; a form for another."""
    found, assigned = _cohort(organisation, cohort)
    form = LiveSessionForm()
    form.modules.choices = _choices([one.module_id for one in assigned])
    if form.validate_on_submit():
        with writing() as db:
            number = plan_session(db, **_target(organisation, cohort), wish=_wish(form))
        notify("done", _("The session is planned. Learners see it on their page."))
        return redirect(_url(organisation, cohort, number), code=303)
    with reading() as db:
        known = sessions_of(db, found.id)
    page = sessions_page(found, known, titles_of(house().catalogue), form if assigned else None, at=request_time())
    return render("trainer/live_sessions.html", page), 422 if form.errors else 200


@blueprint.route("/<int:meeting>", methods=["GET", "POST"])
def session(organisation: str, cohort: str, meeting: int) -> str | Response | tuple[str, int]:
    """One session: who came, and its facts."""
    found, assigned = _cohort(organisation, cohort)
    with reading() as db:
        known = session_of(db, found.id, meeting)
        learners = attendance_of(db, found.id, known.id)
    form = form_of(known)
    ids = dict.fromkeys([*(one.module_id for one in assigned), *known.module_ids])
    form.modules.choices = _choices(list(ids))
    if form.validate_on_submit():
        try:
            with writing() as db:
                change_session(db, **_target(organisation, cohort), number=meeting, wish=_wish(form))
        except Conflict as problem:
            form.modules.errors = [in_words(problem)]
        else:
            notify("done", _("The session is changed."))
            return redirect(_url(organisation, cohort, meeting), code=303)
    page = session_page(found, known, learners, house().catalogue, form, at=request_time())
    return render("trainer/live_session.html", page), 422 if form.errors else 200


@blueprint.post("/<int:meeting>/attendance")
def attendance(organisation: str, cohort: str, meeting: int) -> Response:
    """Note who came: what was ticked and unticked on this page, and nothing else."""
    _cohort(organisation, cohort)
    refuse_unknown_fields({"csrf_token", "came", "came_before"})
    came = {int(one) for one in request.form.getlist("came") if one.isdecimal() and len(one) < 10}
    before = {int(one) for one in request.form.get("came_before", "").split() if one.isdecimal() and len(one) < 10}
    with writing() as db:
        noted = note_attendance(
            db,
            **_target(organisation, cohort),
            number=meeting,
            ticked=came - before,
            unticked=before - came,
            at=request_time(),
        )
    told = [ngettext("%(num)s person came.", "%(num)s people came.", noted.came)] if noted.came else []
    if noted.taken_back:
        told.append(ngettext("%(num)s tick is taken back.", "%(num)s ticks are taken back.", noted.taken_back))
    notify("done", " ".join(told) or _("Nothing has changed."))
    return redirect(_url(organisation, cohort, meeting), code=303)


@blueprint.post("/<int:meeting>/cancel")
def cancel(organisation: str, cohort: str, meeting: int) -> Response:
    """Call a session off. It stays in the list, so that nobody wonders."""
    _cohort(organisation, cohort)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        cancel_session(db, **_target(organisation, cohort), number=meeting, at=request_time())
    notify("done", _("The session is called off. Tell people yourself: this sends no letter."))
    return redirect(url_for("live.sessions", organisation=organisation, cohort=cohort), code=303)


def _cohort(organisation: str, cohort: str) -> tuple[CohortOf, tuple[AssignmentOf, ...]]:
    with reading() as db:
        found = cohort_for(db, current_actor(), organisation, cohort, to=Permission.REPORT)
        return found, assignments_of(db, found.id)


def _choices(ids: list[str]) -> Any:
    titles = titles_of(house().catalogue)
    return title_choices([(one, f"{one} {titles.get(one, '')}".strip()) for one in ids])


def _wish(form: LiveSessionForm) -> SessionWish:
    return SessionWish(
        title=form.title.data.strip(),
        place=form.place.data.strip(),
        starts_at=local_moment(form.on.data, form.at.data),
        module_ids=frozenset(form.modules.data),
    )


def _target(organisation: str, cohort: str) -> dict[str, Any]:
    return {"actor": current_actor(), "organisation": organisation, "cohort": cohort}


def _url(organisation: str, cohort: str, meeting: int) -> str:
    return url_for("live.session", organisation=organisation, cohort=cohort, meeting=meeting)
