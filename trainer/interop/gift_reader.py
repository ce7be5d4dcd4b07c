"""GIFT by question: a bounded reader that knows on which line everything stands. It never raises for what it reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

GiftKind = Literal["choice", "match", "truefalse", "text", "essay", "numerical", "ordering"]
LONGEST_BLOCK = 50_000
FORMAT = re.compile(r"\s*\[(html|plain|moodle|markdown)\]")
TOKEN = re.compile(r"\\.|####|->|::|[{}~=#]", re.DOTALL)
ESCAPED = re.compile(r"\\([\\:#={}~n])")
WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{0,10})?)%")
TAG = re.compile(r"\[(id|tag):([^\[\]]{1,80})\]")
COMMENT = re.compile(r"[ \t]*//")
CATEGORY = re.compile(r"\s*\$CATEGORY:")
TRUE, FALSE = frozenset({"T", "TRUE"}), frozenset({"F", "FALSE"})


@dataclass(frozen=True, slots=True)
class GiftText:
    """A text without escapes, and the format it says it has; “” where it says none."""

    text: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class GiftAnswer:
    """One answer. ``weight`` is in per cent; ``partner`` is the right side of a match."""

    text: GiftText
    weight: Fraction
    feedback: GiftText
    partner: str = ""


@dataclass(frozen=True, slots=True)
class GiftQuestion:
    """A question as it was written. ``is_single`` where one answer is to be chosen."""

    line: int
    title: str
    name: str  # the [id:…] of its comment
    tags: tuple[str, ...]
    text: GiftText
    kind: GiftKind
    answers: tuple[GiftAnswer, ...] = ()
    is_single: bool = False
    general_feedback: GiftText = GiftText("")


@dataclass(frozen=True, slots=True)
class Unread:
    """A block that is no question, with the line it begins on and why."""

    line: int
    title: str
    reason: str


def read_gift(text: str) -> Iterator[GiftQuestion | Unread]:
    """The blocks of a file in turn; blank lines part them."""
    lines: list[str] = []
    comments: list[str] = []
    start = 1
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if COMMENT.match(line):
            comments.append(line)
            lines.append("") if lines else None
        elif line.strip():
            start = start if lines else number
            lines.append(line)
        else:
            if lines:
                yield _read_block("\n".join(lines).strip(), start, comments)
            lines, comments = [], []


def plain(raw: str) -> str:
    """The text as it is meant: escapes resolved."""
    return ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], raw).strip()


def _text(raw: str) -> GiftText:
    found = FORMAT.match(raw)
    return GiftText(plain(raw[found.end() :]), found[1]) if found else GiftText(plain(raw))


def _tokens(raw: str, *wanted: str, start: int = 0) -> Iterator[int]:
    """Where the wanted marks stand, outside escapes."""
    return (found.start() for found in TOKEN.finditer(raw, start) if found.group() in wanted)


def _split(raw: str, *marks: str) -> list[str]:
    """The stretches that begin with one of the marks, each with its mark."""
    places = [*_tokens(raw, *marks), len(raw)]
    return [raw[place:end] for place, end in pairwise(places)]


def _read_block(raw: str, line: int, comments: list[str]) -> GiftQuestion | Unread:
    if len(raw) > LONGEST_BLOCK:
        return Unread(line, raw[:40], f"is longer than {LONGEST_BLOCK} characters; is a blank line missing?")
    if CATEGORY.match(raw):
        return Unread(line, raw[:60].split("\n")[0], "names a category, and a quiz has none")
    title, body = _title(raw)
    opened = next(_tokens(body, "{"), None)
    closed = next(_tokens(body, "}"), None)
    shown = title or plain(body[:opened])[:60]
    if opened is None and closed is None:
        return Unread(line, shown, "has no answers in braces: a description, which a quiz has not")
    if opened is None or closed is None or closed < opened:
        return Unread(line, shown, "has a brace that is never closed or never opened")
    if body[closed + 1 :].strip():
        return Unread(line, shown, "goes on after its answers: a missing word, or a blank line that is missing")
    found = [match for comment in comments for match in TAG.findall(comment)]
    name = next((value for key, value in found if key == "id"), "")
    tags = tuple(value for key, value in found if key == "tag")
    bare = GiftQuestion(line, title, name, tags, _text(body[:opened]), "essay")
    return _with_answers(bare, body[opened + 1 : closed].strip())


def _title(raw: str) -> tuple[str, str]:
    if not raw.startswith("::"):
        return "", raw
    end = next(_tokens(raw, "::", start=2), None)
    return ("", raw[2:]) if end is None else (" ".join(plain(raw[2:end]).split()), raw[end + 2 :])


def _with_answers(bare: GiftQuestion, raw: str) -> GiftQuestion | Unread:
    """The question with what stands between its braces, read in the order in which Moodle tries the kinds."""
    last = max(_tokens(raw, "####"), default=None)
    general = GiftText("") if last is None else _text(raw[last + 4 :])
    answers = (raw if last is None else raw[:last]).strip()
    kind = _kind(answers)
    read: tuple[GiftAnswer, ...] = ()
    if kind == "choice":
        read = tuple(_answer(part, part[0] == "~") for part in _split(answers, "~", "=") if part[1:].strip())
    elif kind == "match":
        pairs = [part[1:] for part in _split(answers, "=")]
        if any(next(_tokens(part, "->"), None) is None for part in pairs):
            return Unread(bare.line, bare.title or bare.text.text[:60], "is a match with a line that has no ->")
        read = tuple(_pair(part) for part in pairs)
    elif kind == "truefalse":
        read = _true_or_false(answers)
    elif kind == "text":
        parts = _split(answers, "=") or [f"={answers}"]
        read = tuple(_answer(part, True) for part in parts if part[1:].strip())
    is_single = next(_tokens(answers, "="), None) is not None
    return GiftQuestion(
        bare.line, bare.title, bare.name, bare.tags, bare.text, kind, read, is_single or kind == "truefalse", general
    )


def _kind(answers: str) -> GiftKind:
    marks = {found.group() for found in TOKEN.finditer(answers)}
    if not answers:
        return "essay"
    if answers[0] == "#":
        return "numerical"
    if answers[0] == ">":
        return "ordering"
    if "~" in marks:
        return "choice"
    if {"=", "->"} <= marks:
        return "match"
    word = answers[: next(_tokens(answers, "#"), len(answers))].strip()
    return "truefalse" if word in TRUE | FALSE else "text"


def _answer(part: str, may_weigh: bool) -> GiftAnswer:
    """“=text#feedback” or “~%50%text#feedback”; = is worth everything, ~ alone nothing."""
    weight, rest = Fraction(100 if part[0] == "=" else 0), part[1:]
    found = WEIGHT.match(rest) if may_weigh else None
    if found:
        weight, rest = Fraction(found[1]), rest[found.end() :]
    cut = next(_tokens(rest, "#", "####"), len(rest))
    return GiftAnswer(_text(rest[:cut]), weight, _text(rest[cut + 1 :]))


def _pair(part: str) -> GiftAnswer:
    arrow = next(_tokens(part, "->"))
    return GiftAnswer(_text(part[:arrow]), Fraction(100), GiftText(""), plain(part[arrow + 2 :]))


def _true_or_false(answers: str) -> tuple[GiftAnswer, ...]:
    """The first feedback is for the wrong answer, the second for the right one."""
    cuts = [*_tokens(answers, "#"), len(answers)][:3]
    word = answers[: cuts[0]].strip()
    told = [_text(answers[cut + 1 : end]) for cut, end in zip(cuts, [*cuts[1:], len(answers)], strict=True)]
    wrong, right = [*told, GiftText(""), GiftText("")][:2]
    is_true = word in TRUE
    return (
        GiftAnswer(GiftText("True"), Fraction(100 if is_true else 0), right if is_true else wrong),
        GiftAnswer(GiftText("False"), Fraction(0 if is_true else 100), wrong if is_true else right),
    )
