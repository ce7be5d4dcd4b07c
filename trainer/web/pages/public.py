"""Pages that need no sign-in."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.web.pages.shell import Switch


@dataclass(frozen=True, slots=True)
class ContactView:
    """A support contact; ``phone_url`` opens a call, or a text where texts are all it takes."""

    name: str
    phone: str
    phone_url: str
    when: str
    text: str | None
    url: str | None
    note: str | None
    last_checked: str
    is_unverified: bool


@dataclass(frozen=True, slots=True)
class CountryView:
    """The contacts of one country."""

    code: str
    name: str
    contacts: tuple[ContactView, ...]


@dataclass(frozen=True, slots=True)
class NeedToTalkPage:
    """Support numbers; rendered without a session, a script or a log line."""

    lang: str
    switch: Switch
    product_name: str
    css_url: str
    icon_url: str
    countries: tuple[CountryView, ...]
