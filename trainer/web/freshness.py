"""Serving what was published last, without a restart: each process looks now and then and swaps the whole catalogue."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

from flask import Flask

from trainer.extensions import reading
from trainer.learning.publications import latest_publication_id, load_publication
from trainer.web.shell import House

SECONDS_BETWEEN = 1.0

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
        while not pause.wait(SECONDS_BETWEEN):
            try:
                refresh_catalogue(app)
            except Exception:
                log.warning("what was published last could not be read; trying again")

    thread = threading.Thread(target=watch, name="publications", daemon=True)
    thread.start()
    return thread
