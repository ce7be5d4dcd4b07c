"""Sending e-mail after the response is on its way.

In the background, so that the answer to “forgotten password” takes the same time whether or not
there is an account, and a slow mail server holds nobody up.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait

from flask import Flask
from flask_mailman import EmailMessage

log = logging.getLogger("trainer.mail")

_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
_under_way: set[Future[None]] = set()


def send_later(app: Flask, *, subject: str, body: str, to: str) -> None:
    """Queue one message. What cannot be sent is logged without its content or its reader."""
    future = _sender.submit(_send, app, subject, body, to)
    _under_way.add(future)
    future.add_done_callback(_under_way.discard)


def wait_until_sent(seconds: float = 10) -> None:
    """Block until nothing is queued; for tests and for a clean stop."""
    wait(set(_under_way), timeout=seconds)


def _send(app: Flask, subject: str, body: str, to: str) -> None:
    with app.app_context():
        try:
            EmailMessage(subject=subject, body=body, to=[to]).send()
        except OSError as error:
            log.error("an e-mail could not be sent: %s", type(error).__name__)
