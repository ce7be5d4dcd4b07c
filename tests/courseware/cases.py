"""For every rule a tree that breaks it, and the place where that must be reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tests.courseware.trees import (
    CLEAN,
    GLOSSARY_TEXT,
    GUIDE,
    MODULE,
    MODULE_TEXT,
    PICTURE,
    PNG,
    QUIZ,
    QUIZ_TEXT,
    Swap,
    changed,
)

STORY = "modules/first-steps/scenario-handover.md"
STORY_TEXT = """---
title: Handover
fiction: true
---

## The room {#start}

Somebody says a word.

- [Ask](#ask)
- [Wait](#wait)

## Noon {#wait}

It is noon.

- [Ask now](#ask)

## He answers {#ask .end outcome=best}

He says why.
"""
OPEN_STORY = Swap(MODULE, "/// reflect | first-thought", "/// scenario | handover")
LAST_LINE = QUIZ_TEXT.count("\n")
Files = Mapping[str, str | bytes]
TWIN = "modules/twin/module.md"
PLACE = "The notes say the same.[^goddu2018]"  # line 23
TO_THE_TWIN = MODULE_TEXT.replace(PLACE, f"{PLACE} [x](../twin/module.md)")
LISTED = "    modules: [first-steps]"
TWO_OUTCOMES = Swap(MODULE, "  - Tell a", "  - Sing\n  - Tell a")
WORDY = " ".join(["word"] * 30)
HARD = "Institutional considerations necessitate organisational accountability. " * 25


class Case(NamedTuple):
    """Breaking the tree like this gives this code in this file on this line."""

    code: str
    files: Files
    path: str
    line: int


def module(code: str, line: int, old: str, new: str) -> Case:
    """A change of module.md."""
    return Case(code, changed(Swap(MODULE, old, new)), MODULE, line)


def text(code: str, new: str, line: int = 23) -> Case:
    """Other words on line 23 of module.md."""
    return module(code, line, PLACE, f"{PLACE} {new}")


def quiz(code: str, line: int, old: str, new: str) -> Case:
    """A change of quiz.md."""
    return Case(code, changed(Swap(QUIZ, old, new)), QUIZ, line)


def asked(code: str, line: int, heading: str, *lines: str) -> Case:
    """One more question; ``line`` counts from its heading, which is 0."""
    question = "\n".join(["", f"## One more? {{#more outcome=1 {heading}}}", "", *lines, ""])
    return Case(code, changed(add={QUIZ: QUIZ_TEXT + question}), QUIZ, LAST_LINE + 2 + line)


def story(code: str, line: int, old: str, new: str) -> Case:
    """A change of the story, which a section opens."""
    assert STORY_TEXT.count(old) == 1, old
    return Case(code, changed(OPEN_STORY, add={STORY: STORY_TEXT.replace(old, new)}), STORY, line)


def extra(code: str, path: str, content: str | bytes, line: int = 1) -> Case:
    """One more file."""
    return Case(code, changed(add={path: content}), path, line)


def second(question: str) -> Swap:
    """The question assesses the second outcome."""
    return Swap(QUIZ, f"{{#{question} outcome=1", f"{{#{question} outcome=2")


def twin(old: str, new: str) -> dict[str, str | bytes]:
    """A second module beside the first; it has no quiz and is a draft."""
    second = MODULE_TEXT.replace("status: live", "status: draft").replace("read_and_passed", "read")
    second = second.replace("![Two notes on a desk](images/two-notes.png)", "").replace("id: L1", "id: L2")
    assert old in second
    return changed(add={TWIN: second.replace(old, new)})


FILES = (
    extra("TC003", "notes.txt", "x"),
    extra("TC003", "modules/first-steps/Quiz.md", "x"),
    Case("TC004", changed(drop="catalogue.yaml"), "catalogue.yaml", 1),
    Case("TC004", changed(drop="support.yaml"), "support.yaml", 1),
    Case("TC004", changed(drop=MODULE), MODULE, 1),
    extra("TC005", GUIDE, "x\n" * 140_000),
    extra("TC005", PICTURE, PNG + b"\x00" * (5 * 1024 * 1024)),
    extra("TC006", GUIDE, b"one\ntwo\nthree \xff\n", 3),
    text("TC007", "a\u202eb"),
    text("TC007", "a\x02b"),
    module("TC007", 3, "title: First steps", 'title: "First\\u202e steps"'),
    text("TC008", "x" * 10_001),
    text("TC008", "*a* " * 600),
    text("TC009", "[" * 17),
    module("TC009", 25, "### A closer look", ">" * 17 + " deep"),
    module("TC009", 12, "written_by: [editorial]", f"written_by: {'[' * 17}a{']' * 17}"),
    Case("TC010", changed(add={"modules/First_Steps/module.md": MODULE_TEXT}), "modules/First_Steps", 1),
    extra("TC011", GUIDE, "<b>\n\n" * 300, 401),
)

YAML = (
    module("TC013", 3, "title: First steps", "title: First: steps"),
    module("TC014", 4, "summary: Why", "title: Again\nsummary: Why"),
    module("TC015", 3, "title: First steps", "title: &anchor First steps"),
    module("TC015", 4, "summary: Why the first words matter.", "summary: *anchor"),
    module("TC015", 3, "title: First steps", "title: !!str First steps"),
    module("TC015", 3, "title: First steps", "title:\tFirst steps"),
    module("TC016", 1, "---\nid: L1", "id: L1"),
    module("TC017", 2, "title: First steps\n", ""),
    module("TC018", 4, "summary: Why", "colour: green\nsummary: Why"),
    module("TC019", 10, "cpd_minutes: 2", "cpd_minutes: many"),
    module("TC019", 6, "[psw, clinician]", "[psw, nobody]"),
    module("TC019", 13, "2026-11-01", "2026-13-01"),
    module("TC019", 14, "2027-11-01", "2026-10-01"),
    Case("TC019", changed(Swap("support.yaml", '"116 123"', "116123")), "support.yaml", 6),
)

QUESTIONS = (
    quiz("TC020", 6, "- [ ] The tone\n  > Tone changed, and so did more.\n", ""),
    quiz("TC020", 10, "- [ ] The tone", "- [ ]"),
    quiz("TC021", 6, "- [x] The treatment", "- [ ] The treatment"),
    quiz("TC021", 24, "- [best] Ask", "- [workable] Ask"),
    quiz("TC022", 10, "- [ ] The tone", "- [maybe] The tone"),
    quiz("TC022", 12, "- [ ] The tone", "- [best] The tone"),
    quiz("TC023", 15, "{#labels outcome=1 safety}", "{#labels outcome=1 safety type=single}"),
    quiz("TC024", 10, "  > Tone changed, and so did more.\n", ""),
    quiz("TC025", 15, "outcome=1 safety", "outcome=1 safety colour=red"),
    quiz("TC025", 15, "outcome=1 safety", "outcome=1 urgent"),
    module("TC025", 21, "{#two-notes}", "{#two-notes .end}"),
    quiz("TC026", 6, "{#changed outcome=1}", "{#changed outcome=1 type=essay}"),
    quiz("TC028", 6, "{#changed outcome=1}", "{#changed outcome=2}"),
    Case("TC029", changed(TWO_OUTCOMES, second("changed"), second("labels"), second("do")), QUIZ, 1),
    Case("TC030", changed(TWO_OUTCOMES, second("do")), QUIZ, 1),
    quiz("TC031", 15, "  > Less pain relief was given.\n", "  > Less pain relief was given.\n\nAnd then?\n"),
    quiz("TC031", 6, "## What changed?", "Welcome.\n\n## What changed?"),
    quiz("TC032", 3, "draw: 3", "draw: 4"),
    Case("TC033", changed(drop=QUIZ), MODULE, 9),
    extra("TC034", QUIZ, QUIZ_TEXT + "## Q {#q}\n\n" * 200, 426),
)

LATER_KINDS = (
    asked("TC020", 0, "type=order", "1. One", "2. Two", "", "> Why."),
    asked("TC024", 0, "type=order", "1. One", "2. Two", "3. Three"),
    asked("TC031", 6, "type=order", "1. One", "2. Two", "3. Three", "", "Stray words.", "", "> Why."),
    asked("TC042", 3, "type=order", "1. One", "2. One", "3. Three", "", "> Why."),
    asked("TC035", 0, "type=match", "| A | B | C |", "| --- | --- | --- |", "| 1 | 2 | 3 |", "", "> Why."),
    asked("TC035", 0, "type=match", "| A | B |", "| --- | --- |", "| 1 | x |", "| 2 | x |", "", "> Why."),
    asked("TC035", 5, "type=match", "| A | B |", "| --- | --- |", "| 1 | x |", "| | y |", "", "> Why."),
    asked("TC042", 5, "type=match", "| A | B |", "| --- | --- |", "| 1 | x |", "| 1 | y |", "", "> Why."),
    asked("TC036", 2, "type=text", "- [=] ???", "", "> Why."),
    asked("TC022", 2, "type=text", "- [x] yes", "", "> Why."),
    asked("TC024", 0, "type=text", "- [=] yes"),
    asked("TC037", 0, "type=rewrite", "Write it.", "", "- A model"),
    asked("TC037", 0, "type=rewrite", "> A line.", "", "Write it."),
    asked("TC038", 2, "type=dilemma", "- [ ] A", "  panel: psw=3", "  > Why.", "- [ ] B", "  > Why."),
    asked("TC038", 0, "type=dilemma", "- [ ] A", "  panel: psw=3/4", "  > W.", "- [ ] B", "  panel: psw=2/4", "  > W."),
    asked("TC038", 2, "type=single", "- [x] A", "  panel: psw=3/4", "  > Why.", "- [ ] B", "  > Why."),
    asked("TC024", 4, "type=dilemma", "- [ ] A", "  > Why.", "- [ ] B"),
    asked("TC039", 0, "type=dilemma safety", "- [ ] A", "  > Why.", "- [ ] B", "  > Why."),
    quiz("TC110", 3, "draw: 3", "before: [nobody]\ndraw: 3"),
    quiz("TC110", 3, "draw: 3", "before: [do, do]\ndraw: 3"),
    quiz("TC032", 3, "draw: 3", "before: [changed]\ndraw: 1"),
)

AROUND = "/// instead | an argument\nThey argued.\n///\n\n"
DETOURS = (
    Case("TC111", changed(Swap(MODULE, PLACE, f"{AROUND}{AROUND}{PLACE}")), MODULE, 21),
    module("TC052", 43, "/// reflect | first-thought", "/// instead"),
)

STORIES = (
    module("TC100", 43, "/// reflect | first-thought", "/// scenario | handover"),
    extra("TC101", STORY, STORY_TEXT),
    story("TC102", 3, "fiction: true", "fiction: false"),
    story("TC103", 6, "{#start}", "{#begin}"),
    story("TC104", 11, "- [Wait](#wait)", "- [Wait](#wait) or not"),
    story("TC105", 6, "- [Ask](#ask)", "- [Ask](#nowhere)"),
    story("TC106", 12, "- [Wait](#wait)\n", ""),
    story("TC107", 13, "- [Ask now](#ask)", "- [Wait on](#wait)"),
    story("TC108", 19, "He says why.", "He says why.\n\n- [Again](#start)"),
    story("TC108", 19, ".end outcome=best", ".end"),
    story("TC108", 13, "{#wait}", "{#wait outcome=best}"),
    story("TC025", 13, "{#wait}", "{#wait .start}"),
    story("TC109", 6, "- [Ask](#ask)\n", "- [Ask](#ask)\n" * 6),
    story("TC084", 13, "It is noon.", ""),
    story("TC031", 5, "\n## The room", "Once.\n\n## The room"),
    story("TC050", 8, "Somebody says", "/// try\nSomebody says"),
    story("TC018", 4, "fiction: true", "fiction: true\nmood: calm"),
)

HEADINGS = (
    module("TC040", 21, "## Two notes {#two-notes}", "## Two notes"),
    quiz("TC040", 6, "{#changed outcome=1}", "{outcome=1}"),
    module("TC041", 21, "{#two-notes}", "{#Two_Notes}"),
    quiz("TC041", 26, "{#ask}", "{#Ask!}"),
    module("TC042", 41, "{#next}", "{#two-notes}"),
    module("TC042", 47, "/// rewrite | needy", "/// rewrite | first-thought"),
    module(
        "TC042", 18, "    text: Goddu et al. 2018\n", "    text: Goddu et al. 2018\n  - id: goddu2018\n    text: B\n"
    ),
    quiz("TC042", 12, "- [x] The treatment", "- [x] the  tone"),
    Case("TC042", twin("id: L2", "id: L1"), TWIN, 2),
    Case("TC042", changed(add={"glossary.md": GLOSSARY_TEXT + "\n## lens\n\nAgain.\n"}), "glossary.md", 9),
    module("TC043", 25, "### A closer look", "# A closer look"),
    module("TC044", 25, "### A closer look", "#### A closer look"),
    module("TC045", 25, "### A closer look", "###A closer look"),
    module("TC045", 26, "### A closer look\n", "A closer look\n-----\n"),
    module("TC045", 25, "### A closer look", "> ### A closer look"),
    module("TC045", 25, "### A closer look", "### A closer look {#closer}"),
    quiz("TC045", 8, "Two doctors", "### Two doctors"),
    module("TC045", 21, "## Two notes {", "## [Two](#next) notes {"),
)

BLOCKS = (
    module("TC050", 43, "/// reflect | first-thought", "/// note"),
    extra("TC050", GUIDE, "## Hello\n\n/// try\n", 3),
    module("TC051", 33, "You may know this from inside.\n///\n", "You may know this from inside.\n"),
    module("TC051", 55, "Read one note aloud.\n///\n", "Read one note aloud.\n"),
    module("TC051", 43, "/// reflect | first-thought", "///\n/// reflect | first-thought"),
    module("TC052", 33, "/// role | psw", "/// role | visitor"),
    module("TC052", 43, "/// reflect | first-thought", "/// reflect"),
    module("TC053", 47, "> Declan is very needy.", "Declan is very needy."),
    module("TC053", 55, "Read one note aloud.", ""),
    module("TC054", 33, "/// role | psw", "    /// role | psw"),
    text("TC054", "and /// here"),
    module("TC052", 43, "/// reflect | first-thought", "/// scenario | Hand over"),
)

PROSE = (
    text("TC060", "<b>bold</b>"),
    text("TC060", "<!-- note -->"),
    quiz("TC060", 11, "Tone changed,", "Tone <i>changed</i>,"),
    module("TC061", 25, "### A closer look", "[^goddu2018]: Goddu"),
    text("TC062", "and[^nobody]"),
    quiz("TC062", 11, "Tone changed,", "Tone[^nobody] changed,"),
    module("TC063", 18, "    text: Goddu et al. 2018\n", "    text: Goddu et al. 2018\n  - id: other\n    text: B\n"),
    module("TC064", 31, "![Two notes on a desk]", "![]"),
    module("TC065", 31, "images/two-notes.png", "images/three-notes.png"),
    module("TC065", 31, "images/two-notes.png", "../../secret.png"),
    extra("TC066", "modules/first-steps/images/drawing.svg", "<svg/>"),
    extra("TC066", "modules/first-steps/images/photo.jpg", PNG),
    text("TC067", "[x](http://example.org)"),
    text("TC067", "[x](javascript:alert(1))"),
    text("TC067", "[x](../../../etc/passwd)"),
    text("TC068", "[x](#nowhere)"),
    text("TC068", "[x](../no-module/module.md)"),
    Case("TC068", {**twin("id: L2", "id: L2"), MODULE: TO_THE_TWIN}, MODULE, 23),
    text("TC069", "[](#next)"),
    module("TC070", 25, "### A closer look", "```\nA closer look"),
)

WHOLE = (
    Case("TC080", changed(Swap("catalogue.yaml", f"room.\n{LISTED}", "room.\n    modules: []")), MODULE, 1),
    Case(
        "TC081", changed(Swap("catalogue.yaml", f"team\n{LISTED}", "team\n    modules: [second]")), "catalogue.yaml", 9
    ),
    module("TC082", 5, "track: language", "track: other"),
    Case("TC083", changed(Swap("glossary.md", "on purpose.", "on purpose.\n\nMore.")), "glossary.md", 1),
    Case("TC084", {**CLEAN, MODULE: MODULE_TEXT[: MODULE_TEXT.index("## Two")]}, MODULE, 19),
    module("TC090", 14, "2027-11-01", "2026-11-22"),
    module("TC091", 10, "cpd_minutes: 2", "cpd_minutes: 30"),
    module("TC092", 21, PLACE, f"{PLACE} " + f"A {WORDY}. " * 9),
    module("TC093", 24, PLACE, f"{PLACE}\nA {WORDY} {WORDY}."),
    module("TC094", 21, PLACE, f"{PLACE} {HARD}"),
    module("TC095", 23, PLACE, f"{PLACE} She was manipulative."),
    module("TC096", 23, PLACE, f"{PLACE} He lacks insight."),
    extra("TC097", "lexicon.yaml", "version: one\n"),
    module("TC098", 16, "sources:\n", 'allow_words:\n  - entry: manipulative\n    why: ""\nsources:\n'),
)

CASES = (*FILES, *YAML, *QUESTIONS, *LATER_KINDS, *STORIES, *DETOURS, *HEADINGS, *BLOCKS, *PROSE, *WHOLE)
# These need what a table of files cannot hold; test_hostile.py and tests/learning/test_publishing.py break them.
ELSEWHERE = {"TC001", "TC002", "TC012", "TC120", "TC121", "TC122", "TC123"}
