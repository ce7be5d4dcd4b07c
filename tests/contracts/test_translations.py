"""The Irish catalogue holds every message of the interface, each whole, and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from trainer.web.locales import CATALOGUES
from trainer.web.script_words import SCRIPT_WORDS

PACKAGE = Path(__file__).parent.parent.parent / "trainer"
PO = CATALOGUES / "ga/LC_MESSAGES/messages.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "said": None, "lazy_gettext": None}  # the same in `make translations`
PLACE = re.compile(r"%\(\w+\)s|\{\w+\}")
TAG = re.compile(r"<[^>]*>")
AGAIN = "Run make translations, and translate what is new."


@cache
def catalogue() -> Catalog:
    """The catalogue as it lies in the tree."""
    with PO.open("rb") as file:
        return read_po(file, locale="ga", abort_invalid=True)


def messages() -> Iterator[Message]:
    """Every entry but the header."""
    return (message for message in catalogue() if message.id)


@cache
def spoken() -> frozenset[str | tuple[str, ...]]:
    """Every message that the code and the templates have."""
    with (CATALOGUES / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(PACKAGE, methods, options, keywords=KEYWORDS)
    return frozenset(message for _, _, message, _, _ in found)


def forms(message: Message) -> tuple[str, ...]:
    """The translation in each of its forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def ids(message: Message) -> tuple[str, ...]:
    """The English: one sentence, or one for one thing and one for many."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def test_every_message_is_there_and_none_is_left_over() -> None:
    known = frozenset(message.id for message in messages())
    assert spoken() - known == frozenset(), AGAIN
    assert known - spoken() == frozenset(), AGAIN
    assert not catalogue().obsolete, AGAIN


def test_every_message_is_translated() -> None:
    assert [message.id for message in messages() if not all(forms(message))] == []
    assert [message.id for message in messages() if message.fuzzy] == []


def test_irish_has_five_forms_for_numbers() -> None:
    assert catalogue().num_plurals == 5
    wrong = [one.id for one in messages() if isinstance(one.id, tuple) and len(forms(one)) != 5]
    assert wrong == []


@pytest.mark.parametrize("pattern", [PLACE, TAG], ids=["places", "tags"])
def test_places_and_tags_are_the_same_in_both_languages(pattern: re.Pattern[str]) -> None:
    wrong = {}
    for message in messages():
        english = [sorted(pattern.findall(one)) for one in ids(message)]
        irish = [sorted(pattern.findall(one)) for one in forms(message)]
        if any(one not in english for one in irish):
            wrong[message.id] = forms(message)
    assert wrong == {}


def test_no_translation_can_end_an_attribute_or_begin_a_tag() -> None:
    for message in messages():
        for text in (*ids(message), *forms(message)):
            bare = TAG.sub("", text)
            assert not set('"<>') & set(bare), text
            assert "&" not in bare, text


def test_a_percent_sign_is_doubled_where_values_are_put_in() -> None:
    for message in messages():
        for english in ids(message):
            for irish in forms(message):
                assert english.count("%%") == irish.count("%%"), irish
                assert not re.search(r"%(?!%|\()", irish.replace("%%", "")) or "%(" not in english, irish


def test_a_sentence_ends_as_it_does_in_english() -> None:
    """A lost full stop is often a lost half."""
    wrong = [
        irish
        for message in messages()
        for irish in forms(message)
        if (ids(message)[0][-1] in ".?!:…") and irish[-1] != ids(message)[0][-1]
    ]
    assert wrong == []


def test_the_catalogue_says_that_it_awaits_a_fluent_reader() -> None:
    assert "awaits review by a fluent reader" in catalogue().header_comment


def test_the_scripts_and_their_words_are_the_same() -> None:
    called = re.compile(r'(?<![\w$])_\("([^"]+)"')
    scripts = (PACKAGE / "web/static/js").glob("*.js")
    said = {text for path in scripts for text in called.findall(path.read_text(encoding="utf-8"))}
    assert said == {str(one) for one in SCRIPT_WORDS}


def test_no_compiled_catalogue_is_in_the_tree() -> None:
    assert list(CATALOGUES.rglob("*.mo")) == []


def test_a_sentence_for_english_text_is_not_filled_before_it_is_marked() -> None:
    """``with_english`` trusts the sentence and escapes what is put in: a value put in earlier would be trusted too."""
    wrong = []
    for path in (PACKAGE / "web").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "with_english":
                sentence = node.args[0]
                plain = isinstance(sentence, ast.Call) and ast.unparse(sentence.func) == "_" and not sentence.keywords
                if not plain:
                    wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []
