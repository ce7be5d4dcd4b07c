"""Facts and their projection.

``SectionRead``, ``Attempt``, ``Response`` and ``Completion`` are facts; responses are only ever
inserted. ``ModuleState`` can be rebuilt from them at any time (``trainer learning recompute``).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.cohorts.counting import count_from
from trainer.db import Base, table_of


class ModuleRevision(Base):
    """A compiled module as it was when somebody could take it; the key is the hash of its content."""

    __tablename__ = "module_revision"

    revision: Mapped[str] = mapped_column(String(64), primary_key=True)
    module_id: Mapped[str] = mapped_column(String(40))
    compiled: Mapped[str] = mapped_column(Text)
    stored_at: Mapped[datetime]


class Publication(Base):
    """A catalogue as it went live; the youngest is what everybody is served.

    ``compiled`` holds all but modules and pictures: those are named by revision and digest.
    """

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    compiled: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]


class PublishedPicture(Base):
    """A picture of a module, by the hash of its bytes."""

    __tablename__ = "published_picture"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class SectionRead(Base):
    """A learner pressed Continue at the end of a section."""

    __tablename__ = "section_read"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    section_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    revision: Mapped[str] = mapped_column(String(64))
    read_at: Mapped[datetime]


class Attempt(Base):
    """One sitting, numbered from 1. The revision and the seed are pinned when it starts."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("person_id", "module_id", "number"),
        CheckConstraint("(submitted_at IS NULL) = (points IS NULL)", name="scored_when_submitted"),
        # A person has at most one open attempt of a module, whatever arrives in parallel.
        Index(
            "uq_attempt_open",
            "person_id",
            "module_id",
            unique=True,
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    module_id: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    revision: Mapped[str] = mapped_column(ForeignKey("module_revision.revision"))
    seed: Mapped[int]
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    points: Mapped[int | None]
    possible: Mapped[int | None]
    is_passed: Mapped[bool | None]


class Response(Base):
    """One answer given to one question; the highest sequence before submission counts."""

    __tablename__ = "response"
    __table_args__ = (UniqueConstraint("attempt_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    sequence: Mapped[int]
    question_id: Mapped[str] = mapped_column(String(80))
    answer: Mapped[str] = mapped_column(Text)  # a JSON list, as the question's kind reads it
    confidence: Mapped[str | None] = mapped_column(String(10))
    recorded_at: Mapped[datetime]


class BeforeAnswer(Base):
    """An answer given before the first section, voluntarily; the quiz asks the same question again."""

    __tablename__ = "before_answer"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    question_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    revision: Mapped[str] = mapped_column(ForeignKey("module_revision.revision"))
    answer: Mapped[str] = mapped_column(Text)
    points: Mapped[int]
    answered_at: Mapped[datetime]


class ChangeSeen(Base):
    """Up to which revision somebody has read what changed since they completed a module."""

    __tablename__ = "change_seen"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    revision: Mapped[str] = mapped_column(ForeignKey("module_revision.revision"))
    seen_at: Mapped[datetime]


class Completion(Base):
    """The dated fact that a person completed a module, on which revision and by which attempt."""

    __tablename__ = "completion"
    __table_args__ = (UniqueConstraint("person_id", "module_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    module_id: Mapped[str] = mapped_column(String(40))
    revision: Mapped[str] = mapped_column(ForeignKey("module_revision.revision"))
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempt.id"))
    completed_at: Mapped[datetime]


class ModuleState(Base):
    """Recomputable: where a person stands in a module. Reports read this and never the facts."""

    __tablename__ = "module_state"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    best_points: Mapped[int | None]
    best_possible: Mapped[int | None]
    has_passed: Mapped[bool]
    attempt_count: Mapped[int]
    started_at: Mapped[datetime | None]
    last_activity_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]


count_from(table_of(ModuleState))
