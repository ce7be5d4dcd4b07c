"""The letters that the app under test has sent."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from trainer.config import Settings
from trainer.web.mailing import wait_until_sent


def letters_of(settings: Settings) -> list[Message]:
    """Every message, once nothing is on its way any longer."""
    wait_until_sent()
    files = sorted(Path(settings.instance_path / "mail").glob("*"))
    parts = [part for file in files for part in file.read_bytes().split(b"-" * 79)]
    return [message_from_bytes(part.strip()) for part in parts if part.strip()]


def text_of(message: Message) -> str:
    """The body."""
    body = message.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode()


def invitation_in(message: Message) -> str:
    """The path of the link in an invitation."""
    found = re.search(r"http://localhost(/invitations/\S+)", text_of(message))
    assert found is not None
    return found[1]
