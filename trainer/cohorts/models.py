"""The tables of cohorts. ``organisation_id`` stands first in what is looked up by tenant."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class Cohort(Base):
    """A group studying together."""

    __tablename__ = "cohort"
    __table_args__ = (UniqueConstraint("organisation_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    survey_wave: Mapped[str | None] = mapped_column(String(10))  # which survey is open now: before, after or none
    exercise_wave: Mapped[str | None] = mapped_column(String(10))  # which note of the exercise may be written now
    created_at: Mapped[datetime]


class CohortTrainer(Base):
    """A trainer of a cohort; only these may open its named report."""

    __tablename__ = "cohort_trainer"
    __table_args__ = (Index("ix_cohort_trainer_person_id", "person_id"),)

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class Enrolment(Base):
    """One learner in one cohort; withdrawn people keep their learning, and leave its reports."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("cohort_id", "person_id"),
        CheckConstraint("state IN ('invited', 'active', 'withdrawn')", name="state_known"),
        Index("ix_enrolment_organisation_id", "organisation_id"),
        Index("ix_enrolment_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[datetime]
    # The name that whoever invited the person wrote. Until the person accepts, their own account is not
    # this organisation's to know, not even whether there is one.
    invited_as: Mapped[str | None] = mapped_column(String(200))


class Assignment(Base):
    """A module set for a cohort. ``module_id`` is the permanent id of the content, such as L1."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("cohort_id", "module_id"),
        Index("ix_assignment_organisation_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    module_id: Mapped[str] = mapped_column(String(40))
    opens_on: Mapped[date]
    due_on: Mapped[date | None]


class LearnerCount(Base):
    """How many of a cohort's modules an active learner has completed. Recomputable, and only written by ``counting``.

    It keeps the key of the person's name, so that any page of the cohort, sorted either way, is read off an index.
    """

    __tablename__ = "learner_count"
    __table_args__ = (
        Index("ix_learner_count_progress", "cohort_id", "completed_count", "name_key", "person_id"),
        Index("ix_learner_count_name_key", "cohort_id", "name_key", "person_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    completed_count: Mapped[int]
    # By code point on every database: a server's own locale would skip spaces and apostrophes.
    name_key: Mapped[str] = mapped_column(String(200).with_variant(String(200, collation="C"), "postgresql"))


class ModuleCount(Base):
    """How many active learners have begun or completed a module set for a cohort; as recomputable."""

    __tablename__ = "module_count"

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    in_progress: Mapped[int]
    completed: Mapped[int]


class LiveSession(Base):
    """A meeting of a cohort about some modules. ``number`` counts within the cohort and stands in its address."""

    __tablename__ = "live_session"
    __table_args__ = (UniqueConstraint("cohort_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class LiveSessionModule(Base):
    """A module that a live session is about."""

    __tablename__ = "live_session_module"

    live_session_id: Mapped[int] = mapped_column(ForeignKey("live_session.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(String(40), primary_key=True)


class Attendance(Base):
    """Somebody came. There is no row, and so no mark, for who did not."""

    __tablename__ = "attendance"
    __table_args__ = (Index("ix_attendance_person_id", "person_id"),)

    live_session_id: Mapped[int] = mapped_column(ForeignKey("live_session.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    noted_at: Mapped[datetime]


class ReadinessAction(Base):
    """Something an organisation agreed to do. ``owner`` is a role title; nobody's answers are behind it."""

    __tablename__ = "readiness_action"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int]  # counts within the organisation and stands in its address
    text: Mapped[str] = mapped_column(String(300))
    owner: Mapped[str] = mapped_column(String(100))
    due_month: Mapped[date]  # its first day
    done_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]  # an empty row stays, so that no old page means another action


class JoinCode(Base):
    """A code to join a cohort with. Weak and printed on walls: limited in number and time, and easily replaced."""

    __tablename__ = "join_code"

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    made_at: Mapped[datetime]
    last_day: Mapped[date]
    most_joins: Mapped[int]
    join_count: Mapped[int]


class RosterUpload(Base):
    """A list of people between its preview and its use: its uploader's alone, and gone after a day."""

    __tablename__ = "roster_upload"
    __table_args__ = (Index("ix_roster_upload_cohort_id", "cohort_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
