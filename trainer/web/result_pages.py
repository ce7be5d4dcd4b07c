"""The result of an attempt: what was achieved, and every option explained. Only after submission."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask import url_for

from trainer.courseware.catalogue import Module
from trainer.courseware.quiz import Question
from trainer.learning.confidence import Confidence
from trainer.learning.kinds.frame import Mark
from trainer.learning.marking import mark_question, score_attempt
from trainer.learning.queries import AttemptOf, CompletionOf
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext, ngettext, with_english
from trainer.web.module_pages import completion_words
from trainer.web.my_facts import section_url
from trainer.web.pages.result import ResultPage
from trainer.web.pages.shell import Crumb
from trainer.web.quiz_pages import quiz_crumbs, quiz_of
from trainer.web.result_views import result_question
from trainer.web.words import day_and_time, per_cent

WHO_SEES_RESULT = lazy_gettext(
    "Your trainer can see your best score and the number of attempts. Which answers you chose stays with you."
)


WHY_SAFETY = lazy_gettext("Those have to be right to pass, because somebody’s safety can hang on them.")


def result_page(
    module: Module,
    attempt: AttemptOf,
    questions: Sequence[Question],
    completion: CompletionOf | None,
    read: Collection[str],
) -> ResultPage:
    """What was achieved, and every option explained."""
    answers = {question_id: given.answer for question_id, given in attempt.answers.items()}
    score = score_attempt(questions, answers, pass_mark=quiz_of(module).pass_mark)
    marks = [mark_question(question, answers.get(question.id)) for question in questions]
    marked, full = sum(mark is not None for mark in marks), sum(mark is not None and mark.is_full for mark in marks)
    surprises = _surprises(questions, attempt, marks)
    next_label, next_url = _next_step(module, score.is_passed, completion, read)
    return ResultPage(
        crumbs=quiz_crumbs(module, Crumb(_("Quiz"), url_for("quiz.start", slug=module.slug))),
        module_title=module.title,
        heading=_("You passed") if score.is_passed else _("Not yet"),
        is_passed=score.is_passed,
        score=per_cent(score.percent) if score.possible else None,
        score_detail=_score_detail(full, marked, len(questions) - marked, score.pass_mark),
        encouragement=_encouragement(score.is_passed, full, marked),
        safety_note=_safety_note(len(score.missed_safety)),
        confidence_note=_confidence_note(attempt, surprises),
        surprises=surprises,
        module_is_completed=completion is not None,
        completion=completion_words(completion),
        submitted_at=day_and_time(attempt.submitted_at) if attempt.submitted_at else "",
        number=attempt.number,
        revision=attempt.revision[:8],
        questions=tuple(
            result_question(position, question, answers.get(question.id), _confidence_of(attempt, question))
            for position, question in enumerate(questions, start=1)
        ),
        next_label=next_label,
        next_url=next_url,
        try_again_url=url_for("quiz.start", slug=module.slug),
        module_url=url_for("learner.module", slug=module.slug),
        who_sees=WHO_SEES_RESULT,
    )


def _score_detail(full: int, marked: int, unmarked: int, pass_mark: int) -> str:
    words = ngettext(
        "%(full)s of %(num)s question fully right. The pass mark is %(mark)s %%.",
        "%(full)s of %(num)s questions fully right. The pass mark is %(mark)s %%.",
        marked,
        full=full,
        mark=pass_mark,
    )
    if not unmarked:
        return words
    never = ngettext("%(num)s question is never marked.", "%(num)s questions are never marked.", unmarked)
    return f"{words} {never}"


def _confidence_of(attempt: AttemptOf, question: Question) -> Confidence | None:
    given = attempt.answers.get(question.id)
    return given.confidence if given else None


def _surprises(questions: Sequence[Question], attempt: AttemptOf, marks: Sequence[Mark | None]) -> tuple[int, ...]:
    """The positions at which somebody was sure, and it was not fully right."""
    return tuple(
        position
        for position, (question, mark) in enumerate(zip(questions, marks, strict=True), start=1)
        if mark is not None and not mark.is_full and _confidence_of(attempt, question) is Confidence.SURE
    )


def _confidence_note(attempt: AttemptOf, surprises: Sequence[int]) -> str | None:
    if surprises:
        return _("You were sure here, and it came out differently. These are often the most useful to read:")
    if any(given.confidence is not None for given in attempt.answers.values()):
        return _("Nowhere were you sure and mistaken. Only you see how sure you said you were.")
    return None


def _encouragement(is_passed: bool, full: int, count: int) -> str:
    if is_passed and full == count:
        return _("The explanations below may still hold something for your team.")
    if is_passed:
        return _("Have a look below at the questions that were not fully right; the explanations are the useful part.")
    return _("Read the explanations below, look back at a section if it helps, and try again whenever you like.")


def _safety_note(missed: int) -> str | None:
    if not missed:
        return None
    which = _("One question about safety is not right yet.")
    if missed > 1:
        which = ngettext(
            "%(num)s question about safety is not right yet.",
            "%(num)s questions about safety are not right yet.",
            missed,
        )
    return f"{which} {WHY_SAFETY}"


def _next_step(
    module: Module, is_passed: bool, completion: CompletionOf | None, read: Collection[str]
) -> tuple[str, str]:
    unread = next((section for section in module.sections if section.id not in read), None)
    if not is_passed and completion is None:
        return _("Try the quiz again"), url_for("quiz.start", slug=module.slug)
    if completion is None and unread is not None:
        return with_english(_("Continue with “%(title)s”"), title=unread.title), section_url(module, unread)
    return _("Go to my learning"), url_for("learner.my_learning")
