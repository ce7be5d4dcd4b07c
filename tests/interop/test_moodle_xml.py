"""Moodle XML: every kind has its place, with our marking in Moodle's own fractions."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interop.questions import TEXTS, judgement, module_of, multiple, one_of_each, short_text, single
from tests.samples import sample_module
from trainer.courseware.catalogue import Image, Source
from trainer.courseware.render.plain import plain_text
from trainer.interop.exported import Exported
from trainer.interop.moodle_xml import export_moodle_xml
from trainer.learning.kinds.registry import KINDS

LETTERS = [f"Option {letter}" for letter in "abcdefghijkl"]


def questions_of(exported: Exported) -> list[Element]:
    """The questions without the category."""
    return [one for one in fromstring(exported.data) if one.get("type") != "category"]


def text_at(element: Element, path: str) -> str:
    found = element.find(f"{path}/text")
    assert found is not None
    return found.text or ""


def fractions_of(element: Element) -> list[str]:
    return [answer.get("fraction", "") for answer in element.findall("answer")]


def test_every_kind_has_a_place() -> None:
    found = questions_of(export_moodle_xml(sample_module("every-kind"), {}))
    assert [one.get("type") for one in found] == [
        "multichoice", "multichoice", "multichoice", "ordering", "matching", "shortanswer", "essay", "multichoice",
    ]  # fmt: skip
    grades = [one.findtext("defaultgrade") for one in found]
    assert grades == ["1", "1", "1", "1", "1", "1", "0", "0"]
    assert [one.findtext("idnumber") for one in found][:2] == ["S5-one-of-three", "S5-which-two"]


@pytest.mark.parametrize(
    ("count", "right", "expected"),
    [
        (4, 3, ["33.33333", "33.33333", "33.33333", "-100"]),
        (4, 2, ["50", "50", "-50", "-50"]),
        (7, 1, ["100", *["-16.66667"] * 6]),
        (8, 7, [*["14.28571"] * 7, "-100"]),
        (3, 3, ["33.33333"] * 3),
    ],
)
def test_multiple_response_is_share_right_minus_share_wrong(count: int, right: int, expected: list[str]) -> None:
    exported = export_moodle_xml(module_of(multiple(1, "Which?", LETTERS[:count], set(range(right)))), {})
    assert fractions_of(questions_of(exported)[0]) == expected
    assert exported.left_out == ()


def test_moodle_marks_every_answer_within_a_point_of_ours() -> None:
    question = multiple(1, "Which?", LETTERS[:7], {0, 1, 2})
    weights = [
        Fraction(Decimal(one)) for one in fractions_of(questions_of(export_moodle_xml(module_of(question), {}))[0])
    ]
    for bits in range(1, 128):
        chosen = [index for index in range(7) if bits >> index & 1]
        moodle = min(max(sum((weights[index] for index in chosen), Fraction(0)), Fraction(0)), Fraction(100))
        ours = KINDS["multiple"].mark(question, tuple(question.options[index].id for index in chosen)).points  # type: ignore[arg-type]
        assert abs(moodle - ours) < 1


def test_a_weight_that_moodle_does_not_know_is_said() -> None:
    exported = export_moodle_xml(module_of(multiple(1, "Which?", LETTERS, {0})), {})
    assert [one.reason for one in exported.left_out] == [
        "has weights that Moodle’s list lacks; import it with the nearest grade"
    ]


def test_a_judgement_is_everything_half_and_nothing_and_tells_each_why() -> None:
    exported = export_moodle_xml(module_of(judgement(1, "What?", LETTERS[:3], ["risky", "workable", "best"])), {})
    (found,) = questions_of(exported)
    assert fractions_of(found) == ["0", "50", "100"]
    assert found.findtext("single") == "true"
    assert [text_at(one, "feedback") for one in found.findall("answer")][2] == "<p>Why Option c</p>"
    assert [text_at(tag, ".") for tag in found.findall("tags/tag")] == ["judgement", "outcome-1", "safety"]


def test_nobody_chooses_wrongly_in_a_dilemma_and_panels_are_shown() -> None:
    found = questions_of(export_moodle_xml(sample_module("every-kind"), {}))[-1]
    assert fractions_of(found) == ["100", "100"]
    assert "4 of 6 peer support workers, 1 of 5 clinicians" in text_at(found.findall("answer")[0], "feedback")


def test_an_order_keeps_its_order_and_a_match_its_pairs() -> None:
    found = {one.get("type"): one for one in questions_of(export_moodle_xml(sample_module("every-kind"), {}))}
    steps = [text_at(answer, ".") for answer in found["ordering"].findall("answer")]
    assert steps == ["The phone rang", "He shouted", "Orla asked", "The room went quiet"]
    rows = [(text_at(one, "."), text_at(one, "answer")) for one in found["matching"].findall("subquestion")]
    assert ("Refused", "Said no, and why") in rows
    assert "asked for company four times" in text_at(found["essay"], "graderinfo")


def test_accepted_words_keep_their_asterisk_and_lose_their_accents() -> None:
    (found,) = questions_of(export_moodle_xml(module_of(short_text(1, "Word", ["cur síos", "a * b"])), {}))
    assert [text_at(one, ".") for one in found.findall("answer")] == ["cur síos", "cur sios", "a \\* b"]
    assert found.findtext("usecase") == "0"


def test_a_picture_goes_along_and_sources_are_named() -> None:
    image = Image("dot.png", "image/png", "0" * 64, b"\x89PNG")
    shown = (
        '<p>See <img src="/modules/kind-words/images/dot.png" alt="A dot">.'
        '<a class="cite" href="#source-goddu2018"><span class="visually-hidden">Source </span>1</a></p>'
    )
    question = replace(single(1, "Which?", LETTERS[:2], 0), intro_html=shown)
    source = Source("goddu2018", 1, "Goddu et al. 2018", "Goddu et al. 2018")
    module = module_of(question, sources=(source,))
    (found,) = questions_of(export_moodle_xml(module, {("kind-words", "dot.png"): image}))
    assert '<img src="@@PLUGINFILE@@/dot.png" alt="A dot">.[1]' in text_at(found, "questiontext")
    packed = found.find("questiontext/file")
    assert packed is not None
    assert (packed.get("name"), b64decode(packed.text or "")) == ("dot.png", b"\x89PNG")
    assert plain_text(text_at(found, "generalfeedback")) == "Sources [1] Goddu et al. 2018"


@given(st.lists(TEXTS, min_size=1, max_size=2))
def test_whatever_the_words_are_they_arrive(texts: list[str]) -> None:
    words = f"{' '.join(texts)} ]]> \ufffe"
    module = module_of(*one_of_each(words))
    exported = export_moodle_xml(module, {})
    for found in questions_of(exported):
        assert words.replace("\ufffe", "\ufffd") in plain_text(text_at(found, "questiontext"))
    assert exported.data == export_moodle_xml(module, {}).data
