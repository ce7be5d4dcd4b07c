"""What the notation of the lexicon means."""

from __future__ import annotations

import pytest

from trainer.language.patterns import Notation

SETS = {"person": ["patient(|s)", "service user"]}


def sayings(pattern: str) -> set[str]:
    found = {""}
    all_found: set[str] = set()
    for phrase in Notation(SETS).compile(pattern):
        found = {""}
        for step in phrase.steps:
            found = {f"{before} {word}".strip() for before in found for word in step}
        all_found |= found
    return all_found


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("lack(s|ed|) insight", {"lack insight", "lacks insight", "lacked insight"}),
        ("(very |)needy", {"very needy", "needy"}),
        ("(very |) needy", {"very needy", "needy"}),
        ("hard-to-reach", {"hard to reach"}),
        ("non(|-)compliant", {"noncompliant", "non compliant"}),
        ("(did|does)(n't| not) engage", {"didn t engage", "did not engage", "doesn t engage", "does not engage"}),
        ("ill <person>", {"ill patient", "ill patients", "ill service user"}),
        ("a (b|c (d|e))", {"a b", "a c d", "a c e"}),
        ("challenging behaviour", {"challenging behaviour", "challenging behavior"}),
        ("stabilised", {"stabilised", "stabilized"}),
        ("impaired judgement", {"impaired judgement", "impaired judgment"}),
    ],
)
def test_a_pattern_says(pattern: str, said: set[str]) -> None:
    assert sayings(pattern) == said


def test_words_in_capitals_must_be_written_so() -> None:
    (phrase,) = Notation(SETS).compile("a PD")
    assert phrase.capitals == {"pd"}
    (phrase,) = Notation(SETS).compile("so (OCD|ocd)")
    assert phrase.capitals == frozenset()
