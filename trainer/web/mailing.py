"""Sending e-mail after the response is on its way.

In the background, so that the answer to “forgotten password” takes the same time whether or not
there is an account, and a slow mail server holds nobody up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import monotonic

from flask import Flask
from flask_mailman import EmailMessage

log = logging.getLogger("trainer.mail")

_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
_under_way: set[Future[None]] = set()


def send_later(app: Flask, *, subject: str, body: str, to: str) -> None:
    """Queue one message. What cannot be sent is logged without its content or its reader."""

    def send() -> None:
        with app.app_context():
            deliver(subject=subject, body=body, to=to)

    run_later(send)


def run_later(work: Callable[[], None]) -> None:
    """Queue work that sends mail, one after the other: what is long queues its rest anew, so that others fit in."""
    future = _sender.submit(work)
    _under_way.add(future)
    future.add_done_callback(_under_way.discard)


def wait_until_sent(seconds: float = 10) -> None:
    """Block until nothing is queued; for tests and for a clean stop."""
    until = monotonic() + seconds
    while under_way := set(_under_way):
        if wait(under_way, timeout=max(0, until - monotonic())).not_done:
            return


def deliver(*, subject: str, body: str, to: str) -> bool:
    """Send one message now, within an app context; False, and a line in the log, if that fails."""
    try:
        EmailMessage(subject=subject, body=body, to=[to]).send()
    except OSError as error:
        log.error("an e-mail could not be sent: %s", type(error).__name__)
        return False
    return True
