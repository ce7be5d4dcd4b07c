"""The words of a question that every format needs: what is asked, and what is said afterwards."""

from __future__ import annotations

import re
from html import escape

from trainer.courseware.catalogue import Module
from trainer.courseware.quiz import (
    Dilemma,
    DilemmaOption,
    Judgement,
    JudgementOption,
    Matching,
    MultipleResponse,
    Option,
    Ordering,
    PanelName,
    Question,
    Rewriting,
    ShortText,
    SingleChoice,
)

PANELS: dict[PanelName, str] = {
    "psw": "peer support workers",
    "clinician": "clinicians",
    "leader": "people who lead teams",
}
CITED = re.compile(r'href="#source-([^"]+)"')


def context_html(question: Question) -> str:
    """What stands between the prompt and the answers."""
    if isinstance(question, Rewriting):
        return f"<blockquote>{question.line_html}</blockquote>\n{question.intro_html}"
    return question.intro_html


def asked_html(question: Question) -> str:
    """The prompt as a paragraph, and what belongs to it."""
    return "\n".join(part for part in (f"<p>{question.prompt_html}</p>", context_html(question)) if part)


def whole_explanation_html(question: Question) -> str:
    """What is said of the question as a whole afterwards; empty where each option has its own words."""
    if isinstance(question, Matching | ShortText):
        return question.explanation_html
    if isinstance(question, Ordering):
        told = [item for item in question.items if item.explanation_html]
        lines = "".join(f"<li>{item.html}: {item.explanation_html}</li>" for item in told)
        return "\n".join(part for part in (f"<ul>{lines}</ul>" if told else "", question.explanation_html) if part)
    if isinstance(question, Rewriting):
        return f"<p>How others have put it:</p>\n{question.models_html}"
    return ""


def panel_html(option: DilemmaOption) -> str:
    """How each panel chose, as a paragraph; empty without a panel."""
    shares = [f"{share.chosen} of {share.asked} {PANELS[share.panel]}" for share in option.shares]
    return f"<p>Chosen by {escape(', '.join(shares))}.</p>" if shares else ""


def dilemma_feedback_html(option: DilemmaOption) -> str:
    """Why somebody may choose it, and who did."""
    return "\n".join(part for part in (panel_html(option), option.explanation_html) if part)


def html_parts(question: Question) -> tuple[str, ...]:
    """Every field of the question that is shown as HTML."""
    parts = [question.prompt_html, context_html(question), whole_explanation_html(question)]
    if isinstance(question, Matching):
        parts += [row.html for row in question.rows]
        parts += [target.html for target in question.targets]
    elif isinstance(question, Ordering):
        parts += [item.html for item in question.items]
    elif isinstance(question, SingleChoice | MultipleResponse | Judgement | Dilemma):
        options: tuple[Option | JudgementOption | DilemmaOption, ...] = question.options
        parts += [part for option in options for part in (option.html, option.explanation_html)]
    return tuple(parts)


def sources_html(module: Module, question: Question) -> str:
    """The sources that the question cites, with the numbers it cites them by."""
    cited = {name for part in html_parts(question) for name in CITED.findall(part)}
    found = [source for source in module.sources if source.id in cited]
    lines = "".join(f"<p>[{source.number}] {source.html}</p>" for source in found)
    return f"<p>Sources</p>\n{lines}" if found else ""


def afterwards_html(module: Module, question: Question) -> str:
    """The explanation of the whole and the sources."""
    parts = (whole_explanation_html(question), sources_html(module, question))
    return "\n".join(part for part in parts if part)
