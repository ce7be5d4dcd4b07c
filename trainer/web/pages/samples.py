"""A question of every kind, before and after submission, for the gallery. Invented."""

from __future__ import annotations

from dataclasses import replace

from trainer.web.pages.quiz import ChoiceView, ConfidenceView, LineView, QuestionView
from trainer.web.pages.result import DilemmaChoice, PanelBar, ResultLine, ResultOption, ResultQuestion

WORDS = ("What happened, and who saw it", "What sort of person he is", "Nothing; it was a quiet night in the end")
CHOICES = tuple(ChoiceView(f"option-{number}", words, words, number == 1) for number, words in enumerate(WORDS))
LINES = tuple(LineView(f"line-{number}", words, words, None) for number, words in enumerate(WORDS))


def sample_questions() -> tuple[QuestionView, ...]:
    """One of every kind."""
    single = QuestionView(
        "sample",
        "single",
        "Which of these would you write?",
        "",
        "Choose one answer.",
        is_safety=True,
        choices=CHOICES,
        confidence=(
            ConfidenceView("sure", "Sure", is_chosen=False),
            ConfidenceView("fairly", "Fairly sure", is_chosen=True),
            ConfidenceView("guessing", "Guessing", is_chosen=False),
        ),
    )
    plain = replace(single, is_safety=False, confidence=())
    matched = tuple(replace(line, chosen="option-1" if place == 1 else None) for place, line in enumerate(LINES))
    return (
        single,
        replace(plain, kind="multiple", hint="Choose all that apply."),
        replace(plain, kind="judgement", hint="Choose what you would do."),
        replace(plain, kind="order", hint="Give each line its place.", choices=(), lines=LINES),
        replace(plain, kind="match", hint="Choose what belongs.", lines=matched, heads=("Said", "Seen")),
        replace(plain, kind="text", hint="A word or short phrase.", choices=(), text="describe", longest=200),
        replace(plain, kind="rewrite", choices=(), quoted_html="<p>Kicking off again.</p>", longest=2000),
        replace(plain, kind="dilemma", hint="There is no right answer."),
    )


def sample_results() -> tuple[ResultQuestion, ...]:
    """One of every layout."""
    first = ResultQuestion(
        position=1,
        prompt_html="Which of these would you write?",
        intro_html="",
        is_safety=True,
        mark="full",
        mark_label="Right",
        confidence="You were sure",
        layout="options",
        options=(
            ResultOption(WORDS[0], True, "right", "Right", "<p>The next shift knows what to do.</p>"),
            ResultOption(WORDS[1], False, "not_right", "Not this one", "<p>It may follow him for years.</p>"),
        ),
    )
    lines = tuple(
        ResultLine(words, str(place), str(place), is_right=place != 2, explanation_html="")
        for place, words in enumerate(WORDS, start=1)
    )
    bars = (PanelBar("3 of 6 peer support workers", 3, 6), PanelBar("1 of 5 clinicians", 1, 5))
    choices = tuple(
        DilemmaChoice(words, place == 0, "<p>It may cost an hour.</p>", bars) for place, words in enumerate(WORDS)
    )
    heads = ("In this order", "You put it", "Place")
    return (
        first,
        replace(first, position=2, layout="lines", mark="part", mark_label="Partly right", lines=lines, heads=heads),
        replace(
            first,
            position=3,
            layout="written",
            mark="unmarked",
            mark_label="Never marked",
            quoted_html="<p>Kicking off again.</p>",
            own_text="Shouted twice after a phone call.",
            models_html="<ul><li>Asked for company at ten.</li></ul>",
        ),
        replace(first, position=4, layout="dilemma", mark="unmarked", mark_label="Never marked", choices=choices),
    )
