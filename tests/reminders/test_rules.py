"""Who gets a letter, and what it may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import AT
from trainer.reminders.rules import WEEK, Audience, Fate, Kind, Reader, fate_of
from trainer.reminders.texts import About, absence_phrases, ready_text, whole_body, with_stop_link

READY = Reader(
    person_id=1,
    enrolment="active",
    is_account_open=True,
    has_address=True,
    has_opted_out=False,
    is_one_waiting=False,
    last_sent_at=None,
    module_state=None,
)
ABOUT = About("Alongside", "Autumn", "Kind words", "https://learn.example/modules/kind-words/", "1 May", "8 May")
ANYBODY = st.builds(
    Reader,
    person_id=st.just(1),
    enrolment=st.sampled_from(["active", "invited", "withdrawn"]),
    is_account_open=st.booleans(),
    has_address=st.booleans(),
    has_opted_out=st.booleans(),
    is_one_waiting=st.booleans(),
    last_sent_at=st.none() | st.integers(0, 15 * 86_400).map(lambda ago: AT - timedelta(seconds=ago)),
    module_state=st.sampled_from([None, "not_started", "in_progress", "completed"]),
)


@given(ANYBODY, st.sampled_from(list(Audience)))
def test_whoever_gets_one_may_get_one(reader: Reader, audience: Audience) -> None:
    if fate_of(reader, audience, at=AT) is Fate.GETS_IT:
        assert reader.enrolment == "active"
        assert reader.is_account_open
        assert reader.has_address
        assert not reader.has_opted_out
        assert not reader.is_one_waiting
        assert reader.last_sent_at is None or AT - reader.last_sent_at >= timedelta(days=7)


@pytest.mark.parametrize(
    ("change", "fate"),
    [
        ({}, Fate.GETS_IT),
        ({"enrolment": "invited"}, Fate.NOT_HERE),
        ({"enrolment": "withdrawn"}, Fate.NOT_HERE),
        ({"is_account_open": False}, Fate.NOT_HERE),
        ({"has_address": False}, Fate.NO_ADDRESS),
        ({"has_opted_out": True}, Fate.WANTS_NONE),
        ({"is_one_waiting": True}, Fate.HAD_ONE),
        ({"last_sent_at": AT - WEEK + timedelta(seconds=1)}, Fate.HAD_ONE),
        ({"last_sent_at": AT - WEEK}, Fate.GETS_IT),
    ],
)
def test_the_first_reason_decides(change: dict[str, object], fate: Fate) -> None:
    assert fate_of(replace(READY, **change), Audience.ALL, at=AT) is fate  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("audience", "meant"),
    [
        (Audience.ALL, {None, "not_started", "in_progress", "completed"}),
        (Audience.NOT_STARTED, {None, "not_started"}),
        (Audience.NOT_COMPLETED, {None, "not_started", "in_progress"}),
    ],
)
def test_an_audience_is_who_stands_there(audience: Audience, meant: set[str | None]) -> None:
    got = {
        state
        for state in (None, "not_started", "in_progress", "completed")
        if fate_of(replace(READY, module_state=state), audience, at=AT) is Fate.GETS_IT
    }
    assert got == meant


@pytest.mark.parametrize("kind", list(Kind))
def test_no_ready_text_speaks_of_absence(kind: Kind) -> None:
    text = ready_text(kind, ABOUT)
    whole = whole_body(f"{text.subject}\n{text.body}", product="Alongside", organisation="Quay", cohort="Autumn")
    assert absence_phrases(with_stop_link(whole, "https://learn.example/letters/stop/x")) == ()


@pytest.mark.parametrize(
    "text",
    ["Where have you been?", "You still haven’t begun", "you have not started", "We missed you", "This is overdue"],
)
def test_what_shames_is_pointed_at(text: str) -> None:
    assert absence_phrases(text)
