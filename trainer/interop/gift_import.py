"""GIFT as quiz.md: single, multiple, judgement, match and short text come across; everything else is listed.

What the author still has to write (an explanation for every option) is left out and listed too, so that the checker
goes on asking for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.courseware.source import FORBIDDEN
from trainer.interop.gift_questions import CannotHold, Draft, write_question
from trainer.interop.gift_reader import GiftQuestion, Unread, read_gift
from trainer.interop.naming import Names

LARGEST_FILE = 1_000_000  # bytes
LARGEST_QUIZ = 240_000  # bytes; the compiler takes 256 KB
MOST_QUESTIONS = 200
MOST_NOTES = 500
PASS_MARK = 80
USUAL_DRAW = 8


@dataclass(frozen=True, slots=True)
class ImportNote:
    """Something that could not be represented, on its line. ``title`` names the question, if it has a name."""

    line: int
    title: str
    reason: str

    def __str__(self) -> str:
        return f"{self.line}: {f'“{self.title}” ' if self.title else ''}{self.reason}"


@dataclass(frozen=True, slots=True)
class Imported:
    """quiz.md, or “” when no question came across; and what did not, in the order of the file."""

    text: str
    question_count: int
    notes: tuple[ImportNote, ...]


def import_gift(data: bytes) -> Imported:
    """Read a GIFT file. Never raises for what the file holds: every problem is a note with its line."""
    if len(data) > LARGEST_FILE:
        return _nothing(1, f"the file has {len(data)} bytes; at most {LARGEST_FILE} are read")
    if b"\x00" in data:
        return _nothing(data.count(b"\n", 0, data.index(b"\x00")) + 1, "this line is not text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _nothing(data.count(b"\n", 0, error.start) + 1, "this line is not written in UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _Importing().run(text)


def _nothing(line: int, reason: str) -> Imported:
    return Imported("", 0, (ImportNote(line, "", reason),))


class _Importing:
    def __init__(self) -> None:
        self.names = Names()
        self.drafts: list[Draft] = []
        self.notes: list[ImportNote] = []
        self.size = 0

    def run(self, text: str) -> Imported:
        text = self.visible(text)
        for block in read_gift(text):
            limit = self.limit()
            if limit:
                self.note(block.line, "", f"{limit}: nothing from this line on is in the quiz")
                break
            self.take(block)
        if not self.drafts and not self.notes:
            self.note(1, "", "the file holds no question")
        return Imported(self.quiz(), len(self.drafts), tuple(self.shown()))

    def visible(self, text: str) -> str:
        """Without the invisible characters that the compiler refuses; each line that had one is noted."""
        if not FORBIDDEN.search(text):
            return text
        lines = text.split("\n")
        for number, line in enumerate(lines, start=1):
            if FORBIDDEN.search(line):
                lines[number - 1] = FORBIDDEN.sub("", line)
                self.note(number, "", "an invisible character is taken out of this line")
        return "\n".join(lines)

    def limit(self) -> str | None:
        if len(self.drafts) >= MOST_QUESTIONS:
            return f"a quiz has at most {MOST_QUESTIONS} questions"
        if self.size > LARGEST_QUIZ:
            return "the quiz has reached the largest size of a file"
        return f"more than {MOST_NOTES} problems" if len(self.notes) >= MOST_NOTES else None

    def take(self, block: GiftQuestion | Unread) -> None:
        if isinstance(block, Unread):
            self.note(block.line, block.title, block.reason)
            return
        shown = block.title or " ".join(block.text.text.split())[:60]
        try:
            draft = write_question(block)
        except CannotHold as problem:
            self.note(block.line, shown, f"is left out: {problem}")
            return
        for reason in draft.losses:
            self.note(block.line, shown, reason)
        named = draft.named(self.names.slug(block.name, block.title, draft.prompt))
        self.drafts.append(named)
        self.size += len(named.text.encode())

    def note(self, line: int, title: str, reason: str) -> None:
        self.notes.append(ImportNote(line, title, reason))

    def shown(self) -> Iterator[ImportNote]:
        kept = sorted(self.notes, key=lambda note: note.line)
        yield from kept[:MOST_NOTES]
        if len(kept) > MOST_NOTES:
            yield ImportNote(kept[MOST_NOTES].line, "", f"{len(kept) - MOST_NOTES} further problems are not listed")

    def quiz(self) -> str:
        if not self.drafts:
            return ""
        safety = sum(draft.is_safety for draft in self.drafts)
        draw = max(safety, min(USUAL_DRAW, len(self.drafts)))
        head = f"---\npass_mark: {PASS_MARK}\ndraw: {draw}\n---\n"
        return "\n".join([head, *(draft.text for draft in self.drafts)])
