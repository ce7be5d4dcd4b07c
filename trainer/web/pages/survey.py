"""The survey before and after a cohort's course: statements to agree with or not, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the scale."""

    value: int
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with its scale."""

    number: int
    text: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """``statements`` is empty while no survey is open; then only one's own earlier answers can be withdrawn."""

    crumbs: tuple[Crumb, ...]
    cohort: str
    heading: str
    is_open: bool
    statements: tuple[Statement, ...]
    given: tuple[str, ...]  # "Before the course, on 3 November 2026"
    problem: str | None
    send_url: str
    withdraw_url: str
    who_sees: str
