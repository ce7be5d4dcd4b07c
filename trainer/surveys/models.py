"""Answers to the survey, one row a person, cohort and wave; its writer may read, change and withdraw it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class SurveyAnswer(Base):
    """``answers`` is a JSON object from item number to 1–5; left-out items are not in it."""

    __tablename__ = "survey_answer"
    __table_args__ = (CheckConstraint("wave IN ('before', 'after')", name="wave_known"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    wave: Mapped[str] = mapped_column(String(10), primary_key=True)
    instrument: Mapped[str] = mapped_column(String(20))
    answers: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime]
