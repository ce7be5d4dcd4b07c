"""quiz.md becomes questions."""

from __future__ import annotations

from pathlib import Path

from tests.courseware.trees import QUIZ, Swap, first_steps
from trainer.courseware.quiz import Judgement, MultipleResponse, Option, Quiz, SingleChoice


def quiz_of(root: Path, *swaps: Swap) -> Quiz:
    quiz = first_steps(root, *swaps).quiz
    assert quiz is not None
    return quiz


def test_the_marks_show_the_kind(tmp_path: Path) -> None:
    quiz = quiz_of(tmp_path)
    assert [type(question) for question in quiz.questions] == [SingleChoice, MultipleResponse, Judgement]
    assert (quiz.pass_mark, quiz.draw, quiz.shuffle) == (80, 3, False)


def test_the_first_question_as_it_is_marked_and_shown(tmp_path: Path) -> None:
    question = quiz_of(tmp_path).questions[0]
    assert (question.id, question.prompt, question.outcome, question.is_safety) == (
        "changed",
        "What changed?",
        1,
        False,
    )
    assert question.intro_html == "<p>Two doctors read two notes.</p>"
    tone, treatment = question.options
    assert isinstance(treatment, Option)
    assert (treatment.text, treatment.is_correct) == ("The treatment", True)
    assert tone.explanation_html == "<p>Tone changed, and so did more.</p>"
    assert tone.id != treatment.id


def test_a_safety_question_is_known_by_the_bare_word(tmp_path: Path) -> None:
    assert [question.id for question in quiz_of(tmp_path).questions if question.is_safety] == ["labels"]


def test_a_named_type_allows_several_to_be_asked_with_one_right(tmp_path: Path) -> None:
    quiz = quiz_of(tmp_path, Swap(QUIZ, "{#changed outcome=1}", "{#changed type=multiple outcome=1}"))
    assert quiz.questions[0].kind == "multiple"


def test_shuffling_is_asked_for(tmp_path: Path) -> None:
    assert quiz_of(tmp_path, Swap(QUIZ, "draw: 3", "draw: 3\nshuffle: true")).shuffle


def test_a_given_option_id_outlives_its_words(tmp_path: Path) -> None:
    before, after = quiz_of(tmp_path), quiz_of(tmp_path, Swap(QUIZ, "Ask what happened {#ask}", "Ask him {#ask}"))
    assert before.questions[2].options[0].id == after.questions[2].options[0].id == "ask"
    assert after.questions[2].options[0].text == "Ask him"


def test_an_option_without_id_is_known_by_its_words_whatever_their_case(tmp_path: Path) -> None:
    before, after = quiz_of(tmp_path), quiz_of(tmp_path, Swap(QUIZ, "- [ ] The tone", "- [ ] the  TONE"))
    assert before.questions[0].options[0].id == after.questions[0].options[0].id
    other = quiz_of(tmp_path, Swap(QUIZ, "- [ ] The tone", "- [ ] The sound"))
    assert before.questions[0].options[0].id != other.questions[0].options[0].id


def test_an_option_goes_on_in_the_next_line(tmp_path: Path) -> None:
    quiz = quiz_of(tmp_path, Swap(QUIZ, "- [ ] The tone", "- [ ] The *tone*\n  of voice"))
    assert quiz.questions[0].options[0].text == "The tone of voice"
    assert quiz.questions[0].options[0].html == "The <em>tone</em>\nof voice"


def test_blank_lines_between_options_change_nothing(tmp_path: Path) -> None:
    loose = quiz_of(
        tmp_path, Swap(QUIZ, "  > Tone changed, and so did more.\n", "\n  > Tone changed, and so did more.\n\n")
    )
    assert loose == quiz_of(tmp_path)
