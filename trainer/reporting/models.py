"""What reports keep for themselves: weekly figures, which answers are counted, and who opened whose record.

Everything else they only read.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class WeeklyFigures(Base):
    """An organisation in one week. ``released`` is all that any page may read; ``basis`` holds the ids of people."""

    __tablename__ = "weekly_figures"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)  # its Monday
    released: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    frozen_at: Mapped[datetime]


class CountedAttempt(Base):
    """A first submitted attempt that is counted in a cohort's figures: in one cohort, in one batch, for good.

    A batch is closed at once with everybody who waited, so that no two figures differ by one person.
    """

    __tablename__ = "counted_attempt"
    __table_args__ = (Index("ix_counted_attempt_cohort_id_module_id", "cohort_id", "module_id"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    module_id: Mapped[str] = mapped_column(String(40))
    batch: Mapped[int]  # from 1, per cohort and module
    counted_at: Mapped[datetime]
    # The role when the batch was closed. Gone from the whole batch as soon as one of its people changes theirs.
    practice_role: Mapped[str | None] = mapped_column(String(20))


class RecordView(Base):
    """Somebody opened a learner's record, or took a cohort's list as a file; its subject may read this.

    Without ``person_id`` it is about everybody in the cohort; without ``viewer_id`` it was the operator.
    """

    __tablename__ = "record_view"
    __table_args__ = (
        Index("ix_record_view_person_id", "person_id"),
        Index("ix_record_view_cohort_id", "cohort_id"),
        Index("ix_record_view_viewed_at", "viewed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    viewer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    viewed_at: Mapped[datetime]
