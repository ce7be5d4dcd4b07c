"""The Flask extensions, and the two ways a door may reach the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask_login import LoginManager
from flask_mailman import Mail
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session

from trainer.db import Base, begin_writing

database = SQLAlchemy(metadata=Base.metadata)
login = LoginManager()
csrf = CSRFProtect()
mail = Mail()


@contextmanager
def reading() -> Iterator[Session]:
    """A session for queries; nothing is written and the snapshot ends with the block."""
    session: Session = database.session()
    try:
        yield session
    finally:
        session.rollback()


@contextmanager
def writing() -> Iterator[Session]:
    """A session for services: one transaction, committed at the end of the block or not at all."""
    session: Session = database.session()
    begin_writing(session)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
