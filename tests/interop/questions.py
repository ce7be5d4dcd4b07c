"""Questions made directly from the frozen types, and strategies for nasty ones."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from hypothesis import strategies as st

from tests.samples import sample_module
from trainer.courseware.catalogue import Module
from trainer.courseware.quiz import (
    Dilemma,
    DilemmaOption,
    Judgement,
    JudgementOption,
    Matching,
    MatchRow,
    MatchTarget,
    MultipleResponse,
    Option,
    Ordering,
    OrderItem,
    PanelShare,
    Question,
    Quiz,
    Rewriting,
    ShortText,
    SingleChoice,
)
from trainer.courseware.source import FORBIDDEN

# What each format reads as its own, other scripts, quotation marks, marks of direction, and what looks like HTML.
NASTY = (
    "=", "~", "#", "{", "}", ":", "\\", "\\n", "::", "->", "####", "=>", "%50%", "%", "//", "///", "[html]", "[x]",
    "[^a]", "<b>", "</p>", "<!--", "]]>", "&amp;", "&", "<", ">", "“", "”", "’", "«", "\u200f", "\u200e", "שלום",
    "مرحبا", "Привет", "síos", "*", "**", "_", "`", "``", "|", "-", "1.", "1)", "+", "~~~", "{#id}", "{a=b}",
    "$CATEGORY:", "🙂", "'", '"', "T", "TRUE", "https://a.ie/(b)", "(", ")", "!", "![", "](", "^", "---", "===", "a",
    "b", "x y",
)  # fmt: skip


def clean(text: str) -> str:
    """As the compiler leaves text: no invisible characters, single spaces."""
    return " ".join(FORBIDDEN.sub("", text).split())


SENTENCES = st.lists(
    st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=6),
    min_size=1,
    max_size=6,
).map(lambda parts: clean(" ".join(parts)))
GLUED = st.lists(st.sampled_from(NASTY), min_size=1, max_size=6).map(lambda parts: clean("".join(parts)))
TEXTS = (SENTENCES | GLUED).filter(lambda text: any(map(str.isalnum, text)))


def html_of(text: str) -> str:
    """A phrase as the renderer leaves it."""
    return escape(text, quote=False)


def block_of(text: str) -> str:
    """A paragraph as the renderer leaves it."""
    return f"<p>{html_of(text)}</p>" if text else ""


def frame(number: int, prompt: str, intro: str = "", *, is_safety: bool = False) -> dict[str, object]:
    """The fields that every kind has."""
    return {
        "id": f"question-{number}", "prompt": prompt, "prompt_html": html_of(prompt), "intro_html": block_of(intro),
        "outcome": 1, "is_safety": is_safety,
    }  # fmt: skip


def option(number: int, text: str, explanation: str, *, is_correct: bool) -> Option:
    """A choice."""
    return Option(f"o{number}", text, html_of(text), block_of(explanation), is_correct)


def single(number: int, prompt: str, texts: list[str], right: int, intro: str = "") -> SingleChoice:
    """One is right."""
    options = tuple(option(i, text, f"Why {text}", is_correct=i == right) for i, text in enumerate(texts))
    return SingleChoice(**frame(number, prompt, intro), options=options)  # type: ignore[arg-type]


def multiple(number: int, prompt: str, texts: list[str], right: set[int]) -> MultipleResponse:
    """Some are right."""
    options = tuple(option(i, text, f"Why {text}", is_correct=i in right) for i, text in enumerate(texts))
    return MultipleResponse(**frame(number, prompt), options=options)  # type: ignore[arg-type]


def judgement(number: int, prompt: str, texts: list[str], verdicts: list[str]) -> Judgement:
    """Ways to act."""
    options = tuple(
        JudgementOption(f"o{i}", text, html_of(text), block_of(f"Why {text}"), verdict)  # type: ignore[arg-type]
        for i, (text, verdict) in enumerate(zip(texts, verdicts, strict=True))
    )
    return Judgement(**frame(number, prompt, is_safety=True), options=options)  # type: ignore[arg-type]


def matching(number: int, prompt: str, rows: list[str], targets: list[str]) -> Matching:
    """Each row belongs to the target at its place, the last ones to the first."""
    made = tuple(MatchTarget(f"t{i}", text, html_of(text)) for i, text in enumerate(targets))
    lines = tuple(MatchRow(f"r{i}", text, html_of(text), f"t{i % len(targets)}") for i, text in enumerate(rows))
    return Matching(**frame(number, prompt), row_head="Said", target_head="Seen", rows=lines, targets=made,
                    explanation_html=block_of("Why they belong."))  # type: ignore[arg-type]  # fmt: skip


def short_text(number: int, prompt: str, accepted: list[str]) -> ShortText:
    """A word."""
    return ShortText(**frame(number, prompt), accepted=tuple(accepted), explanation_html=block_of("Why."))  # type: ignore[arg-type]


def ordering(number: int, prompt: str, texts: list[str]) -> Ordering:
    """Steps in the right order."""
    items = tuple(OrderItem(f"s{i}", text, html_of(text), "") for i, text in enumerate(texts))
    return Ordering(**frame(number, prompt), items=items, explanation_html=block_of("Why so."))  # type: ignore[arg-type]


def rewriting(number: int, prompt: str, line: str, models: list[str]) -> Rewriting:
    """Other words."""
    listed = "".join(f"<li>{html_of(model)}</li>" for model in models)
    return Rewriting(**frame(number, prompt), line_text=line, line_html=block_of(line), models=tuple(models),
                     models_html=f"<ul>{listed}</ul>")  # type: ignore[arg-type]  # fmt: skip


def dilemma(number: int, prompt: str, texts: list[str]) -> Dilemma:
    """Nothing is right."""
    options = tuple(
        DilemmaOption(f"d{i}", text, html_of(text), block_of(f"Why {text}"), (PanelShare("psw", 4 - i, 6),))
        for i, text in enumerate(texts)
    )
    return Dilemma(**frame(number, prompt), options=options)  # type: ignore[arg-type]


def module_of(*questions: Question, **changes: object) -> Module:
    """The first sample module with these questions instead of its own."""
    quiz = Quiz(80, min(8, len(questions)), False, tuple(questions))
    return replace(sample_module("kind-words"), quiz=quiz, **changes)  # type: ignore[arg-type]


def one_of_each(text: str = "plain") -> tuple[Question, ...]:
    """Every kind, with this text wherever words stand."""
    return (
        single(1, f"Single {text}", [f"One {text}", f"Two {text}", f"Three {text}"], 1, f"Intro {text}"),
        multiple(2, f"Multiple {text}", [f"One {text}", f"Two {text}", f"Three {text}", f"Four {text}"], {0, 1, 2}),
        judgement(
            3, f"Judgement {text}", [f"One {text}", f"Two {text}", f"Three {text}"], ["best", "workable", "risky"]
        ),
        ordering(4, f"Order {text}", [f"One {text}", f"Two {text}", f"Three {text}", f"Four {text}"]),
        matching(5, f"Match {text}", [f"One {text}", f"Two {text}", f"Three {text}"], [f"A {text}", f"B {text}"]),
        short_text(6, f"Text {text}", [f"One {text}"]),
        rewriting(7, f"Rewrite {text}", f"Line {text}", [f"Model {text}"]),
        dilemma(8, f"Dilemma {text}", [f"One {text}", f"Two {text}"]),
    )


def distinct(most: int, least: int) -> st.SearchStrategy[list[str]]:
    """Several texts that are different answers."""
    return st.lists(TEXTS, min_size=least, max_size=most, unique_by=lambda text: " ".join(text.casefold().split()))


@st.composite
def representable(draw: st.DrawFn, number: int) -> Question:
    """A question of a kind that GIFT has."""
    kind = draw(st.sampled_from(["single", "multiple", "judgement", "match", "text"]))
    prompt = draw(TEXTS)
    if kind == "match":
        rows = draw(distinct(5, 2))
        return matching(number, prompt, rows, draw(distinct(len(rows), 2)))
    texts = draw(distinct(5, 2))
    if kind == "single":
        return single(number, prompt, texts, draw(st.integers(0, len(texts) - 1)), draw(TEXTS | st.just("")))
    if kind == "multiple":
        right = draw(st.sets(st.integers(0, len(texts) - 1), min_size=1))
        return multiple(number, prompt, texts, right)
    if kind == "judgement":
        verdict = st.sampled_from(["best", "workable", "risky"])
        return judgement(number, prompt, texts, ["best", *(draw(verdict) for _ in texts[1:])])
    return short_text(number, prompt, texts)
