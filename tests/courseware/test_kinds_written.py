"""Every kind as an author writes it, and a story; the sample module S5 holds one of each."""

from __future__ import annotations

from tests.samples import sample_module
from trainer.courseware.catalogue import Module
from trainer.courseware.kinds.frame import option_id
from trainer.courseware.parts import Lenses, ScenarioDoor
from trainer.courseware.quiz import Dilemma, Matching, Ordering, PanelShare, Question, Rewriting, ShortText
from trainer.courseware.scenario import Choice


def every_kind() -> Module:
    return sample_module("every-kind")


def asked(kind: str) -> Question:
    quiz = every_kind().quiz
    assert quiz is not None
    return next(question for question in quiz.questions if question.kind == kind)


def test_front_matter_of_the_quiz() -> None:
    quiz = every_kind().quiz
    assert quiz is not None
    assert quiz.asks_confidence
    assert quiz.before_ids == ("one-of-three",)


def test_order_keeps_the_authors_order_and_both_ways_to_explain() -> None:
    question = asked("order")
    assert isinstance(question, Ordering)
    assert [item.text for item in question.items] == [
        "The phone rang",
        "He shouted",
        "Orla asked",
        "The room went quiet",
    ]
    assert [bool(item.explanation_html) for item in question.items] == [False, True, False, False]
    assert "Canary-s5-k" in question.explanation_html
    assert question.intro_html == "<p>It began with the phone.</p>"


def test_match_is_a_table_with_its_head() -> None:
    question = asked("match")
    assert isinstance(question, Matching)
    assert (question.row_head, question.target_head) == ("Said", "Seen")
    assert [row.text for row in question.rows] == ["Needy", "Refused", "Aggressive"]
    assert question.rows[0].target_id == option_id("Asked for company")
    assert {target.id for target in question.targets} == {row.target_id for row in question.rows}


def test_text_lists_what_is_accepted() -> None:
    question = asked("text")
    assert isinstance(question, ShortText)
    assert question.accepted == ("description", "a description", "cur síos")
    assert "Canary-s5-m" in question.explanation_html


def test_rewrite_has_its_line_apart_from_what_is_to_be_done() -> None:
    question = asked("rewrite")
    assert isinstance(question, Rewriting)
    assert question.line_text == "Canary-free: needy all night."
    assert "blockquote" not in question.line_html
    assert question.intro_html == "<p>Write the line so that the morning shift knows what happened.</p>"
    assert len(question.models) == 2
    assert question.models_html.count("<li>") == 2


def test_dilemma_has_the_shares_of_each_panel() -> None:
    question = asked("dilemma")
    assert isinstance(question, Dilemma)
    assert question.options[0].shares == (PanelShare("psw", 4, 6), PanelShare("clinician", 1, 5))
    assert question.options[0].text == "Tell her today"


def test_three_roles_stand_together() -> None:
    (part,) = [part for part in every_kind().sections[1].parts if isinstance(part, Lenses)]
    assert [lens.role for lens in part.lenses] == ["psw", "clinician", "leader"]


def test_a_story_is_places_choices_and_ends() -> None:
    module = every_kind()
    assert any(isinstance(part, ScenarioDoor) and part.name == "handover" for part in module.sections[0].parts)
    story = module.find_scenario("handover")
    assert story is not None
    assert (story.title, [place.id for place in story.places]) == (
        "Ten past nine",
        ["start", "silence", "ask", "later"],
    )
    words = "Ask what happened just before, in a friendly voice"
    assert story.places[0].choices[1] == Choice(words, words, "ask")
    assert [(end.id, end.outcome) for end in story.ends] == [("ask", "best"), ("later", "workable")]
    assert "Kicking off" in story.places[0].html
    assert "Say nothing" not in story.places[0].html


def test_a_story_counts_four_minutes() -> None:
    module = every_kind()
    assert module.reading_minutes >= 4 + 6
