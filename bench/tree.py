"""The content that is measured: one module, one section of 16 KB, one quiz of ten questions."""

from __future__ import annotations

from pathlib import Path

SLUG = "bench"
SECTION = "reading"
SECTION_BYTES = 16 * 1024
QUESTIONS = 10
PASS_MARK = 80
LAST_WORDS = "These are the last words of the section."

CATALOGUE = """tracks:
  - slug: bench
    title: Bench
    summary: One module to measure with.
    modules:
      - bench
"""
SUPPORT = """countries:
  - code: IE
    name: Ireland
    contacts:
      - name: Somebody to talk to
        phone: "112"
        when: Always
        last_checked: 2026-11-20
"""
FRONT = """---
id: BENCH
title: A module to measure with
summary: Headings, lists, tables and links, sixteen kilobytes of them.
track: bench
audience: [psw, clinician]
outcomes:
  - Read a page
complete_when: passed
cpd_minutes: 25
status: live
written_by: [editorial]
reviewed_on: 2026-11-20
review_due_on: 2099-11-20
---

A page like any other.

## Reading {#reading}

"""
PART = """### Part {number}

The team met at nine. **Somebody** read the note aloud, and *somebody else* asked what had happened just before it.
It took four minutes, and it changed what the next shift did. See [the list of things to try](https://example.org/{number}).

- Say what you saw, in the order in which it happened
- Say who was there, and who was not
- Leave the [label](https://example.org/label/{number}) out until you have asked
- Ask what would help, and write the answer down as it was given

| What was written | What was seen | What came next |
| --- | --- | --- |
| Declined lunch | Left the plate and sat by the window | Somebody brought soup at two |
| Asked for company | Came to the desk four times | A walk to the gate and back |

> It was the first time that anybody had asked me what the morning had been like.

1. Read the note that you wrote yesterday.
2. Read it once more as the person it is about.
3. Change one word.

"""
QUESTION = """## Which of these comes first in case {number}? {{#case-{number} outcome=1}}

- [ ] Write the note for case {number} at once {{#write}}
  > The person is described before being asked.
- [x] Ask what happened before case {number} {{#ask}}
  > The person's reasons come into the room.
- [ ] Wait for the end of the shift {{#wait}}
  > The person waits, and the details go.
- [ ] Hand case {number} to a colleague {{#hand}}
  > The person has to begin again.

"""


def write_tree(folder: Path) -> Path:
    """Write the content into a folder that does not exist yet; returns it."""
    module = folder / "modules" / SLUG
    module.mkdir(parents=True)
    (folder / "catalogue.yaml").write_text(CATALOGUE, encoding="utf-8")
    (folder / "support.yaml").write_text(SUPPORT, encoding="utf-8")
    (folder / "glossary.md").write_text("## Note\n\nWhat is written down.\n", encoding="utf-8")
    (module / "module.md").write_text(FRONT + section_text(), encoding="utf-8")
    questions = "".join(QUESTION.format(number=number) for number in range(1, QUESTIONS + 1))
    front = f"---\npass_mark: {PASS_MARK}\ndraw: {QUESTIONS}\n---\n\n"
    (module / "quiz.md").write_text(front + questions, encoding="utf-8")
    return folder


def section_text() -> str:
    """Markdown of the agreed size, to within one part."""
    parts = ""
    number = 0
    while len(parts.encode()) < SECTION_BYTES - len(PART) // 2:
        number += 1
        parts += PART.format(number=number)
    return parts + LAST_WORDS + "\n"
