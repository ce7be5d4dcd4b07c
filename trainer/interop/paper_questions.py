"""Questions for a pen, and the sheet that answers them."""

from __future__ import annotations

from string import ascii_uppercase

from trainer.courseware.quiz import (
    Dilemma,
    DilemmaOption,
    Judgement,
    JudgementOption,
    Matching,
    MultipleResponse,
    Option,
    Ordering,
    Question,
    Rewriting,
    ShortText,
    SingleChoice,
)
from trainer.interop.markup import Picture, markup
from trainer.interop.mixing import mixed
from trainer.interop.paper import PaperChoice, PaperKey, PaperQuestion, PaperVerdict, QuestionLayout
from trainer.interop.wording import context_html, panel_html, whole_explanation_html

HINTS = {
    "single": "Tick one.",
    "multiple": "Tick all that apply.",
    "judgement": "Tick what you would do.",
    "order": "Number the boxes, 1 for the first.",
    "match": "Write into each box the letter that belongs to it.",
    "text": "Write a word or a short phrase.",
    "rewrite": "Write it in your own words. Nobody marks this.",
    "dilemma": "Tick what you would choose. Nothing here is right or wrong.",
}
LAYOUTS: dict[str, QuestionLayout] = {"order": "order", "match": "match", "text": "lines", "rewrite": "lines"}
LINES = {"text": 1, "rewrite": 4}
VERDICTS = {"best": "Best", "workable": "Workable", "risky": "Risky"}


class QuestionPrinter:
    """Prints the questions of one module; ``picture`` gives the address of a picture."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    def html(self, html: str) -> str:
        """HTML as it may stand on paper."""
        return markup(html, self.picture)

    def question(self, number: int, question: Question) -> PaperQuestion:
        """The question without any sign of what is right."""
        targets: tuple[PaperChoice, ...] = ()
        heads = ("", "")
        if isinstance(question, Matching):
            shown = {target.id: target.html for target in question.targets}
            targets = tuple(
                PaperChoice(letter, self.html(shown[name])) for name, letter in letters_of_targets(question).items()
            )
            heads = (question.row_head, question.target_head)
        return PaperQuestion(
            number=number,
            layout=LAYOUTS.get(question.kind, "boxes"),
            hint=HINTS[question.kind],
            prompt_html=self.html(question.prompt_html),
            intro_html=self.html(context_html(question)),
            choices=self.choices(question),
            targets=targets,
            heads=heads,
            lines=LINES.get(question.kind, 0),
            is_safety=question.is_safety,
        )

    def choices(self, question: Question) -> tuple[PaperChoice, ...]:
        """Options in the author's order, steps in a mixed one, rows as they are."""
        if isinstance(question, Ordering):
            shown = {item.id: item.html for item in question.items}
            return tuple(PaperChoice(letter, self.html(shown[name])) for name, letter in letters_of(question).items())
        if isinstance(question, Matching):
            return tuple(PaperChoice("", self.html(row.html)) for row in question.rows)
        if isinstance(question, ShortText | Rewriting):
            return ()
        options: tuple[Option | JudgementOption | DilemmaOption, ...] = question.options
        return tuple(
            PaperChoice(letter, self.html(one.html)) for letter, one in zip(ascii_uppercase, options, strict=False)
        )

    def key(self, number: int, question: Question) -> PaperKey:
        """What is right and why."""
        verdicts: tuple[PaperVerdict, ...] = ()
        if isinstance(question, SingleChoice | MultipleResponse | Judgement | Dilemma):
            options: tuple[Option | JudgementOption | DilemmaOption, ...] = question.options
            verdicts = tuple(self.verdict(letter, one) for letter, one in zip(ascii_uppercase, options, strict=False))
        return PaperKey(
            number=number,
            prompt_html=self.html(question.prompt_html),
            verdicts=verdicts,
            in_short=in_short(question),
            explanation_html=self.html(whole_explanation_html(question)),
        )

    def verdict(self, letter: str, option: Option | JudgementOption | DilemmaOption) -> PaperVerdict:
        """An option with its explanation."""
        told = self.html(option.explanation_html)
        if isinstance(option, DilemmaOption):
            return PaperVerdict(letter, "", self.html(option.html), f"{panel_html(option)}{told}", False)
        if isinstance(option, JudgementOption):
            label, is_best = VERDICTS[option.verdict], option.verdict == "best"
        else:
            label, is_best = ("Right" if option.is_correct else "Not this one"), option.is_correct
        return PaperVerdict(letter, label, self.html(option.html), told, is_best)


def letters_of(question: Ordering) -> dict[str, str]:
    """The steps in a mixed order, each with its letter."""
    return dict(zip(mixed([item.id for item in question.items], question.id), ascii_uppercase, strict=False))


def letters_of_targets(question: Matching) -> dict[str, str]:
    """The targets in a mixed order, each with its letter."""
    return dict(zip(mixed([target.id for target in question.targets], question.id), ascii_uppercase, strict=False))


def in_short(question: Question) -> str:
    """The answer in one line, for kinds that are not explained option by option."""
    if isinstance(question, Ordering):
        letters = letters_of(question)
        return " – ".join(letters[item.id] for item in question.items)
    if isinstance(question, Matching):
        letters = letters_of_targets(question)
        return ", ".join(f"{row.text}: {letters[row.target_id]}" for row in question.rows)
    return " or ".join(f"“{text}”" for text in question.accepted) if isinstance(question, ShortText) else ""
