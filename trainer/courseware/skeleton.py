"""The first lines of a new module: every part once, ready to be written over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

REVIEW_AFTER = timedelta(days=182)
LONGEST_ID = 40

MODULE = """---
id: {id}                    # permanent once learners have seen it; shorten it before that
title: {title}
summary: One sentence that a busy person can decide on.
track: {track}
audience: [psw, clinician]  # psw, clinician, leader
outcomes:                   # what the learner can do afterwards; questions name these by number
  - Say in one sentence what this module is about
complete_when: read_and_passed   # read, passed or read_and_passed
cpd_minutes: 2              # reading at 180 words a minute, and 45 seconds a drawn question
status: draft               # draft, live or retired
written_by: [editorial]
reviewed_on: {today}
review_due_on: {due}
sources:
  - id: first-source
    text: Author, year, title, where to find it
---

Begin with a moment, not with a definition. What was said, by whom, at what hour?

/// reflect | first-thought
What went through your mind?
///

## The first section {{#first-section}}

Write as you would speak to a tired colleague. Say where a fact comes from.[^first-source]

/// role | psw
What this means for a peer support worker.
///

/// role | clinician
What this means for a clinician.
///

### A smaller heading

A table, a list or a quotation may stand here.

/// rewrite | first-line
> A line as somebody wrote it in a hurry.

Rewrite it so that the next shift knows what happened.

- One way in which others have put it.
///

/// try
One thing to do at work this week.
///
"""

QUIZ = """---
pass_mark: 80
draw: 2                     # questions in an attempt; safety questions are always among them
---

## What is this module about? {#about outcome=1}

- [ ] Something that many people believe
  > Say first what this choice might do to the person, then why, then the next step.
- [x] What it is about
  > Say what this choice makes possible for the person.

## What would you do? {#what-would-you-do outcome=1}

A few words may set the scene.

- [best] The way that leaves most to the person
  > Say what it might do to the person.
- [workable] A way that is good enough today
  > Say what is good in it, and what it costs.
- [risky] A way that is well meant
  > Say what might go wrong, and how to mend it.
"""


def module_files(slug: str, track: str, today: date) -> Mapping[str, str]:
    """The files of a new draft, by name. They pass the checker as they are."""
    title = slug.replace("-", " ").capitalize()
    module = MODULE.format(
        id=identifier_of(slug), title=f'"{title}"', track=track, today=today, due=today + REVIEW_AFTER
    )
    return {"module.md": module, "quiz.md": QUIZ}


def identifier_of(slug: str) -> str:
    """An id that is as unique as the slug."""
    identifier = slug.upper() if slug[0].isalpha() else f"M-{slug.upper()}"
    return identifier[:LONGEST_ID].strip("-")
