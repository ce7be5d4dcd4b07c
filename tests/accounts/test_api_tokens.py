"""Making and ending tokens: limits, who may, and what is written down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.crowd import all_at_once
from tests.factories import actor_of
from tests.samples import AT
from trainer.accounts.actor import Scope
from trainer.accounts.api_tokens import (
    LONGEST,
    MOST_TOKENS,
    PATTERN,
    MadeToken,
    end_exposed_token,
    end_token,
    make_token,
)
from trainer.accounts.models import ApiToken, AuditEvent
from trainer.accounts.token_queries import Standing, find_token, token_lines
from trainer.errors import Conflict, Invalid, NotAllowed, NotFound

both = pytest.mark.any_database


def make(session: Session, cast: Cast, **changed: Any) -> MadeToken:
    """A token of the manager's."""
    usual: dict[str, Any] = {
        "actor": actor_of(session, changed.pop("by", cast.manager)),
        "organisation": "gannet-quay",
        "name": "HR system",
        "scopes": [Scope.ROSTERS_READ],
        "lasts": timedelta(days=90),
        "at": AT,
    }
    return make_token(session, **{**usual, **changed})


@both
def test_a_token_is_found_by_itself_and_shown_nowhere(session: Session, cast: Cast) -> None:
    made = make(session, cast, scopes=[Scope.ROSTERS_READ, Scope.REPORTS_READ])
    assert PATTERN.fullmatch(made.token)
    assert made.token not in repr(made)
    found = find_token(session, made.token, at=AT)
    assert found is not None
    assert found.scopes == {Scope.ROSTERS_READ, Scope.REPORTS_READ}
    assert found.standing is Standing.WORKS
    assert found.actor.person_id == cast.manager.id
    assert found.actor.role_in(cast.theirs.id) is None
    assert find_token(session, made.token[:-1], at=AT) is None
    (line,) = token_lines(session, cast.ours.id, at=AT)
    assert made.token not in repr(line)
    assert made.token.startswith(line.prefix)
    assert token_lines(session, cast.theirs.id, at=AT) == ()


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"name": "  "}, Invalid),
        ({"name": "x" * 101}, Invalid),
        ({"name": "HR\u202esystem"}, Invalid),
        ({"scopes": []}, Invalid),
        ({"lasts": LONGEST + timedelta(seconds=1)}, Invalid),
        ({"lasts": timedelta(0)}, Invalid),
        ({"organisation": "heron-weir"}, NotFound),
        ({"organisation": "no-such-place"}, NotFound),
    ],
)
def test_what_cannot_be_made(session: Session, cast: Cast, changed: dict[str, Any], problem: type[Exception]) -> None:
    with pytest.raises(problem):
        make(session, cast, **changed)
    assert session.scalar(select(func.count()).select_from(ApiToken)) == 0


def test_managers_alone_make_tokens(session: Session, cast: Cast) -> None:
    for person in (cast.trainer, cast.psw):
        with pytest.raises(NotAllowed):
            make(session, cast, by=person)
    with pytest.raises(NotFound):
        make(session, cast, by=cast.stranger_manager)


def test_the_longest_token_works_for_a_year(session: Session, cast: Cast) -> None:
    made = make(session, cast, lasts=LONGEST)
    last = find_token(session, made.token, at=AT + LONGEST - timedelta(seconds=1))
    over = find_token(session, made.token, at=AT + LONGEST)
    assert last is not None
    assert over is not None
    assert (last.standing, over.standing) == (Standing.WORKS, Standing.EXPIRED)


def test_a_page_that_is_sent_twice_makes_one_token(session: Session, cast: Cast) -> None:
    make(session, cast)
    with pytest.raises(Conflict, match="already"):
        make(session, cast, name=" HR  system ")
    later = AT + timedelta(days=91)
    make(session, cast, at=later)  # the first has expired


def test_there_is_an_end_to_tokens(session: Session, cast: Cast) -> None:
    for number in range(MOST_TOKENS):
        made = make(session, cast, name=f"System {number}")
    with pytest.raises(Conflict, match="limit"):
        make(session, cast)
    end_token(session, actor=actor_of(session, cast.manager), organisation="gannet-quay", token_id=made.token_id, at=AT)
    make(session, cast)


def test_another_organisation_s_token_is_not_there(session: Session, cast: Cast) -> None:
    made = make(session, cast)
    stranger = actor_of(session, cast.stranger_manager)
    with pytest.raises(NotFound):
        end_token(session, actor=stranger, organisation="heron-weir", token_id=made.token_id, at=AT)
    found = find_token(session, made.token, at=AT)
    assert found is not None
    assert found.standing is Standing.WORKS


@both
def test_what_becomes_of_tokens_is_written_down_once(session: Session, cast: Cast) -> None:
    first, second = make(session, cast), make(session, cast, name="Rota system")
    who = {"actor": actor_of(session, cast.manager), "organisation": "gannet-quay", "at": AT}
    for _ in range(2):
        end_token(session, **who, token_id=first.token_id)  # type: ignore[arg-type]
        assert end_exposed_token(session, token=second.token, at=AT)
    assert not end_exposed_token(session, token="alongside_" + "A" * 43, at=AT)
    events = session.execute(select(AuditEvent.kind, AuditEvent.subject_id, AuditEvent.detail).order_by(AuditEvent.id))
    assert [(kind, subject) for kind, subject, _ in events] == [
        ("token.made", first.token_id),
        ("token.made", second.token_id),
        ("token.ended", first.token_id),
        ("token.exposed", second.token_id),
    ]
    details = session.scalars(select(AuditEvent.detail)).all()
    assert not any(token in detail for token in (first.token, second.token, "HR system") for detail in details)


@both
def test_many_at_once_make_one_of_a_name(engine: Engine, cast: Cast) -> None:
    results = all_at_once(engine, [lambda session: make(session, cast)] * 6)
    assert sum(isinstance(one, MadeToken) for one in results) == 1
    assert sum(isinstance(one, Conflict) for one in results) == 5
