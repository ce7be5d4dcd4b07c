"""GIFT: what is exported comes back as it was; what cannot be held is said, with its line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.courseware.trees import CLEAN, QUIZ, QUIZ_TEXT, TODAY, write_tree
from tests.interop.questions import NASTY, module_of, representable, short_text, single
from tests.samples import sample_module
from trainer.courseware.compiler import Compilation, compile_tree
from trainer.courseware.quiz import Matching, Ordering, Question, Rewriting, ShortText
from trainer.courseware.render.plain import plain_text
from trainer.errors import NotFound
from trainer.interop.gift import export_gift
from trainer.interop.gift_import import MOST_NOTES, MOST_QUESTIONS, import_gift
from trainer.interop.weights import folded


def compiled(quiz: str) -> Compilation:
    """The text as the quiz of the small clean tree."""
    with TemporaryDirectory() as place:
        return compile_tree(write_tree(Path(place), {**CLEAN, QUIZ: quiz}), today=TODAY)


def questions_in(quiz: str) -> tuple[Question, ...]:
    """What the compiler makes of it."""
    found = compiled(quiz)
    assert found.catalogue is not None, "\n".join([*(str(one) for one in found.diagnostics), quiz])
    written = found.catalogue.by_slug["first-steps"].quiz
    assert written is not None
    return written.questions


def shape(question: Question) -> tuple[object, ...]:
    """What a question says and how it is marked, whatever its options' ids are."""
    words = (question.kind, question.id, question.prompt, plain_text(question.intro_html), question.is_safety)
    if isinstance(question, Matching):
        texts = {target.id: target.text for target in question.targets}
        pairs = tuple((row.text, texts[row.target_id]) for row in question.rows)
        return (*words, pairs, plain_text(question.explanation_html))
    if isinstance(question, ShortText):
        accepted = {folded(text): text for text in reversed(question.accepted)}
        return (*words, tuple(accepted.values())[::-1], plain_text(question.explanation_html))
    assert not isinstance(question, Ordering | Rewriting)
    options = tuple(
        (one.text, getattr(one, "is_correct", None), getattr(one, "verdict", None), plain_text(one.explanation_html))
        for one in question.options
    )
    return (*words, options)


def there_and_back(*questions: Question) -> tuple[Question, ...]:
    exported = export_gift(module_of(*questions))
    imported = import_gift(exported.data)
    assert imported.question_count == len(questions), (imported.notes, exported.data.decode())
    return questions_in(imported.text)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_what_gift_can_hold_comes_back_the_same(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 3))
    asked = tuple(data.draw(representable(number)) for number in range(count))
    kept = tuple(
        one for one in asked if not (isinstance(one, ShortText) and any("->" in text for text in one.accepted))
    )
    if kept:
        assert [shape(one) for one in there_and_back(*kept)] == [shape(one) for one in kept]


def test_the_file_is_the_same_every_time_and_keeps_marking_as_tags_and_weights() -> None:
    module = sample_module("every-kind")
    exported = export_gift(module)
    assert exported == export_gift(module)
    text = exported.data.decode()
    assert "\t~%50%The warm one#" in text
    assert "\t~%-100%The sharp one#" in text
    assert "\t~%50%Ask his key worker#" in text
    assert "[id:do-what] [tag:judgement] [tag:outcome-2] [tag:safety]" in text


def test_what_gift_has_no_form_for_is_a_comment_and_in_the_report() -> None:
    exported = export_gift(sample_module("every-kind"))
    left_out = {one.question_id: one.reason for one in exported.left_out}
    for name, kind in (("morning", "order"), ("again", "rewrite"), ("tell-her", "dilemma")):
        assert left_out[name] == f"is not in the file: GIFT has no form for the kind {kind}"
        assert f"// Left out: {name} ({kind})" in exported.data.decode()
        assert f"::{name}::" not in exported.data.decode()
    assert set(left_out) == {"do-what", "morning", "pairs", "again", "tell-her"}


def test_a_module_that_is_only_read_has_nothing_to_export() -> None:
    with pytest.raises(NotFound):
        export_gift(sample_module("reading-only"))


def test_an_arrow_in_an_accepted_word_would_make_a_match_of_it() -> None:
    exported = export_gift(module_of(short_text(1, "Word", ["a -> b"])))
    assert "::question-1::" not in exported.data.decode()
    assert "holds ->" in exported.left_out[0].reason


def test_marked_up_words_go_as_html_and_come_back_as_markdown() -> None:
    question = single(1, "Which?", ["One", "Two"], 0)
    shaped = replace(
        question,
        prompt_html="Which <em>of these</em> &amp; why?",
        prompt="Which of these & why?",
        intro_html="<p>A <strong>bold</strong> line.</p>\n<ul>\n<li>one</li>\n<li>two <code>x{y}</code></li>\n</ul>\n"
        '<blockquote>\n<p>said</p>\n</blockquote>\n<p><a href="https://a.ie/b">there</a></p>',
    )
    exported = export_gift(module_of(shaped))
    assert "::question-1::[html]<p>Which <em>of these</em> &amp; why?</p>" in exported.data.decode()
    (found,) = questions_in(import_gift(exported.data).text)
    assert (found.prompt, found.prompt_html) == (shaped.prompt, shaped.prompt_html)
    assert "".join(found.intro_html.split()) == "".join(shaped.intro_html.split())


FOREIGN = """// a comment
$CATEGORY: $course$/Nursing

::True one::Water is wet.{TRUE#No, it is.#Yes.}

Just a description.

Write an essay about water. {}

::Year::When?{#1822:5}

Grant is {~buried =entombed} in the tomb.

::Half::Which?{~%50%partly right#half =fully right#yes ~wrong#no}

::Two right::Which?{=this#a =that#b ~other#c}

::Unclosed::Which? {=a ~b

::No reasons::Which?{=a ~b}

::Wild::Word?{=desc* =description}

::Negative::Which?{=a#x ~%-25%b#y}

::Own weights::Which?{~%60%a#x ~%40%b#y ~c#z}

::Twins::Which?{=same#x ~ Same #y}

::Пара::[html]<p>Match <u>these</u></p>{=<b>a</b> -> 1 =b -> 2 = -> 3 ####Because.}

::Steps::Order {>3 ALL VERTICAL
a
b
c
}

::General::Which?{=a#x ~b#y ####All in all.}
"""


def notes_of(text: str) -> dict[str, list[str]]:
    """What is said of each question by its title; “” for what has none."""
    found: dict[str, list[str]] = {}
    for note in import_gift(text.encode()).notes:
        found.setdefault(note.title, []).append(note.reason)
    return found


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("$CATEGORY: $course$/Nursing", "names a category"),
        ("Just a description.", "a description, which a quiz has not"),
        ("Write an essay about water.", "an essay has no form here"),
        ("Year", "numerical"),
        ("Grant is", "a missing word"),
        ("Half", "read as a judgement"),
        ("Two right", "several are each right"),
        ("Unclosed", "a brace that is never closed"),
        ("No reasons", "has no explanation for “a”; its author must write one"),
        ("Wild", "a wildcard"),
        ("Negative", "takes points away"),
        ("Own weights", "share right minus the share wrong"),
        ("Twins", "two of its options are the same"),
        ("Пара", "whose words are kept: u"),
        ("Пара", "belongs to no line"),
        ("Steps", "the order plug-in"),
        ("General", "“All in all.”"),
    ],
)
def test_what_has_no_form_here_is_said_with_its_reason(title: str, words: str) -> None:
    assert any(words in reason for reason in notes_of(FOREIGN)[title])


def test_what_comes_across_compiles_but_for_the_explanations_that_are_missing() -> None:
    imported = import_gift(FOREIGN.encode())
    found = compiled(imported.text)
    errors = [one for one in found.diagnostics if one.severity == "error"]
    missing = sum("must write one" in note.reason for note in imported.notes)
    explained = [one for one in errors if "has no explanation" in one.message]
    assert len(explained) == missing == 3
    assert [one.message for one in errors if one not in explained] == ["no question assesses outcome 1"]
    ids = re.findall(r"\{#([a-z0-9-]+)", imported.text)
    assert ids == ["true-one", "half", "no-reasons", "wild", "negative", "own-weights", "match-these", "general"]
    assert "TODO" not in imported.text


def test_every_note_stands_on_its_line() -> None:
    lines = FOREIGN.split("\n")
    for note in import_gift(FOREIGN.encode()).notes:
        assert lines[note.line - 1].strip(), note
        if note.title in ("Half", "Unclosed", "Steps"):
            assert lines[note.line - 1].startswith(f"::{note.title}::")


def test_true_and_false_become_a_single_choice_with_each_reason_at_its_answer() -> None:
    text = import_gift(b"::A::Water is wet.{FALSE#It is not.#Right.}").text
    assert "- [ ] True\n  > It is not.\n- [x] False\n  > Right." in text


def test_titles_that_are_the_same_or_have_no_letters_get_ids_of_their_own() -> None:
    text = import_gift("::Same::A?{=a#x ~b#y}\n\n::Same::B?{=a#x ~b#y}\n\n::Привет::Как?{=a#x ~b#y}\n".encode()).text
    assert re.findall(r"\{#(\S+)\}", text) == ["same", "same-2", "question"]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "no question"),
        (b"\x00\x01\x02", 1, "not text"),
        (b"ok\nok {\xff}", 2, "not written in UTF-8"),
        (b"x" * 1_000_001, 1, "at most 1000000"),
        (b"q {" + b"=a ~b " * 20_000, 1, "longer than 50000"),
        (b"q {" * 10_000, 1, "never closed"),
        (b"\n\n}{", 3, "never closed or never opened"),
        (b"\\" * 40_000, 1, "description"),
        (b"::::{}", 1, "essay"),
        (b"q{=a}", 1, "must write one"),
        (b"q{~" + b"~a" * 1000 + b"=b}", 1, "2 to 12"),
        ("q\u202e?{=a#x ~b#y}".encode(), 1, "invisible character"),
        (b"[html]" + b"<b>" * 3000 + b"q{=a#x ~b#y}", 1, ""),
        (b"[html]<!--" * 2000 + b"{=a#x ~b#y}", 1, "asks nothing"),
        (b"[html]q <![[^a] {=a#<![x ~b#y}", 1, ""),
        (b"q{=" + b"a" * 9_001 + b"#x ~b#y}", 1, "longer than 9000"),
    ],
)
def test_a_hostile_file_costs_a_note_with_its_line(data: bytes, line: int, words: str) -> None:
    imported = import_gift(data)
    if words:
        assert any(note.line == line and words in note.reason for note in imported.notes), imported.notes[:3]
    assert compiled(imported.text or QUIZ_TEXT).file_count


def test_ten_thousand_questions_are_a_full_quiz_and_one_note() -> None:
    text = "\n".join(f"::q {number}::Which {number}?{{=a#x ~b#y}}\n" for number in range(10_000))
    imported = import_gift(text.encode())
    assert imported.question_count == MOST_QUESTIONS
    (note,) = imported.notes
    assert note.line == 2 * MOST_QUESTIONS + 1
    assert "nothing from this line on" in note.reason
    assert len(questions_in(re.sub(r"\}$", " outcome=1}", imported.text, flags=re.MULTILINE))) == MOST_QUESTIONS


def test_ten_thousand_mistakes_are_told_up_to_a_bound() -> None:
    imported = import_gift(b"q {\n\n" * 10_000)
    assert len(imported.notes) <= MOST_NOTES + 1
    assert "more than" in imported.notes[-1].reason or "further" in imported.notes[-1].reason
    assert imported.text == ""


@given(st.lists(st.sampled_from([*NASTY, "\n", "\n\n", "::", "{", "}", "=", "~", "#"]), max_size=40).map("".join))
def test_whatever_is_in_the_file_the_result_can_be_read(text: str) -> None:
    imported = import_gift(text.encode())
    assert imported.notes or imported.question_count or not text.strip()
    if imported.question_count:
        errors = [one for one in compiled(imported.text).diagnostics if one.severity == "error"]
        strange = [one for one in errors if "explanation" not in one.message and "assesses" not in one.message]
        assert strange == [], imported.text
