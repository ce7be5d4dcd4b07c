"""Question analysis of a cohort: one module, one revision, first attempts as they were counted. For its trainers.

Six statements whatever the size, one less while the revision is the one that is published now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.courseware.catalogue import Catalogue
from trainer.learning.revisions import pinned_module
from trainer.reporting.counted import Tally, counted_sittings, tallies_of
from trainer.reporting.parts import people_needed
from trainer.reporting.question_figures import QuestionFigures, analyse


@dataclass(frozen=True, slots=True)
class QuestionAnalysis:
    """The report. ``tally`` is None before anybody has submitted; ``needed`` is the smallest batch that is shown."""

    module_id: str
    tally: Tally | None
    tallies: tuple[Tally, ...]  # of every revision that was taken
    questions: tuple[QuestionFigures, ...]  # worth talking about first; empty before anything was counted
    needed: int
    as_of: datetime


def build(
    session: Session,
    cohort_id: int,
    *,
    catalogue: Catalogue,
    module_id: str,
    revision: str | None = None,
    threshold: int,
    at: datetime,
) -> QuestionAnalysis:
    """The report for a revision; for the one taken last if none is named or nobody took the one that is."""
    tallies = tallies_of(session, cohort_id, [module_id])
    chosen = next((one for one in tallies if one.revision == revision), next(iter(tallies), None))
    questions: tuple[QuestionFigures, ...] = ()
    if chosen is not None and chosen.counted:
        quiz = pinned_module(session, catalogue, module_id, chosen.revision).quiz
        sittings = counted_sittings(session, cohort_id, module_id, chosen.revision)
        questions = analyse(quiz, tuple(sittings.values()), threshold=threshold) if quiz else ()
    return QuestionAnalysis(module_id, chosen, tallies, questions, people_needed(threshold), at)
