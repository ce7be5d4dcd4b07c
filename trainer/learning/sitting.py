"""An attempt as a state machine: what may happen when, and what happening twice means. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from trainer.errors import Conflict, NotFound
from trainer.wording import said


class AttemptState(StrEnum):
    """Where a person's latest attempt of a module stands."""

    NONE = "none"
    OPEN = "open"
    SUBMITTED = "submitted"


class AttemptEvent(StrEnum):
    """What a learner does."""

    START = "start"
    ANSWER = "answer"
    SUBMIT = "submit"


# What is not in this table cannot happen. Starting while one is open goes on with it, submitting twice is the first
# result again: a double click is no mistake. Starting after a submission opens the next number.
TRANSITIONS: Mapping[tuple[AttemptState, AttemptEvent], AttemptState] = MappingProxyType(
    {
        (AttemptState.NONE, AttemptEvent.START): AttemptState.OPEN,
        (AttemptState.OPEN, AttemptEvent.START): AttemptState.OPEN,
        (AttemptState.OPEN, AttemptEvent.ANSWER): AttemptState.OPEN,
        (AttemptState.OPEN, AttemptEvent.SUBMIT): AttemptState.SUBMITTED,
        (AttemptState.SUBMITTED, AttemptEvent.START): AttemptState.OPEN,
        (AttemptState.SUBMITTED, AttemptEvent.SUBMIT): AttemptState.SUBMITTED,
    }
)


def advance(state: AttemptState, event: AttemptEvent) -> AttemptState:
    """The state after the event.

    Raises NotFound where there is no attempt to act on, Conflict for an answer to a submitted one.
    """
    following = TRANSITIONS.get((state, event))
    if following is not None:
        return following
    if state is AttemptState.NONE:
        raise NotFound(
            said("There is no such attempt of yours."), said("Go back to the module and start the quiz there.")
        )
    raise Conflict(
        said("This attempt has been submitted, so its answers stay as they are."),
        said("Look at the result, or start a new attempt."),
    )
