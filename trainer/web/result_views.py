"""A question after submission: every option, line and panel, explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal

from trainer.courseware.quiz import (
    Dilemma,
    Judgement,
    JudgementOption,
    Matching,
    MultipleResponse,
    Option,
    Ordering,
    Question,
    Rewriting,
    ShortText,
    SingleChoice,
)
from trainer.learning.confidence import Confidence
from trainer.learning.kinds.frame import Answer, Mark, pairs_of
from trainer.learning.marking import mark_question
from trainer.web.lens_pages import finding_view
from trainer.web.pages.result import DilemmaChoice, PanelBar, ResultLine, ResultOption, ResultQuestion, ShownVerdict
from trainer.web.shell import house

VERDICT_LABELS = {
    "right": "Right",
    "not_right": "Not this one",
    "best": "Best",
    "workable": "Workable",
    "risky": "Risky",
}
CONFIDENCE_WORDS = {
    Confidence.SURE: "You were sure",
    Confidence.FAIRLY: "You were fairly sure",
    Confidence.GUESSING: "You were guessing",
}
PANELS = {"psw": "peer support workers", "clinician": "clinicians", "leader": "people who lead teams"}


def result_question(
    position: int, question: Question, answer: Answer | None, confidence: Confidence | None = None
) -> ResultQuestion:
    """What became of one answer, with everything explained."""
    mark = mark_question(question, answer)
    return ResultQuestion(
        position=position,
        prompt_html=question.prompt_html,
        intro_html=question.intro_html,
        is_safety=question.is_safety,
        mark=_mark(mark),
        mark_label=_mark_label(question, mark, answer),
        confidence=CONFIDENCE_WORDS[confidence] if confidence and answer is not None else None,
        **LAYOUTS[question.kind](question, answer or ()),
    )


def _mark(mark: Mark | None) -> Literal["full", "part", "none", "unmarked"]:
    if mark is None:
        return "unmarked"
    return "full" if mark.is_full else "part" if mark.points else "none"


def _mark_label(question: Question, mark: Mark | None, answer: Answer | None) -> str:
    if answer is None:
        return "Not answered"
    if mark is None:
        return "Never marked"
    if isinstance(question, Judgement):
        return {100: "Best choice", 50: "Workable choice"}.get(mark.points, "Not yet")
    return "Right" if mark.is_full else "Partly right" if mark.points else "Not yet"


def _options(question: SingleChoice | MultipleResponse | Judgement, answer: Answer) -> dict[str, Any]:
    return {"layout": "options", "options": tuple(_option(option, answer) for option in question.options)}


def _option(option: Option | JudgementOption, answer: Answer) -> ResultOption:
    verdict = _verdict(option)
    return ResultOption(
        html=option.html,
        is_chosen=option.id in answer,
        verdict=verdict,
        verdict_label=VERDICT_LABELS[verdict],
        explanation_html=option.explanation_html,
    )


def _verdict(option: Option | JudgementOption) -> ShownVerdict:
    if isinstance(option, JudgementOption):
        return option.verdict
    return "right" if option.is_correct else "not_right"


def _order(question: Ordering, answer: Answer) -> dict[str, Any]:
    places = pairs_of(answer)
    lines = tuple(
        ResultLine(
            item.html, places.get(item.id, ""), str(place), places.get(item.id) == str(place), item.explanation_html
        )
        for place, item in enumerate(question.items, start=1)
    )
    heads = ("In this order", "You put it", "Place")
    return {"layout": "lines", "lines": lines, "heads": heads, "explanation_html": question.explanation_html}


def _match(question: Matching, answer: Answer) -> dict[str, Any]:
    targets, given = {target.id: target.html for target in question.targets}, pairs_of(answer)
    lines = tuple(
        ResultLine(
            row.html,
            targets.get(given.get(row.id, ""), ""),
            targets[row.target_id],
            given.get(row.id) == row.target_id,
            "",
        )
        for row in question.rows
    )
    heads = (question.row_head, "You chose", question.target_head)
    return {"layout": "lines", "lines": lines, "heads": heads, "explanation_html": question.explanation_html}


def _text(question: ShortText, answer: Answer) -> dict[str, Any]:
    return {
        "layout": "written",
        "own_text": "".join(answer),
        "accepted": question.accepted,
        "explanation_html": question.explanation_html,
    }


def _rewrite(question: Rewriting, answer: Answer) -> dict[str, Any]:
    return {
        "layout": "written",
        "own_text": "".join(answer),
        "quoted_html": question.line_html,
        "models_html": question.models_html,
        "advice": tuple(finding_view(n, one) for n, one in enumerate(house().lens.look("".join(answer)).findings, 1)),
    }


def _dilemma(question: Dilemma, answer: Answer) -> dict[str, Any]:
    choices = tuple(
        DilemmaChoice(
            option.html,
            option.id in answer,
            option.explanation_html,
            tuple(PanelBar(PANELS[share.panel], share.chosen, share.asked) for share in option.shares),
        )
        for option in question.options
    )
    return {"layout": "dilemma", "choices": choices}


LAYOUTS: Mapping[str, Callable[[Any, Answer], dict[str, Any]]] = MappingProxyType(
    {
        "single": _options,
        "multiple": _options,
        "judgement": _options,
        "order": _order,
        "match": _match,
        "text": _text,
        "rewrite": _rewrite,
        "dilemma": _dilemma,
    }
)
