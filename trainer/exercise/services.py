"""Taking part: keeping one's note, withdrawing, and being forgotten on leaving the cohort."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.locks import lock_person
from trainer.cohorts.models import Cohort, Enrolment
from trainer.cohorts.queries import CohortOf
from trainer.db import has_row_locks
from trainer.errors import Conflict, Invalid
from trainer.exercise.models import ExerciseRound, ExerciseText
from trainer.exercise.notes import AGREEMENT, KEPT, read_note
from trainer.exercise.queries import exercise_cohort, letter_of, place_of, running_round
from trainer.exercise.stages import WAVES, stage_of
from trainer.notebook.sealing import Sealer
from trainer.wording import said


def keep_note(
    session: Session,
    *,
    actor: Actor,
    sealer: Sealer,
    organisation: str,
    cohort: str,
    text: str,
    has_agreed: bool,
    at: datetime,
) -> CohortOf:
    """Seal and keep the actor's note for the wave that is open; writing again replaces it.

    Raises Conflict when no note may be written now, Invalid without agreement or for a note that cannot be counted.
    """
    found = exercise_cohort(session, actor, organisation, cohort)
    wave_open = lock_waves(session, found.id, for_change=False)
    running = running_round(session, found.id)
    wave = WAVES.get(stage_of(wave_open, is_running=running is not None))
    if running is None or wave is None:
        raise Conflict(
            said("This part of the exercise is closed, so your note is not kept."),
            said("It stands here once more, for you to copy; nobody else has seen it."),
        )
    if not has_agreed:
        raise Invalid(
            said("Nothing is kept without your agreement."), said("Read what happens with it, then agree or leave.")
        )
    tidy = read_note(text)
    lock_person(session, actor)
    letter = letter_of(session, actor, found.id, running, wave)
    row = session.get(ExerciseText, (running.id, actor.person_id, wave))
    if row is None:
        row = ExerciseText(round_id=running.id, person_id=actor.person_id, wave=wave, letter=letter)
        session.add(row)
    row.sealed = sealer.seal(tidy, person_id=actor.person_id, place=place_of(running.id, wave))
    row.agreement, row.kept_at = AGREEMENT, at
    session.flush()
    return found


def withdraw_notes(session: Session, *, actor: Actor, organisation: str, cohort: str) -> CohortOf:
    """Delete all the actor's notes in a cohort, whatever is open; again is no error. No mark of it stays."""
    found = exercise_cohort(session, actor, organisation, cohort)
    rounds = select(ExerciseRound.id).where(ExerciseRound.cohort_id == found.id)
    mine = (ExerciseText.person_id == actor.person_id, ExerciseText.round_id.in_(rounds))
    session.execute(delete(ExerciseText).where(*mine).execution_options(synchronize_session=False))
    return found


def forget_who_left(session: Session, *, cohort_id: int) -> None:
    """Delete the notes of everybody who does not learn in the cohort (any more). For doors that withdraw people."""
    rounds = select(ExerciseRound.id).where(ExerciseRound.cohort_id == cohort_id)
    learns_here = exists().where(
        Enrolment.cohort_id == cohort_id, Enrolment.person_id == ExerciseText.person_id, Enrolment.state == "active"
    )
    session.execute(
        delete(ExerciseText)
        .where(ExerciseText.round_id.in_(rounds), ~learns_here)
        .execution_options(synchronize_session=False)
    )


def forget_old_notes(session: Session, *, at: datetime) -> None:
    """Delete notes that have waited for an analysis for longer than ``KEPT``, as the agreement says."""
    is_old = ExerciseText.kept_at < at - KEPT
    session.execute(delete(ExerciseText).where(is_old).execution_options(synchronize_session=False))


def lock_waves(session: Session, cohort_id: int, *, for_change: bool) -> str | None:
    """The wave that is open, which nobody changes until the transaction ends; with ``for_change`` nobody writes either.

    On SQLite the write transaction itself is the lock.
    """
    statement = select(Cohort.exercise_wave).where(Cohort.id == cohort_id)
    if has_row_locks(session):
        statement = statement.with_for_update(read=not for_change, key_share=for_change)
    return session.scalar(statement)
