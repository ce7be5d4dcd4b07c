"""What is due now and then whoever asks: the week's figures frozen, and what was kept long enough deleted.

Every server process does this once an hour, and so does the job command; any number of them may at the same time.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import Flask

from trainer.clock import now
from trainer.exercise.services import forget_old_notes
from trainer.extensions import reading, writing
from trainer.reporting.access_log import forget_old_views
from trainer.reporting.weekly import keep_figures, organisations_due, prepare_figures

SECONDS_BETWEEN = 3600.0

log = logging.getLogger(__name__)


def do_upkeep(app: Flask) -> int:
    """Do what is due; returns for how many organisations the figures of the week were frozen."""
    threshold = app.extensions["house"].settings.suppression_threshold
    with app.app_context():
        with writing() as session:
            forget_old_notes(session, at=now())
            forget_old_views(session, at=now())
        return sum(_freeze(organisation_id, threshold) for organisation_id in _due())


def _due() -> Sequence[int]:
    with reading() as session:
        return organisations_due(session, at=now())


def _freeze(organisation_id: int, threshold: int) -> bool:
    """Worked out while everybody goes on learning; only keeping it is a moment of writing."""
    with reading() as session:
        prepared = prepare_figures(session, organisation_id, threshold=threshold, at=now())
    with writing() as session:
        return keep_figures(session, prepared)


def upkeep_quietly(app: Flask) -> None:
    """As ``do_upkeep``; a database that is away for a moment is no reason to stop."""
    try:
        do_upkeep(app)
    except Exception:
        log.warning("the hourly upkeep could not be done; trying again in an hour")
