"""The tree as a whole: what stands where, in which order, under which revision."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.courseware.trees import (
    CATALOGUE_TEXT,
    CLEAN,
    GLOSSARY_TEXT,
    GUIDE,
    MODULE,
    MODULE_TEXT,
    QUIZ,
    SUPPORT_TEXT,
    Swap,
    changed,
    clean_catalogue,
    compiled,
    first_steps,
    html_in,
)
from trainer.courseware.revision import dump_module, load_module, revision_of


def another(slug: str, identifier: str, status: str) -> dict[str, str | bytes]:
    """One more module, for reading only."""
    text = MODULE_TEXT.replace("id: L1", f"id: {identifier}").replace("status: live", f"status: {status}")
    text = text.replace("read_and_passed", "read").replace("![Two notes on a desk](images/two-notes.png)", "")
    return {f"modules/{slug}/module.md": text}


def test_modules_come_in_track_order_and_drafts_last(tmp_path: Path) -> None:
    listed = CATALOGUE_TEXT.replace(
        "room.\n    modules: [first-steps]", "room.\n    modules: [zebra, first-steps, beta]"
    )
    drafts = {**another("alpha", "L4", "draft"), **another("beta", "L2", "draft"), **another("zebra", "L3", "live")}
    catalogue = clean_catalogue(tmp_path, {**CLEAN, **drafts, "catalogue.yaml": listed})
    assert [module.slug for module in catalogue.modules] == ["zebra", "first-steps", "beta", "alpha"]
    assert [module.slug for module in catalogue.live_modules] == ["zebra", "first-steps"]
    assert catalogue.tracks[0].module_slugs == ("zebra", "first-steps", "beta")
    assert catalogue.paths[0].title == "For a new team"


def test_drafts_may_link_to_drafts_and_to_each_other(tmp_path: Path) -> None:
    alpha, beta = another("alpha", "L4", "draft"), another("beta", "L2", "draft")
    linked = str(alpha["modules/alpha/module.md"]).replace("The notes", "[Beta](../beta/module.md#next). The notes")
    catalogue = clean_catalogue(tmp_path, {**CLEAN, **beta, "modules/alpha/module.md": linked})
    assert "/modules/beta/sections/next" in html_in(catalogue.by_slug["alpha"].sections[0].parts)


def test_support_numbers_keep_their_order_and_their_doubts(tmp_path: Path) -> None:
    more = SUPPORT_TEXT + "        verify: true\n        url: https://www.samaritans.org/ireland\n        text: 50808\n"
    contact = (
        clean_catalogue(tmp_path, changed(add={"support.yaml": more.replace("50808", '"50808"')}))
        .support[0]
        .contacts[0]
    )
    assert (contact.phone, contact.is_unverified, contact.text) == ("116 123", True, "50808")


def test_unquoted_words_that_yaml_calls_booleans_stay_words(tmp_path: Path) -> None:
    catalogue = clean_catalogue(tmp_path, changed(Swap("support.yaml", "code: IE", "code: NO")))
    assert catalogue.support[0].code == "NO"
    assert first_steps(tmp_path, Swap(MODULE, "title: First steps", "title: no")).title == "no"


def test_the_glossary_may_be_missing(tmp_path: Path) -> None:
    assert clean_catalogue(tmp_path, changed(drop="glossary.md")).glossary == ()


def test_glossary_terms_have_anchors(tmp_path: Path) -> None:
    glossary = GLOSSARY_TEXT + "\n## Síocháin {#peace}\n\nA word with [a link](modules/first-steps/module.md#next).\n"
    terms = clean_catalogue(tmp_path, changed(add={"glossary.md": glossary})).glossary
    assert [term.slug for term in terms] == ["peer-support-worker", "lens", "peace"]
    assert 'href="/modules/first-steps/sections/next"' in terms[2].html


def test_a_guide_for_trainers_is_checked_and_kept_out(tmp_path: Path) -> None:
    guide = changed(add={GUIDE: "## Before the session\n\nRead [the module](#two-notes). Secret plan.\n"})
    assert "Secret plan" not in dump_module(clean_catalogue(tmp_path, guide).modules[0])
    broken = compiled(tmp_path, changed(add={GUIDE: "## Before\n\n[x](#gone)\n"}))
    assert {one.code for one in broken.diagnostics} == {"TC068"}


def test_files_that_the_compiler_does_not_read_do_not_disturb_it(tmp_path: Path) -> None:
    add: dict[str, str | bytes] = {
        "README.md": "<b>\n",
        ".DS_Store": b"\xff",
        "modules/first-steps/.note.md.swp": b"\xff",
    }
    assert compiled(tmp_path, changed(add=add)).diagnostics == ()


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    windows = changed(add={MODULE: b"\xef\xbb\xbf" + MODULE_TEXT.replace("\n", "\r\n").encode()})
    assert clean_catalogue(tmp_path / "a", windows) == clean_catalogue(tmp_path / "b")


def test_a_module_survives_being_stored(tmp_path: Path) -> None:
    module = first_steps(tmp_path)
    assert load_module(dump_module(module)) == module
    assert dump_module(load_module(dump_module(module))) == dump_module(module)
    assert revision_of(load_module(dump_module(module))) == module.revision


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"id": 1}', "\x00"])
def test_what_is_no_module_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        load_module(text)


def test_what_the_first_release_stored_can_still_be_read(tmp_path: Path) -> None:
    module = first_steps(tmp_path)
    fields = json.loads(dump_module(module))
    for name in ("format", "scenarios"):
        del fields[name]
    fields["opening_html"] = html_in(module.opening)
    del fields["opening"]
    for section, one in zip(fields["sections"], module.sections, strict=True):
        del section["parts"]
        section["html"] = html_in(one.parts)
    for name in ("asks_confidence", "before_ids"):
        del fields["quiz"][name]
    stored = load_module(json.dumps(fields))
    assert [html_in(one.parts) for one in stored.sections] == [html_in(one.parts) for one in module.sections]
    assert stored.quiz == module.quiz
    assert stored.revision == module.revision
    assert load_module(dump_module(stored)) == stored


def test_the_same_text_has_the_same_revision_wherever_it_lies(tmp_path: Path) -> None:
    assert first_steps(tmp_path / "a").revision == first_steps(tmp_path / "b").revision
    assert len(first_steps(tmp_path / "a").revision) == 64


@pytest.mark.parametrize(
    "swap",
    [
        Swap(MODULE, "reviewed_on: 2026-11-01", "reviewed_on: 2026-11-02"),
        Swap(MODULE, "review_due_on: 2027-11-01", "review_due_on: 2027-12-01"),
        Swap(MODULE, "status: live", "status: retired"),
    ],
    ids=lambda swap: swap.new,
)
def test_a_new_review_date_is_no_new_revision(tmp_path: Path, swap: Swap) -> None:
    assert first_steps(tmp_path, swap).revision == first_steps(tmp_path).revision


@pytest.mark.parametrize(
    "swap",
    [
        Swap(MODULE, "The notes say the same.", "The notes say other things."),
        Swap(MODULE, "title: First steps", "title: Last steps"),
        Swap(QUIZ, "- [ ] The tone", "- [ ] The sound"),
        Swap(QUIZ, "He is heard.", "He is seen."),
        Swap(QUIZ, "pass_mark: 80", "pass_mark: 70"),
        Swap(QUIZ, "outcome=1 safety", "outcome=1"),
    ],
    ids=lambda swap: swap.new,
)
def test_what_is_shown_or_marked_makes_a_revision(tmp_path: Path, swap: Swap) -> None:
    assert first_steps(tmp_path, swap).revision != first_steps(tmp_path).revision


def test_every_mistake_of_a_file_is_listed(tmp_path: Path) -> None:
    swaps = (
        Swap(MODULE, "title: First steps\n", ""),
        Swap(MODULE, "cpd_minutes: 2", "cpd_minutes: 0"),
        Swap(MODULE, "audience: [psw, clinician]", "audience: []"),
        Swap(MODULE, "status: live", "status: public"),
        Swap(MODULE, "(#next)", "(#gone)"),
    )
    found = compiled(tmp_path, changed(*swaps)).diagnostics
    expected = [("TC017", 2), ("TC019", 5), ("TC019", 9), ("TC019", 10), ("TC068", 22)]
    assert [(one.code, one.line) for one in found] == expected
