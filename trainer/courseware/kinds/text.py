"""Short text: every accepted answer stands on a line with [=]."""

from __future__ import annotations

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.kinds.frame import WrittenQuestion, check_count, check_marks, check_whole_explanation
from trainer.courseware.quiz import ShortText

LONGEST_ANSWER = 100


def parse(written: WrittenQuestion, report: Report) -> ShortText | None:
    """The question, or None with a diagnostic when nothing is accepted."""
    if not check_count(written, report, least=1, most=40) or not check_marks(written, {"="}, report):
        return None
    check_whole_explanation(written, report)
    for option in written.options:
        if len(option.text) > LONGEST_ANSWER or not any(letter.isalnum() for letter in option.text):
            written.refuse(report, rules.TEXT_SHAPE, f"cannot accept “{option.text[:60]}”", option.line)
    explanations = [written.explanation_html, *(option.explanation_html for option in written.options)]
    return ShortText(
        **written.framed(),
        accepted=tuple(dict.fromkeys(option.text for option in written.options)),
        explanation_html="\n".join(one for one in explanations if one),
    )
