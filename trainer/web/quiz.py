"""The quiz: start, one question a page, review, submit, result."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from trainer.courseware.catalogue import Module
from trainer.courseware.quiz import Question
from trainer.errors import DomainError, Invalid, NotFound
from trainer.extensions import reading, writing
from trainer.learning.confidence import confidence_of
from trainer.learning.drawing import draw_questions
from trainer.learning.queries import AttemptOf, attempts_of, find_completion, get_attempt, sections_read
from trainer.learning.revisions import pinned_module
from trainer.learning.services import record_response, start_attempt, submit_attempt
from trainer.web.forms.questions import FORM_BUILDERS
from trainer.web.forms.strict import ConfirmForm
from trainer.web.identity import current_actor, request_time
from trainer.web.learner import known_module, live_module
from trainer.web.locales import in_words
from trainer.web.quiz_pages import question_page, review_page, start_page
from trainer.web.result_pages import result_page
from trainer.web.shell import house, render
from trainer.web.words import clock_time
from trainer.wording import said

blueprint = Blueprint("quiz", __name__, url_prefix="/modules/<slug>/quiz")

SEED_BITS = 31


@blueprint.get("")
def start(slug: str) -> str:
    """The rules in a sentence, and one button."""
    module = live_module(slug)
    if module.quiz is None:
        raise NotFound(said("This module has no quiz."), said("Go back to the module."))
    person_id = current_actor().person_id
    with reading() as db:
        attempts = attempts_of(db, person_id, module.id)
        read = sections_read(db, person_id, module.id)
        open_number = next((one.number for one in attempts if one.submitted_at is None), None)
        current = get_attempt(db, person_id, module.id, open_number) if open_number else None
    return render("quiz/start.html", start_page(module, attempts, read, current))


@blueprint.post("")
def begin(slug: str) -> Response:
    """Start, or go on with the open attempt: a double click makes one."""
    module = live_module(slug)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        number = start_attempt(
            db, actor=current_actor(), module=module, seed=secrets.randbits(SEED_BITS), at=request_time()
        )
    return redirect(url_for("quiz.resume", slug=slug, number=number), code=303)


@blueprint.get("/<int:number>/")
def resume(slug: str, number: int) -> Response:
    """Exactly where it was left: the first question without an answer, else the review."""
    _module, attempt, questions = _sitting(slug, number)
    if attempt.submitted_at is not None:
        return redirect(url_for("quiz.result", slug=slug, number=number), code=303)
    for position, question in enumerate(questions, start=1):
        if question.id not in attempt.answers:
            return redirect(url_for("quiz.question", slug=slug, number=number, position=position), code=303)
    return redirect(url_for("quiz.review", slug=slug, number=number), code=303)


@blueprint.get("/<int:number>/<int:position>")
def question(slug: str, number: int, position: int) -> str | Response:
    """One question with the answer given so far."""
    module, attempt, questions = _sitting(slug, number)
    if attempt.submitted_at is not None:
        return redirect(url_for("quiz.result", slug=slug, number=number), code=303)
    return render("quiz/question.html", question_page(module, attempt, questions, _checked(position, questions)))


@blueprint.post("/<int:number>/<int:position>")
def answer(slug: str, number: int, position: int) -> str | Response | tuple[str, int]:
    """Save the answer as given, then go where the button says."""
    module, attempt, questions = _sitting(slug, number)
    asked = questions[_checked(position, questions) - 1]
    form = FORM_BUILDERS[asked.kind]()
    if not form.validate_on_submit():
        abort(400)
    go, raw = request.form.get("go", "next"), request.form.getlist("choice")
    has_answer = any(one.strip() for one in raw)
    if has_answer or go in ("next", "save"):
        try:
            with writing() as db:
                saved = record_response(
                    db,
                    actor=current_actor(),
                    catalogue=house().catalogue,
                    module_id=module.id,
                    number=number,
                    question_id=asked.id,
                    raw=raw,
                    confidence=confidence_of(request.form.get("confidence")),
                    at=request_time(),
                )
        except Invalid as problem:
            return _not_saved(problem, module, attempt, questions, position)
        if _wants_json():
            return jsonify(saved_at=clock_time(saved.recorded_at), sequence=saved.sequence)
    return redirect(_onwards(slug, number, position, go, len(questions)), code=303)


def _not_saved(
    problem: DomainError, module: Module, attempt: AttemptOf, questions: tuple[Question, ...], position: int
) -> Response | tuple[str, int]:
    words = in_words(problem)
    if _wants_json():
        response = jsonify(message=words)
        response.status_code = 422
        return response
    return render("quiz/question.html", question_page(module, attempt, questions, position, problem=words)), 422


def _onwards(slug: str, number: int, position: int, go: str, count: int) -> str:
    if go == "review" or (go == "next" and position >= count):
        return url_for("quiz.review", slug=slug, number=number)
    step = {"back": -1, "next": 1}.get(go, 0)
    return url_for("quiz.question", slug=slug, number=number, position=max(1, position + step))


@blueprint.get("/<int:number>/review")
def review(slug: str, number: int) -> str | Response:
    """All answers before submitting."""
    module, attempt, questions = _sitting(slug, number)
    if attempt.submitted_at is not None:
        return redirect(url_for("quiz.result", slug=slug, number=number), code=303)
    return render("quiz/review.html", review_page(module, attempt, questions))


@blueprint.post("/<int:number>/submit")
def submit(slug: str, number: int) -> Response:
    """Score the attempt, once; repeating it shows the same result."""
    module_id = _module_id(slug)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        submit_attempt(
            db,
            actor=current_actor(),
            catalogue=house().catalogue,
            module_id=module_id,
            number=number,
            at=request_time(),
        )
    return redirect(url_for("quiz.result", slug=slug, number=number), code=303)


@blueprint.get("/<int:number>/result")
def result(slug: str, number: int) -> str | Response:
    """What was achieved, with the explanation of every option; only after submission."""
    module, attempt, questions = _sitting(slug, number)
    if attempt.submitted_at is None:
        return redirect(url_for("quiz.review", slug=slug, number=number), code=303)
    with reading() as db:
        completion = find_completion(db, current_actor().person_id, module.id)
        read = sections_read(db, current_actor().person_id, module.id)
    return render("quiz/result.html", result_page(module, attempt, questions, completion, read))


def _sitting(slug: str, number: int) -> tuple[Module, AttemptOf, tuple[Question, ...]]:
    """The person's own attempt, with the module and the questions that it pinned."""
    module_id = _module_id(slug)
    with reading() as db:
        attempt = get_attempt(db, current_actor().person_id, module_id, number)
        module = pinned_module(db, house().catalogue, module_id, attempt.revision)
    if module.quiz is None:
        raise NotFound(said("This module has no quiz."), said("Go back to the module."))
    return module, attempt, draw_questions(module.quiz, attempt.seed)


def _module_id(slug: str) -> str:
    return known_module(slug).id


def _checked(position: int, questions: tuple[Question, ...]) -> int:
    if not 1 <= position <= len(questions):
        raise NotFound(
            said("This quiz has no question of that number."), said("Go back to the quiz and choose from its list.")
        )
    return position


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
