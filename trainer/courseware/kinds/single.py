"""Single choice: exactly one [x]."""

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
from trainer.courseware.quiz import SingleChoice


def parse(written: WrittenQuestion, report: Report) -> SingleChoice | None:
    """The question, or None with a diagnostic when not exactly one option is right."""
    if not check_count(written, report):
        return None
    check_explanations(written, report)
    if not check_marks(written, MARKS, report):
        return None
    options = choice_options(written)
    right_count = sum(option.is_correct for option in options)
    if right_count == 0:
        written.refuse(report, rules.NO_CORRECT, "has no correct option")
    elif right_count > 1:
        written.refuse(report, rules.SEVERAL_CORRECT, f"is single choice and has {right_count} correct options")
    return SingleChoice(**written.framed(), options=options)
