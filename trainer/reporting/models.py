"""What reports keep for themselves: the weekly figures of an organisation. Everything else they only read."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
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
