"""The quiz: start, one question a page, review, result.

``QuestionPage`` and ``ReviewPage`` have no field for what is right: the key cannot leave early.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trainer.web.pages.shell import Crumb

ShownVerdict = Literal["right", "not_right", "best", "workable", "risky"]


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """One submitted attempt in the list of a person's own attempts."""

    number: int
    submitted_on: str
    score: str  # "88 %"
    is_passed: bool
    url: str


@dataclass(frozen=True, slots=True)
class QuizStartPage:
    """The rules in a sentence, and what there is so far."""

    crumbs: tuple[Crumb, ...]
    module_title: str
    rules: str
    who_sees: str
    question_count: int
    minutes: int
    pass_mark: int
    safety_count: int
    has_unread_sections: bool
    open_attempt_place: str | None  # "Question 3 of 8, 2 answered"
    start_url: str  # POST; gives the open attempt if there is one
    start_label: str  # "Start", "Continue", "Try again"
    past: tuple[PastAttempt, ...]
    module_url: str


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """An option as the browser may know it."""

    id: str
    html: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question before submission; ``kind`` picks the macro of the same name."""

    id: str
    kind: Literal["single", "multiple", "judgement"]
    prompt_html: str
    intro_html: str
    hint: str  # "Choose one answer." / "Choose all that apply." / "Choose what you would do."
    is_safety: bool
    choices: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question. The form posts to ``url`` with ``choice`` and ``go`` (next, back, review)."""

    crumbs: tuple[Crumb, ...]
    module_title: str
    position: int
    question_count: int
    answered_count: int
    question: QuestionView
    url: str
    saved_at: str | None  # "10:42"
    problem: str | None  # shown in the error summary, linked to the first choice
    has_previous: bool
    is_last: bool
    review_url: str
    who_sees: str
    leave_url: str


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A drawn question with the learner's answer in words, or None when it has none yet."""

    position: int
    prompt_html: str
    answer: tuple[str, ...]  # html of the chosen options
    is_answered: bool
    url: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """All answers before submitting."""

    crumbs: tuple[Crumb, ...]
    module_title: str
    items: tuple[ReviewItem, ...]
    unanswered_count: int
    submit_url: str
    back_url: str


@dataclass(frozen=True, slots=True)
class ResultOption:
    """An option after submission, with its explanation."""

    html: str
    is_chosen: bool
    verdict: ShownVerdict
    verdict_label: str  # "Right", "Not this one", "Best", "Workable", "Risky"
    explanation_html: str


@dataclass(frozen=True, slots=True)
class ResultQuestion:
    """A question after submission. ``mark`` goes with ``mark_label`` and a shape, never colour alone."""

    position: int
    prompt_html: str
    intro_html: str
    is_safety: bool
    mark: Literal["full", "part", "none"]
    mark_label: str  # "Right", "Partly right", "Not yet"
    options: tuple[ResultOption, ...]
    revisit_label: str | None
    revisit_url: str | None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What was achieved and what comes next; *not yet* rather than failed."""

    crumbs: tuple[Crumb, ...]
    module_title: str
    heading: str  # "You passed" / "Not yet"
    is_passed: bool
    score: str  # "88 %"
    score_detail: str  # "7 of 8 questions fully right; the pass mark is 80 %"
    encouragement: str
    safety_note: str | None
    module_is_completed: bool
    completion: str | None
    submitted_at: str
    number: int
    revision: str
    questions: tuple[ResultQuestion, ...]
    next_label: str
    next_url: str
    try_again_url: str
    module_url: str
    who_sees: str
