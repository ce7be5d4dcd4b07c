"""Reading the exercise: for a learner their own notes, for trainers where it stands and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.cohorts.belonging import is_active_learner
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import CohortOf, find_cohort
from trainer.errors import NotAllowed, NotFound
from trainer.exercise.analysis import Change
from trainer.exercise.assignment import Wave, letter_for, other
from trainer.exercise.models import ExerciseRound, ExerciseText
from trainer.exercise.situations import Letter, Pair
from trainer.exercise.stages import Stage, stage_of
from trainer.notebook.sealing import Sealer, Unopenable
from trainer.wording import said


@dataclass(frozen=True, slots=True)
class RoundOf:
    """A round of a cohort. ``change`` is None until it has ended, and where too few took part."""

    id: int
    number: int
    pair: Pair
    seed: int
    opened_at: datetime
    ended_at: datetime | None
    threshold: int | None
    lexicon_version: int | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class OwnNote:
    """One's own note of a wave; ``text`` is None when no key opens it. Its words are kept out of every log line."""

    wave: Wave
    letter: Letter
    text: str | None = field(repr=False)
    kept_at: datetime


def exercise_cohort(session: Session, actor: Actor, organisation: str, cohort: str) -> CohortOf:
    """The cohort in whose exercise the actor may take part.

    Raises NotFound for anybody outside the organisation, NotAllowed for members who do not learn in the cohort.
    """
    found = find_cohort(session, organisation, cohort)
    if found is None or actor.role_in(found.organisation_id) is None:
        raise NotFound(said("There is no cohort at this address."))
    if not is_active_learner(session, found.id, actor.person_id):
        raise NotAllowed(
            said("The exercise is for the learners of this cohort."),
            said("Trainers open and end it on the cohort’s page."),
        )
    return found


def rounds_of(session: Session, cohort_id: int) -> tuple[RoundOf, ...]:
    """All rounds of a cohort, the newest first. One statement."""
    rows = session.scalars(
        select(ExerciseRound).where(ExerciseRound.cohort_id == cohort_id).order_by(ExerciseRound.number.desc())
    )
    return tuple(_round(row) for row in rows)


def running_round(session: Session, cohort_id: int) -> RoundOf | None:
    """The round that has begun and not ended, if there is one. One statement."""
    row = session.scalar(
        select(ExerciseRound).where(ExerciseRound.cohort_id == cohort_id, ExerciseRound.ended_at.is_(None))
    )
    return _round(row) if row else None


def stage_for(cohort: CohortOf, running: RoundOf | None) -> Stage:
    """Where the exercise of a cohort stands."""
    return stage_of(cohort.exercise_wave, is_running=running is not None)


def own_notes(session: Session, *, actor: Actor, sealer: Sealer, round_id: int) -> dict[Wave, OwnNote]:
    """The actor's notes of a round, opened. One statement; there is no way to ask for somebody else's."""
    rows = session.scalars(
        select(ExerciseText).where(ExerciseText.round_id == round_id, ExerciseText.person_id == actor.person_id)
    )
    notes = [
        OwnNote(
            "before" if row.wave == "before" else "after",
            "a" if row.letter == "a" else "b",
            None if actor.notebook_is_closed else _opened(sealer, row),
            row.kept_at,
        )
        for row in rows
    ]
    return {note.wave: note for note in notes}


def letter_of(session: Session, actor: Actor, cohort_id: int, found: RoundOf, wave: Wave) -> Letter:
    """The situation that the actor writes to in a wave: what they wrote to already decides, then the coins."""
    mine = (ExerciseText.round_id == found.id, ExerciseText.person_id == actor.person_id)
    rows = session.execute(select(ExerciseText.wave, ExerciseText.letter).where(*mine))
    known: dict[str, str] = {row.wave: row.letter for row in rows}
    if known:
        letter: Letter = "a" if known.get(wave, next(iter(known.values()))) == "a" else "b"
        return letter if wave in known else other(letter)
    return letter_for(wave, rank=_rank(session, cohort_id, actor.person_id), seed=found.seed)


def _rank(session: Session, cohort_id: int, person_id: int) -> int:
    """How many were enrolled in the cohort before; enrolments are never deleted, so it never changes."""
    mine = select(Enrolment.id).where(Enrolment.cohort_id == cohort_id, Enrolment.person_id == person_id)
    earlier = (Enrolment.cohort_id == cohort_id, Enrolment.id < mine.scalar_subquery())
    return session.scalar(select(func.count()).select_from(Enrolment).where(*earlier)) or 0


def place_of(round_id: int, wave: str) -> str:
    """What a text is sealed to, besides its writer; no place of the notebook begins like this."""
    return f"//exercise/{round_id}/{wave}"


def _opened(sealer: Sealer, row: ExerciseText) -> str | None:
    try:
        return sealer.open(row.sealed, person_id=row.person_id, place=place_of(row.round_id, row.wave))
    except Unopenable:
        return None


def _round(row: ExerciseRound) -> RoundOf:
    return RoundOf(
        id=row.id,
        number=row.number,
        pair=Pair.model_validate_json(row.situations),
        seed=row.seed,
        opened_at=row.opened_at,
        ended_at=row.ended_at,
        threshold=row.threshold,
        lexicon_version=row.lexicon_version,
        change=_change(row),
    )


def _change(row: ExerciseRound) -> Change | None:
    if row.pair_count is None or row.mean_tenths is None or row.low_tenths is None or row.high_tenths is None:
        return None
    return Change(
        pair_count=row.pair_count,
        only_before_count=row.only_before_count,
        only_after_count=row.only_after_count,
        mean_tenths=row.mean_tenths,
        low_tenths=row.low_tenths,
        high_tenths=row.high_tenths,
    )
