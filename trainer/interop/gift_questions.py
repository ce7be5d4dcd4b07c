"""One question of a GIFT file as Markdown of our kinds, or the reason why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from trainer.interop.gift_reader import GiftAnswer, GiftQuestion, GiftText
from trainer.interop.gift_text import Passages, shortened
from trainer.interop.markdown_writer import text_phrase
from trainer.interop.weights import folded

MOST_OPTIONS = 12
MOST_ACCEPTED = 40
LONGEST_ACCEPTED = 100
LONGEST_LINE = 9_000
FULL, HALF, NONE = Fraction(100), Fraction(50), Fraction(0)
VERDICTS = {FULL: "best", HALF: "workable", NONE: "risky"}
OUTCOME = re.compile(r"outcome-([0-9]{1,2})\Z")
TOLERANCE = Fraction(1, 100)
NO_FORM = {
    "essay": "an essay has no form here; a rewrite needs a quoted line and model answers",
    "numerical": "a numerical answer with a tolerance has no form here",
    "ordering": "the order plug-in’s form is not read; write it with type=order",
}


class CannotHold(Exception):
    """None of our kinds can hold the question; the message says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question in Markdown. ``losses`` says what of it is not in there."""

    prompt: str
    attributes: tuple[str, ...]
    body: tuple[str, ...]
    losses: tuple[str, ...]
    identifier: str = field(default="")

    def named(self, identifier: str) -> Draft:
        """The question under this id."""
        return replace(self, identifier=identifier)

    @property
    def is_safety(self) -> bool:
        """True where it must be right to pass."""
        return "safety" in self.attributes

    @property
    def text(self) -> str:
        """Its part of quiz.md."""
        braces = " ".join([f"#{self.identifier}", *self.attributes])
        return "\n".join([f"## {self.prompt} {{{braces}}}", "", *self.body, ""])


def write_question(question: GiftQuestion) -> Draft:
    """The question in our words. Raises CannotHold."""
    if question.kind in NO_FORM:
        raise CannotHold(NO_FORM[question.kind])
    writer = _Writer(question)
    if question.kind == "match":
        kind, entries = "match", writer.match()
    elif question.kind == "text":
        kind, entries = "text", writer.accepted()
    else:
        kind, entries = writer.choice()
    body = (*writer.intro, *entries)
    if any(len(line) > LONGEST_LINE for line in (writer.prompt, *body)):
        raise CannotHold(f"a paragraph of it is longer than {LONGEST_LINE} characters")
    attributes = [f"type={kind}"] if kind in ("match", "text", "multiple") else []
    attributes += [f"outcome={found[1]}" for tag in question.tags if (found := OUTCOME.match(tag))][:1]
    attributes += ["safety"] if "safety" in question.tags else []
    return Draft(writer.prompt, tuple(attributes), body, tuple(dict.fromkeys(writer.passages.losses)))


def explained(blocks: Sequence[str], indent: str) -> list[str]:
    """The lines of an explanation as a quotation."""
    return [f"{indent}> {line}".rstrip() for line in blocks]


class _Writer:
    def __init__(self, question: GiftQuestion) -> None:
        self.question = question
        self.passages = Passages(question.text.form)
        self.prompt, intro = self.passages.prompt(question.text)
        if not self.prompt:
            self.prompt = self.passages.phrase(GiftText(question.title, "plain")).markdown
        if not self.prompt:
            raise CannotHold("it asks nothing")
        self.intro = [*intro, ""] if intro else []

    def lose(self, reason: str) -> None:
        self.passages.losses.append(reason)

    def choice(self) -> tuple[str, list[str]]:
        answers = self.question.answers
        if not 2 <= len(answers) <= MOST_OPTIONS:
            raise CannotHold(f"it has {len(answers)} options; 2 to {MOST_OPTIONS} can be held")
        kind, marks = self.marks([answer.weight for answer in answers])
        texts = [self.passages.phrase(answer.text) for answer in answers]
        if len({text.words.casefold() for text in texts}) < len(texts) or any(not text.words for text in texts):
            raise CannotHold("two of its options are the same, or one is empty")
        if self.question.general_feedback.text:
            self.lose(f"has general feedback, and here each option has its own: {self.general()}")
        lines: list[str] = []
        for mark, text, answer in zip(marks, texts, answers, strict=True):
            lines += [f"- [{mark}] {text.markdown}", *self.explanation(answer, text.words)]
        return kind, lines

    def general(self) -> str:
        return f"“{shortened(self.question.general_feedback.text)}”"

    def explanation(self, answer: GiftAnswer, text: str) -> list[str]:
        found = self.passages.blocks(answer.feedback)
        if not found:
            self.lose(f"has no explanation for “{shortened(text)}”; its author must write one")
        return explained(found, "  ")

    def marks(self, weights: list[Fraction]) -> tuple[str, list[str]]:
        """The kind that marks most like these weights, and the mark of each option."""
        if "judgement" in self.question.tags and set(weights) <= set(VERDICTS) and FULL in weights:
            return "judgement", [VERDICTS[weight] for weight in weights]
        if not self.question.is_single:
            return "multiple", self.several(weights)
        if weights.count(FULL) == 1 and all(weight <= 0 for weight in weights if weight != FULL):
            if any(weight < 0 for weight in weights):
                self.lose("takes points away for a wrong answer; here it only earns none")
            return "single", ["x" if weight == FULL else " " for weight in weights]
        if set(weights) == set(VERDICTS):
            self.lose("gives half for some answers, so it is read as a judgement: check best, workable and risky")
            return "judgement", [VERDICTS[weight] for weight in weights]
        if weights.count(FULL) > 1:
            raise CannotHold("one is to be chosen, and several are each right by themselves")
        raise CannotHold("its answers have weights that no kind here has")

    def several(self, weights: list[Fraction]) -> list[str]:
        right = sum(weight > 0 for weight in weights)
        if not right:
            raise CannotHold("no answer is right")
        share, loss = FULL / right, FULL / max(1, len(weights) - right)
        wanted = [share if weight > 0 else -loss for weight in weights]
        if any(abs(weight - ours) > TOLERANCE for weight, ours in zip(weights, wanted, strict=True)):
            self.lose("has weights of its own; here it is marked by the share right minus the share wrong")
        return ["x" if weight > 0 else " " for weight in weights]

    def accepted(self) -> list[str]:
        lines: list[str] = []
        seen: set[str] = set()
        for answer in self.question.answers:
            raw = " ".join(answer.text.text.replace("\\*", "\x00").split())
            text = raw.replace("\x00", "*")
            if "*" in raw or answer.weight != FULL or len(text) > LONGEST_ACCEPTED or not any(map(str.isalnum, text)):
                self.lose(f"accepts “{shortened(text)}”, which has a wildcard, a part of the points or no words")
                continue
            if folded(text) in seen:
                continue  # case and accents are folded here anyway
            seen.add(folded(text))
            lines += [f"- [=] {text_phrase(text).markdown}"]
            lines += explained(self.passages.blocks(answer.feedback), "  ")
        if not 1 <= len(seen) <= MOST_ACCEPTED:
            raise CannotHold(f"{len(seen)} answers are accepted; 1 to {MOST_ACCEPTED} can be held")
        return [*lines, *self.whole(is_told=any(line.startswith("  >") for line in lines))]

    def match(self) -> list[str]:
        rows = [(self.passages.phrase(one.text), text_phrase(one.partner))
                for one in self.question.answers]  # fmt: skip
        if any(not left.words for left, _ in rows):
            self.lose("offers an answer that belongs to no line")
        rows = [(left, right) for left, right in rows if left.words]
        if any(not right.words for _, right in rows):
            raise CannotHold("a line of it belongs to nothing")
        lefts, rights = {left.words.casefold() for left, _ in rows}, {right.words.casefold() for _, right in rows}
        if not 2 <= len(rows) <= MOST_OPTIONS or len(rights) < 2 or len(lefts) < len(rows):
            raise CannotHold(f"it has {len(rows)} lines and {len(rights)} answers; two of each are needed, each once")
        self.lose("has no heads for its columns; “Here” and “There” stand in their place")
        table = [f"| {left.markdown} | {right.markdown} |" for left, right in rows]
        return ["| Here | There |", "| --- | --- |", *table, *self.whole(is_told=False)]

    def whole(self, *, is_told: bool) -> list[str]:
        found = self.passages.blocks(self.question.general_feedback)
        if not found and not is_told:
            self.lose("has no explanation; its author must write one")
        return ["", *explained(found, "")] if found else []
