"""The voluntary exercise of a cohort, for its learners; and its steps, for its trainers."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from trainer.cohorts.queries import CohortOf
from trainer.errors import Conflict, Invalid
from trainer.exercise.analysis import effective
from trainer.exercise.queries import (
    OwnNote,
    RoundOf,
    exercise_cohort,
    letter_of,
    own_notes,
    rounds_of,
    running_round,
    stage_for,
)
from trainer.exercise.rounds import LARGEST_SEED, cohort_to_run, end_round, move_round
from trainer.exercise.services import keep_note, withdraw_notes
from trainer.exercise.situations import Situation
from trainer.exercise.stages import WAVES, Stage
from trainer.extensions import reading, writing
from trainer.web.cohort_pages import cohort_url, confirm_page
from trainer.web.exercise_pages import exercise_page, note_page
from trainer.web.forms.exercise import ExerciseNoteForm, StageForm
from trainer.web.forms.strict import ConfirmForm
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, lazy_gettext
from trainer.web.shell import house, notify, render

blueprint = Blueprint("exercise", __name__, url_prefix="/organisations/<organisation>/cohorts/<cohort>/exercise")

MOVED = {
    Stage.BEFORE: lazy_gettext("The exercise is open: learners may write the first note."),
    Stage.BETWEEN: lazy_gettext("The first part is closed; the notes are kept sealed."),
    Stage.AFTER: lazy_gettext("The exercise is open: learners may write the second note."),
}


@dataclass(frozen=True, slots=True)
class _Here:
    """What somebody's page needs: where the exercise stands, the situation and the note of the open wave."""

    cohort: CohortOf
    stage: Stage
    situation: Situation | None
    own: OwnNote | None


@blueprint.get("")
def exercise(organisation: str, cohort: str) -> str:
    """What happens with a note, asked first; and what one has written."""
    actor = current_actor()
    with reading() as db:
        found = exercise_cohort(db, actor, organisation, cohort)
        latest: RoundOf | None = next(iter(rounds_of(db, found.id)), None)
        running = latest if latest and latest.ended_at is None else None
        notes = own_notes(db, actor=actor, sealer=house().sealer, round_id=running.id) if running else {}
    page = exercise_page(
        found,
        stage_for(found, running),
        notes,
        ended_at=latest.ended_at if latest else None,
        threshold=house().settings.suppression_threshold,
    )
    return render("exercise/exercise.html", page)


@blueprint.get("/write")
def write(organisation: str, cohort: str) -> str | Response:
    """The situation and a box, for whoever has agreed or has written already."""
    here = _found(organisation, cohort)
    has_agreed = request.args.get("agree") == "yes" or here.own is not None
    if here.situation is None or not has_agreed:
        return redirect(url_for("exercise.exercise", organisation=organisation, cohort=cohort), code=303)
    text = (here.own.text or "") if here.own else ""
    is_unopenable = here.own is not None and here.own.text is None
    page = note_page(here.cohort, here.stage, here.situation, text, is_unopenable=is_unopenable)
    return render("exercise/write.html", page)


@blueprint.post("/write")
def send(organisation: str, cohort: str) -> Response | tuple[str, int]:
    """Keep the note, sealed; what is refused stands in the box again."""
    here = _found(organisation, cohort)
    form = ExerciseNoteForm()
    if not form.validate_on_submit():
        abort(400)
    target = _target(organisation, cohort)
    text, has_agreed = form.text.data or "", form.agree.data == "yes"
    try:
        with writing() as db:
            keep_note(db, **target, sealer=house().sealer, text=text, has_agreed=has_agreed, at=request_time())
    except (Invalid, Conflict) as problem:
        is_closed = isinstance(problem, Conflict)
        page = note_page(
            here.cohort, here.stage, None if is_closed else here.situation, text, problem=in_words(problem)
        )
        return render("exercise/write.html", page), 409 if is_closed else 422
    notify("done", _("Thank you. Your note is kept sealed; while this part is open you can change it."))
    return redirect(url_for("exercise.exercise", organisation=organisation, cohort=cohort), code=303)


@blueprint.post("/withdraw")
def withdraw(organisation: str, cohort: str) -> Response:
    """Delete all one's notes in this cohort."""
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        withdraw_notes(db, actor=current_actor(), organisation=organisation, cohort=cohort)
    notify("done", _("Your notes are deleted."))
    return redirect(url_for("exercise.exercise", organisation=organisation, cohort=cohort), code=303)


@blueprint.post("/stage")
def stage(organisation: str, cohort: str) -> Response:
    """Open or close a part; for the cohort's trainers."""
    found = _to_run(organisation, cohort)
    form = StageForm()
    if not form.validate_on_submit() or form.stage.data not in MOVED:
        abort(400)
    to = Stage(form.stage.data)
    target = _target(organisation, cohort)
    try:
        with writing() as db:
            seed = secrets.randbelow(LARGEST_SEED)
            move_round(db, **target, to=to, pairs=house().pairs, seed=seed, at=request_time())
    except Conflict as problem:
        notify("problem", in_words(problem))
    else:
        notify("done", str(MOVED[to]))
    return redirect(cohort_url(found), code=303)


@blueprint.route("/end", methods=["GET", "POST"])
def end(organisation: str, cohort: str) -> str | Response:
    """Ask, then count, keep the cohort's figure if there may be one, and delete every text."""
    found = _to_run(organisation, cohort)
    form = ConfirmForm()
    if form.validate_on_submit():
        _end(organisation, cohort)
        return redirect(cohort_url(found), code=303)
    with reading() as db:
        running = running_round(db, found.id)
    if running is None:
        return redirect(cohort_url(found), code=303)
    paragraphs = (
        _(
            "The lens counts every note once. If at least %(threshold)s people have written both, the cohort’s figure "
            "is kept; otherwise none. Then every text is deleted.",
            threshold=effective(house().settings.suppression_threshold),
        ),
        _("It cannot be done a second time, and nobody can bring a text back."),
        *([] if stage_for(found, running) is Stage.AFTER else [_NOT_OPENED]),
    )
    page = confirm_page(found, _("Count the notes and end the exercise?"), paragraphs, form, _("Count and end"))
    return render("trainer/confirm.html", page)


_NOT_OPENED = lazy_gettext(
    "The second note has not been opened yet: nobody can have written both, so there will be no figure."
)


def _end(organisation: str, cohort: str) -> None:
    here = house()
    target = _target(organisation, cohort)
    threshold = here.settings.suppression_threshold
    try:
        with writing() as db:
            end_round(db, **target, sealer=here.sealer, lens=here.lens, threshold=threshold, at=request_time())
    except Conflict as problem:
        notify("problem", in_words(problem))
    else:
        notify("done", _("The exercise has ended, and every text is deleted. What came of it stands below."))


def _target(organisation: str, cohort: str) -> dict[str, Any]:
    """Who wants to do something in which cohort, as every service asks."""
    return {"actor": current_actor(), "organisation": organisation, "cohort": cohort}


def _to_run(organisation: str, cohort: str) -> CohortOf:
    with reading() as db:
        return cohort_to_run(db, current_actor(), organisation, cohort)


def _found(organisation: str, cohort: str) -> _Here:
    actor = current_actor()
    with reading() as db:
        found = exercise_cohort(db, actor, organisation, cohort)
        running = running_round(db, found.id)
        current = stage_for(found, running)
        wave = WAVES.get(current)
        if running is None or wave is None:
            return _Here(found, current, None, None)
        own = own_notes(db, actor=actor, sealer=house().sealer, round_id=running.id).get(wave)
        letter = own.letter if own else letter_of(db, actor, found.id, running, wave)
        return _Here(found, current, running.pair.of(letter), own)
