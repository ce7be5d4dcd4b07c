"""Hostile texts cost no more than their length: judged by counted steps, never by a clock."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from trainer.language.markdown import not_prose
from trainer.language.matcher import Lens
from trainer.language.patterns import Notation

UNIT = 400
HOSTILE = {
    "quotes never closed": "“a ",
    "straight quotes": '"a ',
    "single quotes": "‘a ",
    "apostrophes": "a' 'b ",
    "quotes opened into quotes": "“‘«",
    "closing quotes only": "”’»",
    "plural possessives": "‘patients’ ",
    "direction marks": "\u202ea\u200f ",
    "accents on accents": "e\u0301\u0301\u0301",
    "zero bytes": "\0",
    "at signs": "@",
    "addresses": "a@b.ie ",
    "colons": "://",
    "block quotes": ">",
    "quoted lines": "> a\n",
    "blank lines": "\n \n",
    "spaces": "     ",
    "underscores": "_",
    "hyphens": "a-",
    "one word again": "lazy ",
    "half a phrase again": "attention ",
    "a phrase again": "attention seeking ",
    "a phrase of many guards": "refused ",
    "anchors of many phrases": "not not been not very ",
    "reporting upon reporting": "she says she ",
    "own words upon own words": "calls herself mad in her own words ",
    "no sentence ever ends": "he is not being manipulative and the word ",
    "backticks": "` ",
    "backticks of many lengths": "`` ``` ` ",
    "fences": "```\n~~~\n",
    "tags": "<a",
    "comments": "<!-- ",
    "brackets": "](",
    "braces": "{#",
}


def steps_of(work: Any, *arguments: Any) -> int:
    """How many lines of Python and how many calls it takes."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work(*arguments)
    finally:
        sys.settrace(before)
    return count


@pytest.fixture(scope="module")
def fresh(lens: Lens) -> Lens:
    """Worked out on the hostile texts once, so that only looking is counted."""
    made = Lens(lens.lexicon, Notation(lens.lexicon.sets))
    for unit in HOSTILE.values():
        made.look(unit * 8)
    return made


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_takes_at_most_about_twice_the_steps(fresh: Lens, name: str) -> None:
    once = steps_of(fresh.look, HOSTILE[name] * UNIT)
    twice = steps_of(fresh.look, HOSTILE[name] * UNIT * 2)
    assert twice < 2.2 * once + 500


@pytest.mark.parametrize("name", HOSTILE)
def test_markdown_too_grows_with_the_text_alone(name: str) -> None:
    once = steps_of(not_prose, HOSTILE[name] * UNIT)
    twice = steps_of(not_prose, HOSTILE[name] * UNIT * 2)
    assert twice < 2.2 * once + 500


@pytest.mark.parametrize("name", HOSTILE)
def test_a_large_hostile_text_is_looked_at_to_its_end(fresh: Lens, name: str) -> None:
    text = HOSTILE[name] * (60_000 // len(HOSTILE[name]))
    look = fresh.look(text + "\n\nA lunatic.")
    assert all(text[one.start : one.end] == one.text for one in look.findings[:-1])
    if name not in {"quoted lines"}:
        assert (look.findings[-1].entry, look.findings[-1].text) == ("lunatic", "lunatic")


def test_ten_thousand_quotes_and_nesting_without_end(fresh: Lens) -> None:
    assert fresh.look("“lunatic” " * 10_000).findings == ()
    assert len(fresh.look("“" * 10_000 + "lunatic\n\nlunatic").findings) == 1
    assert fresh.look("“" * 50 + "lunatic" + "”" * 50).findings == ()


def test_thousands_of_own_words_cost_no_more_than_one_each(fresh: Lens) -> None:
    text = "He was manipulative and lazy. " * 50
    few = steps_of(lambda: fresh.look(text, own_words=["mad"]))
    many = steps_of(lambda: fresh.look(text, own_words=[f"word{number} other" for number in range(200)]))
    assert many - few < 200 * 40
