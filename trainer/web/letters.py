"""Sending invitations: in small lots behind each other, so that somebody's new password never waits for a long list.

A link is drawn when its letter leaves and is stored only as a hash. If the server stops on the way, what has not left
waits for the button on the cohort's page, or for the next list; at worst somebody gets two letters, and the link in the
first opens nothing.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from babel.dates import format_date
from flask import Flask, current_app

from trainer.accounts.invitations import INVITATION_LASTS, InvitationLetter, draw_letters, note_delivery
from trainer.clock import local_date
from trainer.config import Settings
from trainer.errors import DomainError
from trainer.extensions import writing
from trainer.web.locales import ENGLISH
from trainer.web.mailing import deliver, run_later
from trainer.web.shell import House

LOT = 20
log = logging.getLogger("trainer.mail")


@dataclass(frozen=True, slots=True)
class _Round:
    """What every lot needs to know; ``organisation_id`` is None for the letters of all."""

    app: Flask
    organisation_id: int | None
    at: datetime

    @property
    def product(self) -> str:
        """What the site is called."""
        return str(self._settings.product_name)

    @property
    def address(self) -> str:
        """Where a link leads, up to its token; from the settings alone, whatever a request says."""
        path = self.app.url_map.bind("").build("invitations.accept", {"token": "-"})
        return f"{self._settings.base_url}{path[:-1]}"

    @property
    def last_day(self) -> str:
        """The last day of a link, in the language of the letter."""
        return format_date(local_date(self.at + INVITATION_LASTS), "d MMMM y", locale=ENGLISH)

    @property
    def _settings(self) -> Settings:
        return cast(House, self.app.extensions["house"]).settings


def send_letters_later(organisation_id: int, *, at: datetime) -> None:
    """Send every letter of the organisation that waits, in the background. Call it after the commit."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the app itself, for another thread
    _queue_lot(_Round(app, organisation_id, at), after_id=0)


def send_waiting_letters(app: Flask, *, at: datetime) -> int:
    """Send every letter that waits in any organisation, now; how many have left. For a command or a job."""
    this, count, after_id = _Round(app, None, at), 0, 0
    with app.app_context():
        while letters := _draw(this, after_id):
            count += sum(_send(this, letter) for letter in letters)
            after_id = letters[-1].invitation_id
    return count


def _queue_lot(this: _Round, *, after_id: int) -> None:
    run_later(lambda: _send_lot(this, after_id=after_id))


def _send_lot(this: _Round, *, after_id: int) -> None:
    with this.app.app_context():
        try:
            letters = _draw(this, after_id)
            for letter in letters:
                _send(this, letter)
        except DomainError as problem:
            log.error("letters wait to be sent: %s", problem.message)
            return
    if len(letters) == LOT:
        _queue_lot(this, after_id=letters[-1].invitation_id)


def _draw(this: _Round, after_id: int) -> tuple[InvitationLetter, ...]:
    with writing() as db:
        return draw_letters(db, limit=LOT, at=this.at, organisation_id=this.organisation_id, after_id=after_id)


def _send(this: _Round, letter: InvitationLetter) -> bool:
    was_sent = deliver(subject=f"An invitation to {this.product}", body=_body(this, letter), to=letter.email)
    with writing() as db:
        note_delivery(db, letter=letter, was_sent=was_sent, at=this.at)
    return was_sent


def _body(this: _Round, letter: InvitationLetter) -> str:
    # In English: which language its reader would choose, nobody has said yet. The page behind the link asks them.
    return (
        f"Hello,\n\n{letter.organisation} invites you to a course on {this.product}, a training site for teams in "
        "mental health services.\n\nSee here what it is, and who would see what of you, before you decide:\n\n"
        f"{this.address}{letter.token}\n\n"
        f"The link is for you alone and works once, until {this.last_day}. Nothing happens before you say yes on that "
        "page.\n\nIf you did not expect this letter, you need do nothing. If you have questions, ask "
        f"{letter.organisation}.\n"
    )
