"""The log of changes: whole when nobody touched it, and every way of touching it shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.factories import actor_of
from tests.samples import AT
from trainer.accounts.actor import Actor
from trainer.accounts.audit import BEGINNING, FACTS, EventKind, hash_of, record_event
from trainer.accounts.audit_check import check_log, log_heads, log_lines, read_heads
from trainer.accounts.models import AuditEvent
from trainer.errors import Invalid

pytestmark = pytest.mark.any_database
COUNT = 6


@pytest.fixture
def told(session: Session, cast: Cast) -> Cast:
    """Six events of ours, two of theirs between them."""
    manager = actor_of(session, cast.manager)
    for number in range(COUNT):
        at = AT + timedelta(minutes=number, microseconds=number)
        about = {
            "kind": EventKind.ROLE_CHANGED,
            "subject_id": cast.psw.id,
            "detail": {"role": "trainer", "was": number},
        }
        record_event(session, actor=manager, organisation_id=cast.ours.id, **about, at=at)
        if number % 3 == 0:
            theirs = {"organisation_id": cast.theirs.id, "kind": EventKind.COHORT_CREATED}
            record_event(session, actor=Actor.system(), **theirs, subject_id=1, at=at)
    return cast


def row(number: int, cast: Cast) -> tuple[object, object]:
    return AuditEvent.organisation_id == cast.ours.id, AuditEvent.number == number


def test_a_log_that_nobody_touched_is_whole(session: Session, told: Cast) -> None:
    session.expire_all()
    verdict = check_log(session, log_heads(session))
    assert verdict.found == ()
    assert verdict.event_count == COUNT + 2
    assert verdict.anchor_count == 2


def test_rows_are_numbered_and_chained_in_each_organisation(session: Session, told: Cast) -> None:
    rows = session.scalars(
        select(AuditEvent).where(AuditEvent.organisation_id == told.ours.id).order_by(AuditEvent.number)
    ).all()
    assert [one.number for one in rows] == list(range(1, COUNT + 1))
    assert [one.previous_hash for one in rows] == [BEGINNING, *(one.hash for one in rows[:-1])]


Tampering = Callable[[Session, Cast], None]


def change(name: str, value: object) -> Tampering:
    def tamper(session: Session, cast: Cast) -> None:
        session.execute(update(AuditEvent).where(*row(3, cast)).values(**{name: value}))

    return tamper


def take_out(session: Session, cast: Cast) -> None:
    session.execute(delete(AuditEvent).where(*row(3, cast)))


def swap(session: Session, cast: Cast) -> None:
    for now, then in ((3, 100), (4, 3), (100, 4)):
        session.execute(update(AuditEvent).where(*row(now, cast)).values(number=then))


def close_the_gap(session: Session, cast: Cast) -> None:
    take_out(session, cast)
    for number in range(4, COUNT + 1):
        session.execute(update(AuditEvent).where(*row(number, cast)).values(number=number - 1))


def hash_anew(session: Session, cast: Cast) -> None:
    """A row is changed, and its own hash with it."""
    session.execute(update(AuditEvent).where(*row(3, cast)).values(subject_id=cast.trainer.id))
    session.expire_all()
    changed = session.scalars(select(AuditEvent).where(*row(3, cast))).one()
    changed.hash = hash_of(changed.previous_hash, changed.at, tuple(getattr(changed, name) for name in FACTS))
    session.flush()


@pytest.mark.parametrize(
    "tamper",
    [
        change("actor_id", 1_000),
        change("kind", "role.kept"),
        change("subject_id", None),
        change("detail", "{}"),
        change("at", AT + timedelta(days=1)),
        change("previous_hash", "f" * 64),
        change("hash", "f" * 64),
        take_out,
        swap,
        close_the_gap,
        hash_anew,
    ],
)
def test_every_change_in_the_middle_shows_by_itself(session: Session, told: Cast, tamper: Tampering) -> None:
    tamper(session, told)
    session.expire_all()
    found = check_log(session).found
    assert found
    assert {one.organisation for one in found} == {told.ours.slug}
    assert min(one.number for one in found) in (3, 4)


def cut_the_tail(session: Session, cast: Cast) -> None:
    session.execute(delete(AuditEvent).where(AuditEvent.organisation_id == cast.ours.id, AuditEvent.number > 3))


def cut_everything(session: Session, cast: Cast) -> None:
    session.execute(delete(AuditEvent).where(AuditEvent.organisation_id == cast.ours.id))


def write_the_tail_anew(session: Session, cast: Cast) -> None:
    cut_the_tail(session, cast)
    session.expire_all()
    for number in range(4, COUNT + 2):
        about = {"kind": EventKind.ROLE_CHANGED, "subject_id": cast.clinician.id}
        record_event(
            session, actor=Actor.system(), organisation_id=cast.ours.id, **about, at=AT + timedelta(days=number)
        )


@pytest.mark.parametrize("tamper", [cut_the_tail, cut_everything, write_the_tail_anew])
def test_a_lost_or_new_tail_shows_against_a_head_that_was_kept(session: Session, told: Cast, tamper: Tampering) -> None:
    kept = read_heads("\n".join(str(one) for one in log_heads(session)))
    tamper(session, told)
    session.expire_all()
    assert check_log(session).found == (), "by itself the rest is a whole chain: that is what the head is for"
    assert {one.organisation for one in check_log(session, kept).found} == {told.ours.slug}


def test_a_log_that_goes_on_still_meets_an_older_head(session: Session, told: Cast) -> None:
    kept = log_heads(session)
    record_event(session, actor=Actor.system(), organisation_id=told.ours.id, kind=EventKind.WITHDRAWN, at=AT)
    assert check_log(session, kept).found == ()


@pytest.mark.parametrize("text", ["gannet-quay 1", "gannet-quay one " + "a" * 64, "gannet-quay 1 abc"])
def test_heads_that_are_none_are_refused_with_their_line(session: Session, text: str) -> None:
    with pytest.raises(Invalid, match="Line 2"):
        read_heads(f"\n{text}\n")


def test_a_head_of_an_organisation_that_is_gone_shows(session: Session, told: Cast) -> None:
    (found,) = check_log(session, read_heads(f"nowhere 1 {'a' * 64}")).found
    assert found.organisation == "nowhere"


def test_lines_come_newest_first_and_only_of_one_organisation(session: Session, told: Cast) -> None:
    lines, total = log_lines(session, told.ours.id, first=0, count=4)
    assert total == COUNT
    assert [one.number for one in lines] == [6, 5, 4, 3]
    assert lines[0].detail == {"role": "trainer", "was": 5}


def test_a_change_that_is_taken_back_leaves_no_line(session: Session, told: Cast) -> None:
    session.commit()
    record_event(session, actor=Actor.system(), organisation_id=told.ours.id, kind=EventKind.ENROLLED, at=AT)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == COUNT + 2


def test_more_detail_than_a_row_holds_is_refused(session: Session, cast: Cast) -> None:
    with pytest.raises(ValueError, match="500"):
        record_event(
            session, actor=Actor.system(), organisation_id=cast.ours.id, kind="x", detail={"a": "b" * 600}, at=AT
        )
