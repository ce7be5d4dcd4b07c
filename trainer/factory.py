"""The composition root: settings, content, extensions, blueprints, error pages. Nothing else wires."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from jinja2 import StrictUndefined
from sqlalchemy.exc import ArgumentError
from werkzeug.middleware.proxy_fix import ProxyFix

from trainer.accounts.services import create_person, open_session
from trainer.api.catalogue import install_api
from trainer.api.errors import api_error
from trainer.clock import local_date, now
from trainer.config import BadSettings, Settings, settings_from
from trainer.courseware.catalogue import Catalogue
from trainer.courseware.compiler import compile_tree
from trainer.courseware.folder import content_folder
from trainer.db import prepare_engine
from trainer.errors import DomainError
from trainer.exercise.situations import load_pairs, situations_file
from trainer.extensions import csrf, database, login, mail, writing
from trainer.language.loading import lens_of
from trainer.notebook.sealing import Sealer
from trainer.schema import upgrade_schema
from trainer.web.assets import build_assets
from trainer.web.blueprints import BLUEPRINTS
from trainer.web.errors import install_error_pages
from trainer.web.freshness import refresh_catalogue, watch_publications
from trainer.web.gate import allow_larger_files, install_gate
from trainer.web.headers import install_headers
from trainer.web.letters import send_letters_later, send_waiting_letters
from trainer.web.locales import install_languages
from trainer.web.numbers import RowNumber
from trainer.web.preview import install_preview
from trainer.web.shell import House
from trainer.web.ward import install_shared_sessions

EMPTY = Catalogue(tracks=(), paths=(), modules=(), support=(), glossary=(), images={})
MAX_FORM_BYTES = 500_000


class BrokenContent(DomainError):
    """The content tree has errors; a broken tree stops the deploy, not the lesson."""


def create_app(settings: Settings | None = None, *, catalogue: Catalogue | None = None) -> Flask:
    """Build the app. Raises BadSettings or BrokenContent with a clear sentence."""
    settings = settings or settings_from()
    catalogue = catalogue or compile_content(settings)
    make_instance_folder(settings)
    app = Flask("trainer", root_path=str(Path(__file__).parent / "web"), static_folder=None)
    configure(app, settings)
    sealer, lens = Sealer(settings.notebook_key_list()), lens_of(lexicon_file(settings))
    pairs = load_pairs(situations_file(settings.content_path or content_folder()))
    app.extensions["house"] = House(settings, catalogue, build_assets(), sealer, lens, pairs)
    app.extensions["lens"] = lens
    app.extensions["refresh_catalogue"] = lambda: refresh_catalogue(app)
    app.extensions["send_letters_later"] = send_letters_later
    app.extensions["send_invitations"] = lambda: send_waiting_letters(app, at=now())
    app.extensions["watch_publications"] = lambda: watch_publications(app)
    app.url_map.converters["int"] = RowNumber
    allow_larger_files(app)
    install_extensions(app)
    install_languages(app)
    install_gate(app)
    install_shared_sessions(app)
    install_headers(app, is_secure=settings.is_secure)
    install_error_pages(app, api_error=api_error)
    install_api(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


@contextmanager
def open_preview(folder: Path, settings: Settings) -> Iterator[Flask]:
    """An app that shows a content folder to its author, with a database of its own that is gone afterwards."""
    with TemporaryDirectory(prefix="alongside-preview-") as place:
        own = {"instance_path": Path(place), "database_url": "", "demo": True, "content_path": folder}
        app = create_app(settings.model_copy(update=own), catalogue=EMPTY)
        with app.app_context():
            upgrade_schema(database.engine)
            with writing() as session:
                author = create_person(session, name="Author", email="author@preview.example", at=now())
                opened = open_session(session, person_id=author, device="Preview", is_remembered=True, at=now())
        install_preview(app, folder, opened)
        try:
            yield app
        finally:
            with app.app_context():
                database.engine.dispose()


def compile_content(settings: Settings) -> Catalogue:
    """Compile the curriculum. Raises BrokenContent naming the first problems."""
    folder = settings.content_path or content_folder()
    compilation = compile_tree(folder, today=local_date(now()))
    if compilation.catalogue is None:
        errors = [str(one) for one in compilation.diagnostics if one.severity == "error"]
        shown = "\n".join(errors[:10])
        raise BrokenContent(
            f"The content in {folder} has {len(errors)} errors, so it is not served:\n{shown}",
            "Run trainer content check for the whole list.",
        )
    return compilation.catalogue


def lexicon_file(settings: Settings) -> Path:
    """The lexicon beside the content; where a tree has none, the packaged one."""
    folder = settings.content_path or content_folder()
    own = folder / "lexicon.yaml"
    return own if own.is_file() else content_folder() / "lexicon.yaml"


def make_instance_folder(settings: Settings) -> None:
    """Make the folder for the embedded database. Raises BadSettings if that cannot be."""
    try:
        settings.instance_path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSettings(
            f"The folder {settings.instance_path} cannot be made: {error.strerror}.",
            "Give this account the right to write there, or name another folder with TRAINER_INSTANCE_PATH.",
        ) from None


def configure(app: Flask, settings: Settings) -> None:
    """Flask's own settings, all derived from ours."""
    secure = settings.is_secure
    app.config.update(
        SECRET_KEY=settings.signing_key(),
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings),
        TRUSTED_HOSTS=settings.hosts,
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
        SESSION_COOKIE_NAME="__Host-alongside" if secure else "alongside",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=30 * 24 * 3600,
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=secure,
        TEMPLATES_AUTO_RELOAD=settings.debug,
        MAIL_BACKEND="smtp" if settings.mail_server else "file",
        MAIL_FILE_PATH=str(settings.instance_path / "mail"),
        MAIL_SERVER=settings.mail_server,
        MAIL_PORT=settings.mail_port,
        MAIL_USERNAME=settings.mail_username or None,
        MAIL_PASSWORD=settings.mail_password.get_secret_value() or None,
        MAIL_USE_TLS=settings.mail_use_tls,
        MAIL_DEFAULT_SENDER=settings.mail_from,
        MAIL_TIMEOUT=20,  # seconds; far less than a letter stays claimed
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def engine_options(settings: Settings) -> dict[str, object]:
    """One long-lived connection per thread, checked before use where a server may have closed it."""
    options: dict[str, object] = {"pool_size": settings.threads, "max_overflow": settings.threads}
    if not settings.database.startswith("sqlite"):
        options["pool_pre_ping"] = True
        options["connect_args"] = {"connect_timeout": 10}
    return options


def install_extensions(app: Flask) -> None:
    """Bind the extensions to the app. Raises BadSettings for a database address that cannot be read."""
    try:
        database.init_app(app)
        with app.app_context():
            prepare_engine(database.engine)
    except ArgumentError:
        raise BadSettings(
            "DATABASE_URL cannot be read.", "Write it like postgresql://user:password@host/name."
        ) from None
    login.init_app(app, add_context_processor=False)  # templates are given a page, not a person
    # Its remember-me cookie is not used, and looking for one would touch the session on every page.
    app.after_request_funcs[None].remove(login._update_remember_cookie)
    login.session_protection = None  # sessions are rows that can be revoked; a changed address is no theft
    csrf.init_app(app)
    mail.init_app(app)
