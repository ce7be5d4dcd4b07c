"""English and Irish: which language a page is in, its catalogue, and English text of the curriculum within it."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import cast

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_app_context, request
from flask.globals import app_ctx
from flask_babel import Domain, get_locale
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from trainer.errors import DomainError
from trainer.extensions import babel
from trainer.wording import Sentence

LANGUAGES = {"en": "English", "ga": "Gaeilge"}
TAGS = {"en": "en-IE", "ga": "ga"}  # as pages and headers name them
COOKIE = "alongside-language"
CATALOGUES = Path(__file__).parent / "translations"
ENGLISH = Locale.parse("en")


class PoDomain(Domain):  # type: ignore[misc]
    """Reads the catalogue as translators write it: no compiled file, no build step.

    Once in a process, when the first page asks for it; English needs none at all.
    """

    def get_translations(self) -> NullTranslations:
        """The translations of this page's language."""
        return translations_of(language())


UNTRANSLATED = NullTranslations()


@cache
def translations_of(code: str) -> NullTranslations:
    """The catalogue of a language, in memory. Raises FileNotFoundError if a language has none."""
    if code == "en":
        return UNTRANSLATED
    packed = BytesIO()
    with (CATALOGUES / code / "LC_MESSAGES/messages.po").open("rb") as file:
        write_mo(packed, read_po(file, locale=code))
    packed.seek(0)
    return Translations(packed)


@cache
def locale_of(code: str) -> Locale:
    """Babel's own idea of a language: plural forms, names of months."""
    return Locale.parse(code)


def install_languages(app: Flask) -> None:
    """Let every page choose its language and say so."""
    babel.init_app(app, locale_selector=lambda: locale_of(_choice()))
    babel.domain_instance = PoDomain()
    app.config["WTF_I18N_ENABLED"] = False  # forms speak through our catalogue; see forms/strict.py
    app.jinja_env.globals.update(english=english, lang_en=lang_en, lang_page=lang_page)
    # A page asks some sixty times; these two know the language without asking Babel each time.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: translations_of(language()).ugettext(text),
        lambda one, many, num: translations_of(language()).ungettext(one, many, num),
        newstyle=True,
    )

    @app.after_request
    def name_the_language(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers.setdefault("Content-Language", TAGS[language()])
            response.vary.add("Accept-Language")
        return response


def _choice() -> str:
    """What was chosen here; else what the browser asks for. Looks at no session and stores nothing."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    # In the order of preference and by the first part of the tag: en-IE before ga is English.
    wanted = (tag.partition("-")[0].lower() for tag, weight in request.accept_languages if weight > 0)
    return next((one for one in wanted if one in LANGUAGES), "en")


def language() -> str:
    """The language of this page, as a key of LANGUAGES; English where there is no page."""
    if not has_app_context():
        return "en"
    here = app_ctx.g
    known = here.get("language")
    if known is None:
        found = get_locale()
        known = here.language = found.language if found is not None else "en"
    return cast(str, known)


def page_tag() -> str:
    """The language of this page, as ``<html lang>`` has it."""
    return TAGS[language()]


def gettext(text: str, **values: object) -> str:
    """The sentence in the language of this page, its values put in."""
    found = translations_of(language()).ugettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The sentence in the form that goes with a number; ``%(num)s`` is the number."""
    return translations_of(language()).ungettext(one, many, num) % {"num": f"{num:,}", **values}


def lazy_gettext(text: str) -> str:
    """For what is written down before there is a page: looked up when it is shown. Without values, so never unsafe."""
    return cast(str, LazyString(gettext, text))


def translated(text: str) -> str:
    """A sentence from below the doors in the language of this page; what is no Sentence stays as it is."""
    if not isinstance(text, Sentence):
        return text
    values = {name: translated(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return gettext(text.template, **values)


def in_words(problem: DomainError) -> str:
    """What happened and what to do next."""
    return f"{translated(problem.message)} {translated(problem.remedy)}"


def lang_en() -> Markup:
    """The attribute for an element that holds text of the curriculum; nothing on an English page."""
    return Markup("") if language() == "en" else Markup(' lang="en-IE"')


def lang_page() -> Markup:
    """The attribute for words of the interface within such an element; nothing on an English page."""
    return Markup("") if language() == "en" else Markup(' lang="%s"') % page_tag()


def plain(text: str) -> str:
    """A label without marks of language, for a file that is no page."""
    return text.striptags() if isinstance(text, Markup) else text


def of_page(text: str) -> Markup:
    """Words of the interface within text of the curriculum."""
    return escape(text) if language() == "en" else Markup('<span lang="%s">%s</span>') % (page_tag(), text)


def english(text: str) -> Markup:
    """Text of the curriculum within a sentence of the interface: it is in English whatever the page is in."""
    return escape(text) if language() == "en" else Markup('<span lang="en-IE">%s</span>') % text


def with_english(sentence: str, **texts: str | int) -> Markup:
    """A translated sentence with text of the curriculum in it, marked: for labels that a template shows as they are."""
    marked = {name: english(text) if isinstance(text, str) else text for name, text in texts.items()}
    return Markup(sentence) % marked  # noqa: S704  # the sentence is ours; what is put into it is escaped
