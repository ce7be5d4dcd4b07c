"""Checks on a whole module: its length, its review, its sources, its quiz."""

from __future__ import annotations

from fractions import Fraction

from trainer.courseware import rules
from trainer.courseware.catalogue import Module
from trainer.courseware.diagnostics import Report
from trainer.courseware.manuscript import Manuscript
from trainer.courseware.quiz import Quiz
from trainer.courseware.sources import check_cited

WORDS_A_MINUTE = 180
MINUTES_A_QUESTION = Fraction(45, 60)
MINUTES_A_SCENARIO = 4
FAR = Fraction(1, 3)


def reading_minutes(words: int, quiz: Quiz | None, scenario_count: int) -> int:
    """Reading, answering and walking each scenario once, in whole minutes, at least 1."""
    questions = quiz.draw if quiz else 0
    reading = Fraction(words, WORDS_A_MINUTE) + questions * MINUTES_A_QUESTION
    return max(1, round(reading + scenario_count * MINUTES_A_SCENARIO))


def check_module(manuscript: Manuscript, module: Module, cited: frozenset[str], report: Report) -> None:
    """Report what the finished module lacks; ``cited`` are the sources used anywhere in its files."""
    path = manuscript.path
    if module.complete_when != "read" and manuscript.quiz is None:
        line = manuscript.line_of("complete_when")
        report.add(rules.QUIZ_NEEDED, path, line, f"complete_when is {module.complete_when}, but there is no quiz.md")
    if module.review_due_on <= module.reviewed_on:
        line = manuscript.line_of("review_due_on")
        report.add(rules.BAD_VALUE, path, line, "“review_due_on” must be later than “reviewed_on”")
    outlines = [manuscript.outline, *([manuscript.quiz.outline] if manuscript.quiz else [])]
    outlines += [scenario.outline for scenario in manuscript.scenarios]
    if not all(outline.is_sound for outline in outlines):
        return  # what was not rendered can neither cite nor be read
    check_cited(path, manuscript.document, module.sources, cited, report)
    # A minute more or less is rounding, however short the module.
    if abs(module.reading_minutes - module.cpd_minutes) > max(Fraction(1), FAR * module.cpd_minutes):
        line = manuscript.line_of("cpd_minutes")
        message = f"cpd_minutes is {module.cpd_minutes}, but reading and answering take about {module.reading_minutes}"
        report.add(rules.READING_TIME, path, line, message)
