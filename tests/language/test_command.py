"""``trainer lens`` on files and on standard input, and how it ends."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.language.conftest import ROOT
from trainer.__main__ import main
from trainer.language import docx

LEXICON = ["--lexicon", str(ROOT / "content" / "lexicon.yaml")]


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["lens", *arguments], input=stdin)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes with a space.md"
    path.write_text("# Notes\n\nHe is `lazy`, “lazy” and\nlacks\ninsight. The patient slept.\n", encoding="utf-8")
    return path


def test_findings_end_with_one_and_are_told_with_their_place(notes: Path) -> None:
    shown = run(str(notes), *LEXICON)
    assert shown.exit_code == 1
    assert f"{notes}:4:1: reconsider: “lacks insight”." in shown.output
    assert "Perhaps: understands it as" in shown.output
    assert "0 to avoid, 1 to reconsider, 1 to discuss in 1 file" in shown.output
    assert run("look", str(notes), *LEXICON).output == shown.output


def test_json_has_one_object_a_finding(notes: Path) -> None:
    shown = run(str(notes), "--format", "json", *LEXICON)
    found = json.loads(shown.output)
    assert [one["entry"] for one in found] == ["lacks-insight", "patient"]
    assert found[0] | {"why": "", "alternatives": [], "fine_when": ""} == {
        "path": str(notes),
        "line": 4,
        "column": 1,
        "text": "lacks\ninsight",
        "entry": "lacks-insight",
        "severity": "reconsider",
        "why": "",
        "alternatives": [],
        "fine_when": "",
    }
    assert found[0]["why"]
    assert found[0]["alternatives"]


def test_sarif_has_rules_and_regions(notes: Path) -> None:
    (found,) = json.loads(run("--format", "sarif", str(notes), *LEXICON).output)["runs"]
    assert [rule["id"] for rule in found["tool"]["driver"]["rules"]] == ["patient", "lacks-insight"]
    place = found["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 4, "startColumn": 1, "endLine": 5, "endColumn": 8}
    assert found["columnKind"] == "unicodeCodePoints"


def test_words_only_to_discuss_end_with_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The patient slept.", encoding="utf-8")
    assert run(str(path), *LEXICON).exit_code == 0


def test_standard_input_and_own_words(notes: Path) -> None:
    assert run("-", *LEXICON, stdin=b"He is lazy.").exit_code == 1
    assert run("-", "--own-word", "lazy", *LEXICON, stdin=b"He is lazy.").exit_code == 0
    assert run("-", *LEXICON, stdin=b"").exit_code == 0


def test_a_word_document_is_read(tmp_path: Path) -> None:
    file = io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(docx.PART, f'<d xmlns:w="{space}"><w:p/><w:p><w:r><w:t>He is lazy.</w:t></w:r></w:p></d>')
    path = tmp_path / "letter.docx"
    path.write_bytes(file.getvalue())
    assert f"{path}:2:7: avoid: “lazy”" in run(str(path), *LEXICON).output


def test_what_cannot_run_ends_with_two_and_the_rest_is_still_looked_at(notes: Path, tmp_path: Path) -> None:
    binary = tmp_path / "binary.txt"
    binary.write_bytes(b"\0\1\2")
    for bad in (str(tmp_path / "none.md"), str(tmp_path), str(binary), "a\0b"):
        shown = run(bad, str(notes), *LEXICON)
        assert shown.exit_code == 2
        assert "lacks insight" in shown.output
    assert run(str(notes), "--lexicon", str(tmp_path / "none.yaml")).exit_code == 2
    assert run("--format", "verse", str(notes)).exit_code == 2
    shown = run("-", *LEXICON, stdin=b"a" * 5_000_000)
    assert shown.exit_code == 2
    assert "parts" in shown.output


def test_a_bad_lexicon_is_told_with_its_lines(notes: Path, tmp_path: Path) -> None:
    path = tmp_path / "lexicon.yaml"
    path.write_text("version: 1\nversion: 2\n", encoding="utf-8")
    shown = run(str(notes), "--lexicon", str(path))
    assert shown.exit_code == 2
    assert "line 2: the key “version” stands here for the second time" in shown.output


def test_evaluation_is_printed(tmp_path: Path) -> None:
    shown = run("evaluate", str(ROOT / "tests" / "language" / "corpus"), "--misses", *LEXICON)
    assert shown.exit_code == 0
    assert "held back  avoid + reconsider" in shown.output
    assert run("evaluate", str(tmp_path), *LEXICON).exit_code == 2
