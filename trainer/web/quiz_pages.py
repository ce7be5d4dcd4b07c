"""From an attempt to what its pages say. Before submission, nothing here looks at what is right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask import url_for

from trainer.courseware.catalogue import Module
from trainer.courseware.kinds.registry import UNMARKED_KINDS
from trainer.courseware.quiz import Question, Quiz
from trainer.learning.drawing import shown_ids
from trainer.learning.place import quiz_minutes
from trainer.learning.queries import AttemptLine, AttemptOf, GivenAnswer
from trainer.web.locales import english, lazy_gettext, ngettext
from trainer.web.locales import gettext as _
from trainer.web.module_pages import module_crumbs, past_attempt
from trainer.web.pages.quiz import (
    QuestionPage,
    QuizStartPage,
    ReviewItem,
    ReviewPage,
)
from trainer.web.pages.shell import Crumb
from trainer.web.question_views import answer_in_words, question_view
from trainer.web.words import clock_time

WHO_SEES_ANSWERS = lazy_gettext(
    "Only you can see which answers you choose. Your trainer sees your best score once you submit."
)


def quiz_crumbs(module: Module, *further: Crumb) -> tuple[Crumb, ...]:
    return module_crumbs(Crumb(english(module.title), url_for("learner.module", slug=module.slug)), *further)


def quiz_of(module: Module) -> Quiz:
    assert module.quiz is not None  # every caller has turned modules without a quiz away
    return module.quiz


def start_page(
    module: Module, attempts: Sequence[AttemptLine], read: Collection[str], current: AttemptOf | None
) -> QuizStartPage:
    """The rules in a sentence, and what there is so far."""
    quiz = quiz_of(module)
    safety = sum(question.is_safety for question in quiz.questions)
    count = min(max(quiz.draw, safety), len(quiz.questions))
    label = _("Continue") if current else _("Try again") if attempts else _("Start")
    return QuizStartPage(
        crumbs=quiz_crumbs(module),
        module_title=module.title,
        rules=_rules(count, quiz.pass_mark, safety),
        who_sees=WHO_SEES_ANSWERS,
        question_count=count,
        minutes=quiz_minutes(module),
        pass_mark=quiz.pass_mark,
        safety_count=safety,
        has_unread_sections=any(section.id not in read for section in module.sections),
        open_attempt_place=_("%(answered)s of %(count)s answered so far.", answered=len(current.answers), count=count)
        if current
        else None,
        start_url=url_for("quiz.begin", slug=module.slug),
        start_label=label,
        past=tuple(past_attempt(module, attempt) for attempt in reversed(attempts) if attempt.submitted_at),
        module_url=url_for("learner.module", slug=module.slug),
    )


def _rules(count: int, pass_mark: int, safety: int) -> str:
    rules = ngettext(
        "%(num)s question, one at a time, with no time limit and as many tries as you like; %(mark)s %% passes.",
        "%(num)s questions, one at a time, with no time limit and as many tries as you like; %(mark)s %% passes.",
        count,
        mark=pass_mark,
    )
    if not safety:
        return rules
    also = ngettext(
        "%(num)s question about safety must be right.", "%(num)s questions about safety must be right.", safety
    )
    return f"{rules} {also}"


def question_page(
    module: Module, attempt: AttemptOf, questions: Sequence[Question], position: int, problem: str | None = None
) -> QuestionPage:
    """One question as the browser may know it."""
    question = questions[position - 1]
    given = attempt.answers.get(question.id)
    here: dict[str, Any] = {"slug": module.slug, "number": attempt.number}
    return QuestionPage(
        crumbs=quiz_crumbs(module, Crumb(_("Quiz"), url_for("quiz.start", slug=module.slug))),
        module_title=module.title,
        position=position,
        question_count=len(questions),
        answered_count=sum(one.id in attempt.answers for one in questions),
        question=question_view(
            question,
            shown_ids(quiz_of(module), question, attempt.seed),
            given.answer if given else (),
            confidence=given.confidence if given else None,
            asks_confidence=quiz_of(module).asks_confidence and question.kind not in UNMARKED_KINDS,
        ),
        url=url_for("quiz.answer", position=position, **here),
        saved_at=clock_time(given.recorded_at) if given else None,
        problem=problem,
        has_previous=position > 1,
        is_last=position == len(questions),
        review_url=url_for("quiz.review", **here),
        who_sees=WHO_SEES_ANSWERS,
        leave_url=url_for("learner.module", slug=module.slug),
    )


def review_page(module: Module, attempt: AttemptOf, questions: Sequence[Question]) -> ReviewPage:
    """All answers before submitting."""
    here: dict[str, Any] = {"slug": module.slug, "number": attempt.number}
    items = tuple(
        ReviewItem(
            position=position,
            prompt_html=question.prompt_html,
            answer=_words(question, attempt.answers.get(question.id)),
            is_answered=question.id in attempt.answers,
            url=url_for("quiz.question", position=position, **here),
        )
        for position, question in enumerate(questions, start=1)
    )
    return ReviewPage(
        crumbs=quiz_crumbs(module, Crumb(_("Quiz"), url_for("quiz.start", slug=module.slug))),
        module_title=module.title,
        items=items,
        unanswered_count=sum(not item.is_answered for item in items),
        submit_url=url_for("quiz.submit", **here),
        back_url=url_for("quiz.question", position=len(questions), **here),
    )


def _words(question: Question, given: GivenAnswer | None) -> tuple[str, ...]:
    return answer_in_words(question, given.answer) if given else ()
