"""A session is a row: it ends when it is ended, and rights are read afresh at every request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import delete, select, update

from tests.cast import PASSWORD, Cast, Someone
from tests.conftest import Clock, running
from tests.door import post, sign_in
from trainer.accounts.models import LoginSession, Membership
from trainer.accounts.services import set_active
from trainer.cohorts.models import CohortTrainer
from trainer.config import Settings
from trainer.courseware.catalogue import Catalogue
from trainer.extensions import writing

Browser = Callable[[Someone], FlaskClient]
COHORT = "/organisations/gannet-quay/cohorts/autumn/"
NEW = "seven herons at noon"


def typed_sign_in(client: FlaskClient, person: Someone, **more: str) -> None:
    response = post(client, "/sign-in", {"email": person.email, "password": PASSWORD, **more})
    assert response.status_code == 303, response.text


def copy_of(client: FlaskClient) -> FlaskClient:
    """A thief's browser with the same cookie."""
    thief = client.application.test_client()
    cookie = client.get_cookie("alongside")
    assert cookie is not None
    thief.set_cookie("alongside", cookie.value)
    return thief


def is_in(client: FlaskClient) -> bool:
    return client.get("/profile/").status_code == 200


def test_a_cookie_kept_from_before_sign_out_opens_nothing(client: FlaskClient, cast: Cast) -> None:
    typed_sign_in(client, cast.psw)
    thief = copy_of(client)
    assert is_in(thief)
    response = post(client, "/sign-out")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(client)
    assert not is_in(thief)


def test_sign_in_draws_a_new_token_whatever_the_cookie_held(app: Flask, client: FlaskClient, cast: Cast) -> None:
    typed_sign_in(client, cast.psw)
    planted = copy_of(client)
    post(planted, "/sign-out")
    with client.session_transaction() as cookie:
        before = cookie["_user_id"]
    typed_sign_in(client, cast.psw)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != before
        assert set(cookie) <= {"_user_id", "_fresh", "_id", "csrf_token", "_permanent"}
        assert "Eimear" not in str(dict(cookie))


def test_a_changed_password_signs_every_other_device_out(client_for: Browser, cast: Cast) -> None:
    here, elsewhere, somebody_else = client_for(cast.psw), client_for(cast.psw), client_for(cast.clinician)
    response = post(here, "/profile/password", {"current": PASSWORD, "password": NEW, "again": NEW})
    assert response.status_code == 303
    assert is_in(here)
    assert not is_in(elsewhere)
    assert is_in(somebody_else)


def test_a_closed_account_is_out_at_once(app: Flask, client_for: Browser, cast: Cast) -> None:
    client = client_for(cast.trainer)
    with app.app_context(), writing() as session:
        set_active(session, person_id=cast.trainer.id, is_active=False)
    assert not is_in(client)
    with app.app_context(), writing() as session:
        assert session.scalar(select(LoginSession.id).where(LoginSession.person_id == cast.trainer.id)) is None


def test_a_session_row_of_a_closed_account_opens_nothing(
    app: Flask, client_for: Browser, cast: Cast, clock: Clock
) -> None:
    client = client_for(cast.disabled)  # such as one that was opened in the same instant
    assert not is_in(client)


@pytest.mark.any_database
def test_a_role_that_is_taken_away_is_gone_at_the_next_request(app: Flask, client_for: Browser, cast: Cast) -> None:
    trainer, manager = client_for(cast.trainer), client_for(cast.manager)
    for client in (trainer, manager):
        assert client.get(COHORT).status_code == 200
    with app.app_context(), writing() as session:
        session.execute(delete(CohortTrainer).where(CohortTrainer.person_id == cast.trainer.id))
        session.execute(update(Membership).where(Membership.person_id == cast.manager.id).values(role="learner"))
    assert trainer.get(COHORT).status_code == 403
    assert trainer.get(f"{COHORT}report").status_code == 403
    assert manager.get(COHORT).status_code == 403
    assert manager.get("/organisations/gannet-quay/").status_code == 403
    with app.app_context(), writing() as session:
        people = (cast.trainer.id, cast.manager.id)
        session.execute(delete(Membership).where(Membership.person_id.in_(people)))
    for client in (trainer, manager):
        assert client.get(COHORT).status_code == 404
        assert "Autumn on the Quay" not in client.get("/").text


def test_a_trainer_made_a_learner_cannot_open_the_report(app: Flask, client_for: Browser, cast: Cast) -> None:
    client = client_for(cast.trainer)
    with app.app_context(), writing() as session:
        session.execute(update(Membership).where(Membership.person_id == cast.trainer.id).values(role="learner"))
    assert client.get(f"{COHORT}report").status_code == 403
    assert client.get(f"{COHORT}report.csv").status_code == 403


@pytest.mark.parametrize(("remember", "lasts"), [({}, timedelta(hours=12)), ({"remember": "y"}, timedelta(days=30))])
def test_a_session_ends_by_itself(
    client: FlaskClient, cast: Cast, clock: Clock, remember: dict[str, str], lasts: timedelta
) -> None:
    typed_sign_in(client, cast.psw, **remember)
    clock.advance(lasts - timedelta(seconds=1))
    assert is_in(client)
    clock.advance(timedelta(seconds=1))
    assert not is_in(client)


def test_nobody_ends_the_session_of_somebody_else(app: Flask, client_for: Browser, cast: Cast) -> None:
    psw, clinician = client_for(cast.psw), client_for(cast.clinician)
    with app.app_context(), writing() as session:
        theirs = session.scalars(select(LoginSession.id).where(LoginSession.person_id == cast.clinician.id)).one()
    assert post(psw, f"/profile/devices/{theirs}/end").status_code == 303
    assert post(psw, "/profile/devices/end-others").status_code == 303
    assert is_in(clinician)
    assert is_in(psw)


def test_one_device_can_be_ended_from_another(app: Flask, client_for: Browser, cast: Cast) -> None:
    lost, here = client_for(cast.psw), client_for(cast.psw)
    with app.app_context(), writing() as session:
        mine = select(LoginSession.id).where(LoginSession.person_id == cast.psw.id).order_by(LoginSession.id)
        first = session.scalars(mine).first()
    post(here, f"/profile/devices/{first}/end")
    assert not is_in(lost)
    assert is_in(here)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient, cast: Cast) -> None:
    typed_sign_in(client, cast.psw)
    cookie = client.get_cookie("alongside")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.expires is None
    assert "Cookie" in client.get("/").headers["Vary"]


@pytest.fixture
def secure_app(settings: Settings, catalogue: Catalogue, clock: Clock) -> Iterator[Flask]:
    """The app as people reach it by https."""
    changes = {"base_url": "https://learn.example.ie", "secret_key": SecretStr("k" * 40)}
    with running(settings.model_copy(update=changes), catalogue) as app:
        yield app


def test_behind_https_the_cookie_is_secure_and_bound_to_the_host(secure_app: Flask) -> None:
    client = secure_app.test_client()
    response = client.get("/sign-in", base_url="https://learn.example.ie")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-alongside=")
    assert "; Secure" in cookie
    assert "; HttpOnly" in cookie
    assert "; Path=/" in cookie
    assert "Domain" not in cookie
    assert int(response.headers["Strict-Transport-Security"].removeprefix("max-age=")) >= 31_536_000


def test_a_cookie_signed_with_another_key_is_nobody(app: Flask, secure_app: Flask, cast: Cast, clock: Clock) -> None:
    client, other = app.test_client(), app.test_client()
    sign_in(client, cast.manager, at=clock.at)
    assert is_in(client)
    with client.session_transaction() as cookie:
        content = dict(cookie)
    forger = secure_app.session_interface.get_signing_serializer(secure_app)  # type: ignore[attr-defined]
    other.set_cookie("alongside", forger.dumps(content))
    assert not is_in(other)


def test_need_to_talk_touches_no_session(client_for: Browser, client: FlaskClient, cast: Cast) -> None:
    for browser in (client, client_for(cast.psw)):
        response = browser.get("/need-to-talk")
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "Eimear" not in response.text
        assert "<script" not in response.text
