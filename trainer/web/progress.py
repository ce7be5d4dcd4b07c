"""A page that grows while something long is done, so that nobody wonders whether it still goes on. No script needed.

The work runs in a thread of its own with its own transaction; if the reader goes away meanwhile, it is still finished
or undone as a whole.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from queue import Queue
from threading import Thread
from typing import TypeVar

from flask import Response, copy_current_request_context, stream_with_context
from markupsafe import Markup

from trainer.errors import DomainError
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words
from trainer.web.pages.rosters import ProgressPage
from trainer.web.shell import render

log = logging.getLogger("trainer.web")
Result = TypeVar("Result")
Progress = Callable[[int, int], None]
SPLIT = "<!-- here the lines come -->"


def stream_progress(
    page: ProgressPage, work: Callable[[Progress], Result], done_words: Callable[[Result], str], onwards: str
) -> Response:
    """Run ``work`` and send a line each time it reports; then what was done, or what went wrong, and the way on."""
    news: Queue[tuple[str, str] | None] = Queue()

    @copy_current_request_context
    def run() -> None:
        try:
            done = work(lambda done, total: news.put(("step", f"{done:,} / {total:,}")))
            news.put(("done", done_words(done)))
        except DomainError as problem:
            news.put(("problem", in_words(problem)))
        except Exception:
            log.exception("long work failed")
            news.put(("broken", ""))
        finally:
            news.put(None)

    before, after = render("rosters/progress.html", page).split(SPLIT)

    def pieces() -> Iterator[str]:
        Thread(target=run, daemon=True).start()
        yield before
        while (told := news.get()) is not None:
            kind, words = told
            yield _line(kind, words, onwards)
        yield after

    response = Response(stream_with_context(pieces()), mimetype="text/html")
    response.headers["X-Accel-Buffering"] = "no"  # asks a proxy in front to pass each piece on
    return response


def _line(kind: str, words: str, onwards: str) -> str:
    if kind == "step":
        return Markup("<p>{}</p>\n").format(words)
    if kind == "broken":
        words = _("Something went wrong on our side, and nothing was changed. Try again in a few minutes.")
    label = _("Go on to the cohort") if kind == "done" else _("Back to the cohort; nothing was changed")
    shape = "notice notice-done" if kind == "done" else "notice notice-problem"
    return Markup('<p class="{}" role="status">{}</p>\n<p><a class="primary" href="{}">{}</a></p>\n').format(
        shape, words, onwards, label
    )
