"""Keeping the roads somebody has walked. Only they can ever read them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor
from trainer.accounts.locks import lock_person
from trainer.courseware.catalogue import Module
from trainer.courseware.scenario import Scenario
from trainer.db import table_of
from trainer.errors import Invalid, NotFound
from trainer.practice.models import ScenarioWalk
from trainer.practice.walking import walk
from trainer.wording import said

OPEN = "open"


@dataclass(frozen=True, slots=True)
class WalkOf:
    """A road that was kept; without an outcome it is the place to go on from."""

    scenario: str
    road: tuple[str, ...]
    outcome: str | None
    walked_at: datetime


_walk = table_of(ScenarioWalk).c


def walks_of(session: Session, person_id: int, module_id: str) -> tuple[WalkOf, ...]:
    """The roads that a person kept in a module, the first first. One statement."""
    rows = session.execute(
        select(_walk.scenario, _walk.road, _walk.outcome, _walk.walked_at)
        .where(_walk.person_id == person_id, _walk.module_id == module_id)
        .order_by(_walk.walked_at, _walk.id)
    )
    return tuple(WalkOf(row.scenario, tuple(json.loads(row.road)), row.outcome, row.walked_at) for row in rows)


def keep_road(session: Session, *, actor: Actor, module: Module, name: str, road: Sequence[str], at: datetime) -> None:
    """Keep a road that came to an end, or the place where it stands. Keeping it again changes nothing.

    Raises NotFound for a scenario that the module has not, Invalid for a road that does not exist.
    """
    scenario = get_scenario(module, name)
    walked = walk(scenario, road)
    if walked.is_cut:
        raise Invalid(
            said("This road is no longer part of the story."), said("Go back to its start and walk it again.")
        )
    lock_person(session, actor)
    written = json.dumps(list(road))
    key = hashlib.sha256(written.encode()).hexdigest() if walked.here.is_end else OPEN
    mine = (
        ScenarioWalk.person_id == actor.person_id,
        ScenarioWalk.module_id == module.id,
        ScenarioWalk.scenario == name,
    )
    # A road that has come to its end is no longer a place to go on from.
    session.execute(delete(ScenarioWalk).where(*mine, ScenarioWalk.road_key == OPEN))
    if session.scalar(select(ScenarioWalk.id).where(*mine, ScenarioWalk.road_key == key)) is None:
        session.add(
            ScenarioWalk(
                person_id=actor.person_id,
                module_id=module.id,
                scenario=name,
                road_key=key,
                road=written,
                outcome=walked.here.outcome,
                walked_at=at,
            )
        )
    session.flush()


def get_scenario(module: Module, name: str) -> Scenario:
    """A scenario of a module. Raises NotFound."""
    scenario = module.find_scenario(name)
    if scenario is None:
        raise NotFound(said("There is no such story in this module."), said("Go back to the module."))
    return scenario
