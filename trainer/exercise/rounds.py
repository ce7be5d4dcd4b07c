"""Running the exercise: a trainer opens its parts, and ends it with the analysis. Ending deletes every text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.cohorts.access import Permission, cohort_for, may_report
from trainer.cohorts.models import Cohort, Enrolment
from trainer.cohorts.queries import CohortOf
from trainer.errors import Conflict, NotAllowed
from trainer.exercise.analysis import Change, Measured, change_of, effective, measure
from trainer.exercise.models import ExerciseRound, ExerciseText
from trainer.exercise.queries import place_of, running_round
from trainer.exercise.services import lock_waves
from trainer.exercise.situations import Pair
from trainer.exercise.stages import STEPS, WAVES, Stage, next_pair, stage_of
from trainer.language.matcher import Lens
from trainer.notebook.sealing import Sealer, Unopenable
from trainer.wording import said

LARGEST_SEED = 2_147_483_647


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a round: None where too few wrote both notes."""

    number: int
    change: Change | None


def cohort_to_run(session: Session, actor: Actor, organisation: str, cohort: str) -> CohortOf:
    """The cohort, for its trainers alone.

    Raises NotFound for anybody outside the organisation and NotAllowed for others, managers included.
    """
    found = cohort_for(session, actor, organisation, cohort, to=Permission.VIEW)
    if not may_report(session, actor, found):
        raise NotAllowed(
            said("Only the trainers of this cohort run its exercise."),
            said("A manager sees nothing of it here; if you teach the cohort, ask to be named as its trainer."),
        )
    return found


def move_round(
    session: Session,
    *,
    actor: Actor,
    organisation: str,
    cohort: str,
    to: Stage,
    pairs: Sequence[Pair],
    seed: int,
    at: datetime,
) -> CohortOf:
    """Open or close a part of the exercise; to where it stands already is no change.

    The first step begins a round with a pair of situations that the cohort has not met and with ``seed``, a secret
    whole number below LARGEST_SEED. Raises Conflict for a step that cannot be, and when every pair has been used.
    """
    found = cohort_to_run(session, actor, organisation, cohort)
    wave = lock_waves(session, found.id, for_change=True)
    running = running_round(session, found.id)
    here = stage_of(wave, is_running=running is not None)
    if to is here:
        return found
    if to not in STEPS[here]:
        raise Conflict(
            said("The exercise cannot go there from where it stands now."),
            said("Reload the cohort’s page to see where it stands."),
        )
    if here is Stage.NONE:
        _begin(session, found.id, pairs, seed, at)
    _show(session, found.id, to)
    return found


def _begin(session: Session, cohort_id: int, pairs: Sequence[Pair], seed: int, at: datetime) -> None:
    used = list(session.scalars(select(ExerciseRound.pair_id).where(ExerciseRound.cohort_id == cohort_id)))
    pair = next_pair(pairs, used)
    if pair is None:
        raise Conflict(
            said("This cohort has met every pair of situations there is."),
            said("A new round needs new situations; whoever looks after the content can add a pair to exercise.yaml."),
        )
    session.add(
        ExerciseRound(
            cohort_id=cohort_id,
            number=len(used) + 1,
            pair_id=pair.id,
            situations=pair.model_dump_json(),
            seed=seed,
            opened_at=at,
        )
    )
    session.flush()


def end_round(
    session: Session,
    *,
    actor: Actor,
    organisation: str,
    cohort: str,
    sealer: Sealer,
    lens: Lens,
    threshold: int,
    at: datetime,
) -> Ended:
    """Count every note with one lexicon, keep the cohort's figure if enough people wrote both, delete every text.

    For ever: a round is analysed once. Raises Conflict when none is running, and when a text cannot be opened; then
    nothing is counted and nothing deleted.
    """
    found = cohort_to_run(session, actor, organisation, cohort)
    lock_waves(session, found.id, for_change=True)
    row = session.scalar(
        select(ExerciseRound).where(ExerciseRound.cohort_id == found.id, ExerciseRound.ended_at.is_(None))
    )
    if row is None:
        raise Conflict(said("The exercise has ended already."), said("What came of it stands on the cohort’s page."))
    before, after = _measured(session, row, sealer, lens)
    change = change_of(before, after, threshold=threshold)
    session.execute(delete(ExerciseText).where(ExerciseText.round_id == row.id))
    row.ended_at, row.threshold, row.lexicon_version = at, effective(threshold), lens.lexicon.version
    row.seed = 0  # the coins have nothing left to decide
    if change is not None:
        for name in ("pair_count", "only_before_count", "only_after_count", "mean_tenths", "low_tenths", "high_tenths"):
            setattr(row, name, getattr(change, name))
    session.flush()
    _show(session, found.id, Stage.NONE)
    return Ended(row.number, change)


def _measured(
    session: Session, row: ExerciseRound, sealer: Sealer, lens: Lens
) -> tuple[dict[int, Measured], dict[int, Measured]]:
    """The notes of a round in numbers, by person; of those who learn in the cohort, and have since they wrote."""
    texts = session.execute(
        select(ExerciseText.person_id, ExerciseText.wave, ExerciseText.sealed)
        .join(Enrolment, Enrolment.person_id == ExerciseText.person_id)
        .where(ExerciseText.round_id == row.id, Enrolment.cohort_id == row.cohort_id)
        .where(Enrolment.state == "active", Enrolment.state_since <= ExerciseText.kept_at)
    ).all()
    found: dict[str, dict[int, Measured]] = {wave: {} for wave in WAVES.values()}
    try:
        for person_id, wave, sealed in texts:
            text = sealer.open(sealed, person_id=person_id, place=place_of(row.id, wave))
            found[wave][person_id] = measure(lens, text)
    except Unopenable:
        raise Conflict(
            said("A text of this exercise cannot be opened, so nothing was counted and nothing deleted."),
            said("Whoever runs this service can restore the notebook key of that time; then end the exercise again."),
        ) from None
    return found["before"], found["after"]


def _show(session: Session, cohort_id: int, stage: Stage) -> None:
    session.execute(update(Cohort).where(Cohort.id == cohort_id).values(exercise_wave=WAVES.get(stage)))
