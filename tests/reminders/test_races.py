"""Trainers and workers at the same moment: one letter a week, and no letter in two hands."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.crowd import all_at_once
from tests.factories import actor_of
from tests.samples import AT
from trainer.db import begin_writing
from trainer.errors import Invalid
from trainer.mail.models import OutgoingMail
from trainer.mail.queue import Letter, claim_letter, queue_mail
from trainer.reminders.rules import Audience, Kind
from trainer.reminders.services import Readers, Reminder, send_reminder

pytestmark = pytest.mark.any_database
TEA = Reminder(Kind.OWN, Audience.ALL, None, "Tea", "At ten.")


def test_of_eight_letters_sent_at_once_one_goes_out(engine: Engine, cast: Cast) -> None:
    with Session(engine) as session:
        trainer = actor_of(session, cast.trainer)

    def send(session: Session) -> Readers:
        where = {"organisation": cast.ours.slug, "cohort": "autumn"}
        return send_reminder(session, actor=trainer, **where, reminder=TEA, product="Alongside", at=AT)

    results = all_at_once(engine, [send] * 8)
    assert sum(isinstance(one, Readers) for one in results) == 1
    assert sum(isinstance(one, Invalid) for one in results) == 7
    with Session(engine) as session:
        letters = session.execute(
            select(OutgoingMail.person_id, func.count())
            .group_by(OutgoingMail.person_id)
            .order_by(OutgoingMail.person_id)
        ).all()
    assert [tuple(row) for row in letters] == sorted([(cast.psw.id, 1), (cast.clinician.id, 1)])


def test_eight_workers_hold_eight_different_letters(engine: Engine, cast: Cast) -> None:
    people = (cast.psw.id, cast.clinician.id, cast.winter_learner.id) * 4
    with Session(engine) as session:
        begin_writing(session)
        queue_mail(session, person_ids=people, kind="reminder.own", subject="Tea", body="At ten.", at=AT)
        session.commit()
    results = all_at_once(engine, [lambda session: claim_letter(session, at=AT)] * 8)
    taken = [one.id for one in results if isinstance(one, Letter)]
    assert not [one for one in results if isinstance(one, Exception)]
    assert len(taken) == len(set(taken))
    with Session(engine) as session:
        begin_writing(session)
        while (letter := claim_letter(session, at=AT)) is not None:
            taken.append(letter.id)
    assert len(taken) == len(set(taken)) == len(people)
