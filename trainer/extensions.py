"""The Flask extensions, and the two ways a door may reach the database."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import Lock

from flask_babel import Babel
from flask_login import LoginManager
from flask_mailman import Mail
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from trainer.db import Base, begin_writing, has_row_locks
from trainer.errors import Unavailable

database = SQLAlchemy(metadata=Base.metadata)
login = LoginManager()
csrf = CSRFProtect()
mail = Mail()
babel = Babel()


log = logging.getLogger("trainer.database")
_one_writer = Lock()


@contextmanager
def reading() -> Iterator[Session]:
    """A session for queries; nothing is written.

    The snapshot is the request's: it ends with the app context or when writing begins, so that a
    page pays for one transaction and cannot contradict itself. Raises Unavailable if the database
    cannot be reached.
    """
    session: Session = database.session()
    try:
        yield session
    except OperationalError as error:
        session.rollback()
        raise _unavailable(error) from None


@contextmanager
def writing() -> Iterator[Session]:
    """A session for services: one transaction, committed at the end of the block or not at all.

    Raises Unavailable if the database is locked, full, read-only or away; nothing is written then.
    """
    session: Session = database.session()
    # The threads of one process line up here; SQLite itself would let them poll and overtake each other.
    with _one_writer if not has_row_locks(session) else nullcontext():
        try:
            begin_writing(session)
            yield session
            session.commit()
        except OperationalError as error:
            session.rollback()
            raise _unavailable(error) from None
        except BaseException:
            session.rollback()
            raise


def _unavailable(error: OperationalError) -> Unavailable:
    # Only the driver's own words: the statement's parameters may be somebody's answers.
    log.error("the database cannot be used: %s", error.orig)
    return Unavailable()
