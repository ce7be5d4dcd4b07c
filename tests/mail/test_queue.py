"""Two workers, failures, deaths: a letter is sent, and at most once too often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.samples import AT
from trainer.db import begin_writing
from trainer.mail.models import OutgoingMail
from trainer.mail.queue import STOPPED, claim_letter, has_due_mail, note_failure, note_sent, queue_mail
from trainer.mail.retrying import CLAIM_LASTS, MOST_TRIES, gap_after

pytestmark = pytest.mark.any_database


def put_in(session: Session, cast: Cast, count: int = 1) -> None:
    people = (cast.psw.id, cast.clinician.id, cast.winter_learner.id)[:count]
    queue_mail(session, person_ids=people, kind="reminder.own", subject="Tea", body="At ten.", at=AT)


def only(session: Session) -> OutgoingMail:
    session.expire_all()
    return session.scalars(select(OutgoingMail)).one()


def test_two_workers_at_once_never_hold_the_same_letter(engine: Engine, cast: Cast) -> None:
    with Session(engine) as session:
        begin_writing(session)
        put_in(session, cast, 2)
        session.commit()
    with Session(engine) as one, Session(engine) as other:
        begin_writing(one)
        first = claim_letter(one, at=AT)
        if engine.dialect.name == "sqlite":
            one.commit()  # the write lock makes the other wait until here
        begin_writing(other)
        second = claim_letter(other, at=AT)
        third = claim_letter(other, at=AT)
        other.commit()
        one.commit()
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert third is None


def test_what_is_sent_is_done_and_its_text_is_gone(session: Session, cast: Cast) -> None:
    put_in(session, cast)
    letter = claim_letter(session, at=AT)
    assert letter is not None
    assert (letter.subject, letter.body, letter.tries) == ("Tea", "At ten.", 1)
    note_sent(session, letter, at=AT)
    assert (only(session).sent_at, only(session).body) == (AT, "")
    assert not has_due_mail(session, at=AT + timedelta(days=1))


def test_a_letter_of_a_dead_worker_is_taken_again_when_its_claim_runs_out(session: Session, cast: Cast) -> None:
    put_in(session, cast)
    assert claim_letter(session, at=AT) is not None
    assert claim_letter(session, at=AT + CLAIM_LASTS - timedelta(seconds=1)) is None
    again = claim_letter(session, at=AT + CLAIM_LASTS)
    assert again is not None
    assert again.tries == 2


def test_a_letter_that_kills_every_worker_is_given_up(session: Session, cast: Cast) -> None:
    put_in(session, cast)
    for number in range(MOST_TRIES):
        assert claim_letter(session, at=AT + number * CLAIM_LASTS) is not None
    assert claim_letter(session, at=AT + MOST_TRIES * CLAIM_LASTS) is None
    assert only(session).failed_reason == STOPPED


def test_the_gaps_grow_and_after_five_tries_it_is_enough(session: Session, cast: Cast) -> None:
    put_in(session, cast)
    at, gaps = AT, []
    for number in range(1, MOST_TRIES + 1):
        letter = claim_letter(session, at=at)
        assert letter is not None
        assert letter.tries == number
        note_failure(session, letter, reason="no connection", is_final=False, at=at)
        gap = gap_after(number)
        if gap is not None:
            assert claim_letter(session, at=at + gap - timedelta(seconds=1)) is None
            gaps.append(gap)
            at += gap
    assert gaps == sorted(set(gaps))
    assert len(gaps) == MOST_TRIES - 1
    row = only(session)
    assert (row.gave_up_at, row.failed_reason, row.body) == (at, "no connection", "")
    assert not has_due_mail(session, at=at + timedelta(days=365))
