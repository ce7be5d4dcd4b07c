"""Everybody at once: the same work in many threads from the same instant, each in a transaction of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from trainer.db import begin_writing, prepare_engine

Work = Callable[[Session], object]


def all_at_once(engine: Engine, works: Sequence[Work]) -> list[object]:
    """What each work returned, or the exception it ended with."""
    wide = create_engine(engine.url, pool_size=len(works) + 2)
    prepare_engine(wide)
    barrier = threading.Barrier(len(works))
    results: list[object] = [None] * len(works)

    def run(place: int) -> None:
        barrier.wait()
        try:
            with Session(wide) as session:
                begin_writing(session)
                results[place] = works[place](session)
                session.commit()
        except Exception as problem:
            results[place] = problem

    crowd = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    wide.dispose()
    return results
