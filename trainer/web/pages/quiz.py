"""The quiz until it is submitted: start, one question a page, review.

``QuestionPage`` and ``ReviewPage`` have no field for what is right: the key cannot leave early.
"""

from __future__ import annotations

from dataclasses import dataclass

from trainer.web.pages.shell import Crumb


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
    """An option as the browser may know it; ``text`` is for places that hold words only."""

    id: str
    html: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """A line to give a place or a partner; ``chosen`` is the place or the partner's id so far."""

    id: str
    html: str
    text: str
    chosen: str | None


@dataclass(frozen=True, slots=True)
class ConfidenceView:
    """One way to say how sure one is."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question before submission; ``kind`` picks the macro of the same name.

    ``choices`` are options, or what lines can be matched with; ``lines`` are for order and match, ``heads`` for match,
    ``quoted_html``, ``text`` and ``longest`` (characters) for what is written. No ``confidence`` where it is not asked.
    """

    id: str
    kind: str
    prompt_html: str
    intro_html: str
    hint: str  # "Choose one answer." / "Choose all that apply." / "Choose what you would do."
    is_safety: bool
    choices: tuple[ChoiceView, ...] = ()
    lines: tuple[LineView, ...] = ()
    heads: tuple[str, str] = ("", "")
    quoted_html: str = ""
    text: str = ""
    longest: int = 0
    confidence: tuple[ConfidenceView, ...] = ()


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
    answer: tuple[str, ...]  # html of what was chosen or written, line by line
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
