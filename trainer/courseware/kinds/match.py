"""Match: a table of two columns; each row belongs together. Several rows may share what they belong to."""

from __future__ import annotations

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.kinds.frame import Words, WrittenQuestion, check_whole_explanation
from trainer.courseware.quiz import Matching, MatchRow, MatchTarget

FEWEST_ROWS = 2
MOST_ROWS = 12


def parse(written: WrittenQuestion, report: Report) -> Matching | None:
    """The question, or None with a diagnostic when the table does not serve."""
    if not written.table or any(len(cells) != 2 for cells in written.table):
        written.refuse(report, rules.MATCH_SHAPE, "has no table of two columns")
        return None
    head, *pairs = written.table
    rows = tuple(MatchRow(row.id, row.text, row.html, target.id) for row, target in pairs)
    targets = {target.id: MatchTarget(target.id, target.text, target.html) for _, target in pairs}
    if not FEWEST_ROWS <= len(rows) <= MOST_ROWS or len(targets) < FEWEST_ROWS:
        written.refuse(report, rules.MATCH_SHAPE, f"has {len(rows)} rows and {len(targets)} different answers")
        return None
    _check_cells(written, pairs, report)
    check_whole_explanation(written, report)
    return Matching(
        **written.framed(),
        row_head=head[0].text,
        target_head=head[1].text,
        rows=rows,
        targets=tuple(targets.values()),
        explanation_html=written.explanation_html,
    )


def _check_cells(written: WrittenQuestion, pairs: list[tuple[Words, ...]], report: Report) -> None:
    seen: set[str] = set()
    for row, target in pairs:
        if not row.text or not target.text:
            written.refuse(report, rules.MATCH_SHAPE, "has an empty cell", row.line)
        if row.id in seen:
            written.refuse(report, rules.DUPLICATE_ID, f"has the row “{row.text}” twice", row.line)
        seen.add(row.id)
