"""The result of an attempt: what was achieved, and every option explained. Only after submission."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask import url_for

from trainer.courseware.catalogue import Judgement, JudgementOption, Module, Option, Question
from trainer.learning.kinds.frame import Mark
from trainer.learning.marking import mark_question, score_attempt
from trainer.learning.queries import AttemptOf, CompletionOf
from trainer.web.module_pages import completion_words
from trainer.web.my_facts import section_url
from trainer.web.pages.quiz import (
    ResultOption,
    ResultPage,
    ResultQuestion,
    ShownVerdict,
)
from trainer.web.pages.shell import Crumb
from trainer.web.quiz_pages import quiz_crumbs, quiz_of
from trainer.web.words import counted, day_and_time

WHO_SEES_RESULT = (
    "Your trainer can see your best score and the number of attempts. Which answers you chose stays with you."
)
VERDICT_LABELS = {
    "right": "Right",
    "not_right": "Not this one",
    "best": "Best",
    "workable": "Workable",
    "risky": "Risky",
}


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
    full = sum(mark_question(question, answers.get(question.id)).is_full for question in questions)
    next_label, next_url = _next_step(module, score.is_passed, completion, read)
    return ResultPage(
        crumbs=quiz_crumbs(module, Crumb("Quiz", url_for("quiz.start", slug=module.slug))),
        module_title=module.title,
        heading="You passed" if score.is_passed else "Not yet",
        is_passed=score.is_passed,
        score=f"{score.percent} %",
        score_detail=f"{full} of {counted(len(questions), 'question', 'questions')} fully right. "
        f"The pass mark is {score.pass_mark} %.",
        encouragement=_encouragement(score.is_passed, full, len(questions)),
        safety_note=_safety_note(len(score.missed_safety)),
        module_is_completed=completion is not None,
        completion=completion_words(completion),
        submitted_at=day_and_time(attempt.submitted_at) if attempt.submitted_at else "",
        number=attempt.number,
        revision=attempt.revision[:8],
        questions=tuple(
            _result_question(module, position, question, answers.get(question.id))
            for position, question in enumerate(questions, start=1)
        ),
        next_label=next_label,
        next_url=next_url,
        try_again_url=url_for("quiz.start", slug=module.slug),
        module_url=url_for("learner.module", slug=module.slug),
        who_sees=WHO_SEES_RESULT,
    )


def _encouragement(is_passed: bool, full: int, count: int) -> str:
    if is_passed and full == count:
        return "The explanations below may still hold something for your team."
    if is_passed:
        return "Have a look below at the questions that were not fully right; the explanations are the useful part."
    return "Read the explanations below, look back at a section if it helps, and try again whenever you like."


def _safety_note(missed: int) -> str | None:
    if not missed:
        return None
    which = "One question about safety is" if missed == 1 else f"{missed} questions about safety are"
    return f"{which} not right yet. Those have to be right to pass, because somebody’s safety can hang on them."


def _next_step(
    module: Module, is_passed: bool, completion: CompletionOf | None, read: Collection[str]
) -> tuple[str, str]:
    unread = next((section for section in module.sections if section.id not in read), None)
    if not is_passed and completion is None:
        return "Try the quiz again", url_for("quiz.start", slug=module.slug)
    if completion is None and unread is not None:
        return f"Continue with “{unread.title}”", section_url(module, unread)
    return "Go to my learning", url_for("learner.my_learning")


def _result_question(
    module: Module, position: int, question: Question, answer: tuple[str, ...] | None
) -> ResultQuestion:
    mark = mark_question(question, answer)
    return ResultQuestion(
        position=position,
        prompt_html=question.prompt_html,
        intro_html=question.intro_html,
        is_safety=question.is_safety,
        mark="full" if mark.is_full else "part" if mark.points else "none",
        mark_label=_mark_label(question, mark, answer),
        options=tuple(_result_option(option, answer or ()) for option in question.options),
        revisit_label=None,
        revisit_url=None,
    )


def _mark_label(question: Question, mark: Mark, answer: tuple[str, ...] | None) -> str:
    if answer is None:
        return "Not answered"
    if isinstance(question, Judgement):
        return {100: "Best choice", 50: "Workable choice"}.get(mark.points, "Not yet")
    return "Right" if mark.is_full else "Partly right" if mark.points else "Not yet"


def _result_option(option: Option | JudgementOption, chosen: Collection[str]) -> ResultOption:
    verdict = _verdict(option)
    return ResultOption(
        html=option.html,
        is_chosen=option.id in chosen,
        verdict=verdict,
        verdict_label=VERDICT_LABELS[verdict],
        explanation_html=option.explanation_html,
    )


def _verdict(option: Option | JudgementOption) -> ShownVerdict:
    if isinstance(option, JudgementOption):
        return option.verdict
    return "right" if option.is_correct else "not_right"
