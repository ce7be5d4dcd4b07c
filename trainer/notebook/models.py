"""One row a note. Nothing outside this package may import it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class NotebookEntry(Base):
    """``name`` is reflect:<name>, rewrite:<name> or note:<section>; ``sealed`` opens for its writer alone."""

    __tablename__ = "notebook_entry"
    __table_args__ = (UniqueConstraint("person_id", "module_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    module_id: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    sealed: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
