"""Multiple response: one or more [x], all that apply."""

from __future__ import annotations

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.kinds.frame import (
    MARKS,
    WrittenQuestion,
    check_count,
    check_explanations,
    check_marks,
    choice_options,
)
from trainer.courseware.quiz import MultipleResponse


def parse(written: WrittenQuestion, report: Report) -> MultipleResponse | None:
    """The question, or None with a diagnostic when nothing is right."""
    if not check_count(written, report):
        return None
    check_explanations(written, report)
    if not check_marks(written, MARKS, report):
        return None
    options = choice_options(written)
    if not any(option.is_correct for option in options):
        written.refuse(report, rules.NO_CORRECT, "has no correct option")
    return MultipleResponse(**written.framed(), options=options)
