"""No screen has a word that cannot be translated: every page in a language in which each message stands in ⟦brackets⟧.

What stands outside must be a name, a number or a date, or be marked as English text of the curriculum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.dates import get_month_names
from babel.support import NullTranslations
from pydantic import SecretStr

from tests.conftest import Clock, running
from tests.databases import SqliteSource
from tests.samples import sample_catalogue
from tests.security.matrix import ROWS, Row
from tests.security.world import NOTE_CANARY, World, names_of
from trainer.config import Settings
from trainer.demo.cast import CAST
from trainer.web.locales import COOKIE, UNTRANSLATED

PLACEHOLDER = re.compile(r"(<[^>]*>)|(%\(\w+\)[sd])")
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-label", "content")
UNHEARD = {"script", "style", "textarea", "svg", "code"}
VOID = {"meta", "link", "input", "br", "hr", "img", "path", "rect", "circle", "col"}
# Enough people to open every page, and to be refused some.
VISITORS = ("visitor", "psw", "trainer", "manager")
# Invented data for those who build the pages; part of the demo only.
FOR_BUILDERS = {"/gallery"}


class Bracketed(NullTranslations):
    """Every message in brackets; the values in it stay outside, so that no sentence hides in a value."""

    def __init__(self, forgotten: str = "") -> None:
        super().__init__()
        self.forgotten = forgotten

    def ugettext(self, message: str) -> str:
        """One message."""
        if message == self.forgotten:
            return message
        return "⟦" + PLACEHOLDER.sub(lambda found: found[1] or f"⟧{found[2]}⟦", message) + "⟧"

    def ungettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The English form for the number."""
        return self.ugettext(msgid1 if n == 1 else msgid2)


class Words(HTMLParser):
    """The words of a page that are neither in brackets nor marked as another language; ``curriculum`` is let pass
    where no mark is possible: in attributes and in the title."""

    def __init__(self, names: frozenset[str], curriculum: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.names, self.curriculum = names, curriculum
        self.stack: list[tuple[str, str]] = []
        self.depth = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        here = dict(attrs)
        lang = here.get("lang") or (self.stack[-1][1] if self.stack else "")
        if tag not in VOID:
            self.stack.append((tag, lang))
        if lang != "ga":
            return
        for name in SPOKEN:
            if name == "content" and here.get("name") != "description":
                continue
            self.look(outside(here.get(name) or ""), self.names | self.curriculum)

    def handle_endtag(self, tag: str) -> None:
        if tag in [one for one, _ in self.stack]:
            while self.stack.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        shown = ""
        for sign in data:
            if sign == "⟧":
                self.depth -= 1
                shown += " | "
            elif sign == "⟦":
                self.depth += 1
                shown += " | "
            elif not self.depth:
                shown += sign
        tag, lang = self.stack[-1] if self.stack else ("", "")
        if lang == "ga" and not UNHEARD & {one for one, _ in self.stack}:
            self.look(shown, self.names | self.curriculum if tag == "title" else self.names)

    def look(self, text: str, known: frozenset[str]) -> None:
        """Note what is neither known nor a number, a date or a sign."""
        for piece in text.split(" | "):
            if bare := without_data(piece, known):
                self.found.append(bare)


def outside(text: str) -> str:
    """What of an attribute is not in brackets."""
    return re.sub(r"⟦[^⟦⟧]*⟧", " | ", text)


MONTHS = "|".join(get_month_names("wide", locale="ga").values())


@cache  # most pieces stand on every page
def without_data(text: str, known: frozenset[str]) -> str:
    """The words that are left when names, dates and numbers are taken out."""
    for name in sorted(known, key=len, reverse=True):
        text = text.replace(name, " ")
    text = re.sub(rf"(\d+ )?({MONTHS}) \d{{4}}|\b[0-9a-f]{{8}}\b|\S+@\S+", " ", text)
    return re.sub(r"[\W\d_]+", " ", text).strip()


def unwrapped(html: str, names: frozenset[str] = frozenset(), curriculum: frozenset[str] = frozenset()) -> list[str]:
    """The words of a page that nobody could translate."""
    page = Words(names, curriculum)
    page.feed(html)
    return page.found


@pytest.fixture
def world(sqlite_source: SqliteSource, tmp_path: Path, clock: Clock) -> Iterator[World]:
    """The demo, so that its strip and its cast are looked at too."""
    with sqlite_source.copy() as url:
        settings = Settings(
            demo=True,
            secret_key=SecretStr("a key that is only ever used by tests"),
            database_url=url,
            instance_path=tmp_path,
            base_url="http://localhost",
        )
        with running(settings, sample_catalogue()) as app:
            yield World(app, sqlite_source.cast, Path(url.removeprefix("sqlite:///")))


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Irish says everything in brackets."""
    speak(monkeypatch, Bracketed())


def speak(monkeypatch: pytest.MonkeyPatch, translations: NullTranslations) -> None:
    monkeypatch.setattr(
        "trainer.web.locales.translations_of", lambda code: UNTRANSLATED if code == "en" else translations
    )


def names(world: World) -> frozenset[str]:
    """What people and places are called, and what somebody wrote."""
    typed = {value for row in ROWS for value in map(str, world.data(row.rule, row.target).values()) if " " in value}
    ours = {*names_of(world.cast, "ours"), *names_of(world.cast, "theirs")}
    files = {"CSV", "Excel", "JSON", "GIFT", "Moodle XML", "QTI 2.1", "people.csv", "UTF-8"}
    shown = {"Alongside", NOTE_CANARY, "HR system", *files}
    return frozenset({*shown, *(one.name for one in CAST), *ours, *typed})


def curriculum(world: World) -> frozenset[str]:
    """The titles that stand where no language can be marked."""
    catalogue = world.app.extensions["house"].catalogue
    found = {page.title for page in catalogue.pages} | {track.title for track in catalogue.tracks}
    for module in catalogue.modules:
        found |= {module.title, *(one.title for one in module.sections), *(one.title for one in module.scenarios)}
        found |= {place.title for story in module.scenarios for place in story.places}
    found |= {entry.term for entry in world.app.extensions["house"].lens.lexicon.entries}
    return frozenset(found)


def pages(world: World, row: Row) -> Iterator[tuple[str, str]]:
    """Who is shown what; a form is sent by the first for whom the table has a page."""
    for key in VISITORS:
        browser = world.browser(key)
        browser.set_cookie(COOKIE, "ga")
        url = world.url(row.rule, row.target, key)
        data = {"csrf_token": world.tokens[key], **world.data(row.rule, row.target)} if row.method == "POST" else None
        response = browser.open(url, method=row.method, data=data)
        raw = response.get_data()  # to the end: a file is made while it is sent
        if response.mimetype == "text/html" and response.status_code not in (302, 303):
            body = raw.decode()
            assert '<html lang="ga">' in body, url
            yield f"{row.method} {url} as {key}", body
        if row.method == "POST":
            world.put_back()


@pytest.mark.usefixtures("bracketed")
def test_every_word_of_every_page_can_be_translated(world: World) -> None:
    known, titles = names(world), curriculum(world)
    found: dict[str, str] = {}
    for row in ROWS:
        if row.rule in FOR_BUILDERS:
            continue
        for address, body in pages(world, row):
            for words in unwrapped(body, known, titles):
                found.setdefault(words, address)
    assert found == {}, "\n".join(f"{words} ({address})" for words, address in found.items())


def test_a_word_that_was_forgotten_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, Bracketed(forgotten="Short, in any order, open to everybody here whatever their role."))
    row = next(row for row in ROWS if row.rule == "/modules/")
    found = {words for _, body in pages(world, row) for words in unwrapped(body, names(world), curriculum(world))}
    assert found == {"Short in any order open to everybody here whatever their role"}


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Plain words</p>", ["Plain words"]),
        ("<p>⟦Told⟧</p>", []),
        ("<p>⟦Set for ⟧the autumn⟦⟧</p>", ["the autumn"]),
        ("<p>⟦Set for ⟧Winter⟦, ⟧3⟦ of ⟧4⟦⟧</p>", []),
        ("<p>⟦Read <a>this⟧</a> too</p>", ["too"]),
        ("<nav aria-label='Main'></nav>", ["Main"]),
        ("<p><span lang='en-IE'>Text of a module</span></p>", []),
        ("<div lang='en-IE'>Text <b lang='ga'>Label</b></div>", ["Label"]),
        ("<a><svg><path /></svg>Words</a><p>More</p>", ["Words", "More"]),
        ("<title>Kind words</title><p>Kind words</p>", ["Kind words"]),
        ("<p>23 Samhain 2026, 10:42, 88 %</p>", []),
    ],
)
def test_what_counts_as_forgotten(html: str, words: list[str]) -> None:
    assert unwrapped(f"<html lang='ga'>{html}</html>", frozenset({"Winter"}), frozenset({"Kind words"})) == words
