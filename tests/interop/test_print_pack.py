"""A module on paper: everything is there, places lead to places, and the questions do not give the answers away."""

from __future__ import annotations

from dataclasses import replace

from tests.samples import KEY_CANARY, sample_catalogue, sample_module
from trainer.courseware.parts import Prose
from trainer.interop.paper import PrintPack
from trainer.interop.print_pack import build_print_pack


def pack_of(slug: str = "every-kind") -> PrintPack:
    return build_print_pack(sample_module(slug), sample_catalogue(), lambda name: f"here/{name}")


def test_every_role_reads_its_own_words_and_reflections_leave_lines() -> None:
    parts = [part for section in pack_of().sections for part in section.parts]
    labels = [part.label for part in parts if part.kind == "lens"]
    assert labels == [
        "If you are a peer support worker", "If you are a clinician", "If you lead a team or service",
    ]  # fmt: skip
    lines = {part.kind: part.lines for part in parts if part.lines}
    assert lines == {"reflect": 6, "rewrite": 4}


def test_places_of_a_story_are_numbered_and_every_way_leads_to_one() -> None:
    pack = pack_of()
    (story,) = pack.stories
    numbers = [place.number for place in story.places]
    assert numbers == [1, 2, 3, 4]
    assert [[way.place for way in place.ways] for place in story.places] == [[2, 3], [4, 1], [], []]
    assert [place.ending for place in story.places] == [
        None, None, "The end: a good road", "The end: a road that works",
    ]  # fmt: skip
    (door,) = [part for section in pack.sections for part in section.parts if part.kind == "scenario"]
    assert door.place == 1


def test_what_is_answered_gives_nothing_away_and_the_answer_sheet_everything() -> None:
    pack = pack_of()
    assert len(pack.questions) == len(pack.keys) == 8
    assert f"{KEY_CANARY}s5" not in str(pack.questions)
    for letter in "abcdefghijklmnopq":
        assert f"{KEY_CANARY}s5-{letter}" in str(pack.keys), letter
    labels = [[verdict.label for verdict in key.verdicts] for key in pack.keys]
    assert labels[:3] == [
        ["Not this one", "Right", "Not this one"], ["Right", "Right", "Not this one"], ["Best", "Workable", "Risky"],
    ]  # fmt: skip
    assert "4 of 6 peer support workers" in pack.keys[7].verdicts[0].explanation_html


def test_the_key_of_an_order_and_a_match_uses_the_letters_of_the_question() -> None:
    pack = pack_of()
    order, match = pack.questions[3], pack.questions[4]
    by_letter = {choice.letter: choice.html for choice in order.choices}
    steps = [by_letter[letter] for letter in pack.keys[3].in_short.split(" – ")]
    assert steps == ["The phone rang", "He shouted", "Orla asked", "The room went quiet"]
    assert [choice.html for choice in order.choices] != steps
    targets = {target.letter: target.html for target in match.targets}
    found = {row: targets[letter] for row, letter in (pair.split(": ") for pair in pack.keys[4].in_short.split(", "))}
    assert found["Needy"] == "Asked for company"


def test_links_into_the_site_lose_their_address_and_definitions_move_to_the_end() -> None:
    term = sample_catalogue().glossary[0]
    html = (
        f'<p>A <button type="button" class="term" popovertarget="term-{term.slug}">word</button> and '
        f'<a href="/modules/x/">there</a>, <a href="https://a.ie/">far</a>.</p>'
        f'<span popover id="term-{term.slug}" class="term-definition"><strong>Word</strong> hidden here</span>'
        '<p><img src="/modules/every-kind/images/dot.png" alt="A dot"></p>'
    )
    module = replace(sample_module("every-kind"), opening=(Prose(html),))
    pack = build_print_pack(module, sample_catalogue(), lambda name: f"here/{name}")
    shown = pack.opening[0].html
    assert 'A word and there, <a href="https://a.ie/">far</a>.' in shown
    assert "hidden here" not in shown
    assert "<strong" not in shown
    assert '<img src="here/dot.png" alt="A dot">' in shown
    assert [one.term for one in pack.terms] == [term.term]


def test_a_module_without_a_quiz_has_no_answer_sheet() -> None:
    pack = pack_of("reading-only")
    assert (pack.questions, pack.keys, pack.pass_mark) == ((), (), None)


def test_an_empty_element_does_not_swallow_what_follows() -> None:
    module = replace(sample_module("every-kind"), opening=(Prose("<p><strong></strong>a<br>b</p>"),))
    pack = build_print_pack(module, sample_catalogue(), lambda name: None)
    assert pack.opening[0].html == "<p><strong></strong>a<br>b</p>"
