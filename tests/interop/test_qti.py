"""QTI: well-formed, always the same bytes, and marked as here by an engine that follows the specification."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interop.qti_engine import Engine, files_of, named
from tests.interop.questions import (
    TEXTS,
    dilemma,
    judgement,
    matching,
    module_of,
    multiple,
    one_of_each,
    ordering,
    rewriting,
    short_text,
    single,
)
from tests.samples import sample_catalogue, sample_module
from trainer.courseware.catalogue import Image
from trainer.courseware.quiz import Question
from trainer.errors import NotFound
from trainer.interop.qti import export_qti
from trainer.interop.qti_marking import choice_id, target_id
from trainer.learning.kinds.frame import mark_of
from trainer.learning.kinds.registry import KINDS

NAMES = ["One", "Two", "Three", "Four"]


def item_of(question: Question) -> bytes:
    return files_of(export_qti(module_of(question), {}).data)[f"items/{question.id}.xml"]


def points(question: Question, *answer: str) -> int:
    """What our own rules give."""
    return KINDS[question.kind].mark(question, tuple(answer)).points  # type: ignore[arg-type]


def qti_points(item: bytes, *response: str) -> int:
    score = Engine(item, tuple(response)).score
    assert score is not None
    return mark_of(score).points


def test_single_choice_is_marked_as_here() -> None:
    question = single(1, "Which?", NAMES, 2)
    item = item_of(question)
    for index, option in enumerate(question.options):
        assert qti_points(item, choice_id(index)) == points(question, option.id)


@pytest.mark.parametrize("right", [{0}, {0, 1}, {0, 1, 2}, {1, 3}, {0, 1, 2, 3}])
def test_every_way_to_answer_a_multiple_response_is_marked_as_here(right: set[int]) -> None:
    question = multiple(1, "Which?", NAMES, right)
    item = item_of(question)
    for bits in range(1, 16):
        chosen = [index for index in range(4) if bits >> index & 1]
        ours = points(question, *(question.options[index].id for index in chosen))
        assert qti_points(item, *map(choice_id, chosen)) == ours, chosen


def test_a_judgement_gives_everything_half_or_nothing() -> None:
    item = item_of(judgement(1, "What?", NAMES, ["risky", "workable", "best", "best"]))
    scores = [Engine(item, (choice_id(index),)).score for index in range(4)]
    assert scores == [Fraction(0), Fraction(1, 2), Fraction(1), Fraction(1)]


def test_every_order_is_marked_as_here_and_the_right_one_is_not_given_away() -> None:
    question = ordering(1, "In order", NAMES)
    item = item_of(question)
    for order in permutations(range(4)):
        given_places = [f"{question.items[index].id}={place}" for place, index in enumerate(order, start=1)]
        assert qti_points(item, *map(choice_id, order)) == points(question, *given_places), order
    shown = [one.get("identifier") for one in named(fromstring(item), "simpleChoice")]
    assert sorted(map(str, shown)) == [choice_id(index) for index in range(4)]
    assert shown != [choice_id(index) for index in range(4)]


def test_a_match_is_marked_by_the_share_of_rows() -> None:
    question = matching(1, "Together", NAMES[:3], ["Left", "Right"])
    item = item_of(question)
    for targets in [(0, 1, 0), (1, 1, 1), (1, 0, 1), (0, 0, 0)]:
        ours = [f"{row.id}=t{target}" for row, target in zip(question.rows, targets, strict=True)]
        pairs = [f"{choice_id(row)} {target_id(target)}" for row, target in enumerate(targets)]
        assert qti_points(item, *pairs) == points(question, *ours)


def test_a_short_text_is_accepted_in_any_case_and_without_its_accents() -> None:
    item = item_of(short_text(1, "One word", ["Cur síos", "description"]))
    accepted = ("cur SÍOS", "cur sios", "Description")
    assert [qti_points(item, given_text) for given_text in accepted] == [100, 100, 100]
    assert qti_points(item, "label") == 0


def test_what_is_never_marked_has_no_score_and_says_what_others_chose() -> None:
    for question in (rewriting(1, "Again", "Needy.", ["Asked for company."]), dilemma(1, "Tell her?", ["Yes", "No"])):
        found = Engine(item_of(question), (choice_id(0),))
        assert found.score is None
        assert named(found.root, "correctResponse") == []
    assert found.shown == ["Chosen by 4 of 6 peer support workers.\nWhy Yes"]


def test_the_explanation_of_each_chosen_option_is_shown() -> None:
    item = item_of(multiple(1, "Which?", NAMES, {0, 1}))
    assert Engine(item, ("C1", "C3")).shown == ["Why One", "Why Three"]


def test_the_test_draws_as_our_quiz_does_and_always_asks_about_safety() -> None:
    module = sample_module("every-kind")
    assert module.quiz is not None
    smaller = replace(module, quiz=replace(module.quiz, draw=4))
    root = fromstring(files_of(export_qti(smaller, {}).data)["assessment.xml"])
    assert [one.get("select") for one in named(root, "selection")] == ["4"]
    required = {one.get("identifier") for one in named(root, "assessmentItemRef") if one.get("required") == "true"}
    assert required == {"S5-one-of-three", "S5-do-what"}


def test_the_manifest_lists_every_file_and_nothing_else() -> None:
    catalogue = sample_catalogue()
    files = files_of(export_qti(sample_module("every-kind"), catalogue.images).data)
    manifest = fromstring(files["imsmanifest.xml"])
    listed = {one.get("href") for one in manifest.iter("{http://www.imsglobal.org/xsd/imscp_v1p1}file")}
    assert listed == set(files) - {"imsmanifest.xml"}


def test_a_picture_is_in_the_package_once_and_found_from_the_item() -> None:
    image = Image("dot.png", "image/png", "0" * 64, b"\x89PNG")
    shown = '<p><img src="/modules/kind-words/images/dot.png" alt="A dot"> and <a href="/glossary">a word</a></p>'
    question = replace(single(1, "Which?", NAMES, 0), intro_html=shown)
    files = files_of(export_qti(module_of(question), {("kind-words", "dot.png"): image}).data)
    assert files["items/images/dot.png"] == b"\x89PNG"
    root = fromstring(files["items/question-1.xml"])
    assert [one.get("src") for one in named(root, "img")] == ["images/dot.png"]
    assert named(root, "a") == []  # the words stay, the address of this site does not
    assert "a word" in "".join(root.itertext())


@given(st.lists(TEXTS, min_size=1, max_size=2))
def test_whatever_the_words_are_the_files_are_well_formed_and_say_them(texts: list[str]) -> None:
    words = f"{' '.join(texts)} ]]> \ufffe"
    module = module_of(*one_of_each(words))
    exported = export_qti(module, {})
    for name, data in files_of(exported.data).items():
        root = fromstring(data)
        if name.startswith("items/"):
            assert words.replace("\ufffe", "\ufffd") in root.get("title", "")
    assert exported.data == export_qti(module, {}).data


def test_what_the_package_cannot_hold_is_listed() -> None:
    left_out = {one.question_id: one.reason for one in export_qti(sample_module("every-kind"), {}).left_out}
    assert set(left_out) == {"do-what", "pairs", "again", "tell-her"}
    assert "right to pass" in left_out["do-what"]


def test_a_module_that_is_only_read_has_nothing_to_export() -> None:
    with pytest.raises(NotFound):
        export_qti(sample_module("reading-only"), {})
