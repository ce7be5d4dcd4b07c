"""The exercise as a cohort's trainers see it: where it stands, and what came of it in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from trainer.cohorts.queries import CohortOf
from trainer.exercise.analysis import Change
from trainer.exercise.queries import RoundOf, stage_for
from trainer.exercise.stages import Stage
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext, ngettext
from trainer.web.pages.exercise import ExercisePanel, ExerciseResult, StageButton
from trainer.web.words import day

STATES = {
    Stage.NONE: lazy_gettext("It is not open."),
    Stage.BEFORE: lazy_gettext("Open: learners may write the first note."),
    Stage.BETWEEN: lazy_gettext("Closed for now: the first notes are kept sealed."),
    Stage.AFTER: lazy_gettext("Open: learners may write the second note."),
}
BUTTONS = {
    Stage.NONE: ((Stage.BEFORE, lazy_gettext("Open the first note")),),
    Stage.BEFORE: (
        (Stage.BETWEEN, lazy_gettext("Close the first note for now")),
        (Stage.AFTER, lazy_gettext("Open the second note")),
    ),
    Stage.BETWEEN: (
        (Stage.AFTER, lazy_gettext("Open the second note")),
        (Stage.BEFORE, lazy_gettext("Open the first note again")),
    ),
    Stage.AFTER: (),
}


def exercise_panel(cohort: CohortOf, rounds: Sequence[RoundOf]) -> ExercisePanel:
    """Where the exercise stands, and every round that has ended, the newest first."""
    here: dict[str, Any] = {"organisation": cohort.organisation_slug, "cohort": cohort.slug}
    running = next((one for one in rounds if one.ended_at is None), None)
    stage = stage_for(cohort, running)
    return ExercisePanel(
        state=str(STATES[stage]),
        buttons=tuple(StageButton(to.value, str(label)) for to, label in BUTTONS[stage]),
        stage_url=url_for("exercise.stage", **here),
        end_url=url_for("exercise.end", **here) if running else None,
        results=tuple(_result(one) for one in rounds if one.ended_at is not None),
    )


def _result(one: RoundOf) -> ExerciseResult:
    heading = _(
        "Round %(number)s, counted on %(date)s", number=one.number, date=day(one.ended_at) if one.ended_at else ""
    )
    if one.change is None:
        return ExerciseResult(heading, (_too_few(one.threshold or 0),))
    change = one.change
    return ExerciseResult(
        heading,
        (
            f"{change_words(change)} {_pairs(change.pair_count)}",
            *_no_change(change),
            attrition_words(change, one.threshold or 0),
            _(
                "A marked word is a word or phrase that the lens lists as better avoided or worth another look; "
                "fewer means that the second notes held fewer of them. Half of the cohort began with one situation "
                "and half with the other. Both notes were counted on the same day with the same lexicon, version "
                "%(version)s, so a change of the lexicon cannot pass for a change of people. The interval is rounded "
                "outwards and never shown narrower than half a word to either side.",
                version=one.lexicon_version,
            ),
            _(
                "This cannot show that the course is the cause: there is no group without it to compare with, and "
                "those who wrote both notes chose to. Nor can a count say whether a note is kind or true: a word on "
                "the list can be right where it stands, and a note without one can still hurt."
            ),
        ),
    )


def _too_few(threshold: int) -> str:
    return _(
        "Fewer than %(threshold)s people wrote both notes, so there is no figure, and none is kept. Every text is "
        "deleted. A figure about so few would say something about each of them.",
        threshold=threshold,
    )


def _pairs(count: int) -> str:
    return ngettext("%(num)s person wrote both.", "%(num)s people wrote both.", count)


def change_words(change: Change) -> str:
    """The figure and its interval, each with its direction."""
    values = {"figure": _tenths(change.mean_tenths), "interval": interval_words(change)}
    if change.mean_tenths < 0:
        return _(
            "In the second note people used %(figure)s fewer marked words per 100 words than in the first, on average "
            "(95 %% interval: %(interval)s).",
            **values,
        )
    if change.mean_tenths > 0:
        return _(
            "In the second note people used %(figure)s more marked words per 100 words than in the first, on average "
            "(95 %% interval: %(interval)s).",
            **values,
        )
    return _(
        "In the second note people used as many marked words per 100 words as in the first, on average "
        "(95 %% interval: %(interval)s).",
        interval=values["interval"],
    )


def interval_words(change: Change) -> str:
    """The interval, the end nearer to no change first; where it holds no change, from fewer to more."""
    low, high = _tenths(change.low_tenths), _tenths(change.high_tenths)
    if change.high_tenths < 0:
        return _("%(low)s to %(high)s fewer", low=high, high=low)
    if change.low_tenths > 0:
        return _("%(low)s to %(high)s more", low=low, high=high)
    return _("from %(low)s fewer to %(high)s more", low=low, high=high)


def _no_change(change: Change) -> tuple[str, ...]:
    if change.high_tenths < 0 or change.low_tenths > 0:
        return ()
    return (_("“No change” lies within the interval: this group may as well have stayed as it was."),)


def attrition_words(change: Change, threshold: int) -> str:
    """Who wrote one note only, never as a small number."""
    before, after = (_some(count, threshold) for count in (change.only_before_count, change.only_after_count))
    return _("Only the first note: %(before)s. Only the second: %(after)s.", before=before, after=after)


def _some(count: int | None, threshold: int) -> str:
    if count is None:
        return _("fewer than %(threshold)s people, perhaps nobody", threshold=threshold)
    return _("about %(count)s people", count=count)


def _tenths(tenths: int) -> str:
    """1.8, without its sign: the words around it say the direction."""
    return f"{abs(tenths) // 10}.{abs(tenths) % 10}"
