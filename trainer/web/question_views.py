"""A question as the browser may know it, and an answer in words. Nothing here looks at what is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Any

from trainer.courseware.quiz import (
    Dilemma,
    Judgement,
    Matching,
    MultipleResponse,
    Ordering,
    Question,
    Rewriting,
    ShortText,
    SingleChoice,
)
from trainer.learning.confidence import Confidence
from trainer.learning.kinds import rewrite, text
from trainer.learning.kinds.frame import Answer, pairs_of
from trainer.learning.kinds.registry import KINDS
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext, ngettext, of_page, translated
from trainer.web.pages.quiz import ChoiceView, ConfidenceView, LineView, QuestionView

WithOptions = SingleChoice | MultipleResponse | Judgement | Dilemma
CONFIDENCE_LABELS = {
    Confidence.SURE: lazy_gettext("Sure"),
    Confidence.FAIRLY: lazy_gettext("Fairly sure"),
    Confidence.GUESSING: lazy_gettext("Guessing"),
}


def question_view(
    question: Question, shown: Sequence[str], answer: Answer, *, confidence: Confidence | None, asks_confidence: bool
) -> QuestionView:
    """``shown`` is what the drawing shows of the question, in its order."""
    return QuestionView(
        id=question.id,
        kind=question.kind,
        prompt_html=question.prompt_html,
        intro_html=question.intro_html,
        hint=translated(KINDS[question.kind].HINT),
        is_safety=question.is_safety,
        confidence=_confidence(confidence) if asks_confidence else (),
        **FILLINGS[question.kind](question, shown, answer),
    )


def _confidence(chosen: Confidence | None) -> tuple[ConfidenceView, ...]:
    return tuple(ConfidenceView(one.value, label, one is chosen) for one, label in CONFIDENCE_LABELS.items())


def _options(question: WithOptions, shown: Sequence[str], answer: Answer) -> dict[str, Any]:
    options = {option.id: option for option in question.options}
    return {
        "choices": tuple(ChoiceView(one, options[one].html, options[one].text, one in answer) for one in shown),
    }


def _order(question: Ordering, shown: Sequence[str], answer: Answer) -> dict[str, Any]:
    items, places = {item.id: item for item in question.items}, pairs_of(answer)
    return {"lines": tuple(LineView(one, items[one].html, items[one].text, places.get(one)) for one in shown)}


def _match(question: Matching, shown: Sequence[str], answer: Answer) -> dict[str, Any]:
    targets, given = {target.id: target for target in question.targets}, pairs_of(answer)
    return {
        "lines": tuple(LineView(row.id, row.html, row.text, given.get(row.id)) for row in question.rows),
        "choices": tuple(ChoiceView(one, targets[one].html, targets[one].text, is_chosen=False) for one in shown),
        "heads": (question.row_head, question.target_head),
    }


def _text(question: ShortText, shown: Sequence[str], answer: Answer) -> dict[str, Any]:
    return {"text": "".join(answer), "longest": text.LONGEST}


def _rewrite(question: Rewriting, shown: Sequence[str], answer: Answer) -> dict[str, Any]:
    return {"text": "".join(answer), "longest": rewrite.LONGEST, "quoted_html": question.line_html}


FILLINGS: Mapping[str, Callable[[Any, Sequence[str], Answer], dict[str, Any]]] = MappingProxyType(
    {
        "single": _options,
        "multiple": _options,
        "judgement": _options,
        "dilemma": _options,
        "order": _order,
        "match": _match,
        "text": _text,
        "rewrite": _rewrite,
    }
)


def answer_in_words(question: Question, answer: Answer) -> tuple[str, ...]:
    """The answer line by line, as HTML: what was chosen, placed, matched or written."""
    if isinstance(question, Ordering):
        places = {item: int(place) for item, place in pairs_of(answer).items()}
        placed = sorted((item for item in question.items if item.id in places), key=lambda item: places[item.id])
        missing = len(question.items) - len(placed)
        rest = (
            (of_page(ngettext("(%(num)s without a place)", "(%(num)s without a place)", missing)),) if missing else ()
        )
        return (*(f"{places[item.id]}. {item.html}" for item in placed), *rest)
    if isinstance(question, Matching):
        targets, given = {target.id: target.html for target in question.targets}, pairs_of(answer)
        none = of_page(_("(not matched)"))
        return tuple(f"{row.html}: {targets.get(given.get(row.id, ''), none)}" for row in question.rows)
    if isinstance(question, ShortText | Rewriting):
        return (escape("".join(answer), quote=False),)
    return tuple(option.html for option in question.options if option.id in answer)
