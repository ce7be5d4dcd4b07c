"""Rewrite: a quoted line, what to do with it, and how others have put it. Never marked."""

from __future__ import annotations

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.kinds.frame import WrittenQuestion
from trainer.courseware.quiz import Rewriting

MOST_MODELS = 12


def parse(written: WrittenQuestion, report: Report) -> Rewriting | None:
    """The question, or None with a diagnostic when the line or the model answers are missing."""
    if not written.line_text:
        written.refuse(report, rules.REWRITE_SHAPE, "does not begin with a quoted line")
        return None
    if not 1 <= len(written.options) <= MOST_MODELS:
        written.refuse(report, rules.REWRITE_SHAPE, f"has {len(written.options)} model answers")
        return None
    return Rewriting(
        **written.framed(),
        line_text=written.line_text,
        line_html=written.line_html,
        models=tuple(option.text for option in written.options),
        models_html=written.models_html,
    )
