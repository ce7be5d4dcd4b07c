"""trainer content export, import-gift and print."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.interop.qti_engine import files_of
from tests.samples import TREE
from trainer.cli import exchange
from trainer.cli.content import content_group

PATH = ("--path", str(TREE))


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    assert exchange  # importing it adds the commands
    return CliRunner().invoke(content_group, arguments)


@pytest.mark.parametrize(
    ("form", "name"),
    [("gift", "every-kind.gift.txt"), ("moodle-xml", "every-kind.moodle.xml"), ("qti", "every-kind.qti.zip")],
)
def test_a_file_is_written_and_what_it_cannot_hold_is_listed(form: str, name: str) -> None:
    result = run("export", "every-kind", "--format", form, *PATH)
    assert (result.exit_code, result.stdout) == (1, f"{name}\n")
    assert "every-kind: “do-what” is about safety" in result.stderr
    first = Path(name).read_bytes()
    run("export", "every-kind", "--format", form, *PATH)
    assert Path(name).read_bytes() == first


def test_a_module_that_fits_is_exit_0_and_silent() -> None:
    result = run("export", "quiz-only", "--format", "gift", "--output", "-", *PATH)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("// Only the quiz counts\n")


def test_the_zip_goes_to_standard_output_unchanged() -> None:
    result = run("export", "quiz-only", "--format", "qti", "--output", "-", *PATH)
    assert "imsmanifest.xml" in files_of(result.stdout_bytes)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export", "no-such", "--format", "gift", *PATH), "There is no module “no-such”."),
        (("export", "reading-only", "--format", "gift", *PATH), "has no quiz"),
        (("export", "every-kind", "--format", "docx", *PATH), "is not one of"),
        (("export", "every-kind", "--format", "gift", "--path", "nowhere"), "There is no folder nowhere."),
        (("export", "every-kind", "--format", "gift", "--output", "no/such/file", *PATH), "cannot be written"),
        (("import-gift", "nowhere.txt"), "There is no file nowhere.txt."),
        (("import-gift", "."), "cannot be read"),
        (("print", "no-such", *PATH), "There is no module “no-such”."),
    ],
)
def test_what_cannot_run_is_a_sentence_and_exit_2(arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert list(Path().iterdir()) == []


def test_gift_becomes_a_quiz_and_every_problem_has_its_line() -> None:
    Path("in.txt").write_text("::One::Which?{=a#yes ~b#no}\n\nEssay? {}\n", encoding="utf-8")
    result = run("import-gift", "in.txt", "--output", "quiz.md")
    assert result.exit_code == 1
    assert "in.txt:3: “Essay?” is left out: an essay has no form here" in result.stderr
    assert "- [x] a\n  > yes\n- [ ] b\n  > no\n" in Path("quiz.md").read_text(encoding="utf-8")
    assert run("import-gift", "in.txt", "--output", "quiz.md").exit_code == 2  # never over what is there


def test_gift_that_fits_is_exit_0_on_standard_output() -> None:
    Path("in.txt").write_text("::One::Which?{=a#yes ~b#no}\n", encoding="utf-8")
    result = run("import-gift", "in.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("---\npass_mark: 80\ndraw: 1\n---\n")


def test_a_file_without_a_question_writes_nothing() -> None:
    Path("in.txt").write_bytes(b"\x00\x01")
    result = run("import-gift", "in.txt", "--output", "quiz.md")
    assert result.exit_code == 2
    assert "in.txt:1: this line is not text" in result.stderr
    assert not Path("quiz.md").exists()


class Addresses(HTMLParser):
    """Everything that a page would have to fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.found += [str(values[name]) for name in ("src", "href") if name in values and tag != "a"]


def test_the_printed_page_needs_nothing_but_itself() -> None:
    result = run("print", "kind-words", *PATH)
    assert (result.exit_code, result.stdout) == (0, "kind-words.html\n")
    html = Path("kind-words.html").read_text(encoding="utf-8")
    page = Addresses()
    page.feed(html)
    assert all(address.startswith("data:image/png;base64,") for address in page.found)
    assert page.found
    assert "<h2>Answer sheet</h2>" in html
    assert "@media print" in html
    assert "<script" not in html
