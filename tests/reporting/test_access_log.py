"""Who opened a learner's record and who took their cohort's list: written down with it, and theirs to read."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from tests.cast import Cast, Someone
from tests.databases import counted as statements_of
from tests.factories import actor_of
from tests.samples import AT
from trainer.accounts.models import AuditEvent
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import CohortOf, find_cohort
from trainer.errors import NotAllowed, NotFound
from trainer.reporting.access_log import forget_old_views, note_report_taken, openings_of
from trainer.reporting.models import RecordView
from trainer.reporting.one_learner import LearnerRecord, open_record

pytestmark = pytest.mark.any_database
AUTUMN = {"organisation": "gannet-quay", "cohort": "autumn"}


def enrolment_of(session: Session, cohort_id: int, person: Someone) -> int:
    mine = (Enrolment.cohort_id == cohort_id, Enrolment.person_id == person.id)
    return session.scalars(select(Enrolment.id).where(*mine)).one()


def opened(session: Session, cast: Cast, who: Someone, whose: Someone, *, at: datetime = AT) -> LearnerRecord:
    enrolment = enrolment_of(session, cast.autumn.id, whose)
    return open_record(session, actor=actor_of(session, who), **AUTUMN, enrolment_id=enrolment, at=at)


def autumn(session: Session) -> CohortOf:
    found = find_cohort(session, organisation_slug="gannet-quay", cohort_slug="autumn")
    assert found is not None
    return found


def test_a_record_says_where_somebody_stands_and_no_more(session: Session, cast: Cast) -> None:
    record = opened(session, cast, cast.trainer, cast.psw)
    assert record.name == cast.psw.name
    names = set(LearnerRecord.__dataclass_fields__) | set(type(record.lines[0]).__dataclass_fields__)
    assert not {name for name in names if any(word in name for word in ("answer", "role", "note", "practice"))}


def test_opening_is_written_down_for_the_learner_alone(session: Session, cast: Cast) -> None:
    opened(session, cast, cast.trainer, cast.psw)
    (mine,) = openings_of(session, actor_of(session, cast.psw), at=AT)
    assert (mine.viewer, mine.is_list, mine.count) == (cast.trainer.name, False, 1)
    assert openings_of(session, actor_of(session, cast.clinician), at=AT) == ()
    assert openings_of(session, actor_of(session, cast.trainer), at=AT) == ()


def test_a_day_is_one_line_with_its_count(session: Session, cast: Cast) -> None:
    for hour in range(3):
        opened(session, cast, cast.trainer, cast.psw, at=AT + timedelta(hours=hour))
    opened(session, cast, cast.trainer, cast.psw, at=AT + timedelta(days=1))
    found = openings_of(session, actor_of(session, cast.psw), at=AT + timedelta(days=2))
    assert [one.count for one in found] == [1, 3]


def test_a_file_concerns_everybody_who_was_there(session: Session, cast: Cast) -> None:
    left = update(Enrolment).where(Enrolment.person_id == cast.withdrawn.id)
    session.execute(left.values(state_since=AT - timedelta(days=1)))
    note_report_taken(session, actor=actor_of(session, cast.trainer), cohort=autumn(session), at=AT)
    for someone in (cast.psw, cast.clinician):
        (one,) = openings_of(session, actor_of(session, someone), at=AT)
        assert one.is_list
    assert openings_of(session, actor_of(session, cast.withdrawn), at=AT) == ()
    kinds = session.scalars(select(AuditEvent.kind).where(AuditEvent.organisation_id == cast.ours.id)).all()
    assert kinds == ["report.exported"]


def test_who_leaves_still_reads_what_happened_before(session: Session, cast: Cast) -> None:
    note_report_taken(session, actor=actor_of(session, cast.trainer), cohort=autumn(session), at=AT)
    left = update(Enrolment).where(Enrolment.person_id == cast.psw.id)
    session.execute(left.values(state="withdrawn", state_since=AT + timedelta(days=1)))
    note_report_taken(session, actor=actor_of(session, cast.trainer), cohort=autumn(session), at=AT + timedelta(days=2))
    found = openings_of(session, actor_of(session, cast.psw), at=AT + timedelta(days=3))
    assert [one.on for one in found] == [AT.date()]


@pytest.mark.parametrize("who", ["manager", "other_trainer", "psw", "clinician"])
def test_nobody_else_of_the_organisation_opens_a_record(session: Session, cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        opened(session, cast, getattr(cast, who), cast.psw)
    assert session.scalar(select(func.count()).select_from(RecordView)) == 0


def test_strangers_find_nothing(session: Session, cast: Cast) -> None:
    with pytest.raises(NotFound):
        opened(session, cast, cast.stranger_trainer, cast.psw)


def test_who_was_withdrawn_has_no_record_at_once(session: Session, cast: Cast) -> None:
    with pytest.raises(NotFound):
        opened(session, cast, cast.trainer, cast.withdrawn)
    session.execute(update(Enrolment).where(Enrolment.person_id == cast.psw.id).values(state="withdrawn"))
    with pytest.raises(NotFound):
        opened(session, cast, cast.trainer, cast.psw)
    assert session.scalar(select(func.count()).select_from(RecordView)) == 0


def test_a_year_later_it_is_gone(session: Session, cast: Cast) -> None:
    opened(session, cast, cast.trainer, cast.psw)
    later = AT + timedelta(days=366)
    assert openings_of(session, actor_of(session, cast.psw), at=later) == ()
    opened(session, cast, cast.trainer, cast.clinician, at=later)
    forget_old_views(session, at=later)
    assert session.scalar(select(func.count()).select_from(RecordView)) == 1


@pytest.mark.parametrize("times", [1, 100])
def test_one_statement_however_long_the_log(session: Session, engine: Engine, cast: Cast, times: int) -> None:
    for minute in range(times):
        opened(session, cast, cast.trainer, cast.psw, at=AT + timedelta(minutes=minute))
    psw = actor_of(session, cast.psw)
    with statements_of(engine) as seen:
        openings_of(session, psw, at=AT + timedelta(days=1))
    assert len(seen) == 1
