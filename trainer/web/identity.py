"""The adapter between Flask-Login and our own sign-in: the cookie holds a token, the rest is rows."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import g, request, session
from flask_login import UserMixin, current_user, login_user, logout_user

from trainer.accounts.actor import Actor
from trainer.accounts.queries import find_actor_by_token
from trainer.accounts.services import OpenedSession, open_session
from trainer.clock import now
from trainer.extensions import login, reading, writing


class SignedIn(UserMixin):  # type: ignore[misc]
    """What Flask-Login carries: an actor and the token of the session they are in."""

    def __init__(self, actor: Actor | None, token: str) -> None:
        self.actor = actor
        self.token = token

    def get_id(self) -> str:
        """The cookie's content; a token, never a person's id."""
        return self.token


def request_time() -> datetime:
    """The instant of this request: read once, so that everything it writes carries the same time."""
    if "request_time" not in g:
        g.request_time = now()
    return cast(datetime, g.request_time)


@login.user_loader  # type: ignore[untyped-decorator]
def load_signed_in(token: str) -> SignedIn | None:
    """One statement: the session, its person and their roles as they are now."""
    with reading() as database:
        actor = find_actor_by_token(database, token, at=request_time())
    return SignedIn(actor, token) if actor else None


def current_actor() -> Actor:
    """The person behind this request. The gate has made sure that there is one."""
    return cast(Actor, current_user.actor)


def is_signed_in() -> bool:
    """True if somebody is signed in; asking reads the session cookie."""
    return bool(current_user.is_authenticated)


def sign_person_in(person_id: int, *, is_remembered: bool = False) -> None:
    """Open a session on this device; whatever the browser's cookie held before is dropped."""
    session.clear()
    with writing() as database:
        opened = open_session(
            database, person_id=person_id, device=device_label(), is_remembered=is_remembered, at=request_time()
        )
    begin_session(opened)
    session.permanent = is_remembered


def begin_session(opened: OpenedSession) -> None:
    """Hand the new token to the browser; whatever its cookie held before is dropped."""
    login_user(SignedIn(None, opened.token))


def forget_session() -> None:
    """Take the token out of the browser."""
    logout_user()


def device_label() -> str:
    """A browser and system in words, from the User-Agent; coarse on purpose."""
    agent = request.user_agent.string
    browsers = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )
    browser = next((name for mark, name in browsers if mark in agent), "A browser")
    system = next((name for mark, name in systems if mark in agent), "an unknown system")
    return f"{browser} on {system}"  # stored with the session, so in English whatever the page is in
