"""The checker looks at what a module says in its own voice, and leaves alone what it repeats."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.courseware.cases import OPEN_STORY, PLACE, STORY, STORY_TEXT
from tests.courseware.trees import CLEAN, GUIDE, MODULE, QUIZ, QUIZ_TEXT, Swap, changed, compiled, places, write_tree
from trainer.courseware.folder import content_folder
from trainer.language.loading import lens_of

WORD = "manipulative"
WORDS = {"TC095", "TC096", "TC097", "TC098"}
PAGE = """---
title: A page
summary: What it is for.
---
Opening words.

## One {#one}

Text.
"""


def found(root: Path, files: dict[str, str | bytes]) -> list[tuple[str, str, int]]:
    return sorted(one for one in places(compiled(root, files).diagnostics) if one[0] in WORDS)


def in_module(text: str) -> dict[str, str | bytes]:
    return changed(Swap(MODULE, PLACE, f"{PLACE} {text}"))


def asked(*lines: str, heading: str = "Next? {#added outcome=1}") -> dict[str, str | bytes]:
    return changed(add={QUIZ: f"{QUIZ_TEXT}\n## {heading}\n\n" + "\n".join(lines) + "\n"})


@pytest.mark.parametrize(
    "text",
    [
        f"“He is {WORD},” she said.",
        f"\n\n> He is {WORD}, they wrote.",
        f"The word `{WORD}` is code.",
        f"She calls herself {WORD}.",
        f"\n\n| Word | Effect |\n|---|---|\n| {WORD} | closes |",
        f"\n\n- {WORD}\n- needy\n\nAnd so on.",
        "Ask the patient, the client or the service user.",
    ],
)
def test_what_others_say_and_words_that_are_shown_are_left_alone(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, in_module(text)) == []


@pytest.mark.parametrize(
    "key", ["title: First steps", "summary: Why the first words matter.", "  - Tell a description"]
)
def test_titles_summaries_and_outcomes_are_read(tmp_path: Path, key: str) -> None:
    files = changed(Swap(MODULE, key, f"{key} for a {WORD} man"))
    assert [code for code, path, _ in found(tmp_path, files) if path == MODULE] == ["TC095"]


def test_a_source_keeps_its_title(tmp_path: Path) -> None:
    assert found(tmp_path, changed(Swap(MODULE, "Goddu et al. 2018", f"Goddu et al. 2018, The {WORD} man"))) == []


def test_an_option_that_tempts_may_say_what_people_say_but_its_explanation_is_ours(tmp_path: Path) -> None:
    lines = [
        f"- [ ] He was {WORD} again",
        f"  > He was {WORD}, and so nobody asked.",
        f"- [x] He is {WORD} at night",
        f"  > “He is {WORD}” is a guess.",
    ]
    first = QUIZ_TEXT.count("\n") + 4
    assert found(tmp_path, asked(*lines)) == [("TC095", QUIZ, first + 1), ("TC095", QUIZ, first + 2)]


@pytest.mark.parametrize(("mark", "is_ours"), [("best", True), ("workable", True), ("risky", False)])
def test_a_risky_way_to_act_is_spoken(tmp_path: Path, mark: str, is_ours: bool) -> None:
    lines = [f"- [{one}] {f'Write that he is {WORD}' if one == mark else 'Wait'} {{#{one}}}\n  > He waits."
             for one in ("best", "workable", "risky")]  # fmt: skip
    assert bool(found(tmp_path, asked(*lines))) is is_ours


def test_of_a_match_the_left_column_is_spoken(tmp_path: Path) -> None:
    lines = ["| Said | Meant |", "|---|---|", f"| He is so {WORD} | He asked twice |", "| No | Not yet |", "", "> Why."]
    heading = "Match {#added type=match outcome=1}"
    assert found(tmp_path, asked(*lines, heading=heading)) == []
    turned = [line.replace("He asked twice", f"He is a {WORD} man") for line in lines]
    assert [code for code, _, _ in found(tmp_path, asked(*turned, heading=heading))] == ["TC095"]


def test_of_a_rewrite_the_line_is_spoken_and_the_models_are_ours(tmp_path: Path) -> None:
    heading = "Rewrite {#added type=rewrite outcome=1}"
    lines = [f"> He was {WORD} again.", "", "Say what happened.", "", "- He asked three times."]
    assert found(tmp_path, asked(*lines, heading=heading)) == []
    lines[-1] = f"- He was a little {WORD} today."
    assert [code for code, _, _ in found(tmp_path, asked(*lines, heading=heading))] == ["TC095"]


def test_a_story_is_ours_and_its_choices_are_spoken(tmp_path: Path) -> None:
    chosen = STORY_TEXT.replace("[Wait]", f"[Say that he is {WORD}]")
    assert found(tmp_path, changed(OPEN_STORY, add={STORY: chosen})) == []
    told = STORY_TEXT.replace("It is noon.", f"It is noon. He is {WORD}.")
    assert found(tmp_path, changed(OPEN_STORY, add={STORY: told})) == [("TC095", STORY, 15)]


def test_guides_pages_and_glossary_are_read_but_not_the_words_a_glossary_explains(tmp_path: Path) -> None:
    files = changed(add={GUIDE: f"## Before\n\nHe is {WORD}.\n"})
    assert found(tmp_path / "a", files) == [("TC095", GUIDE, 3)]
    files = changed(add={"pages/about.md": PAGE.replace("Text.", f"He is {WORD}.")})
    assert found(tmp_path / "b", files) == [("TC095", "pages/about.md", 9)]
    glossary = str(CLEAN["glossary.md"])
    files = changed(add={"glossary.md": f"{glossary}\n## Manipulative\n\nA guess about a person.\n"})
    assert found(tmp_path / "c", files) == []
    files = changed(add={"glossary.md": f"{glossary}\n## Guess\n\nHe is {WORD}.\n"})
    assert [code for code, _, _ in found(tmp_path / "d", files)] == ["TC095"]


def allowing(why: str, text: str = "", entry: str = WORD) -> dict[str, str | bytes]:
    allowed = f"allow_words:\n  - entry: {entry}\n    why: {why}\nsources:\n"
    return changed(Swap(MODULE, "sources:\n", allowed), Swap(MODULE, PLACE, f"{PLACE} {text}"))


def test_a_word_that_is_meant_is_allowed_with_a_why(tmp_path: Path) -> None:
    used = f"Nobody is {WORD} by nature; she is {WORD}, we wrote."
    assert found(tmp_path / "a", allowing("The section is about this word.", used)) == []
    assert found(tmp_path / "b", allowing('""', used)) == [("TC098", MODULE, 16)]


@pytest.mark.parametrize("entry", [WORD, "no-such-entry", "lacks-insight"])
def test_an_allowance_that_nothing_needs_is_refused(tmp_path: Path, entry: str) -> None:
    assert found(tmp_path, allowing("Just in case.", entry=entry)) == [("TC098", MODULE, 16)]


def test_an_allowance_does_not_make_a_new_revision(tmp_path: Path) -> None:
    used = f"She is {WORD}, we wrote."
    here, there = allowing("The section is about this word.", used), allowing("Another why.", used)
    catalogues = [compiled(tmp_path / name, files).catalogue for name, files in (("a", here), ("b", there))]
    assert catalogues[0] is not None
    assert catalogues[1] is not None
    assert catalogues[0].modules[0].revision == catalogues[1].modules[0].revision


def test_a_tree_brings_its_own_lexicon_or_uses_the_packaged_one(tmp_path: Path) -> None:
    files = in_module(f"She was {WORD}.")
    assert len(found(tmp_path / "a", files)) == 1
    own = (content_folder() / "lexicon.yaml").read_text(encoding="utf-8").replace('id: "manipulative"', 'id: "ours"')
    compilation = compiled(tmp_path / "b", {**files, "lexicon.yaml": own})
    assert [one.message for one in compilation.diagnostics if "(ours)" in one.message]


@pytest.mark.parametrize("text", ["", "a: &x 1\n", "x" * 2_000_000, "\x00", "entries: []\n"])
def test_a_broken_lexicon_is_told_and_nothing_else_is_said_of_words(tmp_path: Path, text: str) -> None:
    files = {**in_module(f"She was {WORD}."), "lexicon.yaml": text}
    assert {code for code, path, _ in found(tmp_path, files) if path == "lexicon.yaml"} == {"TC097"}
    assert {code for code, _, _ in found(tmp_path, files)} == {"TC097"}


def test_a_lexicon_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    root = write_tree(tmp_path / "tree", CLEAN)
    (tmp_path / "secret").write_text("password", encoding="utf-8")
    (root / "lexicon.yaml").symlink_to(tmp_path / "secret")
    shown = [str(one) for one in compiled(root).diagnostics]
    assert any("TC002" in one for one in shown)
    assert not any("TC097" in one or "password" in one for one in shown)


def test_the_lens_is_loaded_once_for_many_compilations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(content_folder() / "lexicon.yaml", write_tree(tmp_path) / "lexicon.yaml")
    compiled(tmp_path)
    first = lens_of(tmp_path / "lexicon.yaml")
    compiled(tmp_path)
    assert lens_of(tmp_path / "lexicon.yaml") is first
    with (tmp_path / "lexicon.yaml").open("a", encoding="utf-8") as handle:
        handle.write("# a change\n")
    assert lens_of(tmp_path / "lexicon.yaml") is not first
