"""The questions of a quiz, one frozen type for each kind. A kind is permanent: it is stored with the question.

Every ``*html`` field is sanitised, ready to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

Verdict = Literal["best", "workable", "risky"]
PanelName = Literal["psw", "clinician", "leader"]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a single-choice or multiple-response question."""

    id: str
    text: str
    html: str
    explanation_html: str
    is_correct: bool


@dataclass(frozen=True, slots=True)
class JudgementOption:
    """One way to act, judged by what it might do to the person."""

    id: str
    text: str
    html: str
    explanation_html: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One step; its place among the items is the right one. ``explanation_html`` may be empty."""

    id: str
    text: str
    html: str
    explanation_html: str


@dataclass(frozen=True, slots=True)
class MatchTarget:
    """What a row may be matched with."""

    id: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A row and the id of the target that belongs to it."""

    id: str
    text: str
    html: str
    target_id: str


@dataclass(frozen=True, slots=True)
class PanelShare:
    """How many people of a panel chose an option, of how many who were asked."""

    panel: PanelName
    chosen: int
    asked: int


@dataclass(frozen=True, slots=True)
class DilemmaOption:
    """A way to act that is neither right nor wrong, with how each panel chose."""

    id: str
    text: str
    html: str
    explanation_html: str
    shares: tuple[PanelShare, ...]


@dataclass(frozen=True, slots=True)
class QuestionFrame:
    """What every kind of question has. ``outcome`` counts from 1."""

    id: str
    prompt: str
    prompt_html: str
    intro_html: str
    outcome: int | None
    is_safety: bool


@dataclass(frozen=True, slots=True)
class SingleChoice(QuestionFrame):
    """Exactly one option is right."""

    options: tuple[Option, ...]
    kind: Literal["single"] = "single"


@dataclass(frozen=True, slots=True)
class MultipleResponse(QuestionFrame):
    """One or more options are right; all that apply are to be chosen."""

    options: tuple[Option, ...]
    kind: Literal["multiple"] = "multiple"


@dataclass(frozen=True, slots=True)
class Judgement(QuestionFrame):
    """What would you do? Each option is best, workable or risky."""

    options: tuple[JudgementOption, ...]
    kind: Literal["judgement"] = "judgement"


@dataclass(frozen=True, slots=True)
class Ordering(QuestionFrame):
    """Items to be put in order; they stand here in the right one."""

    items: tuple[OrderItem, ...]
    explanation_html: str
    kind: Literal["order"] = "order"


@dataclass(frozen=True, slots=True)
class Matching(QuestionFrame):
    """Rows to be matched with targets, one each. The two heads are those of the author's table."""

    row_head: str
    target_head: str
    rows: tuple[MatchRow, ...]
    targets: tuple[MatchTarget, ...]
    explanation_html: str
    kind: Literal["match"] = "match"


@dataclass(frozen=True, slots=True)
class ShortText(QuestionFrame):
    """A word or short phrase; equal to an accepted answer after folding case, spaces and accents."""

    accepted: tuple[str, ...]
    explanation_html: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Rewriting(QuestionFrame):
    """A line to be written in other words. Never marked; ``models`` are shown afterwards."""

    line_text: str
    line_html: str
    models: tuple[str, ...]
    models_html: str
    kind: Literal["rewrite"] = "rewrite"


@dataclass(frozen=True, slots=True)
class Dilemma(QuestionFrame):
    """No option is right. Never marked; afterwards it shows how each panel chose."""

    options: tuple[DilemmaOption, ...]
    kind: Literal["dilemma"] = "dilemma"


Question = Annotated[
    SingleChoice | MultipleResponse | Judgement | Ordering | Matching | ShortText | Rewriting | Dilemma,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, slots=True)
class Quiz:
    """A module's pool. ``draw`` questions make an attempt; safety questions are always among them.

    ``asks_confidence`` offers “sure, fairly sure, guessing” beside each answer. ``before_ids`` are questions that may
    be answered before the first section; an attempt always asks them again.
    """

    pass_mark: int  # per cent of the possible points
    draw: int
    shuffle: bool
    questions: tuple[Question, ...]
    asks_confidence: bool = False
    before_ids: tuple[str, ...] = ()
