"""From an attempt to what its pages say. Before submission, nothing here looks at what is right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask import url_for

from trainer.courseware.catalogue import Judgement, JudgementOption, Module, Option, Question, Quiz
from trainer.learning.drawing import shuffled_option_ids
from trainer.learning.kinds.frame import Mark
from trainer.learning.kinds.registry import KINDS
from trainer.learning.marking import mark_question, score_attempt
from trainer.learning.place import quiz_minutes
from trainer.learning.queries import AttemptLine, AttemptOf, CompletionOf
from trainer.web.learner_pages import completion_words, module_crumbs, section_url
from trainer.web.pages.quiz import (
    ChoiceView,
    PastAttempt,
    QuestionPage,
    QuestionView,
    QuizStartPage,
    ResultOption,
    ResultPage,
    ResultQuestion,
    ReviewItem,
    ReviewPage,
    ShownVerdict,
)
from trainer.web.pages.shell import Crumb
from trainer.web.words import clock_time, counted, day, day_and_time, percent

WHO_SEES_ANSWERS = "Only you can see which answers you choose. Your trainer sees your best score once you submit."
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


def _crumbs(module: Module, *further: Crumb) -> tuple[Crumb, ...]:
    return module_crumbs(Crumb(module.title, url_for("learner.module", slug=module.slug)), *further)


def _quiz(module: Module) -> Quiz:
    assert module.quiz is not None  # every caller has turned modules without a quiz away
    return module.quiz


def start_page(
    module: Module, attempts: Sequence[AttemptLine], read: Collection[str], current: AttemptOf | None
) -> QuizStartPage:
    """The rules in a sentence, and what there is so far."""
    quiz = _quiz(module)
    safety = sum(question.is_safety for question in quiz.questions)
    count = min(max(quiz.draw, safety), len(quiz.questions))
    label = "Continue" if current else "Try again" if attempts else "Start"
    return QuizStartPage(
        crumbs=_crumbs(module),
        module_title=module.title,
        rules=_rules(count, quiz.pass_mark, safety),
        who_sees=WHO_SEES_ANSWERS,
        question_count=count,
        minutes=quiz_minutes(module),
        pass_mark=quiz.pass_mark,
        safety_count=safety,
        has_unread_sections=any(section.id not in read for section in module.sections),
        open_attempt_place=f"{len(current.answers)} of {count} answered so far" if current else None,
        start_url=url_for("quiz.begin", slug=module.slug),
        start_label=label,
        past=tuple(_past(module, attempt) for attempt in reversed(attempts) if attempt.submitted_at),
        module_url=url_for("learner.module", slug=module.slug),
    )


def _rules(count: int, pass_mark: int, safety: int) -> str:
    words = (
        f"{counted(count, 'question', 'questions')}, one at a time, with no time limit and as many tries as you "
        f"like; {pass_mark} % passes"
    )
    if safety:
        words += f", and {counted(safety, 'question', 'questions')} about safety must be right"
    return words + "."


def _past(module: Module, attempt: AttemptLine) -> PastAttempt:
    return PastAttempt(
        number=attempt.number,
        submitted_on=day(attempt.submitted_at) if attempt.submitted_at else "",
        score=percent(attempt.points, attempt.possible) or "",
        is_passed=bool(attempt.is_passed),
        url=url_for("quiz.result", slug=module.slug, number=attempt.number),
    )


def question_page(
    module: Module, attempt: AttemptOf, questions: Sequence[Question], position: int, problem: str | None = None
) -> QuestionPage:
    """One question as the browser may know it."""
    question = questions[position - 1]
    given = attempt.answers.get(question.id)
    chosen = given.answer if given else ()
    here: dict[str, Any] = {"slug": module.slug, "number": attempt.number}
    return QuestionPage(
        crumbs=_crumbs(module, Crumb("Quiz", url_for("quiz.start", slug=module.slug))),
        module_title=module.title,
        position=position,
        question_count=len(questions),
        answered_count=sum(one.id in attempt.answers for one in questions),
        question=_view(module, attempt, question, chosen),
        url=url_for("quiz.answer", position=position, **here),
        saved_at=clock_time(given.recorded_at) if given else None,
        problem=problem,
        has_previous=position > 1,
        is_last=position == len(questions),
        review_url=url_for("quiz.review", **here),
        who_sees=WHO_SEES_ANSWERS,
        leave_url=url_for("learner.module", slug=module.slug),
    )


def _view(module: Module, attempt: AttemptOf, question: Question, chosen: Collection[str]) -> QuestionView:
    options = {option.id: option for option in question.options}
    order = shuffled_option_ids(_quiz(module), question, attempt.seed)
    return QuestionView(
        id=question.id,
        kind=question.kind,
        prompt_html=question.prompt_html,
        intro_html=question.intro_html,
        hint=KINDS[question.kind].HINT,
        is_safety=question.is_safety,
        choices=tuple(ChoiceView(option_id, options[option_id].html, option_id in chosen) for option_id in order),
    )


def review_page(module: Module, attempt: AttemptOf, questions: Sequence[Question]) -> ReviewPage:
    """All answers before submitting."""
    here: dict[str, Any] = {"slug": module.slug, "number": attempt.number}
    items = tuple(
        ReviewItem(
            position=position,
            prompt_html=question.prompt_html,
            answer=tuple(
                option.html
                for option in question.options
                if question.id in attempt.answers and option.id in attempt.answers[question.id].answer
            ),
            is_answered=question.id in attempt.answers,
            url=url_for("quiz.question", position=position, **here),
        )
        for position, question in enumerate(questions, start=1)
    )
    return ReviewPage(
        crumbs=_crumbs(module, Crumb("Quiz", url_for("quiz.start", slug=module.slug))),
        module_title=module.title,
        items=items,
        unanswered_count=sum(not item.is_answered for item in items),
        submit_url=url_for("quiz.submit", **here),
        back_url=url_for("quiz.question", position=len(questions), **here),
    )


def result_page(
    module: Module,
    attempt: AttemptOf,
    questions: Sequence[Question],
    completion: CompletionOf | None,
    read: Collection[str],
) -> ResultPage:
    """What was achieved, and every option explained."""
    answers = {question_id: given.answer for question_id, given in attempt.answers.items()}
    score = score_attempt(questions, answers, pass_mark=_quiz(module).pass_mark)
    full = sum(mark_question(question, answers.get(question.id)).is_full for question in questions)
    next_label, next_url = _next_step(module, score.is_passed, completion, read)
    return ResultPage(
        crumbs=_crumbs(module, Crumb("Quiz", url_for("quiz.start", slug=module.slug))),
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
