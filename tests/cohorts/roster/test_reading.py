"""A file of people, whatever program wrote it; and what is said about one that cannot be used."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from trainer.cohorts.roster.problems import MOST_BYTES
from trainer.cohorts.roster.reading import Roster, parse_roster
from trainer.tables import csv_blocks, workbook

HEAD = "Full name (NAME),E-mail (EMAIL),Staff id (STAFF_ID)\n"
BASIC = HEAD + "Áine Ní Bhriain,aine@quay.example,10482\nTomasz Kowalski,,10517\n"


def read(text: str) -> Roster:
    return parse_roster(text.encode())


def sheet(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def people(roster: Roster) -> list[tuple[int, str, str | None, str | None]]:
    return [(one.line, one.name, one.email, one.staff_id) for one in roster.people]


def problems(roster: Roster) -> list[tuple[int, str]]:
    return [(one.line, one.column) for one in roster.problems]


EXPECTED = [(2, "Áine Ní Bhriain", "aine@quay.example", "10482"), (3, "Tomasz Kowalski", None, "10517")]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_and_delimiter_gives_the_same_people(codec: str, delimiter: str) -> None:
    assert people(parse_roster(BASIC.replace(",", delimiter).encode(codec))) == EXPECTED


def test_a_workbook_gives_the_same_people_and_numbers_stay_numbers() -> None:
    data = sheet(
        ("Full name (NAME)", "E-mail (EMAIL)", "Staff id (STAFF_ID)"),
        ("Áine Ní Bhriain", "aine@quay.example", 10482),
        ("Tomasz Kowalski", None, 10517.0),
    )
    assert people(parse_roster(data)) == EXPECTED


def test_our_own_files_come_back_as_they_were() -> None:
    rows = [HEAD.strip().split(","), ("=Ben", None, "-7"), ("@Cara", "cara@quay.example", "+8")]
    as_csv = parse_roster("".join(csv_blocks(rows)).encode())
    as_sheet = parse_roster(workbook(rows, title="People"))
    assert [one.staff_id for one in as_csv.people] == ["+8"]
    assert problems(as_csv) == [(2, "Full name (NAME)")]  # a name that would run is refused, however it is guarded
    assert [(one.name, one.staff_id) for one in as_sheet.people] == [("@Cara", "+8")]


@pytest.mark.parametrize(
    "head",
    ["name,email", "NAME;E-Mail", "Learner (NAME),Any heading (EMAIL)", "First name,Surname,Work e-mail"],
)
def test_headings_are_known_by_code_and_by_what_people_call_them(head: str) -> None:
    sign = ";" if ";" in head else ","
    row = sign.join(["Áine", "Ní Bhriain"] if "Surname" in head else ["Áine Ní Bhriain"])
    found = read(f"{head}\n{row}{sign}aine@quay.example\n")
    assert [(one.name, one.email) for one in found.people] == [("Áine Ní Bhriain", "aine@quay.example")]


@pytest.mark.parametrize("heading", ["Role", "is_admin", "Organisation", "Permission"])
def test_a_column_that_would_grant_something_is_ignored_and_said_so(heading: str) -> None:
    found = read(f"Name,Email,{heading}\nBen,ben@quay.example,admin\n")
    assert len(found.people) == 1
    assert found.problems == ()
    assert "grants nothing" in found.notes[0].message


def test_lines_are_the_physical_lines_of_the_file() -> None:
    found = read('Name,Email\n\n"Ben\nBrady",ben@quay.example\n\nCara,nowhere\n')
    assert people(found) == [(3, "Ben Brady", "ben@quay.example", None)]
    assert problems(found) == [(6, "Email")]


def test_rows_of_a_sheet_are_counted_with_the_empty_ones() -> None:
    found = parse_roster(sheet((), ("Name", "Email"), (), ("Ben", "ben@quay.example"), ("Cara", "nowhere")))
    assert people(found) == [(4, "Ben", "ben@quay.example", None)]
    assert problems(found) == [(5, "Email")]


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (",ben@quay.example,", (2, "Full name (NAME)")),
        ("Ben,,", (2, "")),
        ("Ben,ben at quay,", (2, "E-mail (EMAIL)")),
        ("=HYPERLINK(1),ben@quay.example,", (2, "Full name (NAME)")),
        (f"{'x' * 201},ben@quay.example,", (2, "Full name (NAME)")),
        ("Ben\u202e,ben@quay.example,", (2, "Full name (NAME)")),
        (f"Ben,,{'9' * 61}", (2, "Staff id (STAFF_ID)")),
    ],
)
def test_a_problem_names_line_column_and_remedy(row: str, place: tuple[int, str]) -> None:
    found = read(f"{HEAD}{row}\n")
    assert problems(found) == [place]
    assert found.problems[0].remedy
    assert found.people == ()


def test_a_formula_in_a_sheet_is_refused_where_it_matters() -> None:
    found = parse_roster(sheet(("Name", "Email", "Sum"), ("Ben", '=CONCAT("a","@b.ie")', "=1+1")))
    assert problems(found) == [(2, "Email")]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("Ben,ben@quay.example,", "Ben,BEN@Quay.example,"),
        ("Áine,áine@quay.example,", "Áine,a\u0301ine@quay.example,"),
        ("Ben,,AB 12", "Ben,,ab12"),
        ("Ben,ben@quay.example,7", "Benjamin,ben@quay.example,"),
    ],
)
def test_somebody_who_stands_there_twice_counts_once(first: str, again: str) -> None:
    found = read(f"{HEAD}{first}\n{again}\n")
    assert len(found.people) == 1
    assert found.problems == ()
    assert found.notes[0].line == 3


@pytest.mark.parametrize("again", ["Ben,ben@quay.example,8", "Cara,cara@quay.example,7"])
def test_two_lines_that_contradict_each_other_are_a_problem(again: str) -> None:
    assert problems(read(f"{HEAD}Ben,ben@quay.example,7\n{again}\n")) == [(3, "")]


def test_a_heading_twice_or_missing_is_a_problem() -> None:
    assert problems(read("Name,Full name,Email\nBen,Ben,ben@quay.example\n")) == [(1, "Full name")]
    assert len(problems(read("Who,Where\nBen,here\n"))) == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"x" * (MOST_BYTES + 1), "MB"),
        (b"Name\x01\x02,Email\n", "characters that no text has"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"PK\x03\x04 half an upload", "damaged"),
        (b"\xd0\xcf\x11\xe0 old", ".xls"),
        (b'Name,Email\n"Ben,ben@quay.example\n', "quotation marks"),
        (b"Name,Email\n", "nobody below"),
        (("Name," + "x" * 10_001).encode(), "10,001"),
        ((",".join("abc" for _ in range(51))).encode(), "51 columns"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(data: bytes, words: str) -> None:
    found = parse_roster(data)
    assert found.people == ()
    assert len(found.problems) == 1
    assert words in found.problems[0].message
    assert found.problems[0].remedy


def test_a_workbook_that_hides_a_huge_one_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 90_000_000)
    assert "far larger" in parse_roster(file.getvalue()).problems[0].message


def test_a_workbook_with_entities_is_refused() -> None:
    good = io.BytesIO(sheet(("Name", "Email"), ("Ben", "ben@quay.example")))
    bad = io.BytesIO()
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for entry in source.infolist():
            text = source.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
                text = text.replace(b"<worksheet", bomb + b"<worksheet", 1).replace(b"<sheetData>", b"<sheetData>&b;")
            target.writestr(entry, text)
    assert parse_roster(bad.getvalue()).people == ()


def test_100_000_rows_are_read_and_one_more_is_too_many() -> None:
    rows = "".join(f"Learner {number},,{number}\n" for number in range(100_001))
    whole = read(HEAD + rows[: rows.rindex("Learner")])
    assert len(whole.people) == 100_000
    assert "more than 100,000" in read(HEAD + rows).problems[0].message


@given(st.binary(max_size=400))
def test_whatever_is_uploaded_gets_an_answer(data: bytes) -> None:
    found = parse_roster(data)
    assert found.problems or found.people


@given(st.text(max_size=300))
def test_whatever_text_is_uploaded_gets_an_answer(text: str) -> None:
    found = parse_roster((HEAD + text).encode("utf-8", "replace"))
    assert all(one.line >= 0 and one.message and one.remedy for one in found.problems)
    assert len({one.email_key for one in found.people if one.email_key}) == sum(
        one.email is not None for one in found.people
    )
