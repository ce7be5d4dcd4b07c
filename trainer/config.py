"""Settings, read once from the environment. Every field carries its help text.

``TRAINER_<FIELD>`` sets a field; the database also listens to the usual ``DATABASE_URL`` and the
server to ``PORT``. A bad value is one clear sentence at start, never a traceback.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from trainer.errors import DomainError

NOTEBOOK_KEY_BYTES = 32
DEMO_BASE_URL = "http://127.0.0.1:8000"


class BadSettings(DomainError):
    """The environment holds a value that cannot be used."""


class Settings(BaseSettings):
    """How this installation runs."""

    model_config = SettingsConfigDict(env_prefix="TRAINER_", frozen=True, extra="ignore", populate_by_name=True)

    product_name: str = Field(
        "Alongside", min_length=1, max_length=40, description="The name shown on every page and in e-mails."
    )
    demo: bool = Field(
        False,
        description="Fills the database with two fictional organisations and offers their accounts on the sign-in "
        "page. For trying things out on your own machine; never for real people.",
    )
    debug: bool = Field(False, description="Developer mode: templates reload. Refused outside demo mode.")
    secret_key: SecretStr = Field(
        SecretStr(""),
        description="Signs cookies and form tokens. At least 32 characters, kept outside the database and its backup. "
        "Required, except in demo mode, which makes one for itself.",
    )
    notebook_keys: SecretStr = Field(
        SecretStr(""),
        description="Seals reflections and private notes. One or more keys of 32 bytes in base64, separated by commas, "
        "newest first; keep old ones until nobody needs them. Kept outside the database and its backup: whoever has "
        "both can read notes, and without the key nobody ever can. Required, except in demo mode.",
    )
    database_url: str = Field(
        "",
        validation_alias=AliasChoices("DATABASE_URL", "TRAINER_DATABASE_URL"),
        description="Where learning is stored: sqlite:///path or postgresql://user:password@host/name. "
        "Default: an embedded SQLite file in the instance folder.",
    )
    instance_path: Path = Field(
        Path("instance"), description="Folder for the embedded database and, in demo mode, for e-mails."
    )
    content_path: Path | None = Field(
        None, description="Folder with the curriculum. Default: ./content if it is there, else the packaged one."
    )
    base_url: str = Field(
        DEMO_BASE_URL,
        description="The address people type, such as https://learn.example.ie. Links in e-mails are made from it, "
        "and its https makes cookies secure.",
    )
    allowed_hosts: str = Field(
        "", description="Further host names this server answers to, separated by commas. Others get a 400."
    )
    trusted_proxies: int = Field(
        0, ge=0, le=5, description="How many reverse proxies stand in front and set X-Forwarded headers."
    )
    host: str = Field("127.0.0.1", description="The address the server listens on.")
    port: int = Field(
        8000,
        ge=1,
        le=65535,
        validation_alias=AliasChoices("PORT", "TRAINER_PORT"),
        description="The port the server listens on.",
    )
    threads: int = Field(8, ge=1, le=64, description="Requests answered at the same time by one worker.")
    workers: int = Field(1, ge=1, le=32, description="Server processes. One is right for SQLite.")
    mail_server: str = Field(
        "", description="SMTP host for e-mail. Empty: e-mails are written to files in the instance folder."
    )
    mail_port: int = Field(25, ge=1, le=65535, description="SMTP port.")
    mail_username: str = Field("", description="SMTP user name, if the server asks for one.")
    mail_password: SecretStr = Field(SecretStr(""), description="SMTP password.")
    mail_use_tls: bool = Field(False, description="Start TLS when talking to the SMTP server.")
    mail_from: str = Field("alongside@localhost", description="The sender of e-mails.")
    suppression_threshold: int = Field(
        10,
        ge=5,
        le=100,
        description="Organisation figures that rest on fewer people than this are never shown.",
    )

    @field_validator("base_url")
    @classmethod
    def _base_url_is_absolute(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")) or value.count("/") > 3:
            raise ValueError("must look like https://learn.example.ie")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, value: str) -> str:
        if not value:
            return value
        for prefix in ("postgresql://", "postgres://"):
            if value.startswith(prefix):
                return "postgresql+psycopg://" + value.removeprefix(prefix)
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @model_validator(mode="after")
    def _is_safe(self) -> Self:
        key = self.secret_key.get_secret_value()
        if key and len(key) < 32:
            raise ValueError("TRAINER_SECRET_KEY must have at least 32 characters")
        if not self.demo and not key:
            raise ValueError(
                "TRAINER_SECRET_KEY is missing; make one with: "
                "python3 -c 'import secrets; print(secrets.token_hex(32))'"
            )
        if not self.demo and not self.notebook_keys.get_secret_value():
            raise ValueError(
                "TRAINER_NOTEBOOK_KEYS is missing; make one with: "
                "python3 -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())'"
            )
        written = self.notebook_keys.get_secret_value()
        keys = _notebook_keys(written)
        if written and (not keys or any(len(key) != NOTEBOOK_KEY_BYTES for key in keys)):
            raise ValueError("TRAINER_NOTEBOOK_KEYS must be keys of 32 bytes in base64, separated by commas")
        if self.debug and not self.demo:
            raise ValueError("TRAINER_DEBUG is for demo mode only")
        return self

    @property
    def is_secure(self) -> bool:
        """True when people reach the site by https."""
        return self.base_url.startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """The host names this server answers to."""
        names = [self.base_url.split("://", 1)[1].split("/")[0].split(":")[0]]
        names += [name.strip() for name in self.allowed_hosts.split(",") if name.strip()]
        return names + (["127.0.0.1", "localhost", "[::1]"] if self.demo else [])

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.instance_path.absolute() / 'alongside.sqlite'}"

    def signing_key(self) -> str:
        """The secret key; in demo mode one is made and kept in the instance folder. Raises BadSettings."""
        key = self.secret_key.get_secret_value()
        if key:
            return key
        return _kept_key(self.instance_path / "demo-secret-key")

    def notebook_key_list(self) -> list[bytes]:
        """The notebook's keys, newest first; in demo mode one is made and kept. Raises BadSettings."""
        written = self.notebook_keys.get_secret_value()
        if written:
            return _notebook_keys(written)
        return [bytes.fromhex(_kept_key(self.instance_path / "demo-notebook-key"))]


def _notebook_keys(written: str) -> list[bytes]:
    """The keys; one that is no base64 is empty, and refused for its length."""
    keys: list[bytes] = []
    for key in filter(None, (one.strip() for one in written.split(","))):
        try:
            keys.append(base64.b64decode(key, validate=True))
        except ValueError:  # not base64, or not even ASCII
            keys.append(b"")
    return keys


def _kept_key(path: Path) -> str:
    try:
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32), encoding="ascii")
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise BadSettings(
            f"The folder {path.parent} cannot be written: {error.strerror}.",
            "Give this account the right to write there, or name another folder with TRAINER_INSTANCE_PATH.",
        ) from None


def settings_from(overrides: Mapping[str, Any] | None = None) -> Settings:
    """Read the environment, with overrides by field name.

    Raises BadSettings with one sentence that names the variable and the remedy.
    """
    try:
        return Settings(**dict(overrides or {}))
    except ValidationError as error:
        raise BadSettings(_in_one_sentence(error)) from None


def _in_one_sentence(error: ValidationError) -> str:
    problems = []
    for detail in error.errors(include_input=False, include_url=False):
        place = ".".join(str(part) for part in detail["loc"])
        message = detail["msg"].removeprefix("Value error, ")
        problems.append(f"{_variable(place)}: {message[0].lower()}{message[1:]}" if place else message)
    return "The settings cannot be used: " + "; ".join(problems) + "."


def _variable(field: str) -> str:
    if field.isupper():
        return field
    return {"port": "PORT", "database_url": "DATABASE_URL"}.get(field, f"TRAINER_{field.upper()}")
