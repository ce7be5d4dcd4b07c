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
    PanelShare,
    Question,
    Rewriting,
    ShortText,
    SingleChoice,
)
from trainer.learning.confidence import Confidence
from trainer.learning.kinds.frame import Answer, Mark, pairs_of
from trainer.learning.marking import mark_question
from trainer.web.lens_pages import finding_view
from trainer.web.locales import english, lazy_gettext
from trainer.web.locales import gettext as _
from trainer.web.pages.result import DilemmaChoice, PanelBar, ResultLine, ResultOption, ResultQuestion, ShownVerdict
from trainer.web.shell import house
from trainer.wording import said

VERDICT_LABELS = {
    "right": lazy_gettext("Right"),
    "not_right": lazy_gettext("Not this one"),
    "best": lazy_gettext("Best"),
    "workable": lazy_gettext("Workable"),
    "risky": lazy_gettext("Risky"),
}
CONFIDENCE_WORDS = {
    Confidence.SURE: lazy_gettext("You were sure"),
    Confidence.FAIRLY: lazy_gettext("You were fairly sure"),
    Confidence.GUESSING: lazy_gettext("You were guessing"),
}
PANELS = {
    "psw": said("%(chosen)s of %(asked)s peer support workers"),
    "clinician": said("%(chosen)s of %(asked)s clinicians"),
    "leader": said("%(chosen)s of %(asked)s people who lead teams"),
}


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
        return _("Not answered")
    if mark is None:
        return _("Never marked")
    if isinstance(question, Judgement):
        return {100: _("Best choice"), 50: _("Workable choice")}.get(mark.points, _("Not yet"))
    return _("Right") if mark.is_full else _("Partly right") if mark.points else _("Not yet")


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
    heads = (_("In this order"), _("You put it"), _("Place"))
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
    heads = (english(question.row_head), _("You chose"), english(question.target_head))
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


def _panel(share: PanelShare) -> str:
    return _(PANELS[share.panel], chosen=share.chosen, asked=share.asked)


def _dilemma(question: Dilemma, answer: Answer) -> dict[str, Any]:
    choices = tuple(
        DilemmaChoice(
            option.html,
            option.id in answer,
            option.explanation_html,
            tuple(PanelBar(_panel(share), share.chosen, share.asked) for share in option.shares),
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
