"""Readiness actions: agreed by managers, owned by roles, counted and never scored."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.factories import actor_of
from tests.samples import AT
from trainer.accounts.actor import Actor
from trainer.cohorts.models import ReadinessAction
from trainer.cohorts.readiness.queries import action_of, actions_of
from trainer.cohorts.readiness.services import (
    MOST_ACTIONS,
    ActionWish,
    add_action,
    change_action,
    remove_action,
    settle_action,
)
from trainer.errors import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.any_database
LATER = AT + timedelta(days=1)
WISH = ActionWish("Ring the next county about peer supervision", "Director of nursing", date(2027, 1, 22))


@pytest.fixture
def manager(session: Session, cast: Cast) -> Actor:
    return actor_of(session, cast.manager)


@pytest.fixture
def ours(cast: Cast) -> str:
    return cast.ours.slug


def test_an_action_is_kept_with_a_role_and_a_month(session: Session, cast: Cast, manager: Actor, ours: str) -> None:
    number = add_action(session, actor=manager, organisation=ours, wish=WISH, at=AT)
    known = action_of(session, cast.ours.id, number)
    assert (known.text, known.owner, known.due_month) == (WISH.text, WISH.owner, date(2027, 1, 1))
    assert not known.is_done
    assert actions_of(session, cast.theirs.id) == ()


def test_sent_twice_it_is_there_once_until_it_is_done(session: Session, cast: Cast, manager: Actor, ours: str) -> None:
    again = ActionWish(f"  {WISH.text.replace(' ', '  ')}", WISH.owner, date(2027, 1, 3))
    first = add_action(session, actor=manager, organisation=ours, wish=WISH, at=AT)
    assert add_action(session, actor=manager, organisation=ours, wish=again, at=LATER) == first
    settle_action(session, actor=manager, organisation=ours, number=first, is_done=True, at=LATER)
    assert add_action(session, actor=manager, organisation=ours, wish=WISH, at=LATER) != first
    assert len(actions_of(session, cast.ours.id)) == 2


def test_done_keeps_its_first_moment_and_can_be_taken_back(
    session: Session, cast: Cast, manager: Actor, ours: str
) -> None:
    number = add_action(session, actor=manager, organisation=ours, wish=WISH, at=AT)
    for at in (AT, LATER):
        settle_action(session, actor=manager, organisation=ours, number=number, is_done=True, at=at)
    assert action_of(session, cast.ours.id, number).done_at == AT
    settle_action(session, actor=manager, organisation=ours, number=number, is_done=False, at=LATER)
    assert not action_of(session, cast.ours.id, number).is_done


def test_open_actions_come_first_by_month_and_then_what_is_done(
    session: Session, cast: Cast, manager: Actor, ours: str
) -> None:
    for text, month in (("third", 3), ("first", 1), ("second", 2)):
        add_action(session, actor=manager, organisation=ours, wish=ActionWish(text, "HR", date(2027, month, 1)), at=AT)
    settle_action(session, actor=manager, organisation=ours, number=2, is_done=True, at=AT)
    assert [one.text for one in actions_of(session, cast.ours.id)] == ["second", "third", "first"]


def test_it_can_be_put_in_other_words(session: Session, cast: Cast, manager: Actor, ours: str) -> None:
    number = add_action(session, actor=manager, organisation=ours, wish=WISH, at=AT)
    wish = ActionWish("Pay for an hour a month", "Head of finance", date(2027, 2, 1))
    change_action(session, actor=manager, organisation=ours, number=number, wish=wish)
    known = action_of(session, cast.ours.id, number)
    assert (known.text, known.owner, known.due_month) == (wish.text, wish.owner, wish.due_month)


def test_what_is_taken_off_is_forgotten_and_its_number_never_means_another(
    session: Session, cast: Cast, manager: Actor, ours: str
) -> None:
    number = add_action(session, actor=manager, organisation=ours, wish=WISH, at=AT)
    remove_action(session, actor=manager, organisation=ours, number=number, at=LATER)
    assert actions_of(session, cast.ours.id) == ()
    kept = session.execute(select(ReadinessAction.text, ReadinessAction.owner)).one()
    assert tuple(kept) == ("", "")
    assert add_action(session, actor=manager, organisation=ours, wish=WISH, at=LATER) != number
    with pytest.raises(NotFound):
        settle_action(session, actor=manager, organisation=ours, number=number, is_done=True, at=LATER)


@pytest.mark.parametrize(("text", "owner"), [(" ", "HR"), ("Ask", " "), ("Ask", "una@quay.example")])
def test_an_action_without_words_or_with_an_address_is_refused(
    session: Session, cast: Cast, manager: Actor, ours: str, text: str, owner: str
) -> None:
    with pytest.raises(Invalid):
        add_action(session, actor=manager, organisation=ours, wish=ActionWish(text, owner, date(2027, 1, 1)), at=AT)
    assert actions_of(session, cast.ours.id) == ()


def test_the_list_ends_somewhere(session: Session, manager: Actor, ours: str) -> None:
    for number in range(MOST_ACTIONS):
        wish = ActionWish(f"Ask {number}", "HR", date(2027, 1, 1))
        add_action(session, actor=manager, organisation=ours, wish=wish, at=AT)
    with pytest.raises(Conflict, match="100 actions"):
        add_action(session, actor=manager, organisation=ours, wish=WISH, at=AT)


def test_only_managers_of_the_organisation_agree(session: Session, cast: Cast, manager: Actor, ours: str) -> None:
    number = add_action(session, actor=manager, organisation=ours, wish=WISH, at=AT)
    for someone, refusal in ((cast.trainer, NotAllowed), (cast.psw, NotAllowed), (cast.stranger_manager, NotFound)):
        actor = actor_of(session, someone)
        with pytest.raises(refusal):
            add_action(session, actor=actor, organisation=ours, wish=WISH, at=AT)
        with pytest.raises(refusal):
            settle_action(session, actor=actor, organisation=ours, number=number, is_done=True, at=AT)
        with pytest.raises(refusal):
            remove_action(session, actor=actor, organisation=ours, number=number, at=AT)
    with pytest.raises(NotFound):
        change_action(session, actor=manager, organisation=cast.theirs.slug, number=number, wish=WISH)
