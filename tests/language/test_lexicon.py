"""A lexicon is read strictly, and every mistake is named with its line and a remedy."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.language.conftest import ROOT
from trainer.language.lexiconfile import MOST_BYTES, read_lexicon_text
from trainer.language.loading import check_whole, load_lens, load_lexicon
from trainer.language.matcher import Lens
from trainer.language.patterns import BadPattern, Notation
from trainer.language.problems import LexiconProblem, LexiconProblems

Small = Callable[..., Path]
SHIPPED = ROOT / "content" / "lexicon.yaml"


def problems_of(path: Path) -> tuple[LexiconProblem, ...]:
    with pytest.raises(LexiconProblems) as caught:
        load_lens(path)
    assert all(one.line >= 1 and one.remedy for one in caught.value.problems)
    return caught.value.problems


def test_the_shipped_lexicon_is_whole_down_to_its_last_guard(lens: Lens) -> None:
    check_whole(SHIPPED)
    assert len(lens.lexicon.entries) == 194
    assert lens.lexicon.awaiting_panel_count == 81
    assert all(len(entry.alternatives) >= 1 for entry in lens.lexicon.entries)


def test_every_entry_of_the_shipped_lexicon_shows_its_advice_in_a_sentence(lens: Lens) -> None:
    without = [entry.id for entry in lens.lexicon.entries if not entry.example]
    assert without == []


def test_no_two_entries_of_the_shipped_lexicon_say_the_same_words(lens: Lens) -> None:
    by_length: dict[tuple[int, str], list[tuple[int, tuple[frozenset[str], ...]]]] = {}
    for number, entry in enumerate(lens.lexicon.entries):
        for pattern in entry.patterns:
            for phrase in lens.notation.compile(pattern):
                for word in phrase.steps[0]:
                    by_length.setdefault((len(phrase.steps), word), []).append((number, phrase.steps))
    same = {
        (lens.lexicon.entries[first].id, lens.lexicon.entries[second].id)
        for phrases in by_length.values()
        for (first, one), (second, other) in combinations(phrases, 2)
        if first != second and all(a & b for a, b in zip(one, other, strict=True))
    }
    assert same == set()


def test_any_yaml_reader_reads_the_shipped_lexicon_alike() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    ours = read_lexicon_text("lexicon.yaml", text).value

    def lists(value: object) -> object:
        if isinstance(value, dict):
            return {key: lists(one) for key, one in value.items()}
        return [lists(one) for one in value] if isinstance(value, tuple) else value

    assert lists(ours) == yaml.safe_load(text)


def test_a_small_lexicon_loads_and_cannot_be_changed(small: Small) -> None:
    lexicon = load_lexicon(small())
    assert lexicon.entry("lazy") is lexicon.entries[1]
    assert lexicon.entry("nobody") is None
    with pytest.raises(ValidationError):
        lexicon.version = 2


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('severity: "reconsider"', 'severity: "terrible"', 34, "severity"),
        ('id: "lazy"', 'id: "difficult"', 31, "second time"),
        ('term: "lazy"', 'term: "Difficult (person)"', 32, "second time"),
        ('category: "blame"\n    severity: "r', 'category: "shame"\n    severity: "r', 33, "no category"),
        ('sources: ["EDIT"]\n  -', 'sources: ["NOBODY"]\n  -', 30, "no source"),
        ("laz(y|iness)", "laz(y|iness", 35, "bracket"),
        ("laz(y|iness)", "laz(y|iness))", 35, "bracket"),
        ("laz(y|iness)", "<nobody>", 35, "set"),
        ("laz(y|iness)", "( | )", 35, "no word"),
        ("laz(y|iness)", "difficult patient", 35, "stands under"),
        ("sleeps until noon since the dose went up", "lazy man", 37, "advice"),
        ('why: "It judges."', 'why: ""', 36, "why"),
        ('why: "It judges."', 'why: "It judges."\n    mood: "bad"', 37, "unknown"),
        ('    why: "It judges."\n', "", 31, "missing"),
        ("version: 1\nlanguage", "version: 9\nlanguage", 1, "change log"),
    ],
)
def test_a_mistake_is_named_with_its_line(small: Small, old: str, new: str, line: int, said: str) -> None:
    found = problems_of(small((old, new)))
    assert (line, True) in [(one.line, said in one.message) for one in found]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('status: "A lexicon for tests."', 'status: "One."\nstatus: "Two."'),
        ('status: "A lexicon for tests."', "status: &anchor word"),
        ('status: "A lexicon for tests."', "status: *alias"),
        ('status: "A lexicon for tests."', "status: !!python/object:os.system {}"),
        ('status: "A lexicon for tests."', "status: |"),
        ('status: "A lexicon for tests."', "status:"),
        ('status: "A lexicon for tests."', 'status: "unclosed'),
        ('status: "A lexicon for tests."', 'status: "\\u202ehidden"'),
        ('status: "A lexicon for tests."', 'status: "with a \t tab"'),
        ('status: "A lexicon for tests."', 'status: "hidden \u200f\u202e mark"'),
        ('status: "A lexicon for tests."', "status: [[[[[[[[[[[["),
        ('status: "A lexicon for tests."', 'status: ["a", ["b"]]'),
        ('status: "A lexicon for tests."', "just words"),
        ('  avoid: "Replace."', '     avoid: "Replace."'),
        ("  - version: 1", "- version: 1"),
    ],
)
def test_what_is_not_in_the_house_form_is_refused(small: Small, old: str, new: str) -> None:
    assert problems_of(small((old, new)))


def test_a_missing_large_or_binary_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in problems_of(tmp_path / "none.yaml")[0].message
    assert "cannot be read" in problems_of(tmp_path)[0].message
    path = tmp_path / "lexicon.yaml"
    path.write_bytes(b"# " + b"x" * MOST_BYTES)
    assert "over" in problems_of(path)[0].message
    path.write_bytes(b"version: 1\n\xff\xfe")
    assert (problems_of(path)[0].line, "UTF-8" in problems_of(path)[0].message) == (2, True)


def test_deep_nesting_and_long_choices_are_refused_not_worked_out(small: Small) -> None:
    assert problems_of(small(("laz(y|iness)", "(" * 900 + "a" + ")" * 900)))
    assert problems_of(small(("laz(y|iness)", "(a b|c d|) " * 30)))
    path = small(("laz(y|iness)", "word" + " word" * 17))
    with pytest.raises(LexiconProblems, match="longer than 16 words"):
        check_whole(path)
    assert load_lens(path).look("word " * 40).findings == ()
    assert load_lens(small(("difficult man page", "difficult man" + " page" * 17))).look("difficult man").findings


@given(st.text(alphabet="ab (|)<>person'-é", max_size=40))
def test_a_pattern_is_worked_out_or_refused(pattern: str) -> None:
    try:
        phrases = Notation({"person": ["man"]}).compile(pattern)
    except BadPattern:
        return
    assert phrases
    assert all(step for phrase in phrases for step in phrase.steps)


@given(st.text(alphabet="abc: -\"[],#\n'&*!|{}\\\t", max_size=200))
def test_the_reader_reads_or_refuses_anything(text: str) -> None:
    try:
        found = read_lexicon_text("lexicon.yaml", text).value
    except LexiconProblems:
        return
    assert isinstance(found, dict)
