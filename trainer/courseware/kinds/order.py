"""Order: a numbered list in the right order. Learners see it in another."""

from __future__ import annotations

from trainer.courseware.diagnostics import Report
from trainer.courseware.kinds.frame import WrittenQuestion, check_count, check_whole_explanation
from trainer.courseware.quiz import Ordering, OrderItem

FEWEST_ITEMS = 3  # two are a coin to toss


def parse(written: WrittenQuestion, report: Report) -> Ordering | None:
    """The question, or None with a diagnostic when there is too little to order."""
    if not check_count(written, report, least=FEWEST_ITEMS):
        return None
    check_whole_explanation(written, report)
    items = tuple(OrderItem(one.id, one.text, one.html, one.explanation_html) for one in written.options)
    return Ordering(**written.framed(), items=items, explanation_html=written.explanation_html)
