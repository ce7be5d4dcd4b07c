"""Practice, kept for its own learner alone."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class ScenarioWalk(Base):
    """A road through a scenario. Without an outcome it is a place kept for later; there is one of those at most."""

    __tablename__ = "scenario_walk"
    __table_args__ = (UniqueConstraint("person_id", "module_id", "scenario", "road_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    module_id: Mapped[str] = mapped_column(String(40))
    scenario: Mapped[str] = mapped_column(String(80))
    road_key: Mapped[str] = mapped_column(String(64))  # the hash of the road, or "open" for a place kept
    road: Mapped[str] = mapped_column(Text)  # a JSON list of the places in the order they were reached
    outcome: Mapped[str | None] = mapped_column(String(10))
    walked_at: Mapped[datetime]


class RefresherChoice(Base):
    """Whether somebody wants refreshers at all. No row: they are offered."""

    __tablename__ = "refresher_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    is_on: Mapped[bool]
    paused_until: Mapped[date | None]
    changed_at: Mapped[datetime]


class RefresherSitting(Base):
    """A few questions of a completed module, asked again on one day."""

    __tablename__ = "refresher_sitting"
    __table_args__ = (UniqueConstraint("person_id", "module_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    module_id: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    revision: Mapped[str] = mapped_column(ForeignKey("module_revision.revision"))
    seed: Mapped[int]
    question_ids: Mapped[str] = mapped_column(Text)  # a JSON list
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class RefresherAnswer(Base):
    """The one answer to a question of a sitting; the explanation follows at once, so it stays."""

    __tablename__ = "refresher_answer"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("refresher_sitting.id"), primary_key=True)
    question_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    is_right: Mapped[bool | None]  # None for a kind that is never marked
    answered_at: Mapped[datetime]
