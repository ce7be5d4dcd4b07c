"""The exercise as its learners see it: the agreement, the situation, and what became of their notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import url_for

from trainer.cohorts.queries import CohortOf
from trainer.exercise.analysis import effective
from trainer.exercise.assignment import Wave
from trainer.exercise.queries import OwnNote
from trainer.exercise.situations import Situation
from trainer.exercise.stages import WAVES, Stage
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext
from trainer.web.pages.exercise import ExerciseNotePage, ExercisePage
from trainer.web.pages.shell import Crumb
from trainer.web.words import day

HEADINGS = {
    Stage.BEFORE: lazy_gettext("A note before the course"),
    Stage.AFTER: lazy_gettext("A note after the course"),
}
WHO_SEES_NOTE = lazy_gettext(
    "Only you, while this part is open. It is kept encrypted, then counted by the language lens and deleted."
)


def points(threshold: int) -> tuple[str, ...]:
    """What somebody agrees to, in plain words."""
    return (
        _(
            "You read a short invented situation and write the note that you would write: two to six sentences. You "
            "do this once before the course and once after it, with another situation. It takes about five minutes."
        ),
        _(
            "Your text is kept encrypted until the analysis, and never longer than a year. Nobody reads it: no "
            "trainer, no manager, no colleague. While its part is open you can read it and change it yourself."
        ),
        _(
            "At the analysis the language lens counts the words it would point at. Then every text is deleted, and so "
            "is every count for one person."
        ),
        _(
            "What stays is one figure for the whole cohort, and only if at least %(threshold)s people have written "
            "both notes. The trainers of your cohort see it. It is not a mark, and it says nothing about you.",
            threshold=effective(threshold),
        ),
        _(
            "Saying no costs nothing. Nothing is stored about it, nobody sees who said no or who took part, and "
            "completing the course does not depend on it."
        ),
        _(
            "You can withdraw until the analysis: your texts are then deleted at once, as they are if you leave the "
            "cohort. After the analysis there is nothing of yours left to withdraw."
        ),
    )


def exercise_page(
    cohort: CohortOf, stage: Stage, notes: Mapping[Wave, OwnNote], *, ended_at: datetime | None, threshold: int
) -> ExercisePage:
    """The agreement, or why there is nothing to agree to just now."""
    here = _here(cohort)
    wave = WAVES.get(stage)
    return ExercisePage(
        crumbs=_crumbs(),
        cohort=cohort.name,
        heading=str(HEADINGS.get(stage, _("A note before and after the course"))),
        state=None if wave else _state(stage, ended_at),
        points=points(threshold) if wave or notes else (),
        given=tuple(_given(notes[one]) for one in WAVES.values() if one in notes),
        write_url=url_for("exercise.write", **here) if wave else None,
        has_written=wave in notes,
        withdraw_url=url_for("exercise.withdraw", **here) if notes else None,
        who_sees=str(WHO_SEES_NOTE),
    )


def _given(note: OwnNote) -> str:
    if note.wave == "before":
        return _("The first note, kept on %(date)s", date=day(note.kept_at))
    return _("The second note, kept on %(date)s", date=day(note.kept_at))


def _state(stage: Stage, ended_at: datetime | None) -> str:
    if stage is Stage.BETWEEN:
        return _("The first part is closed, and the second is not open yet.")
    if ended_at is not None:
        return _(
            "The exercise has ended. On %(date)s every text was counted and deleted; nothing of any note is left.",
            date=day(ended_at),
        )
    return _("No note can be written in this cohort at the moment.")


def note_page(
    cohort: CohortOf,
    stage: Stage,
    situation: Situation | None,
    text: str,
    *,
    problem: str | None = None,
    is_unopenable: bool = False,
) -> ExerciseNotePage:
    """The situation with a box; without a situation only the text, to be copied."""
    here = _here(cohort)
    return ExerciseNotePage(
        crumbs=(*_crumbs(), Crumb(_("A note before and after the course"), url_for("exercise.exercise", **here))),
        cohort=cohort.name,
        heading=str(HEADINGS.get(stage, _("A note before and after the course"))),
        situation_title=situation.title if situation else None,
        situation_text=situation.text if situation else "",
        task=situation.task if situation else "",
        text=text,
        problem=problem,
        note=_("The note you wrote cannot be opened at the moment. What you write here takes its place.")
        if is_unopenable
        else None,
        send_url=url_for("exercise.send", **here),
        back_url=url_for("exercise.exercise", **here),
        who_sees=str(WHO_SEES_NOTE),
    )


def _here(cohort: CohortOf) -> dict[str, Any]:
    return {"organisation": cohort.organisation_slug, "cohort": cohort.slug}


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb(_("My learning"), url_for("learner.my_learning")),)
