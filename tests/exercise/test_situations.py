"""exercise.yaml: pairs that can stand for each other, or a refusal that names the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from trainer.__main__ import main
from trainer.courseware.folder import content_folder
from trainer.exercise.situations import BrokenSituations, load_pairs, problems_in, situations_file
from trainer.exercise.stages import next_pair

A = "A kettle boiled over in the invented kitchen. Two people dried the floor together."
B = "A window rattled in the invented hall. Three people closed it together before tea."


def written(pairs: str) -> str:
    return f"pairs:\n{pairs}"


def pair(name: str = "one", *, a: str = A, b: str = B, more: str = "") -> str:
    return (
        f"  - id: {name}\n    a:\n      title: First\n      text: {a}\n      task: Write it.\n"
        f"    b:\n      title: Second\n      text: {b}\n      task: Write it.\n{more}"
    )


def read(folder: Path, text: str | bytes) -> Path:
    path = folder / "exercise.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_shipped_pairs_are_alike_and_hold_no_word_that_is_counted() -> None:
    pairs = load_pairs(content_folder() / "exercise.yaml")
    assert len(pairs) >= 2
    assert problems_in(content_folder()) == ()
    for one in pairs:
        assert one.a.sentence_count == one.b.sentence_count >= 3
        assert abs(one.a.word_count - one.b.word_count) <= 10
        assert "invented" in one.a.text
        assert "invented" in one.b.text


def test_pairs_are_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = read(tmp_path, written(pair("one") + pair("two")))
    pairs = load_pairs(path)
    assert [one.id for one in pairs] == ["one", "two"]
    assert pairs[0].of("a").text == A
    assert pairs[0].of("b").text == B
    assert next_pair(pairs, ["one"]) == pairs[1]
    assert next_pair(pairs, ["two", "one"]) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (written(pair()), "needs at least 2"),
        (written(pair() + pair()), "second time"),
        (written(pair() + pair("two", b=f"{B[:-1]}, and then they all sat down and spoke of it.")), "at most 10 %"),
        (written(pair() + pair("two", b=B.replace("hall. Three", "hall; three"))), "2 and 1 sentences"),
        (written(pair() + pair("two", more="    colour: red\n")), "“pairs 2 colour” is unknown"),
        (written(pair() + pair("two", a="Short.")), "pairs 2 a text"),
        (written(pair("One!") + pair("two")), "pairs 1 id"),
        ("pairs: [", "YAML"),
        ("- one\n", "key: value"),
        ("pairs:\n\t- id: x\n", "tab"),
        (written(pair() + pair("two", a=A.replace("kettle", "ket\u202etle"))), "invisible"),
        (b"\xff\xfe", "cannot be read"),
        (written(pair() + f"# {'x' * 40_000}\n"), "32 KB"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str | bytes, words: str) -> None:
    path = read(tmp_path, text)
    with pytest.raises(BrokenSituations, match=words) as refused:
        load_pairs(path)
    assert "exercise.yaml:" in refused.value.message
    assert problems_in(tmp_path)


def test_a_missing_file_is_told_too(tmp_path: Path) -> None:
    with pytest.raises(BrokenSituations, match="cannot be read"):
        load_pairs(tmp_path / "exercise.yaml")


def test_a_tree_without_its_own_uses_the_packaged_one(tmp_path: Path) -> None:
    assert situations_file(tmp_path) == content_folder() / "exercise.yaml"
    assert problems_in(tmp_path) == ()
    own = read(tmp_path, written(pair("one") + pair("two")))
    assert situations_file(tmp_path) == own


def test_the_content_checker_finds_a_word_that_would_be_counted(tmp_path: Path) -> None:
    read(tmp_path, written(pair() + pair("two", a=A.replace("Two people", "Manipulative people"))))
    shown = CliRunner().invoke(main, ["content", "check", str(tmp_path)])
    assert shown.exit_code == 1
    assert "“Manipulative” in two a" in shown.output
