"""What can go wrong in the domain. Doors translate these; nothing below a door knows of HTTP."""

from __future__ import annotations

from trainer.wording import said


class DomainError(Exception):
    """``message`` says what happened and ``remedy`` what to do next, both in plain English.

    What a person may see on screen is made with ``said``, so that a door can translate it.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class NotFound(DomainError):
    """It does not exist, or it belongs to another organisation: the two look the same."""

    def __init__(self, message: str = said("There is nothing here."), remedy: str = "") -> None:
        super().__init__(message, remedy or said("Check the address, or go back to where you came from."))


class NotAllowed(DomainError):
    """It exists in the person's own organisation, but their role does not open it."""


class Conflict(DomainError):
    """The request does not fit what is already recorded."""


class Invalid(DomainError):
    """The input cannot be accepted as it is."""


class Unavailable(DomainError):
    """The database cannot be read or written just now: locked, full, read-only or away."""

    def __init__(self) -> None:
        super().__init__(
            said("Nothing that you saw as saved is lost; what you just sent is not saved yet."),
            said(
                "Go back, wait a minute and send it again. If it stays so, tell whoever runs this site: "
                "the disk may be full."
            ),
        )
