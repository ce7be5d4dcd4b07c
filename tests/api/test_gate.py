"""Who gets in by the JSON door: a token in the header, for what its scopes name, while its maker is a manager."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.api.calling import AUTUMN, EVERY_SCOPE, OURS, System, make_trainer, new_token, problem_of
from tests.cast import Cast, Someone
from tests.conftest import Clock
from tests.door import post
from tests.factories import actor_of
from trainer.accounts.actor import Role, Scope
from trainer.accounts.api_tokens import end_token
from trainer.accounts.models import ApiToken, AuditEvent
from trainer.accounts.services import set_active
from trainer.accounts.throttle import API_PER_TOKEN
from trainer.api.catalogue import OPERATIONS
from trainer.api.operations import Operation
from trainer.cohorts.members import change_role, remove_member
from trainer.cohorts.people import member_lines
from trainer.extensions import reading, writing

both = pytest.mark.any_database
CLOSED = tuple(one for one in OPERATIONS if not one.is_public)
BODY = {"people": [{"name": "Nóra Ní Chonaill", "staff_id": "88-1"}]}


def call(system: System, one: Operation, *, place: str = "gannet-quay", cohort: str = "autumn") -> TestResponse:
    """The operation as the document describes it."""
    path = one.path.replace("{organisation}", place).replace("{cohort}", cohort).replace("{enrolment}", "1")
    asked = {"module": "S1"} if one.name == "questions" else None
    return system.ask(f"/api/v1{path}", one.method, query_string=asked, json=BODY if one.body else None)


@pytest.mark.parametrize("one", CLOSED, ids=lambda one: one.name)
def test_nothing_opens_without_a_token(
    app: Flask, cast: Cast, client_for: Callable[..., FlaskClient], one: Operation
) -> None:
    path = f"/api/v1{one.path.format(organisation='gannet-quay', cohort='autumn', enrolment=1)}"
    for client in (app.test_client(), client_for(cast.manager), client_for(cast.trainer)):
        response = client.open(path, method=one.method)
        assert response.status_code == 401
        assert problem_of(response)["code"] == "token_missing"
        assert response.headers["WWW-Authenticate"] == 'Bearer realm="api"'
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("one", CLOSED, ids=lambda one: one.name)
def test_each_operation_needs_its_own_scope(app: Flask, cast: Cast, one: Operation) -> None:
    make_trainer(app, cast, cast.manager)
    others = [scope for scope in EVERY_SCOPE if scope is not one.scope]
    lacking = System(app, new_token(app, cast.manager, "gannet-quay", others, name="Lacking"))
    response = call(lacking, one)
    if one.scope is None:
        assert response.status_code == 200
        return
    assert response.status_code == 403
    assert problem_of(response)["code"] == "scope_missing"
    assert one.scope in problem_of(response)["message"]
    holding = System(app, new_token(app, cast.manager, "gannet-quay", [one.scope], name="Holding"))
    assert call(holding, one).status_code in (200, 204, 404)  # 404: an enrolment of another cohort


@both
@pytest.mark.parametrize("one", [one for one in CLOSED if "{organisation}" in one.path], ids=lambda one: one.name)
def test_what_belongs_to_others_looks_like_what_does_not_exist(
    app: Flask, cast: Cast, system: System, one: Operation
) -> None:
    make_trainer(app, cast, cast.manager)
    places = [("heron-weir", "autumn"), ("no-such-place", "autumn")]
    if "{cohort}" in one.path:
        places += [("gannet-quay", "no-such-cohort"), ("gannet-quay", "autumn'--")]
    answers = [call(system, one, place=place, cohort=cohort) for place, cohort in places]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    stranger = System(app, new_token(app, cast.stranger_manager, "heron-weir"))
    assert call(stranger, one).text == answers[0].text


def test_names_and_answers_only_where_the_maker_is_a_trainer(app: Flask, cast: Cast, system: System) -> None:
    for path in (f"{AUTUMN}/completions", f"{AUTUMN}/reports/questions?module=S1"):
        response = system.ask(path)
        assert response.status_code == 403
        assert problem_of(response)["code"] == "not_allowed"
        assert cast.psw.name not in response.text
    make_trainer(app, cast, cast.manager)
    assert system.ask(f"{AUTUMN}/completions").status_code == 200
    assert system.ask(f"{OURS}/cohorts/winter/completions").status_code == 403


@both
def test_a_token_dies_with_its_end(app: Flask, cast: Cast, system: System, clock: Clock) -> None:
    assert system.ask("/api/v1/organisations").status_code == 200
    with app.app_context(), writing() as session:
        number = session.scalars(select(ApiToken.id)).one()
        end_token(
            session, actor=actor_of(session, cast.manager), organisation="gannet-quay", token_id=number, at=clock.at
        )
    response = system.ask("/api/v1/organisations")
    assert (response.status_code, problem_of(response)["code"]) == (401, "token_ended")
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]


def test_a_token_dies_on_its_last_day(system: System, clock: Clock) -> None:
    clock.advance(timedelta(days=30) - timedelta(seconds=1))
    assert system.ask("/api/v1/organisations").status_code == 200
    clock.advance(timedelta(seconds=1))
    response = system.ask("/api/v1/organisations")
    assert (response.status_code, problem_of(response)["code"]) == (401, "token_expired")


@both
@pytest.mark.parametrize("how", ["role", "removed"])
def test_a_token_dies_with_its_maker_s_role_and_stays_dead(
    app: Flask, cast: Cast, system: System, clock: Clock, how: str
) -> None:
    with app.app_context(), writing() as session:
        boss = actor_of(session, cast.manager)
        lines, _count = member_lines(session, cast.ours.id)
        number = {line.person_id: line.member_id for line in lines}
        other = {"actor": boss, "organisation": "gannet-quay", "member_id": number[cast.trainer.id], "at": clock.at}
        change_role(session, **other, role=Role.MANAGER)
        mine = {**other, "actor": actor_of(session, cast.trainer), "member_id": number[cast.manager.id]}
        if how == "role":
            change_role(session, **mine, role=Role.TRAINER)
            change_role(session, **mine, role=Role.MANAGER)
        else:
            remove_member(session, **mine)
        kinds = session.scalars(select(AuditEvent.kind)).all()
    assert "token.ended" in kinds
    response = system.ask("/api/v1/organisations")
    assert (response.status_code, problem_of(response)["code"]) == (401, "token_ended")


def test_a_token_rests_while_its_maker_s_account_is_closed(app: Flask, cast: Cast, system: System) -> None:
    with app.app_context(), writing() as session:
        set_active(session, person_id=cast.manager.id, is_active=False)
    response = system.ask("/api/v1/organisations")
    assert (response.status_code, problem_of(response)["code"]) == (401, "token_stopped")


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic bWFuYWdlcjpwYXNzd29yZA==",
        "Bearer {token} {token}",
        "Bearer {token}x",
        "Bearer {token[:-1]}",
        "Token {token}",
        "{token}",
        "Bearer alongside_" + "A" * 43,
        "Bearer " + "x" * 5_000,
        "Bearer '; DROP TABLE api_token; --",
        "Bearer é",
    ],
)
def test_headers_that_open_nothing(app: Flask, system: System, given: str) -> None:
    header = given.replace("{token[:-1]}", system.token[:-1]).replace("{token}", system.token)
    response = app.test_client().get("/api/v1/organisations", headers={"Authorization": header})
    assert response.status_code == 401
    assert problem_of(response)["code"].startswith("token_")
    assert system.token not in response.text


def test_two_headers_open_nothing(app: Flask, system: System) -> None:
    both_headers = [("Authorization", f"Bearer {system.token}"), ("Authorization", f"Bearer {system.token}")]
    response = app.test_client().get("/api/v1/organisations", headers=both_headers)
    assert (response.status_code, problem_of(response)["code"]) == (401, "token_unreadable")


def test_the_scheme_is_written_in_any_case(app: Flask, system: System) -> None:
    for scheme in ("bearer", "BEARER", "Bearer"):
        headers = {"Authorization": f"{scheme} {system.token}"}
        assert app.test_client().get("/api/v1/organisations", headers=headers).status_code == 200


@both
@pytest.mark.parametrize(
    "where",
    ["/api/v1/organisations?access_token={}", "/api/v1/organisations?x={}", "/api/v1/{}", "/api/v1/lens?token={}"],
)
def test_a_token_in_an_address_is_ended(
    app: Flask, cast: Cast, system: System, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    caplog.set_level(logging.DEBUG)
    response = app.test_client().get(where.format(system.token))
    assert response.status_code == 400
    assert problem_of(response)["code"] == "token_exposed"
    assert "is ended" in problem_of(response)["message"]
    assert system.token not in response.text + str(response.headers)
    assert system.token not in caplog.text
    again = system.ask("/api/v1/organisations")
    assert (again.status_code, problem_of(again)["code"]) == (401, "token_ended")
    with app.app_context(), reading() as session:
        kinds = session.scalars(select(AuditEvent.kind).order_by(AuditEvent.id)).all()
    assert kinds == ["token.made", "token.exposed"]


@pytest.mark.parametrize("encoding", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_token_in_a_form_is_ended(app: Flask, system: System, encoding: str) -> None:
    data = {"access_token": system.token}
    response = app.test_client().post(f"{AUTUMN}/enrolments", data=data, content_type=encoding)
    assert (response.status_code, problem_of(response)["code"]) == (400, "token_exposed")
    assert problem_of(system.ask("/api/v1/organisations"))["code"] == "token_ended"


def test_what_is_only_called_a_token_is_refused_and_ends_nothing(app: Flask, system: System) -> None:
    for query in ("access_token=abc", "token=alongside_" + "A" * 43, "api_key="):
        response = app.test_client().get(f"/api/v1/organisations?{query}")
        assert (response.status_code, problem_of(response)["code"]) == (400, "token_exposed")
        assert "is ended" not in problem_of(response)["message"]
    response = app.test_client().post(f"{AUTUMN}/enrolments", data={"Access_Token": "abc"})
    assert (response.status_code, problem_of(response)["code"]) == (400, "token_exposed")
    assert system.ask("/api/v1/organisations").status_code == 200


@both
def test_a_token_has_a_pace(system: System, clock: Clock) -> None:
    first = system.ask("/api/v1/organisations")
    assert first.headers["RateLimit-Limit"] == str(API_PER_TOKEN.count)
    assert first.headers["RateLimit-Remaining"] == str(API_PER_TOKEN.count - 1)
    for _ in range(API_PER_TOKEN.count - 1):
        last = system.ask("/api/v1/organisations")
    assert last.headers["RateLimit-Remaining"] == "0"
    clock.advance(timedelta(seconds=20))
    response = system.ask("/api/v1/organisations")
    assert (response.status_code, problem_of(response)["code"]) == (429, "too_many_requests")
    assert response.headers["Retry-After"] == response.headers["RateLimit-Reset"] == "40"
    clock.advance(timedelta(seconds=40))
    assert system.ask("/api/v1/organisations").status_code == 200


def test_the_pace_of_one_is_not_the_pace_of_another(app: Flask, cast: Cast, system: System) -> None:
    for _ in range(API_PER_TOKEN.count + 1):
        system.ask("/api/v1/organisations")
    other = System(app, new_token(app, cast.manager, "gannet-quay", name="Rota system"))
    assert other.ask("/api/v1/organisations").status_code == 200


def test_the_day_of_the_last_use_is_kept_and_no_more(app: Flask, system: System, clock: Clock) -> None:
    def used() -> date | None:
        with app.app_context(), reading() as session:
            return session.scalar(select(ApiToken.last_used_on))

    assert used() is None
    system.ask("/api/v1/organisations")
    assert used() == date(2026, 11, 23)
    clock.advance(timedelta(days=1))
    system.ask("/api/v1/organisations")
    assert used() == date(2026, 11, 24)


def test_a_cookie_beside_a_token_changes_nothing(
    app: Flask, cast: Cast, system: System, client_for: Callable[[Someone], FlaskClient]
) -> None:
    headers = {"Authorization": f"Bearer {system.token}"}
    alone = app.test_client().get(f"{AUTUMN}/roster", headers=headers)
    beside = client_for(cast.stranger_manager).get(f"{AUTUMN}/roster", headers=headers)
    assert alone.text == beside.text
    assert "Cookie" not in beside.headers.get("Vary", "")


def test_a_token_opens_no_page(system: System) -> None:
    for path in ("/", "/organisations/gannet-quay/", "/organisations/gannet-quay/people/"):
        assert system.ask(path).status_code == 302


def test_an_endpoint_that_is_no_operation_is_refused(app: Flask, system: System) -> None:
    app.add_url_rule("/api/v1/forgotten", "forgotten", lambda: "open")
    assert app.test_client().get("/api/v1/forgotten").status_code == 404
    assert system.ask("/api/v1/forgotten").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/", 404, "not_found"),
        ("GET", "/api/v1", 404, "not_found"),
        ("GET", "/api/v2/organisations", 404, "not_found"),
        ("GET", "/api/v1/organisations/", 404, "not_found"),
        ("GET", "/api/v1/organisations/%00/cohorts", 404, "not_found"),
        ("DELETE", f"{AUTUMN}/enrolments/99999999999999999999", 404, "not_found"),
        ("PATCH", "/api/v1/organisations", 405, "method_not_allowed"),
        ("TRACE", f"{AUTUMN}/roster", 405, "method_not_allowed"),
        ("GET", f"{AUTUMN}/enrolments", 405, "method_not_allowed"),
        ("POST", "/api/v1/openapi.json", 405, "method_not_allowed"),
    ],
)
def test_errors_that_no_view_has_seen_have_the_one_shape(
    system: System, method: str, path: str, status: int, code: str
) -> None:
    for accept in ("text/html", "application/json", "*/*"):
        response = system.ask(path, method, headers={"Accept": accept})
        assert (response.status_code, problem_of(response)["code"]) == (status, code)
        assert (status == 405) == ("Allow" in response.headers)
        assert "Set-Cookie" not in response.headers


def test_a_failure_of_ours_has_the_one_shape_and_says_nothing(
    app: Flask, system: System, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError(f"secret {request.headers['Authorization'][:10]}")

    monkeypatch.setitem(app.view_functions, "api.organisations", broken)
    headers = {"Authorization": f"Bearer {system.token}"}
    response = app.test_client().get("/api/v1/organisations", headers=headers)
    assert (response.status_code, problem_of(response)["code"]) == (500, "internal")
    assert "secret" not in response.text
    assert system.token not in caplog.text


def test_a_database_that_is_away_is_told_in_the_one_shape(app: Flask, system: System) -> None:
    with app.app_context(), writing() as session:
        session.connection().exec_driver_sql("DROP TABLE throttle")
    headers = {"Authorization": f"Bearer {system.token}"}
    response = app.test_client().get("/api/v1/organisations", headers=headers)
    assert (response.status_code, problem_of(response)["code"]) == (503, "unavailable")
    assert response.headers["Retry-After"] == "5"


def test_a_host_that_is_not_ours_has_the_one_shape(app: Flask) -> None:
    response = app.test_client().get("/api/v1/openapi.json", headers={"Host": "evil.example"})
    assert (response.status_code, problem_of(response)["code"]) == (400, "bad_request")
    assert "evil.example" not in response.text


def test_five_megabytes_are_refused_before_they_are_read(system: System) -> None:
    response = system.ask(f"{AUTUMN}/enrolments", "POST", data=b"[" * 5_000_000, content_type="application/json")
    assert (response.status_code, problem_of(response)["code"]) == (413, "too_large")


def test_the_token_is_stored_as_a_hash_alone(app: Flask, system: System) -> None:
    with app.app_context(), reading() as session:
        row = session.scalars(select(ApiToken)).one()
        assert system.token[16:] not in repr(vars(row))
        assert row.prefix == system.token[:16]


def test_the_web_s_own_forms_need_no_token_of_this_kind(
    client_for: Callable[[Someone], FlaskClient], cast: Cast
) -> None:
    response = post(
        client_for(cast.manager), "/organisations/gannet-quay/cohorts/autumn/enrolments", {"email": "x@y.ie"}
    )
    assert response.status_code == 422


def test_every_scope_opens_something() -> None:
    assert {one.scope for one in OPERATIONS} == {None, *Scope}
