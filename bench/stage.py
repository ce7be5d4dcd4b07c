"""Setting the scene through the services: a database, learners, and browsers in which they are signed in."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask import session as flask_session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf

from bench.tree import SLUG, write_tree
from bench.wire import HOST
from trainer.accounts.services import create_person, open_session
from trainer.clock import now
from trainer.config import Settings, settings_from
from trainer.courseware.catalogue import Module
from trainer.extensions import database, writing
from trainer.factory import create_app
from trainer.learning.revisions import publish_revisions
from trainer.schema import upgrade_schema

KEY = "only ever used by the bench, on this machine"


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody signed in: the cookie, and the token that their forms carry."""

    person_id: int
    cookie: str
    csrf: str


@dataclass(frozen=True, slots=True)
class Stage:
    """All that a run needs."""

    module: Module
    browsers: tuple[Browser, ...]
    database: Path
    environment: dict[str, str]
    settings: Settings


def set_stage(folder: Path, *, learners: int, port: int, workers: int, threads: int) -> Stage:
    """Content, database and signed-in learners; the server may be started after it."""
    content = write_tree(folder / "content")
    file = folder / "bench.sqlite"
    settings = settings_from(
        {
            "demo": False,
            "secret_key": KEY,
            "notebook_keys": base64.b64encode(secrets.token_bytes(32)).decode(),
            "database_url": f"sqlite:///{file}",
            "instance_path": folder,
            "content_path": content,
            "base_url": f"http://{HOST}:{port}",
            "port": port,
            "workers": workers,
            "threads": threads,
        }
    )
    app = create_app(settings)
    module = app.extensions["house"].catalogue.by_slug[SLUG]
    with app.app_context():
        upgrade_schema(database.engine)
        tokens = _sign_everybody_in(app, learners)
        database.engine.dispose()
    # Outside that context: inside it, everybody would be given the form token of the first.
    browsers = tuple(browser_of(app, person_id, token) for person_id, token in tokens.items())
    return Stage(module, browsers, file, environment_of(settings), settings)


def _sign_everybody_in(app: Flask, learners: int) -> dict[int, str]:
    tokens = {}
    with writing() as session:
        publish_revisions(session, app.extensions["house"].catalogue, at=now())
        for number in range(1, learners + 1):
            email = f"learner-{number}@bench.example"
            person_id = create_person(session, name=f"Learner {number}", email=email, password=None, at=now())
            opened = open_session(session, person_id=person_id, device="the bench", is_remembered=False, at=now())
            tokens[person_id] = opened.token
    return tokens


def browser_of(app: Flask, person_id: int, token: str) -> Browser:
    """A browser in which a session of the app is open."""
    with app.test_request_context():
        flask_session.update({"_user_id": token, "_fresh": True})
        csrf = generate_csrf()
        cookie = signed_cookie(app, dict(flask_session))
    return Browser(person_id, cookie, csrf)


def signed_cookie(app: Flask, content: dict[str, object]) -> str:
    """A session cookie as the app itself would set it."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None  # there is a key
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(content)}"


def environment_of(settings: Settings) -> dict[str, str]:
    """The same settings for a process of its own."""
    return {
        "TRAINER_DEMO": "0",
        "TRAINER_SECRET_KEY": settings.secret_key.get_secret_value(),
        "TRAINER_NOTEBOOK_KEYS": settings.notebook_keys.get_secret_value(),
        "DATABASE_URL": settings.database_url,
        "TRAINER_INSTANCE_PATH": str(settings.instance_path),
        "TRAINER_CONTENT_PATH": str(settings.content_path),
        "TRAINER_BASE_URL": settings.base_url,
        "TRAINER_WORKERS": str(settings.workers),
        "TRAINER_THREADS": str(settings.threads),
        "PORT": str(settings.port),
    }


def floor_browsers(settings: Settings, count: int) -> tuple[Browser, ...]:
    """People signed in at the floor: a signed cookie with their number, nothing more."""
    app = Flask("floor")
    app.secret_key = settings.signing_key()
    return tuple(Browser(number, signed_cookie(app, {"person": number}), "") for number in range(1, count + 1))
