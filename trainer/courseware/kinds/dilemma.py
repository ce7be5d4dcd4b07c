"""Dilemma: options without a right one, and how each panel chose. Never marked."""

from __future__ import annotations

import re
from typing import cast

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.kinds.frame import (
    WrittenOption,
    WrittenQuestion,
    check_count,
    check_explanations,
    check_marks,
)
from trainer.courseware.quiz import Dilemma, DilemmaOption, PanelName, PanelShare

SHARE = re.compile(r"(psw|clinician|leader)=(\d{1,3})/(\d{1,3})\Z")


def parse(written: WrittenQuestion, report: Report) -> Dilemma | None:
    """The question, or None with a diagnostic. Panels name the same people at every option."""
    if not check_count(written, report) or not check_marks(written, {""}, report):
        return None
    check_explanations(written, report)
    options = tuple(
        DilemmaOption(one.id, one.text, one.html, one.explanation_html, _shares(written, one, report))
        for one in written.options
    )
    _check_panels(written, options, report)
    return Dilemma(**written.framed(), options=options)


def _shares(written: WrittenQuestion, option: WrittenOption, report: Report) -> tuple[PanelShare, ...]:
    found: list[PanelShare] = []
    for word in (option.panel or "").split():
        match = SHARE.match(word)
        if match is None or any(share.panel == match.group(1) for share in found):
            written.refuse(report, rules.PANEL_SHAPE, f"has the share “{word[:30]}”", option.line)
            continue
        found.append(PanelShare(cast(PanelName, match.group(1)), int(match.group(2)), int(match.group(3))))
    return tuple(found)


def _check_panels(written: WrittenQuestion, options: tuple[DilemmaOption, ...], report: Report) -> None:
    asked = {(share.panel, share.asked) for option in options for share in option.shares}
    for panel, count in sorted(asked):
        chosen = sum(share.chosen for option in options for share in option.shares if share.panel == panel)
        if chosen > count or sum(name == panel for name, _ in asked) > 1:
            written.refuse(report, rules.PANEL_SHAPE, f"lets {chosen} of {count} people of the panel {panel} choose")
