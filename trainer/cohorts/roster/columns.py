"""Headings: found by their stable code in brackets, or by what people call them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from trainer.cohorts.roster.problems import Note, Problem
from trainer.cohorts.roster.sheets import Row
from trainer.wording import said

MOST_HEADINGS, MOST_SHOWN = 12, 60  # in a message
CODES = ("NAME", "FIRST_NAME", "LAST_NAME", "EMAIL", "STAFF_ID")
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "NAME": ("name", "full name", "learner", "person", "staff name", "employee name", "display name", "ainm"),
    "FIRST_NAME": ("first name", "forename", "given name", "firstname"),
    "LAST_NAME": ("last name", "surname", "family name", "lastname", "sloinne"),
    "EMAIL": ("email", "e mail", "mail", "email address", "e mail address", "work email", "work e mail", "ríomhphost"),
    "STAFF_ID": (
        "staff id", "staff no", "staff number", "employee id", "employee no", "employee number", "personnel number",
        "payroll no", "payroll number", "staffid",
    ),
}  # fmt: skip
_BY_WORDS = {words: code for code, found in SYNONYMS.items() for words in found}
_CODE = re.compile(r"\(([A-Z_]+)\)\s*\Z")
# What a roster might seem to grant. It grants nothing.
_POWERS = ("role", "organisation", "organization", "permission", "admin", "is admin", "access", "cohort")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each known column stands, and the headings as the file has them."""

    places: Mapping[str, int]
    headings: Mapping[str, str]

    def heading(self, code: str) -> str:
        """The file's own words for a column."""
        return self.headings.get(code, code)


def read_columns(row: Row) -> tuple[Columns, tuple[Problem, ...], tuple[Note, ...]]:
    """Match the headings. Unknown columns are noted, never used."""
    places: dict[str, int] = {}
    headings: dict[str, str] = {}
    problems: list[Problem] = []
    notes: list[Note] = []
    for index, cell in enumerate(row.cells):
        code = code_of(cell.text)
        if code is None:
            if cell.text:
                notes.append(Note(row.line, _ignored(cell.text[:MOST_SHOWN])))
        elif code in places:
            message = said(
                "“%(first)s” and “%(second)s” both mean the same column.", first=headings[code], second=cell.text
            )
            problems.append(Problem(row.line, cell.text, message, said("Delete or rename one of the two.")))
        else:
            places[code], headings[code] = index, cell.text
    columns = Columns(places, headings)
    return columns, (*problems, *_missing(columns, row)), tuple(notes)


def code_of(heading: str) -> str | None:
    """NAME for “Full name”, “Learner (NAME)” and “ name ”; None for a column that is not known."""
    found = _CODE.search(heading)
    if found and found.group(1) in CODES:
        return found.group(1)
    words = " ".join(re.findall(r"\w+", heading.casefold().replace("_", " ")))
    return _BY_WORDS.get(words)


def _ignored(heading: str) -> str:
    words = " ".join(re.findall(r"\w+", heading.casefold().replace("_", " ")))
    if words in _POWERS:
        return said(
            "The column “%(heading)s” is ignored: a list of people makes learners and grants nothing else.",
            heading=heading,
        )
    return said("The column “%(heading)s” is not used.", heading=heading)


def _missing(columns: Columns, row: Row) -> tuple[Problem, ...]:
    heads = [cell.text for cell in row.cells if cell.text]
    seen = ", ".join(f"“{head[:MOST_SHOWN]}”" for head in heads[:MOST_HEADINGS])
    found: list[Problem] = []
    has_name = "NAME" in columns.places or {"FIRST_NAME", "LAST_NAME"} <= set(columns.places)
    if not has_name:
        message = said("There is no column with names. The headings are %(headings)s.", headings=seen)
        remedy = said("Call one column “Full name (NAME)”, in the first row of the list.")
        found.append(Problem(row.line, "", message, remedy))
    if not {"EMAIL", "STAFF_ID"} & set(columns.places):
        message = said(
            "There is no column with e-mail addresses or staff ids. The headings are %(headings)s.", headings=seen
        )
        remedy = said("Call one column “E-mail (EMAIL)” or “Staff id (STAFF_ID)”; one of the two is enough.")
        found.append(Problem(row.line, "", message, remedy))
    return tuple(found)
