"""Rows become people: every problem with its line, its column and its remedy. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.accounts.names import staff_key
from trainer.accounts.passwords import email_key
from trainer.cohorts.roster.columns import Columns, read_columns
from trainer.cohorts.roster.problems import Note, Problem, Unreadable
from trainer.cohorts.roster.sheets import Cell, Row, read_sheet
from trainer.wording import said

MOST_NAME, MOST_EMAIL, MOST_STAFF_ID = 200, 254, 60
_EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]{1,64}@[^\s@.<>(),;:\"\[\]\\]+(\.[^\s@.<>(),;:\"\[\]\\]+)+\Z")
_FORMULA_STARTS = ("=", "+", "-", "@")
EMPTY = Cell("")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """Somebody in the file. ``email`` or ``staff_id`` may be None, never both."""

    line: int
    name: str
    email: str | None
    staff_id: str | None

    @property
    def email_key(self) -> str | None:
        """The canonical address."""
        return email_key(self.email) if self.email else None

    @property
    def staff_key(self) -> str | None:
        """The canonical staff id."""
        return staff_key(self.staff_id) if self.staff_id else None


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file says. With problems it cannot be applied; ``described`` says how it was read."""

    people: tuple[RosterPerson, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    described: str
    row_count: int  # below the headings


def parse_roster(data: bytes) -> Roster:
    """Read a list of people. Never raises for what the file holds: every problem is in the result."""
    try:
        sheet = read_sheet(data)
    except Unreadable as error:
        return Roster((), (error.problem,), (), "", 0)
    if not sheet.rows:
        problem = Problem(
            0, "", said("The file holds no rows."), said("Put the headings into the first row and people below it.")
        )
        return Roster((), (problem,), (), sheet.described, 0)
    head, *rows = sheet.rows
    columns, problems, notes = read_columns(head)
    if problems:
        return Roster((), problems, notes, sheet.described, len(rows))
    reader = _Reader(columns)
    people = tuple(person for row in rows if (person := reader.person(row)) is not None)
    if not rows:
        reader.add(
            head.line, "", said("There are headings and nobody below them."), said("Add one row for each person.")
        )
    return Roster(people, tuple(reader.problems), (*notes, *reader.notes), sheet.described, len(rows))


def read_people(people: Sequence[tuple[str, str | None, str | None]]) -> Roster:
    """People who came without a file, as name, address and staff id; the first has line 0."""
    codes = ("NAME", "EMAIL", "STAFF_ID")
    headings = {code: code.lower() for code in codes}
    reader = _Reader(Columns({code: place for place, code in enumerate(codes)}, headings))
    rows = [Row(line, tuple(Cell(" ".join((value or "").split())) for value in one)) for line, one in enumerate(people)]
    found = tuple(person for row in rows if (person := reader.person(row)) is not None)
    return Roster(found, tuple(reader.problems), tuple(reader.notes), "", len(rows))


class _Reader:
    """Goes through the rows once and remembers who stood where."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.by_email: dict[str, RosterPerson] = {}
        self.by_staff: dict[str, RosterPerson] = {}

    def person(self, row: Row) -> RosterPerson | None:
        """The person of a row, or None when the row has a problem or repeats an earlier one."""
        before = len(self.problems)
        name = self.name(row)
        email = self.email(row)
        staff_id = self.value(row, "STAFF_ID", MOST_STAFF_ID)
        if len(self.problems) > before:
            return None
        if not name:
            self.add(
                row.line, "NAME", said("There is no name."), said("Write the name as the cohort knows the person.")
            )
            return None
        if email is None and staff_id is None:
            self.add(
                row.line,
                "",
                said("%(name)s has neither address nor staff id.", name=name),
                said("Give one of the two."),
            )
            return None
        found = RosterPerson(row.line, name, email, staff_id)
        return None if self.is_repeated(found) else found

    def name(self, row: Row) -> str | None:
        """The name in one column or in two."""
        if "NAME" in self.columns.places:
            return self.value(row, "NAME", MOST_NAME)
        parts = (self.value(row, "FIRST_NAME", MOST_NAME), self.value(row, "LAST_NAME", MOST_NAME))
        return " ".join(part for part in parts if part)[:MOST_NAME] or None

    def email(self, row: Row) -> str | None:
        """An address that looks like one; whether it exists, only a letter to it can tell."""
        found = self.value(row, "EMAIL", MOST_EMAIL)
        if found and not _EMAIL.match(found):
            self.add(
                row.line,
                "EMAIL",
                said("“%(typed)s” is no e-mail address.", typed=found),
                said("Write it like name@example.ie."),
            )
            return None
        return found

    def value(self, row: Row, code: str, most: int) -> str | None:
        """A cell's text, in composed form; None when it is empty."""
        place = self.columns.places.get(code)
        cell = row.cells[place] if place is not None and place < len(row.cells) else EMPTY
        text = unicodedata.normalize("NFC", _without_guard(cell.text))
        problem = _problem_with(text, most, is_formula=cell.is_formula)
        if problem is not None:
            self.add(row.line, code, *problem)
            return None
        return text or None

    def is_repeated(self, person: RosterPerson) -> bool:
        """True, with a note or a problem, for somebody who stands further up already."""
        earlier = {
            found.line: found
            for found in (self.by_email.get(person.email_key or ""), self.by_staff.get(person.staff_key or ""))
            if found is not None
        }
        if not earlier:
            self._remember(person)
            return False
        first = earlier[min(earlier)]
        if len(earlier) == 1 and _agree(first, person):
            self.notes.append(
                Note(
                    person.line,
                    said(
                        "%(name)s stands in line %(line)s already and counts once.", name=person.name, line=first.line
                    ),
                )
            )
        else:
            message = said(
                "Line %(line)s has the same address or staff id with another one beside it.", line=first.line
            )
            self.add(person.line, "", message, said("Each person has one line; give both lines what belongs to them."))
        return True

    def add(self, line: int, code: str, message: str, remedy: str) -> None:
        """Note a problem under the file's own heading."""
        self.problems.append(Problem(line, self.columns.heading(code) if code else "", message, remedy))

    def _remember(self, person: RosterPerson) -> None:
        for key, known in ((person.email_key, self.by_email), (person.staff_key, self.by_staff)):
            if key is not None:
                known[key] = person


def _problem_with(text: str, most: int, *, is_formula: bool) -> tuple[str, str] | None:
    """What is wrong with a cell, and its remedy."""
    if is_formula or text.startswith("="):
        return said("The cell holds a formula."), said("Put the value itself into the cell.")
    if len(text) > most:
        message = said("This has %(count)s characters; %(most)s is the limit.", count=f"{len(text):,}", most=most)
        return message, said("Shorten it.")
    if any(unicodedata.category(sign) in _UNSEEN for sign in text):
        return said("The cell holds a character that cannot be seen."), said("Type the text again.")
    return None


def _agree(first: RosterPerson, again: RosterPerson) -> bool:
    """True unless the two lines give different addresses or different staff ids."""
    pairs: Iterator[tuple[str | None, str | None]] = iter(
        ((first.email_key, again.email_key), (first.staff_key, again.staff_key))
    )
    return all(one is None or other is None or one == other for one, other in pairs)


def _without_guard(text: str) -> str:
    """Our own files put an apostrophe before what a spreadsheet would run; it is not part of the value."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS) else text
