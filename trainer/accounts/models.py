"""The tables of people, organisations and sign-in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class Organisation(Base):
    """A service or provider: the tenant."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class Person(Base):
    """Somebody with an account. ``email_key`` is the canonical form that sign-in compares."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("practice_role IN ('psw', 'clinician', 'leader', 'other')", name="practice_role_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200))  # what lists are sorted by
    email: Mapped[str | None] = mapped_column(String(254))  # not everybody has one at work
    email_key: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    practice_role: Mapped[str | None] = mapped_column(String(20))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class Membership(Base):
    """A person's role in an organisation; a person may belong to several."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("organisation_id", "person_id"),
        UniqueConstraint("organisation_id", "staff_key"),
        CheckConstraint("role IN ('learner', 'trainer', 'manager')", name="role_known"),
        Index("ix_membership_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    staff_id: Mapped[str | None] = mapped_column(String(60))  # the organisation's own number for the person
    staff_key: Mapped[str | None] = mapped_column(String(60))
    created_at: Mapped[datetime]


class LoginSession(Base):
    """A signed-in device. The browser holds the token; only its hash is here."""

    __tablename__ = "login_session"
    __table_args__ = (Index("ix_login_session_person_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    device: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    # Set on a shared computer alone: there ``expires_at`` moves on with every page, and never past this.
    ends_at: Mapped[datetime | None]


class PasswordReset(Base):
    """A reset link: hashed, bound to one person, single use, short-lived."""

    __tablename__ = "password_reset"
    __table_args__ = (Index("ix_password_reset_person_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Throttle(Base):
    """How often something was tried lately; shared by every worker because it is a row."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_started_at: Mapped[datetime]
    attempt_count: Mapped[int]


class Invitation(Base):
    """A person asked to join an organisation: by letter, or by a slip for whoever has no address.

    One row a person and organisation; asking again draws a new token, and the old one opens nothing. Without a hash
    nothing has been drawn yet.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("organisation_id", "person_id"),
        CheckConstraint("kind IN ('letter', 'slip')", name="kind_known"),
        Index("ix_invitation_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(10))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: by the operator
    invited_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]  # when somebody took it to send it; given up after a while
    sent_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class WardAccess(Base):
    """Signing in on a shared computer: a short code of one's own and a PIN.

    Ten wrong PINs lock it until a new slip is printed. Whoever starts again with a new slip does not open the notebook:
    it stays closed until the PIN from before is typed.
    """

    __tablename__ = "ward_access"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    pin_hash: Mapped[str | None] = mapped_column(String(255))
    miss_count: Mapped[int] = mapped_column(default=0)
    earlier_pin_hash: Mapped[str | None] = mapped_column(String(255))
    notebook_closed_at: Mapped[datetime | None]


class SlipIssue(Base):
    """A slip printed for somebody who had a PIN already, which they are told and can always read."""

    __tablename__ = "slip_issue"
    __table_args__ = (Index("ix_slip_issue_person_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiToken(Base):
    """With this another system reads or enrols in one organisation. The token is shown once; only its hash is here."""

    __tablename__ = "api_token"
    __table_args__ = (Index("ix_api_token_organisation_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[str] = mapped_column(String(200))  # in alphabetical order, separated by spaces
    prefix: Mapped[str] = mapped_column(String(20))  # its first characters, to tell tokens apart
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_on: Mapped[date | None]  # the day alone


class AuditEvent(Base):
    """Who changed what, in ids and never in words of a person. Rows are added and never changed.

    Each hash covers the row and the hash before it, so that a changed or missing row shows; see ``audit``.
    """

    __tablename__ = "audit_event"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int]  # 1, 2, 3 in its organisation
    at: Mapped[datetime]
    actor_id: Mapped[int]  # 0 is the operator; no foreign key: the row stays as it is whatever becomes of the person
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    detail: Mapped[str] = mapped_column(String(500))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
