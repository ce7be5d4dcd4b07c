"""Right in context: inflections, hyphens, quotes, guards, names, and offsets that never drift."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import Invalid
from trainer.language.matcher import MOST_CHARACTERS, Lens, longest


def found(lens: Lens, text: str, own_words: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(one.entry, one.text) for one in lens.look(text, own_words=own_words).findings]


def reasons(lens: Lens, text: str) -> list[str]:
    look = lens.look(text)
    assert look.findings == ()
    return [one.reason for one in look.spared]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was attention seeking.", [("attention-seeking", "attention seeking")]),
        ("ATTENTION-SEEKING overnight", [("attention-seeking", "ATTENTION-SEEKING")]),
        ("an attention‑seeking man", [("attention-seeking", "attention‑seeking")]),
        ("He lacks\n   insight.", [("lacks-insight", "lacks\n   insight")]),
        ("He is non-\ncompliant.", [("non-compliant", "non-\ncompliant")]),
        ("She has **poor insight**.", [("lacks-insight", "poor insight")]),
        ("It was _crazy_ there.", [("crazy", "crazy")]),
        ("Challenging behavior again.", [("challenging-behaviour", "Challenging behavior")]),
        ("She's bipolar.", [("bipolar", "She's bipolar")]),
        ("She’s bipolar.", [("bipolar", "She’s bipolar")]),
        ("PRN’d at ten.", [("medicated", "PRN’d")]),
        ("schi\u00adzo", [("schizo", "schi\u00adzo")]),
        ("cra\u200bzy", [("crazy", "cra\u200bzy")]),
        ("a known schizophrenic", [("schizophrenic", "known schizophrenic")]),
        ("Two PDs on the ward", [("pd", "PDs")]),
    ],
)
def test_a_phrase_is_found_however_it_is_written(lens: Lens, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(lens, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He lacks it. Insight is rare.",
        "He lacks\n\ninsight.",
        "She lacks, insight aside, nothing.",
        "the difficult — patient people wait",
        "a pd in small letters",
        "crazyquilt, incrazy, hypercrazyness",
        "the aggregate",
    ],
)
def test_a_stop_or_another_word_is_no_phrase(lens: Lens, text: str) -> None:
    assert [entry for entry, _ in found(lens, text) if entry != "patient"] == []


def test_the_longest_phrase_wins(lens: Lens) -> None:
    assert found(lens, "He is a burnt-out schizophrenic.") == [("burnt-out-schizophrenic", "burnt-out schizophrenic")]
    assert found(lens, "medication non-compliance") == [("non-compliant", "medication non-compliance")]
    assert longest([(0, 1, 7), (0, 3, 5), (2, 4, 1), (4, 5, 2)]) == [(0, 3, 5), (4, 5, 2)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("“He is attention seeking,” she said.", "quotation"),
        ('She wrote "manipulative" there.', "quotation"),
        ("The word ‘manipulative’ hurt.", "quotation"),
        ("«manipulative»", "quotation"),
        ("> manipulative", "quotation"),
        ("Ring manipulative@example.ie now", "address"),
        ("https://example.ie/manipulative-words", "address"),
        ("We played crazy golf.", "guard"),
        ("The form is GDPR compliant.", "guard"),
        ("A diagnosis of borderline personality disorder.", "diagnosis"),
        ("The Mad Pride choir sang.", "name"),
        ("She suffers from a mental disorder under the Act", "statutory"),
        ("She calls herself mad.", "own word"),
        ("He says he is a schizophrenic.", "own word"),
        ("They describe themselves as an addict.", "own word"),
        ("She sees herself as a survivor.", "own word"),
        ("I was in denial for years.", "own word"),
        ("My own madness taught me to listen.", "own word"),
        ("In her own words, she was crazy with grief.", "own word"),
        ("He says they called him an addict.", "own word"),
        ("She prefers to be called a mad woman.", "own word"),
        ("As an addict, I know that street.", "own word"),
        ("Lunatic is her own word for it.", "own word"),
        ("Seán says he is an addict.", "own word"),
        ("The word manipulative tells us nothing.", "talk about words"),
        ("Instead of manipulative, say what he did.", "talk about words"),
        ("He is not being manipulative.", "negated"),
        ("Dr Looney rang.", "name"),
    ],
)
def test_a_phrase_is_spared_and_the_reason_told(lens: Lens, text: str, reason: str) -> None:
    assert reason in reasons(lens, text)


@pytest.mark.parametrize(
    "text",
    [
        "The nurse says he is a schizophrenic.",
        "Staff say she is manipulative.",
        "She says he is manipulative.",
        "Dr Byrne says she is manipulative.",
        "I think he is manipulative.",
        "She said “no” and was manipulative.",
        "He is not on time and manipulative.",
        "We are managing her on the ward.",
        "We think we must section him.",
        "I have had to manage this patient alone.",
        "That was my most difficult patient.",
        "He was identified as a schizophrenic.",
        "She found herself among the mentally ill.",
        "I feel she is a lunatic.",
    ],
)
def test_a_verdict_of_somebody_else_is_not_the_own_word_of_the_person(lens: Lens, text: str) -> None:
    assert len(found(lens, text)) == 1


def test_a_word_that_the_person_chose_is_spared(lens: Lens) -> None:
    text = "He is a known schizophrenic and manipulative."
    assert found(lens, text, ("Schizophrenic",)) == [("manipulative", "manipulative")]
    assert [one.reason for one in lens.look(text, own_words=["schizophrenic"]).spared] == ["chosen"]
    assert len(found(lens, text, ("", " ", "phrenic"))) == 2


def test_words_that_hide_force_are_found(lens: Lens) -> None:
    for text in ("He needed a therapeutic hold.", "moved to the quiet room with four staff", "Safe holding was used."):
        assert [entry for entry, _ in found(lens, text)] == ["therapeutic-hold"]
    assert found(lens, "Physical restraint by four staff for six minutes; seclusion from 14:10 to 14:55.") == []


def test_a_finding_tells_place_and_advice(lens: Lens) -> None:
    text = "Éabha came.\r\n\nLater: attention seeking."
    (one,) = lens.look(text).findings
    assert (one.line, one.column, text[one.start : one.end]) == (3, 8, "attention seeking")
    assert (one.severity, one.term, one.category) == ("avoid", "attention seeking", "blame-compliance")
    assert one.alternatives
    assert one.why
    assert one.fine_when
    assert one.sources


IRISH_NAMES = (
    "Seán Áine Éabha Caoimhe Órla Róisín Pádraig Gráinne Fionnuala Ciarán Bríd Síle Niamh Aoife Tadhg Mícheál Nuala "
    "Sadhbh Dáithí Méabh Cáit Fiadh Oisín Cillian Úna Máiréad Sinéad Muireann Ruairí Lorcán Madden Looney Manning "
    "Ó Madáin Ní Mhadaín Nic Giolla Phádraig Mac Mathúna Uí Chléirigh Ó Luanaigh Nutley Crehan Psaila Lazarus"
)
IRISH = IRISH_NAMES.split()


@given(st.lists(st.sampled_from(IRISH), min_size=1, max_size=6), st.sampled_from(["NFC", "NFD"]))
def test_irish_names_are_never_pointed_at(lens: Lens, names: list[str], form: str) -> None:
    name = unicodedata.normalize(form, " ".join(names))
    for text in (name, f"{name} rang at two.", f"We met {name}, and Dr {name} wrote."):
        assert lens.look(text).findings == ()


PIECES_TEXT = (
    "attention seeking|attention-seeking|manipulative|He is|a schizophrenic|she says|"
    "“|”|\"|'|‘|’|«|»|> |\n|\n\n|. |, | |"
    "non-compliant|lacks|insight|Seán|Sea\u0301n|\u200f|\u00ad|\u202e|\0|İ|ß|ſ|K|e\u0301|👩‍👩‍👧|not |crazy|golf|_|*|`|@|://|"
    "x@y.ie|-|–|—|’s|\t|\r\n|1|Dr |Looney|patient|in her own words|herself|the word "
)
PIECES = st.sampled_from(PIECES_TEXT.split("|"))
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)


@given(TEXTS)
def test_every_finding_slices_back_and_looking_twice_finds_the_same(lens: Lens, text: str) -> None:
    look = lens.look(text)
    assert look == lens.look(text)
    places = sorted((one.start, one.end) for one in (*look.findings, *look.spared))
    for one in (*look.findings, *look.spared):
        assert text[one.start : one.end] == one.text
        assert one.text
    for finding in look.findings:
        before = text[: finding.start]
        assert (finding.line, finding.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert all(first[1] <= second[0] for first, second in pairwise(places))


@given(TEXTS)
def test_composed_and_decomposed_accents_are_the_same_to_the_lens(lens: Lens, text: str) -> None:
    def seen(form: str) -> list[tuple[str, str]]:
        findings = lens.look(unicodedata.normalize(form, text)).findings
        return [(one.entry, unicodedata.normalize("NFC", one.text)) for one in findings]

    assert seen("NFC") == seen("NFD")


@given(st.text(alphabet=st.characters(exclude_characters="\"“”„«»'‘’\n\r"), max_size=60))
def test_nothing_inside_closed_quotation_marks_is_found(lens: Lens, inside: str) -> None:
    for left, right in ("“”", "‘’", '""', "«»"):
        text = f"She said {left}a manipulative {inside} manipulative{right}."
        assert lens.look(text).findings == ()


def test_more_text_than_can_be_looked_at_is_refused_in_plain_words(lens: Lens) -> None:
    with pytest.raises(Invalid, match="5,000,000 characters") as caught:
        lens.look("x" * 5_000_000)
    assert "parts" in caught.value.remedy
    assert lens.look("x" * MOST_CHARACTERS).findings == ()
