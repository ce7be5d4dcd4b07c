"""Around a module: a few questions beforehand, and what changed since it was completed."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from trainer.courseware.catalogue import Module
from trainer.courseware.changes import Changes
from trainer.errors import Invalid, NotFound
from trainer.extensions import reading, writing
from trainer.learning.before import answer_before, before_of, before_questions
from trainer.learning.drawing import shown_ids
from trainer.learning.queries import CompletionOf, find_completion
from trainer.learning.seen import changes_since, mark_changes_seen
from trainer.web.forms.strict import ConfirmForm, refuse_unknown_fields
from trainer.web.identity import current_actor, request_time
from trainer.web.learner import live_module
from trainer.web.locales import english, in_words, lazy_gettext, ngettext
from trainer.web.locales import gettext as _
from trainer.web.module_pages import module_crumbs
from trainer.web.my_facts import section_url
from trainer.web.pages.extras import BeforePage, ChangesPage, PassageView, PlaceView
from trainer.web.pages.shell import Crumb
from trainer.web.question_views import question_view
from trainer.web.shell import house, notify, render
from trainer.web.words import day
from trainer.wording import said

blueprint = Blueprint("extras", __name__, url_prefix="/modules/<slug>")

WHO_SEES_BEFORE = lazy_gettext(
    "Only you can see these answers. Your cohort’s trainers may later see how the group changed, never one person."
)
STATUS_LABELS = {
    "new": lazy_gettext("New"),
    "gone": lazy_gettext("No longer there"),
    "changed": lazy_gettext("Changed"),
}
FIELD = "answer-"


@blueprint.get("/before")
def before(slug: str) -> str | Response:
    """The set, while the module is not begun; afterwards the way back to it."""
    module = live_module(slug)
    with reading() as db:
        found = before_of(db, current_actor().person_id, module)
    if not before_questions(module):
        raise NotFound(said("This module asks nothing beforehand."), said("Go back to the module."))
    if not found.may_answer:
        return redirect(url_for("learner.module", slug=slug), code=303)
    return render("extras/before.html", _before_page(module, None))


@blueprint.post("/before")
def send_before(slug: str) -> Response | tuple[str, int]:
    """Keep what was answered and go on to the first section."""
    module = live_module(slug)
    questions = before_questions(module)
    refuse_unknown_fields({"csrf_token", *(FIELD + question.id for question in questions)})
    raw = {question.id: request.form.getlist(FIELD + question.id) for question in questions}
    try:
        with writing() as db:
            answer_before(db, actor=current_actor(), module=module, raw=raw, at=request_time())
    except Invalid as problem:
        return render("extras/before.html", _before_page(module, in_words(problem))), 422
    notify("done", _("Thank you. The quiz asks the same again, so that you can see what moved."))
    return redirect(section_url(module, module.sections[0]), code=303)


def _before_page(module: Module, problem: str | None) -> BeforePage:
    assert module.quiz is not None
    seed = current_actor().person_id
    questions = tuple(
        (
            FIELD + question.id,
            question_view(
                question,
                shown_ids(module.quiz, question, seed),
                tuple(value for value in request.form.getlist(FIELD + question.id) if value),
                confidence=None,
                asks_confidence=False,
            ),
        )
        for question in before_questions(module)
    )
    return BeforePage(
        crumbs=module_crumbs(Crumb(english(module.title), url_for("learner.module", slug=module.slug))),
        module_title=module.title,
        questions=questions,
        problem=problem,
        send_url=url_for("extras.send_before", slug=module.slug),
        skip_url=section_url(module, module.sections[0]),
        who_sees=WHO_SEES_BEFORE,
    )


@blueprint.get("/changes")
def changes(slug: str) -> str:
    """What changed since one completed the module, or last marked its changes as read."""
    module = live_module(slug)
    completion, found = _changes(module)
    return render("extras/changes.html", _changes_page(module, completion, found))


@blueprint.post("/changes")
def mark_changes(slug: str) -> Response:
    """Mark them as read; nothing that was earned is touched."""
    module = live_module(slug)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        completion = find_completion(db, current_actor().person_id, module.id)
        mark_changes_seen(db, actor=current_actor(), module=module, completion=completion, at=request_time())
    notify("done", _("The changes are marked as read."))
    return redirect(url_for("learner.module", slug=slug), code=303)


def _changes(module: Module) -> tuple[CompletionOf, Changes]:
    with reading() as db:
        completion = find_completion(db, current_actor().person_id, module.id)
        if completion is None:
            raise NotFound(said("You have not completed this module yet."), said("Its changes are simply its text."))
        return completion, changes_since(db, house().catalogue, module, completion)


def _changes_page(module: Module, completion: CompletionOf, found: Changes) -> ChangesPage:
    sections = {section.id: section_url(module, section) for section in module.sections}
    return ChangesPage(
        crumbs=module_crumbs(Crumb(english(module.title), url_for("learner.module", slug=module.slug))),
        module_title=module.title,
        since=_("You completed this module on %(date)s. That stays as it is.", date=day(completion.completed_at)),
        places=tuple(
            PlaceView(
                place.title,
                STATUS_LABELS[place.status],
                sections.get(place.id),
                tuple(PassageView(passage.before, passage.after) for passage in place.passages),
            )
            for place in found.places
        ),
        questions=_questions_words(found.question_count),
        mark_url=url_for("extras.mark_changes", slug=module.slug),
        module_url=url_for("learner.module", slug=module.slug),
    )


def _questions_words(count: int) -> str | None:
    if not count:
        return None
    return ngettext(
        "%(num)s question of the quiz is new, gone or worded differently.",
        "%(num)s questions of the quiz are new, gone or worded differently.",
        count,
    )
