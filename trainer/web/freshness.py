"""What each process does by itself now and then: serve what was published last, and the hourly upkeep.

Any number of processes may do so at once: a catalogue is swapped as a whole, and a week is frozen once.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from itertools import count

from flask import Flask

from trainer.extensions import reading
from trainer.learning.publications import latest_publication_id, load_publication
from trainer.upkeep import SECONDS_BETWEEN as SECONDS_TO_UPKEEP
from trainer.upkeep import upkeep_quietly
from trainer.web.shell import House

SECONDS_BETWEEN = 1.0
ROUNDS_TO_UPKEEP = round(SECONDS_TO_UPKEEP / SECONDS_BETWEEN)  # beginning with the first

log = logging.getLogger(__name__)


def refresh_catalogue(app: Flask) -> bool:
    """Swap the catalogue if another one was published; True if it was. Requests under way keep theirs."""
    here: House = app.extensions["house"]
    with app.app_context(), reading() as session:
        latest = latest_publication_id(session)
        if latest is None or latest == here.publication_id:
            return False
        catalogue = load_publication(session, latest)
    app.extensions["house"] = replace(here, catalogue=catalogue, publication_id=latest)
    return True


def watch_publications(app: Flask) -> threading.Thread:
    """Look every second for as long as the process lives. A database that is away for a moment is no reason to stop."""

    def watch() -> None:
        pause = threading.Event()
        for round_number in count():
            if pause.wait(SECONDS_BETWEEN):
                return
            try:
                refresh_catalogue(app)
            except Exception:
                log.warning("what was published last could not be read; trying again")
            if round_number % ROUNDS_TO_UPKEEP == 0:
                upkeep_quietly(app)

    thread = threading.Thread(target=watch, name="publications", daemon=True)
    thread.start()
    return thread
