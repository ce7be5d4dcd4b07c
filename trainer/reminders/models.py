"""What people wish about reminders."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class MailOptOut(Base):
    """Somebody wants no letters of a kind; no row means that they may come."""

    __tablename__ = "mail_opt_out"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    since: Mapped[datetime]
