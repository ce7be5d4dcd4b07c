"""The table of letters."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class OutgoingMail(Base):
    """A letter to one person. Whom it goes to, and whether it still may, is asked when it is sent.

    ``not_before`` is also the claim: whoever takes a letter moves it on, so that nobody else takes it meanwhile.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        Index("ix_outgoing_mail_sent_at_gave_up_at_not_before", "sent_at", "gave_up_at", "not_before"),
        Index("ix_outgoing_mail_person_id", "person_id"),
        Index("ix_outgoing_mail_cohort_id", "cohort_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))  # whose trainers are told if it fails
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)  # emptied once nothing is left to do
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    gave_up_at: Mapped[datetime | None]
    failed_reason: Mapped[str | None] = mapped_column(String(60))  # a word of ours, never the server's text
