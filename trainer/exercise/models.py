"""Rounds with their result, and sealed texts that wait for the analysis. Nothing outside this package imports them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class ExerciseRound(Base):
    """One first and one second note of a cohort. Which of them may be written now stands in ``Cohort.exercise_wave``.

    ``situations`` is the pair as it was when the round was opened, in JSON. All figures are NULL until the round has
    ended, and for ever where fewer people than the threshold wrote both notes: then not even their number is kept.
    """

    __tablename__ = "exercise_round"
    __table_args__ = (
        UniqueConstraint("cohort_id", "number"),
        CheckConstraint("ended_at IS NOT NULL OR pair_count IS NULL", name="figures_at_the_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    number: Mapped[int]
    pair_id: Mapped[str] = mapped_column(String(80))
    situations: Mapped[str] = mapped_column(Text)
    seed: Mapped[int]  # of the coins that say who meets which situation first
    opened_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    threshold: Mapped[int | None]
    lexicon_version: Mapped[int | None]
    pair_count: Mapped[int | None]
    only_before_count: Mapped[int | None]
    only_after_count: Mapped[int | None]
    mean_tenths: Mapped[int | None]
    low_tenths: Mapped[int | None]
    high_tenths: Mapped[int | None]


class ExerciseText(Base):
    """A sealed note. There is no row for whoever declines; all rows of a round go when it ends."""

    __tablename__ = "exercise_text"
    __table_args__ = (
        CheckConstraint("wave IN ('before', 'after')", name="wave_known"),
        CheckConstraint("letter IN ('a', 'b')", name="letter_known"),
        Index("ix_exercise_text_person_id", "person_id"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("exercise_round.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    wave: Mapped[str] = mapped_column(String(10), primary_key=True)
    letter: Mapped[str] = mapped_column(String(1))  # which of the two situations it answers
    sealed: Mapped[str] = mapped_column(Text)
    agreement: Mapped[str] = mapped_column(String(20))
    kept_at: Mapped[datetime]
