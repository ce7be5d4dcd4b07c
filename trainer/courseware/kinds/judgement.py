"""Judgement: every way to act is [best], [workable] or [risky]."""

from __future__ import annotations

from typing import cast

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.kinds.frame import VERDICTS, WrittenQuestion, check_count, check_explanations, check_marks
from trainer.courseware.quiz import Judgement, JudgementOption, Verdict


def parse(written: WrittenQuestion, report: Report) -> Judgement | None:
    """The question, or None with a diagnostic when nothing is best."""
    if not check_count(written, report):
        return None
    check_explanations(written, report)
    if not check_marks(written, VERDICTS, report):
        return None
    options = tuple(
        JudgementOption(option.id, option.text, option.html, option.explanation_html, cast(Verdict, option.mark))
        for option in written.options
    )
    if not any(option.verdict == "best" for option in options):
        written.refuse(report, rules.NO_CORRECT, "has no option marked [best]")
    return Judgement(**written.framed(), options=options)
