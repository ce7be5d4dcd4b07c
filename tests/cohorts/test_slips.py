"""Slips, codes and PINs: who gets in, who does not, and what stays closed, on both databases."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from tests.asked import EMAIL, PIN, add_invited, enrolment_of
from tests.cast import PASSWORD, Cast
from tests.conftest import NOTEBOOK_KEY
from tests.crowd import all_at_once
from tests.factories import actor_of
from tests.samples import AT
from trainer.accounts.actor import Actor
from trainer.accounts.audit import EventKind
from trainer.accounts.invitations import INVITATION_LASTS, InvitationOver
from trainer.accounts.models import AuditEvent, Invitation, LoginSession, Person, WardAccess
from trainer.accounts.pins import choose_pin, earlier_pin, make_slips_void, my_pin, open_notebook
from trainer.accounts.queries import find_actor_by_token
from trainer.accounts.services import keep_shared_session, open_session, open_shared_session
from trainer.accounts.ward import (
    MOST_MISSES,
    Slip,
    count_pin_try,
    note_right_pin,
    pin_matches,
    slips_printed,
)
from trainer.accounts.ward_codes import WORDS, new_ward_code, pin_problem, plain_ward_code
from trainer.cohorts.models import Enrolment
from trainer.cohorts.slips import begin_on_ward, print_slips, slip_lines
from trainer.errors import Invalid, NotAllowed
from trainer.notebook.queries import notes_of
from trainer.notebook.sealing import Sealer
from trainer.notebook.services import delete_all_notes, save_note

pytestmark = pytest.mark.any_database
AUTUMN = {"organisation": "gannet-quay", "cohort": "autumn"}
LATER = AT + timedelta(hours=1)
OTHER_PIN = "860352"


@pytest.fixture
def person(session: Session, cast: Cast) -> int:
    """Somebody without an address on the list of autumn."""
    return add_invited(session, cast, staff_id="10482")


def slip_for(session: Session, cast: Cast, person_id: int) -> Slip:
    trainer, number = actor_of(session, cast.trainer), enrolment_of(session, cast, person_id)
    _cohort, (slip,) = print_slips(session, actor=trainer, **AUTUMN, enrolment_ids=[number], at=AT)
    return slip


def begin(session: Session, slip: Slip, pin: str = PIN) -> Actor:
    return begin_on_ward(session, code=slip.code, start=slip.start, pin=pin, at=LATER)


def signs_in(session: Session, code: str, pin: str) -> bool:
    found = count_pin_try(session, code)
    return pin_matches(found, pin) and found is not None and note_right_pin(session, pin_try=found)


def shared(session: Session, person_id: int) -> Actor:
    opened = open_shared_session(session, person_id=person_id, at=LATER)
    actor = find_actor_by_token(session, opened.token, at=LATER)
    assert actor is not None
    return actor


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567", "12345a", "123456", "654321", "111111", "121212", "135791", "١٢٣٤٥٦", "901234"]
)
def test_easy_pins_are_refused(pin: str) -> None:
    assert pin_problem(pin)


def test_a_pin_that_is_not_easy_is_taken() -> None:
    assert pin_problem(PIN) is None


def test_codes_are_easy_to_say_and_compared_kindly() -> None:
    assert len(set(WORDS)) == len(WORDS) >= 200
    assert all(word.isascii() and word.isalpha() and word.islower() for word in WORDS)
    assert plain_ward_code(" Heron  Teapot-417 ") == "heron-teapot-417"
    assert plain_ward_code(new_ward_code()).count("-") == 2


class TestBeginning:
    def test_a_slip_sets_the_pin_and_the_person_is_in(self, session: Session, cast: Cast, person: int) -> None:
        slip = slip_for(session, cast, person)
        assert not slip.is_new_pin
        assert slip.start not in repr(slip)
        assert not signs_in(session, slip.code, PIN)
        begin(session, slip)
        assert signs_in(session, slip.code.upper().replace("-", " "), PIN)
        session.expire_all()
        row = session.scalars(select(Enrolment).where(Enrolment.person_id == person)).one()
        assert (row.state, row.invited_as) == ("active", None)
        kinds = session.scalars(select(AuditEvent.kind).order_by(AuditEvent.id)).all()
        assert kinds == [EventKind.SLIP_PRINTED, EventKind.SLIP_USED]
        assert not shared(session, person).notebook_is_closed

    def test_it_works_once_and_for_two_weeks(self, session: Session, cast: Cast, person: int) -> None:
        slip = slip_for(session, cast, person)
        session.commit()
        with pytest.raises(InvitationOver):
            begin_on_ward(session, code=slip.code, start=slip.start, pin=PIN, at=AT + INVITATION_LASTS)
        session.rollback()
        begin(session, slip)
        with pytest.raises(InvitationOver):
            begin(session, slip, OTHER_PIN)

    def test_a_new_slip_kills_the_one_before(self, session: Session, cast: Cast, person: int) -> None:
        first, second = slip_for(session, cast, person), slip_for(session, cast, person)
        assert first.code == second.code
        with pytest.raises(InvitationOver):
            begin(session, first)
        assert begin(session, second).person_id == person

    def test_an_easy_pin_does_not_use_the_slip_up(self, session: Session, cast: Cast, person: int) -> None:
        slip = slip_for(session, cast, person)
        with pytest.raises(Invalid):
            begin(session, slip, "123456")
        assert begin(session, slip)

    def test_neither_start_code_nor_pin_is_stored(self, session: Session, cast: Cast, person: int) -> None:
        slip = slip_for(session, cast, person)
        begin(session, slip)
        access = session.get_one(WardAccess, person)
        assert access.pin_hash is not None
        assert access.pin_hash.startswith("$argon2id$")
        stored = session.execute(select(Invitation)).scalars().one()
        assert stored.token_hash is None

    def test_the_start_code_of_one_person_opens_no_other(self, session: Session, cast: Cast, person: int) -> None:
        other = add_invited(session, cast, staff_id="10517")
        mine, theirs = slip_for(session, cast, person), slip_for(session, cast, other)
        with pytest.raises(InvitationOver):
            begin_on_ward(session, code=mine.code, start=theirs.start, pin=PIN, at=LATER)


class TestWhoGetsASlip:
    def test_nobody_with_an_address_who_has_not_answered(self, session: Session, cast: Cast, person: int) -> None:
        waiting = add_invited(session, cast, email=EMAIL)
        assert [line.person_id for line in slip_lines(session, cast.autumn.id)] == [person]
        number = enrolment_of(session, cast, waiting)
        with pytest.raises(Invalid):
            print_slips(session, actor=actor_of(session, cast.trainer), **AUTUMN, enrolment_ids=[number], at=AT)

    @pytest.mark.parametrize("key", ["psw", "withdrawn", "winter_learner"])
    def test_nobody_with_password_and_address_nobody_else(self, session: Session, cast: Cast, key: str) -> None:
        numbers = [cast.enrolments[key]]
        with pytest.raises(Invalid):
            print_slips(session, actor=actor_of(session, cast.trainer), **AUTUMN, enrolment_ids=numbers, at=AT)

    @pytest.mark.parametrize("key", ["other_trainer", "psw"])
    def test_only_who_runs_the_cohort_prints(self, session: Session, cast: Cast, person: int, key: str) -> None:
        number = enrolment_of(session, cast, person)
        with pytest.raises(NotAllowed):
            print_slips(session, actor=actor_of(session, getattr(cast, key)), **AUTUMN, enrolment_ids=[number], at=AT)

    def test_nobody_chosen_is_a_question(self, session: Session, cast: Cast) -> None:
        with pytest.raises(Invalid, match="at least one"):
            print_slips(session, actor=actor_of(session, cast.trainer), **AUTUMN, enrolment_ids=[], at=AT)


class TestGuessing:
    def test_ten_misses_lock_the_code_until_a_new_slip(self, session: Session, cast: Cast, person: int) -> None:
        slip = slip_for(session, cast, person)
        begin(session, slip)
        for _ in range(MOST_MISSES):
            assert not signs_in(session, slip.code, OTHER_PIN)
        assert count_pin_try(session, slip.code) is None
        assert not signs_in(session, slip.code, PIN)
        begin(session, slip_for(session, cast, person), OTHER_PIN)
        assert signs_in(session, slip.code, OTHER_PIN)

    def test_a_right_pin_forgets_the_misses(self, session: Session, cast: Cast, person: int) -> None:
        slip = slip_for(session, cast, person)
        begin(session, slip)
        for _ in range(3):
            for _ in range(MOST_MISSES - 1):
                assert not signs_in(session, slip.code, OTHER_PIN)
            assert signs_in(session, slip.code, PIN)

    def test_many_at_once_are_no_more_than_ten(self, engine: Engine, cast: Cast) -> None:
        with Session(engine) as session:
            person = add_invited(session, cast, staff_id="10482")
            slip = slip_for(session, cast, person)
            begin(session, slip)
            session.commit()
        tries = all_at_once(engine, [lambda db: count_pin_try(db, slip.code)] * 14)
        assert sum(one is not None for one in tries) == MOST_MISSES, tries

    def test_a_closed_account_stays_out(self, session: Session, cast: Cast, person: int) -> None:
        slip = slip_for(session, cast, person)
        begin(session, slip)
        session.execute(update(Person).where(Person.id == person).values(is_active=False))
        session.expire_all()
        assert not signs_in(session, slip.code, PIN)

    def test_an_unknown_code_does_the_same_work(self) -> None:
        assert pin_matches(None, PIN) is False


class TestANewSlip:
    """Whoever prints slips could use one. What they would find, and how the person learns of it."""

    @pytest.fixture
    def sealer(self) -> Sealer:
        return Sealer([b64decode(NOTEBOOK_KEY)])

    @pytest.fixture
    def taken_over(self, session: Session, cast: Cast, person: int, sealer: Sealer) -> Actor:
        """Somebody wrote a note; then another slip was printed for them and used."""
        slip = slip_for(session, cast, person)
        begin(session, slip)
        self.write(session, shared(session, person), sealer, "Mine alone")
        begin(session, slip_for(session, cast, person), OTHER_PIN)
        return shared(session, person)

    def write(self, session: Session, actor: Actor, sealer: Sealer, text: str) -> None:
        note = {"module_id": "S1", "name": "note:first-note", "text": text, "base_version": 0}
        save_note(session, actor=actor, sealer=sealer, **note, at=LATER)  # type: ignore[arg-type]

    def test_the_notebook_is_closed_to_whoever_used_it(
        self, session: Session, taken_over: Actor, sealer: Sealer
    ) -> None:
        assert taken_over.notebook_is_closed
        assert notes_of(session, actor=taken_over, sealer=sealer) == ()
        with pytest.raises(Invalid):
            self.write(session, taken_over, sealer, "Somebody else")
        with pytest.raises(Invalid):
            delete_all_notes(session, actor=taken_over)

    def test_another_slip_and_another_pin_do_not_open_it(
        self, session: Session, cast: Cast, taken_over: Actor, sealer: Sealer
    ) -> None:
        begin(session, slip_for(session, cast, taken_over.person_id), "472913")
        again = shared(session, taken_over.person_id)
        choose_pin(session, actor=again, current="472913", pin=OTHER_PIN)
        again = shared(session, taken_over.person_id)
        assert again.notebook_is_closed
        found = earlier_pin(session, again, at=LATER)
        assert not pin_matches(found, OTHER_PIN)
        assert pin_matches(found, PIN)

    def test_the_pin_from_before_opens_it_with_everything_in_it(
        self, session: Session, taken_over: Actor, sealer: Sealer
    ) -> None:
        found = earlier_pin(session, taken_over, at=LATER)
        assert found is not None
        assert pin_matches(found, PIN)
        open_notebook(session, pin_try=found)
        session.expire_all()
        again = shared(session, taken_over.person_id)
        assert not again.notebook_is_closed
        assert [note.text for note in notes_of(session, actor=again, sealer=sealer)] == ["Mine alone"]

    def test_it_can_be_tried_five_times_a_day_and_never_for_the_last_time(
        self, session: Session, taken_over: Actor
    ) -> None:
        tries = [earlier_pin(session, taken_over, at=LATER) for _ in range(6)]
        assert [one is not None for one in tries] == [True] * 5 + [False]
        assert earlier_pin(session, taken_over, at=LATER + timedelta(days=1)) is not None

    def test_the_person_can_always_read_who_printed_it(self, session: Session, cast: Cast, taken_over: Actor) -> None:
        (printed,) = slips_printed(session, taken_over.person_id)
        assert (printed.issued_at, printed.by, printed.was_used) == (AT, cast.trainer.name, True)

    def test_every_session_ends(self, session: Session, cast: Cast, taken_over: Actor) -> None:
        begin(session, slip_for(session, cast, taken_over.person_id))
        mine = select(func.count()).where(LoginSession.person_id == taken_over.person_id)
        assert session.scalar(mine) == 0

    def test_an_unused_slip_can_be_made_void_and_the_pin_stays(self, session: Session, cast: Cast, person: int) -> None:
        first = slip_for(session, cast, person)
        begin(session, first)
        second = slip_for(session, cast, person)
        me = shared(session, person)
        assert my_pin(session, me, at=LATER).has_open_slip
        assert signs_in(session, first.code, PIN), "a slip that nobody has used changes nothing"
        make_slips_void(session, actor=me, at=LATER)
        assert not my_pin(session, me, at=LATER).has_open_slip
        with pytest.raises(InvitationOver):
            begin(session, second, OTHER_PIN)

    def test_a_password_opens_the_notebook_on_a_device_of_ones_own(self, session: Session, cast: Cast) -> None:
        session.add(WardAccess(person_id=cast.psw.id, code="heron-teapot-417", notebook_closed_at=AT))
        session.flush()
        opened = open_session(session, person_id=cast.psw.id, device="own", is_remembered=False, at=LATER)
        actor = find_actor_by_token(session, opened.token, at=LATER)
        assert actor is not None
        assert not actor.notebook_is_closed


class TestOnesOwnPin:
    def test_whoever_wants_one_sets_it_with_their_password(self, session: Session, cast: Cast) -> None:
        me = actor_of(session, cast.psw)
        with pytest.raises(Invalid, match="does not match"):
            choose_pin(session, actor=me, current="not it", pin=PIN)
        choose_pin(session, actor=me, current=PASSWORD, pin=PIN)
        code = my_pin(session, me, at=LATER).code
        assert code is not None
        assert signs_in(session, code, PIN)

    def test_on_a_shared_computer_the_pin_is_asked_not_the_password(self, session: Session, cast: Cast) -> None:
        me = actor_of(session, cast.psw)
        choose_pin(session, actor=me, current=PASSWORD, pin=PIN)
        here = replace(me, shared_until=LATER)
        with pytest.raises(Invalid):
            choose_pin(session, actor=here, current=PASSWORD, pin=OTHER_PIN)
        choose_pin(session, actor=here, current=PIN, pin=OTHER_PIN)


class TestSharedSessions:
    def test_half_an_hour_without_a_click_ends_it(self, session: Session, cast: Cast) -> None:
        token = open_shared_session(session, person_id=cast.psw.id, at=AT).token
        actor = find_actor_by_token(session, token, at=AT + timedelta(minutes=29))
        assert actor is not None
        assert actor.is_shared
        assert find_actor_by_token(session, token, at=AT + timedelta(minutes=30)) is None

    def test_clicks_keep_it_but_not_beyond_four_hours(self, session: Session, cast: Cast) -> None:
        token = open_shared_session(session, person_id=cast.psw.id, at=AT).token
        at, ends = AT, AT + timedelta(hours=4)
        while (actor := find_actor_by_token(session, token, at=at)) is not None:
            keep_shared_session(session, session_id=actor.session_id, at=at)
            at += timedelta(minutes=20)
        assert at == ends

    def test_an_ordinary_session_is_not_touched(self, session: Session, cast: Cast) -> None:
        opened = open_session(session, person_id=cast.psw.id, device="own", is_remembered=True, at=AT)
        actor = find_actor_by_token(session, opened.token, at=AT)
        assert actor is not None
        assert not actor.is_shared
        keep_shared_session(session, session_id=actor.session_id, at=AT)
        assert session.scalars(select(LoginSession.expires_at)).one() == opened.expires_at
