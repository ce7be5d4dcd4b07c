"""People, memberships, sessions and passwords, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.cast import PASSWORD, Cast
from tests.factories import actor_of
from tests.samples import AT
from trainer.accounts.actor import Actor, PracticeRole, Role
from trainer.accounts.models import LoginSession, Person
from trainer.accounts.passwords import email_key
from trainer.accounts.queries import (
    devices_of,
    find_actor_by_email,
    find_actor_by_token,
    find_organisation,
    reset_is_open,
)
from trainer.accounts.services import (
    change_password,
    check_credentials,
    create_organisation,
    create_person,
    end_other_sessions,
    end_session,
    grant_membership,
    open_session,
    request_reset,
    reset_password,
    set_active,
    update_profile,
    upgrade_hash,
)
from trainer.errors import Conflict, Invalid

pytestmark = pytest.mark.any_database
NEW = "seven herons at noon"


def opened(session: Session, person_id: int, *, remembered: bool = False) -> str:
    return open_session(session, person_id=person_id, device="a test", is_remembered=remembered, at=AT).token


class TestPeople:
    @pytest.mark.parametrize("other", ["{}", " {} ", "{upper}"])
    def test_an_address_belongs_to_one_person(self, session: Session, cast: Cast, other: str) -> None:
        email = other.format(cast.psw.email, upper=cast.psw.email.upper())
        with pytest.raises(Conflict, match="already has an account"):
            create_person(session, name="Somebody Else", email=email, password=None, at=AT)

    def test_the_database_itself_refuses_a_second_account(self, session: Session, cast: Cast) -> None:
        mine = {"email": "other", "email_key": email_key(cast.psw.email), "name": "x", "name_key": "x"}
        session.add(Person(**mine, created_at=AT))
        with pytest.raises(IntegrityError):
            session.flush()

    def test_a_poor_password_makes_no_account(self, session: Session) -> None:
        with pytest.raises(Invalid):
            create_person(session, name="New", email="new@quay.example", password="short", at=AT)
        assert find_actor_by_email(session, "new@quay.example") is None

    def test_a_person_without_a_password_cannot_sign_in(self, session: Session) -> None:
        create_person(session, name="New", email="new@quay.example", password=None, at=AT)
        for password in ("", PASSWORD, "None"):
            assert check_credentials(session, email="new@quay.example", password=password) is None

    def test_the_practice_role_may_be_left_blank_again(self, session: Session, cast: Cast) -> None:
        psw = actor_of(session, cast.psw)
        assert psw.practice_role is PracticeRole.PSW
        update_profile(session, actor=psw, name=" Eimear ", practice_role=None)
        changed = actor_of(session, cast.psw)
        assert (changed.name, changed.practice_role) == ("Eimear", None)

    def test_a_new_name_is_sorted_by_the_new_name(self, session: Session, cast: Cast) -> None:
        update_profile(session, actor=actor_of(session, cast.psw), name="Zoë Ádh", practice_role=None)
        before = session.scalars(select(Person.name_key).where(Person.id == cast.winter_learner.id)).one()
        after = session.scalars(select(Person.name_key).where(Person.id == cast.psw.id)).one()
        assert after > before

    def test_an_organisations_short_name_is_its_own(self, session: Session, cast: Cast) -> None:
        with pytest.raises(Conflict):
            create_organisation(session, slug=cast.ours.slug, name="Another", at=AT)

    def test_a_membership_is_one_role_that_can_change(self, session: Session, cast: Cast) -> None:
        for role in (Role.TRAINER, Role.MANAGER, Role.LEARNER):
            grant_membership(session, organisation_id=cast.ours.id, person_id=cast.psw.id, role=role, at=AT)
            assert actor_of(session, cast.psw).role_in(cast.ours.id) is role
        assert len(actor_of(session, cast.psw).memberships) == 1

    def test_somebody_may_belong_to_two_organisations(self, session: Session, cast: Cast) -> None:
        grant_membership(session, organisation_id=cast.theirs.id, person_id=cast.psw.id, role=Role.MANAGER, at=AT)
        psw = actor_of(session, cast.psw)
        assert (psw.role_in(cast.ours.id), psw.role_in(cast.theirs.id)) == (Role.LEARNER, Role.MANAGER)
        assert psw.has_role(Role.MANAGER)
        assert not psw.has_role(Role.TRAINER)

    def test_an_organisation_that_is_not_there_is_not_found(self, session: Session) -> None:
        assert find_organisation(session, "nowhere") is None


class TestSignIn:
    def test_the_right_password_of_an_active_person(self, session: Session, cast: Cast) -> None:
        assert check_credentials(session, email=cast.psw.email, password=PASSWORD) == cast.psw.id
        assert check_credentials(session, email=cast.psw.email.upper(), password=PASSWORD) == cast.psw.id

    def test_everybody_else_stays_out(self, session: Session, cast: Cast) -> None:
        assert check_credentials(session, email=cast.psw.email, password=NEW) is None
        assert check_credentials(session, email=cast.disabled.email, password=PASSWORD) is None
        assert check_credentials(session, email="nobody@nowhere.example", password=PASSWORD) is None

    def test_a_weak_hash_is_renewed_at_sign_in(self, session: Session, cast: Cast) -> None:
        weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        session.execute(update(Person).where(Person.id == cast.psw.id).values(password_hash=weak))
        upgrade_hash(session, person_id=cast.psw.id, password=PASSWORD)
        stored = session.scalars(select(Person.password_hash).where(Person.id == cast.psw.id)).one()
        assert stored is not None
        assert stored != weak
        upgrade_hash(session, person_id=cast.psw.id, password=PASSWORD)
        assert session.scalars(select(Person.password_hash).where(Person.id == cast.psw.id)).one() == stored

    def test_a_session_knows_its_person_and_their_roles(self, session: Session, cast: Cast) -> None:
        actor = find_actor_by_token(session, opened(session, cast.manager.id), at=AT)
        assert actor is not None
        assert (actor.person_id, actor.role_in(cast.ours.id)) == (cast.manager.id, Role.MANAGER)
        assert actor.role_in(cast.theirs.id) is None
        assert actor.session_id > 0

    def test_somebody_without_a_membership_is_somebody(self, session: Session, cast: Cast) -> None:
        actor = find_actor_by_token(session, opened(session, cast.removed.id), at=AT)
        assert actor is not None
        assert actor.memberships == ()

    @pytest.mark.parametrize("token", ["", "x", "0" * 64])
    def test_a_token_that_was_never_drawn_is_nobody(self, session: Session, token: str) -> None:
        assert find_actor_by_token(session, token, at=AT) is None

    def test_only_the_hash_of_a_token_is_stored(self, session: Session, cast: Cast) -> None:
        token = opened(session, cast.psw.id)
        stored = session.scalars(select(LoginSession.token_hash)).one()
        assert token not in stored
        assert find_actor_by_token(session, stored, at=AT) is None

    @pytest.mark.parametrize(("remembered", "lasts"), [(False, timedelta(hours=12)), (True, timedelta(days=30))])
    def test_a_session_expires(self, session: Session, cast: Cast, remembered: bool, lasts: timedelta) -> None:
        token = opened(session, cast.psw.id, remembered=remembered)
        assert find_actor_by_token(session, token, at=AT + lasts - timedelta(seconds=1)) is not None
        assert find_actor_by_token(session, token, at=AT + lasts) is None

    def test_expired_sessions_are_cleared_away_at_the_next_sign_in(self, session: Session, cast: Cast) -> None:
        opened(session, cast.psw.id)
        opened(session, cast.clinician.id)
        later = AT + timedelta(days=2)
        open_session(session, person_id=cast.psw.id, device="d", is_remembered=False, at=later)
        left = session.scalars(select(LoginSession.person_id).order_by(LoginSession.person_id))
        assert sorted(left) == sorted([cast.psw.id, cast.clinician.id])

    def test_devices_are_ones_own_newest_first(self, session: Session, cast: Cast) -> None:
        actor = find_actor_by_token(session, opened(session, cast.psw.id), at=AT)
        assert actor is not None
        opened(session, cast.clinician.id)
        later = AT + timedelta(hours=1)
        open_session(session, person_id=cast.psw.id, device="x" * 500, is_remembered=False, at=later)
        labels = [device.label for device in devices_of(session, actor, at=later)]
        assert labels == ["x" * 80, "a test"]

    def test_ending_sessions_leaves_those_of_others(self, session: Session, cast: Cast) -> None:
        mine = find_actor_by_token(session, opened(session, cast.psw.id), at=AT)
        opened(session, cast.psw.id)
        theirs = find_actor_by_token(session, opened(session, cast.clinician.id), at=AT)
        assert mine is not None
        assert theirs is not None
        end_session(session, actor=mine, session_id=theirs.session_id)
        end_other_sessions(session, actor=mine)
        left = set(session.scalars(select(LoginSession.id)))
        assert left == {mine.session_id, theirs.session_id}

    def test_closing_an_account_ends_its_sessions_and_opening_it_brings_none_back(
        self, session: Session, cast: Cast
    ) -> None:
        token = opened(session, cast.psw.id)
        set_active(session, person_id=cast.psw.id, is_active=False)
        assert find_actor_by_token(session, token, at=AT) is None
        assert find_actor_by_email(session, cast.psw.email) is None
        set_active(session, person_id=cast.psw.id, is_active=True)
        assert find_actor_by_token(session, token, at=AT) is None
        assert find_actor_by_email(session, cast.psw.email) is not None


class TestPasswords:
    @pytest.fixture
    def psw(self, session: Session, cast: Cast) -> Actor:
        actor = find_actor_by_token(session, opened(session, cast.psw.id), at=AT)
        assert actor is not None
        return actor

    def test_changing_needs_the_present_one(self, session: Session, cast: Cast, psw: Actor) -> None:
        with pytest.raises(Invalid, match="does not match"):
            change_password(session, actor=psw, current=NEW, new=NEW, at=AT)
        assert check_credentials(session, email=cast.psw.email, password=PASSWORD) == cast.psw.id

    def test_ones_own_address_is_no_password(self, session: Session, cast: Cast, psw: Actor) -> None:
        with pytest.raises(Invalid):
            change_password(session, actor=psw, current=PASSWORD, new=cast.psw.email, at=AT)

    def test_a_reset_link_works_once_and_for_its_person(self, session: Session, cast: Cast, psw: Actor) -> None:
        link = request_reset(session, email=cast.psw.email.upper(), at=AT)
        assert link is not None
        assert (link.name, link.email) == (cast.psw.name, cast.psw.email)
        reset_password(session, token=link.token, new=NEW, at=AT)
        assert check_credentials(session, email=cast.psw.email, password=NEW) == cast.psw.id
        assert check_credentials(session, email=cast.clinician.email, password=PASSWORD) == cast.clinician.id
        assert session.scalar(select(LoginSession.id)) is None
        assert not reset_is_open(session, link.token, at=AT)
        with pytest.raises(Invalid, match="used or has expired"):
            reset_password(session, token=link.token, new=PASSWORD, at=AT)

    def test_a_poor_new_password_leaves_the_link_open(self, session: Session, cast: Cast) -> None:
        link = request_reset(session, email=cast.psw.email, at=AT)
        assert link is not None
        for poor in ("short", cast.psw.email):
            with pytest.raises(Invalid, match="cannot be taken"):
                reset_password(session, token=link.token, new=poor, at=AT)
        assert reset_is_open(session, link.token, at=AT)

    def test_nobody_and_the_closed_account_get_no_link(self, session: Session, cast: Cast) -> None:
        assert request_reset(session, email="nobody@nowhere.example", at=AT) is None
        assert request_reset(session, email=cast.disabled.email, at=AT) is None

    def test_a_link_of_an_account_closed_meanwhile_opens_nothing(self, session: Session, cast: Cast) -> None:
        link = request_reset(session, email=cast.psw.email, at=AT)
        assert link is not None
        set_active(session, person_id=cast.psw.id, is_active=False)
        with pytest.raises(Invalid):
            reset_password(session, token=link.token, new=NEW, at=AT)
        assert not reset_is_open(session, link.token, at=AT)
