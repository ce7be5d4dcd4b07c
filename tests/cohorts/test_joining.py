"""Inviting, accepting, and joining with a code, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from tests.asked import EMAIL, NAME, NEW, Asked, add_invited, add_waiting, ask_people, enrolment_of
from tests.cast import Cast
from tests.crowd import all_at_once
from tests.databases import counted
from tests.factories import actor_of
from tests.samples import AT
from trainer.accounts.accepting import SomebodyElses, find_invitation
from trainer.accounts.actor import Actor
from trainer.accounts.audit import EventKind
from trainer.accounts.invitations import (
    GIVEN_UP_AFTER,
    INVITATION_LASTS,
    InvitationLetter,
    InvitationOver,
    draw_letters,
    invite_people,
    note_delivery,
)
from trainer.accounts.models import AuditEvent, Invitation, Membership, Person
from trainer.accounts.services import check_credentials, request_reset, reset_password
from trainer.cohorts.asked import Asked as State
from trainer.cohorts.asked import invitation_lines
from trainer.cohorts.join_codes import (
    SIGNS,
    WrongCode,
    ask_to_join,
    end_join_code,
    find_join_code,
    join_with_code,
    make_join_code,
)
from trainer.cohorts.joining import (
    accept_invitation,
    invite_again,
    invite_waiting,
    open_invitation,
    take_invitation_back,
)
from trainer.cohorts.models import Enrolment, JoinCode
from trainer.cohorts.people import member_lines
from trainer.cohorts.services import withdraw_enrolment
from trainer.errors import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.any_database
AUTUMN = {"organisation": "gannet-quay", "cohort": "autumn"}
LATER = AT + timedelta(days=1)


@pytest.fixture
def asked(session: Session, cast: Cast) -> Asked:
    return ask_people(session, cast)


def accept(session: Session, asked: Asked, **more: object) -> tuple[int, str]:
    chosen = {"actor": None, "name": "Órla Nic Eoin", "password": NEW, "at": LATER, "token": asked.token, **more}
    return accept_invitation(session, **chosen)  # type: ignore[arg-type]


def enrolment(session: Session, person_id: int) -> Enrolment:
    session.expire_all()
    return session.scalars(select(Enrolment).where(Enrolment.person_id == person_id)).one()


def letters(session: Session, **more: object) -> tuple[InvitationLetter, ...]:
    return draw_letters(session, **{"limit": 50, "at": AT, **more})  # type: ignore[arg-type]


def stranger_asked(session: Session, cast: Cast) -> str:
    """Somebody with an account elsewhere is on the list of autumn; the token of their letter."""
    add_waiting(session, cast, cast.stranger_learner.id)
    manager = actor_of(session, cast.manager)
    people = [cast.stranger_learner.id]
    invite_people(session, actor=manager, organisation_id=cast.ours.id, person_ids=people, at=AT)
    return next(one.token for one in letters(session) if one.email == cast.stranger_learner.email)


class TestAccepting:
    def test_a_new_person_gets_name_password_and_an_active_enrolment(
        self, session: Session, cast: Cast, asked: Asked
    ) -> None:
        assert accept(session, asked) == (asked.invited_id, cast.ours.name)
        row = enrolment(session, asked.invited_id)
        assert (row.state, row.invited_as) == ("active", None)
        assert session.get_one(Person, asked.invited_id).name == "Órla Nic Eoin"
        assert check_credentials(session, email=EMAIL.upper(), password=NEW) == asked.invited_id
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()
        assert (last.kind, last.actor_id) == (EventKind.INVITATION_ACCEPTED, asked.invited_id)

    def test_somebody_with_an_account_elsewhere_becomes_a_member_by_saying_yes(
        self, session: Session, cast: Cast
    ) -> None:
        token = stranger_asked(session, cast)
        stranger = actor_of(session, cast.stranger_learner)
        assert stranger.role_in(cast.ours.id) is None
        accept_invitation(session, token=token, actor=stranger, at=LATER)
        assert actor_of(session, cast.stranger_learner).role_in(cast.ours.id) == "learner"
        assert session.get_one(Person, stranger.person_id).name == cast.stranger_learner.name
        mine = (Enrolment.person_id == stranger.person_id, Enrolment.cohort_id == cast.autumn.id)
        assert session.execute(select(Enrolment.state, Enrolment.invited_as).where(*mine)).one() == ("active", None)

    def test_a_role_one_has_is_not_lost(self, session: Session, cast: Cast) -> None:
        add_waiting(session, cast, cast.other_trainer.id)
        trainer, manager = actor_of(session, cast.other_trainer), actor_of(session, cast.manager)
        invite_people(session, actor=manager, organisation_id=cast.ours.id, person_ids=[trainer.person_id], at=AT)
        (letter,) = letters(session)
        accept_invitation(session, token=letter.token, actor=trainer, at=LATER)
        assert actor_of(session, cast.other_trainer).role_in(cast.ours.id) == "trainer"

    @pytest.mark.parametrize("who", ["nobody", "psw"])
    def test_nobody_else_accepts_for_an_account(self, session: Session, cast: Cast, who: str) -> None:
        token = stranger_asked(session, cast)
        session.commit()
        somebody = None if who == "nobody" else actor_of(session, cast.psw)
        with pytest.raises(SomebodyElses):
            accept_invitation(session, token=token, actor=somebody, name="x", password=NEW, at=LATER)
        session.rollback()
        assert open_invitation(session, token, at=LATER) is not None

    def test_a_poor_password_does_not_use_the_link_up(self, session: Session, asked: Asked) -> None:
        session.commit()
        with pytest.raises(Invalid):
            accept(session, asked, password="short")
        session.rollback()
        assert accept(session, asked)

    def test_it_works_once(self, session: Session, asked: Asked) -> None:
        accept(session, asked)
        assert find_invitation(session, asked.token, at=LATER) is None
        with pytest.raises(InvitationOver):
            accept(session, asked)

    @pytest.mark.parametrize(("after", "is_open"), [(INVITATION_LASTS, False), (INVITATION_LASTS / 2, True)])
    def test_it_runs_out(self, session: Session, asked: Asked, after: timedelta, is_open: bool) -> None:
        assert (open_invitation(session, asked.token, at=AT + after) is not None) is is_open

    def test_looking_uses_nothing_up(self, session: Session, asked: Asked) -> None:
        for _ in range(3):
            found = open_invitation(session, asked.token, at=LATER)
            assert found is not None
            assert found.cohorts == ("Autumn on the Quay",)
            assert found.invited_as == NAME

    def test_a_link_opens_nothing_for_somebody_taken_off_the_list(self, session: Session, cast: Cast) -> None:
        token = stranger_asked(session, cast)
        number = enrolment_of(session, cast, cast.stranger_learner.id)
        manager = actor_of(session, cast.manager)
        withdraw_enrolment(session, actor=manager, **AUTUMN, enrolment_id=number, at=LATER)
        assert open_invitation(session, token, at=LATER) is None
        with pytest.raises(InvitationOver):
            accept_invitation(session, token=token, actor=actor_of(session, cast.stranger_learner), at=LATER)

    def test_a_closed_account_accepts_nothing(self, session: Session, asked: Asked) -> None:
        session.execute(update(Person).where(Person.id == asked.invited_id).values(is_active=False))
        assert open_invitation(session, asked.token, at=LATER) is None

    def test_a_password_that_was_set_meanwhile_asks_for_signing_in(self, session: Session, asked: Asked) -> None:
        link = request_reset(session, email=EMAIL, at=LATER)
        assert link is not None
        reset_password(session, token=link.token, new=NEW, at=LATER)
        with pytest.raises(SomebodyElses):
            accept(session, asked)

    def test_reset_links_end_when_the_password_is_set(self, session: Session, asked: Asked) -> None:
        link = request_reset(session, email=EMAIL, at=LATER)
        assert link is not None
        accept(session, asked)
        with pytest.raises(Invalid):
            reset_password(session, token=link.token, new="another four quiet words", at=LATER)


def test_of_many_who_accept_at_once_one_gets_in(engine: Engine, cast: Cast) -> None:
    with Session(engine) as session:
        asked = ask_people(session, cast)
        session.commit()
    results = all_at_once(engine, [lambda db: accept(db, asked)] * 4)
    assert sum(isinstance(one, tuple) for one in results) == 1, results
    assert sum(isinstance(one, InvitationOver | SomebodyElses) for one in results) == 3, results
    with Session(engine) as session:
        mine = select(func.count()).where(Membership.person_id == asked.invited_id)
        assert session.scalar(mine) == 1


class TestInviting:
    def test_the_token_is_stored_as_a_hash_and_shown_by_no_repr(self, session: Session, cast: Cast) -> None:
        add = add_invited(session, cast, email=EMAIL)
        manager = actor_of(session, cast.manager)
        invite_people(session, actor=manager, organisation_id=cast.ours.id, person_ids=[add], at=AT)
        (letter,) = letters(session)
        assert len(letter.token) >= 43
        assert letter.token not in repr(letter)
        assert EMAIL not in repr(letter)
        stored = session.scalars(select(Invitation.token_hash)).one()
        assert stored is not None
        assert letter.token not in stored

    def test_asking_again_kills_the_older_link(self, session: Session, cast: Cast, asked: Asked) -> None:
        manager = actor_of(session, cast.manager)
        number = asked.enrolments["letter"]
        invite_again(session, actor=manager, **AUTUMN, enrolment_id=number, at=LATER)
        assert open_invitation(session, asked.token, at=LATER) is None
        (letter,) = letters(session, at=LATER)
        assert open_invitation(session, letter.token, at=LATER) is not None

    def test_taken_back_it_opens_nothing(self, session: Session, cast: Cast, asked: Asked) -> None:
        trainer, number = actor_of(session, cast.trainer), asked.enrolments["letter"]
        for _ in range(2):
            take_invitation_back(session, actor=trainer, **AUTUMN, enrolment_id=number, at=LATER)
        assert open_invitation(session, asked.token, at=LATER) is None
        assert letters(session, at=LATER) == ()
        kinds = session.scalars(select(AuditEvent.kind)).all()
        assert kinds.count(EventKind.INVITATION_REVOKED) == 1

    def test_nobody_who_is_in_is_asked_again(self, session: Session, cast: Cast) -> None:
        manager, number = actor_of(session, cast.manager), cast.enrolments["psw"]
        with pytest.raises(Invalid):
            invite_again(session, actor=manager, **AUTUMN, enrolment_id=number, at=AT)
        with pytest.raises(NotFound):
            invite_again(session, actor=manager, **AUTUMN, enrolment_id=987_654, at=AT)

    @pytest.mark.parametrize("key", ["psw", "stranger_manager"])
    def test_learners_and_strangers_invite_nobody(self, session: Session, cast: Cast, key: str) -> None:
        actor = actor_of(session, getattr(cast, key))
        with pytest.raises(NotAllowed):
            invite_people(session, actor=actor, organisation_id=cast.ours.id, person_ids=[cast.psw.id], at=AT)

    def test_a_list_is_invited_in_a_fixed_number_of_statements(self, engine: Engine, cast: Cast) -> None:
        counts = []
        for size in (1, 100, 3_000):
            with Session(engine) as session:
                people = []
                for number in range(size):
                    person = Person(name="x", name_key="x", email=f"{size}.{number}@x.example")
                    person.email_key, person.is_active, person.created_at = person.email, True, AT
                    people.append(person)
                session.add_all(people)
                session.flush()
                ids = [person.id for person in people]
                manager = actor_of(session, cast.manager)
                with counted(engine) as seen:
                    invited = invite_people(session, actor=manager, organisation_id=cast.ours.id, person_ids=ids, at=AT)
                assert (invited.letter_count, invited.slip_count) == (size, 0)
                # Rows in one INSERT arrive in batches of a thousand; everything else is one statement each.
                counts.append(len([one for one in seen if not one.startswith("INSERT INTO invitation")]))
                events = session.scalars(select(AuditEvent)).all()
                assert [one.detail for one in events] == [f'{{"letters":{size},"slips":0}}']
                assert len(letters(session, limit=20)) == min(size, 20)
                session.rollback()
        assert counts[0] == counts[1] == counts[2] <= 7

    def test_two_senders_never_draw_the_same_letter(self, engine: Engine, cast: Cast) -> None:
        with Session(engine) as session:
            ids = [add_invited(session, cast, email=f"{number}@x.example") for number in range(30)]
            manager = actor_of(session, cast.manager)
            invite_people(session, actor=manager, organisation_id=cast.ours.id, person_ids=ids, at=AT)
            session.commit()
        drawn = all_at_once(engine, [lambda db: letters(db, limit=10)] * 3)
        numbers = [one.invitation_id for some in drawn for one in some]  # type: ignore[attr-defined]
        assert len(numbers) == len(set(numbers))

    def test_a_letter_that_was_never_sent_is_drawn_again_later(self, session: Session, cast: Cast) -> None:
        person = add_invited(session, cast, email=EMAIL)
        manager = actor_of(session, cast.manager)
        invite_people(session, actor=manager, organisation_id=cast.ours.id, person_ids=[person], at=AT)
        (first,) = letters(session)
        assert letters(session, at=AT + GIVEN_UP_AFTER / 2) == ()
        (second,) = letters(session, at=AT + GIVEN_UP_AFTER)
        note_delivery(session, letter=first, was_sent=True, at=AT)  # too late: its link is dead
        assert session.scalars(select(Invitation.sent_at)).one() is None
        note_delivery(session, letter=second, was_sent=False, at=AT)
        (third,) = letters(session, at=AT + GIVEN_UP_AFTER)
        note_delivery(session, letter=third, was_sent=True, at=AT)
        assert letters(session, at=AT + timedelta(days=1)) == ()

    def test_whoever_is_listed_and_was_never_asked_is_asked_by_the_button(self, session: Session, cast: Cast) -> None:
        person = add_invited(session, cast, email=EMAIL)
        add_invited(session, cast, staff_id="10482")
        trainer = actor_of(session, cast.trainer)
        assert invite_waiting(session, actor=trainer, **AUTUMN, at=AT)[1] == 1
        assert invite_waiting(session, actor=trainer, **AUTUMN, at=AT)[1] == 0
        assert session.scalars(select(Invitation.kind).where(Invitation.person_id == person)).one() == "letter"


class TestTheList:
    def lines(self, session: Session, cast: Cast, at: object = LATER) -> dict[str | None, State]:
        found, total = invitation_lines(session, cast.autumn.id, at=at, first=0, count=50)  # type: ignore[arg-type]
        assert total == len(found)
        return {line.contact or line.staff_id: line.state for line in found}

    def test_it_tells_every_state(self, session: Session, cast: Cast, asked: Asked) -> None:
        manager = actor_of(session, cast.manager)
        assert self.lines(session, cast) == {EMAIL: State.NOT_YET, "10482": State.NOT_YET}
        invite_again(session, actor=manager, **AUTUMN, enrolment_id=asked.enrolments["letter"], at=AT)
        (letter,) = letters(session)
        note_delivery(session, letter=letter, was_sent=True, at=AT)
        assert self.lines(session, cast)[EMAIL] is State.WAITING
        assert self.lines(session, cast, AT + INVITATION_LASTS)[EMAIL] is State.EXPIRED
        session.commit()
        accept_invitation(session, token=letter.token, actor=None, name="x", password=NEW, at=LATER)
        assert self.lines(session, cast)[EMAIL] is State.ACCEPTED
        session.rollback()
        take_invitation_back(session, actor=manager, **AUTUMN, enrolment_id=asked.enrolments["letter"], at=LATER)
        assert self.lines(session, cast)[EMAIL] is State.REVOKED

    def test_an_account_elsewhere_looks_like_none(self, session: Session, cast: Cast) -> None:
        stranger_asked(session, cast)
        add_invited(session, cast, email=EMAIL)
        found, _total = invitation_lines(session, cast.autumn.id, at=AT, first=0, count=50)
        assert {line.name for line in found} == {NAME}
        assert {line.state for line in found} == {State.NOT_YET}


class TestJoinCodes:
    def make(self, session: Session, cast: Cast, *, most: int = 2, last: date = date(2026, 12, 1)) -> str:
        trainer = actor_of(session, cast.trainer)
        make_join_code(session, actor=trainer, **AUTUMN, most_joins=most, last_day=last, at=AT)
        code = find_join_code(session, cast.autumn.id)
        assert code is not None
        return code.code

    def test_a_code_has_eight_signs_that_look_alike_to_nobody(self, session: Session, cast: Cast) -> None:
        code = self.make(session, cast)
        assert len(code) == 8
        assert set(code) <= set(SIGNS)
        assert not set("01258OILSZBAEU") & set(SIGNS)

    def test_who_is_signed_in_joins_at_once_however_the_code_is_typed(self, session: Session, cast: Cast) -> None:
        code, stranger = self.make(session, cast), actor_of(session, cast.stranger_learner)
        typed = f" {code[:4].lower()}-{code[4:]} "
        assert join_with_code(session, actor=stranger, code=typed, at=LATER).name == "Autumn on the Quay"
        assert actor_of(session, cast.stranger_learner).role_in(cast.ours.id) == "learner"
        join_with_code(session, actor=stranger, code=code, at=LATER)
        assert session.scalar(select(JoinCode.join_count)) == 1

    def test_a_letter_is_asked_for_and_the_letter_makes_the_member(self, session: Session, cast: Cast) -> None:
        code = self.make(session, cast)
        ask_to_join(session, code=code, name="  Órla   Nic Eoin ", email="Orla@New.example", at=AT)
        person = session.scalars(select(Person).where(Person.email_key == "orla@new.example")).one()
        assert person.password_hash is None
        assert session.scalar(select(Membership.id).where(Membership.person_id == person.id)) is None
        assert enrolment(session, person.id).state == "invited"
        (letter,) = letters(session)
        found = open_invitation(session, letter.token, at=LATER)
        assert found is not None
        assert (found.inviter, found.invited_as) == (None, "Órla Nic Eoin")
        accept_invitation(session, token=letter.token, actor=None, name="Órla", password=NEW, at=LATER)
        assert enrolment(session, person.id).state == "active"

    def test_an_address_with_an_account_gets_a_letter_too_and_keeps_its_account(
        self, session: Session, cast: Cast
    ) -> None:
        code = self.make(session, cast)
        ask_to_join(session, code=code, name="Somebody", email=cast.stranger_learner.email, at=AT)
        (letter,) = letters(session)
        assert letter.email == cast.stranger_learner.email
        assert session.get_one(Person, cast.stranger_learner.id).name == cast.stranger_learner.name
        assert actor_of(session, cast.stranger_learner).role_in(cast.ours.id) is None

    @pytest.mark.parametrize("key", ["manager", "winter_learner"])
    def test_a_member_stays_one_whoever_types_their_address(self, session: Session, cast: Cast, key: str) -> None:
        before = member_lines(session, cast.ours.id)
        ask_to_join(session, code=self.make(session, cast), name="Not me", email=getattr(cast, key).email, at=AT)
        assert member_lines(session, cast.ours.id) == before
        (letter,) = letters(session)
        accept_invitation(session, token=letter.token, actor=actor_of(session, getattr(cast, key)), at=LATER)
        mine = (Enrolment.cohort_id == cast.autumn.id, Enrolment.person_id == getattr(cast, key).id)
        assert session.scalars(select(Enrolment.state).where(*mine)).one() == "active"

    @pytest.mark.parametrize("key", ["psw", "withdrawn"])
    def test_who_is_in_or_was_withdrawn_gets_no_letter(self, session: Session, cast: Cast, key: str) -> None:
        ask_to_join(session, code=self.make(session, cast), name="x", email=getattr(cast, key).email, at=AT)
        assert letters(session) == ()
        assert session.scalar(select(JoinCode.join_count)) == 0

    def test_whoever_was_withdrawn_does_not_come_back_by_the_wall(self, session: Session, cast: Cast) -> None:
        with pytest.raises(Conflict, match="left it"):
            join_with_code(session, actor=actor_of(session, cast.withdrawn), code=self.make(session, cast), at=AT)

    def test_it_ends(self, session: Session, cast: Cast) -> None:
        code, trainer = self.make(session, cast, most=1), actor_of(session, cast.trainer)
        stranger = actor_of(session, cast.stranger_learner)
        for at in (AT + timedelta(days=9), AT + timedelta(days=400)):
            with pytest.raises(WrongCode):
                join_with_code(session, actor=stranger, code=code, at=at)
        with pytest.raises(WrongCode):
            join_with_code(session, actor=stranger, code="CCCCCCCC", at=AT)
        join_with_code(session, actor=stranger, code=code, at=AT)
        with pytest.raises(WrongCode):  # its one place is taken
            join_with_code(session, actor=actor_of(session, cast.winter_learner), code=code, at=AT)
        fresh = self.make(session, cast)
        with pytest.raises(WrongCode):
            join_with_code(session, actor=actor_of(session, cast.winter_learner), code=code, at=AT)
        end_join_code(session, actor=trainer, **AUTUMN, at=AT)
        with pytest.raises(WrongCode):
            join_with_code(session, actor=actor_of(session, cast.winter_learner), code=fresh, at=AT)

    @pytest.mark.parametrize(
        ("most", "last"),
        [(0, date(2026, 12, 1)), (501, date(2026, 12, 1)), (5, date(2026, 11, 22)), (5, date(2028, 1, 1))],
    )
    def test_odd_limits_are_refused(self, session: Session, cast: Cast, most: int, last: date) -> None:
        with pytest.raises(Invalid):
            self.make(session, cast, most=most, last=last)

    def test_of_many_who_want_the_last_place_one_gets_it(self, engine: Engine, cast: Cast) -> None:
        with Session(engine) as session:
            code = self.make(session, cast, most=1)
            keys = ("winter_learner", "stranger_learner", "stranger_trainer", "stranger_manager")
            people = [actor_of(session, getattr(cast, key)) for key in keys]
            session.commit()

        def join(actor: Actor) -> object:
            return lambda db: join_with_code(db, actor=actor, code=code, at=AT)

        results = all_at_once(engine, [join(one) for one in people])  # type: ignore[misc]
        assert sum(isinstance(one, WrongCode) for one in results) == 3, results
        with Session(engine) as session:
            ids = [one.person_id for one in people]
            mine = (Enrolment.cohort_id == cast.autumn.id, Enrolment.person_id.in_(ids))
            assert session.scalar(select(func.count()).select_from(Enrolment).where(*mine)) == 1
